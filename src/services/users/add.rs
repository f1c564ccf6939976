//! Adding a person, and shutting one out.

use uuid::Uuid;

use super::{User, password};
use crate::domain::access::{Permission, Role};
use crate::domain::text::{Problems, Text};
use crate::services::{Actor, Deed, Error, House};
use crate::storage;

/// The fewest characters of a password (NIST SP 800-63B-4 asks for fifteen where there is no second factor).
const SHORTEST: usize = 15;

/// A person to add.
#[derive(Clone)]
pub struct NewUser {
    /// The address to sign in with.
    pub email: String,
    /// The name that colleagues see.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// They see the files of this municipality only (NIS code); a housing desk must have one.
    pub nis_code: Option<String>,
    /// A password of at least fifteen characters; none: cannot sign in on the pages.
    pub password: Option<String>,
    /// `nl` or `en`.
    pub language: String,
}

impl std::fmt::Debug for NewUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewUser({})", self.role)
    }
}

fn check(new: &NewUser) -> Result<(), Error> {
    let mut problems = Problems::default();
    let (before, after) = new.email.split_once('@').unwrap_or_default();
    if before.is_empty() || !after.contains('.') || new.email.contains(char::is_whitespace) {
        problems.add("email", &new.email, Text::new("user-email-wrong"));
    }
    if new.name.trim().is_empty() {
        problems.add("name", &new.name, Text::new("user-name-missing"));
    }
    if new.role == Role::System {
        problems.add("role", new.role, Text::new("user-role-system"));
    }
    if new.role == Role::HousingDesk && new.nis_code.is_none() {
        problems.add("nis_code", "", Text::new("user-municipality-missing"));
    }
    if new.password.as_ref().is_some_and(|password| password.chars().count() < SHORTEST) {
        problems.add("password", "", Text::new("user-password-short").with("least", SHORTEST));
    }
    problems.into_result().map_err(Error::Invalid)
}

/// Adds a person and gives back the identifier.
pub async fn add(house: &House, actor: &Actor, new: NewUser) -> Result<Uuid, Error> {
    actor.require(Permission::ManageUsers)?;
    check(&new)?;
    let salt = house.secrets.bytes::<16>();
    let password_hash = match new.password.clone() {
        Some(typed) => {
            Some(tokio::task::spawn_blocking(move || password::hash(&typed, salt)).await.map_err(Error::internal)??)
        }
        None => None,
    };
    let user = User {
        user_id: house.ids.next(),
        email: new.email.trim().to_lowercase(),
        name: new.name.trim().to_owned(),
        role: new.role,
        nis_code: new.nis_code.clone(),
        municipality: None,
        password_hash,
        language: new.language.clone(),
        disabled_at: None,
    };
    let mut tx = house.begin().await?;
    storage::users::insert(&mut tx, &user, house.clock.now()).await.map_err(|error| refused(error, &new))?;
    let deed = Deed {
        action: "user.added",
        subject_kind: "user",
        subject_id: user.user_id,
        detail: serde_json::json!({ "role": user.role.code(), "nis_code": user.nis_code }),
    };
    house.audit(&mut tx, actor, deed).await?;
    house.commit(tx).await?;
    Ok(user.user_id)
}

fn refused(error: storage::Error, new: &NewUser) -> Error {
    match error.constraint() {
        Some("users_email_key") => Error::field("email", &new.email, Text::new("user-email-taken")),
        Some("users_nis_code_fkey") => Error::field(
            "nis_code",
            new.nis_code.as_deref().unwrap_or_default(),
            Text::new("user-municipality-unknown"),
        ),
        Some("users_language_check") => Error::field("language", &new.language, Text::new("user-language-unknown")),
        _ => error.into(),
    }
}

/// Shuts somebody out; running sessions end with the next page.
pub async fn disable(house: &House, actor: &Actor, email: &str) -> Result<(), Error> {
    actor.require(Permission::ManageUsers)?;
    let mut tx = house.begin().await?;
    let user = storage::users::by_email(&mut tx, &email.trim().to_lowercase())
        .await?
        .ok_or_else(|| Error::not_found("user", email))?;
    if storage::users::disable(&mut tx, user.user_id, house.clock.now()).await? {
        let deed = Deed {
            action: "user.disabled",
            subject_kind: "user",
            subject_id: user.user_id,
            detail: serde_json::json!({}),
        };
        house.audit(&mut tx, actor, deed).await?;
    }
    house.commit(tx).await
}
