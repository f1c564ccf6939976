//! Tokens for programs that call the API. The token is shown once; only its hash is kept.

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use crate::domain::access::Permission;
use crate::domain::text::{Problems, Text};
use crate::services::{Actor, Deed, Error, House};
use crate::storage;

/// The longest a token may live, in days.
const LONGEST: u32 = 366;

/// A token to make.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// For whom it stands: the address of a user.
    pub email: String,
    /// What it is for, in words.
    pub label: String,
    /// How many days it works.
    pub days: u32,
}

/// Makes a token and gives it back with the moment from which it no longer works. It cannot be asked for again.
pub async fn add_token(house: &House, actor: &Actor, new: &NewToken) -> Result<(String, DateTime<Utc>), Error> {
    actor.require(Permission::ManageUsers)?;
    let mut problems = Problems::default();
    if new.label.trim().is_empty() {
        problems.add("label", &new.label, Text::new("user-token-label-missing"));
    }
    if new.days == 0 || new.days > LONGEST {
        problems.add("days", new.days, Text::new("user-token-days-wrong").with("most", LONGEST));
    }
    problems.into_result().map_err(Error::Invalid)?;
    let mut tx = house.begin().await?;
    let user = storage::users::by_email(&mut tx, &new.email.trim().to_lowercase())
        .await?
        .ok_or_else(|| Error::field("email", &new.email, Text::new("user-unknown")))?;
    let token = house.secrets.token();
    let created_at = house.clock.now();
    let expires_at = created_at + TimeDelta::days(i64::from(new.days));
    let row = storage::users::Token {
        sha256: &hash(&token),
        user_id: user.user_id,
        label: new.label.trim(),
        created_at,
        expires_at,
    };
    storage::users::insert_token(&mut tx, &row).await?;
    let deed = Deed {
        action: "user.token_added",
        subject_kind: "user",
        subject_id: user.user_id,
        detail: serde_json::json!({ "label": row.label, "expires_at": expires_at }),
    };
    house.audit(&mut tx, actor, deed).await?;
    house.commit(tx).await?;
    Ok((token, expires_at))
}

/// For whom a token stands, while it works and the account is open.
pub async fn actor_of_token(house: &House, token: &str) -> Result<Option<Actor>, Error> {
    let user = storage::users::by_token(&mut *house.read().await?, &hash(token), house.clock.now()).await?;
    Ok(user.filter(super::User::is_welcome).map(|user| user.actor()))
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
