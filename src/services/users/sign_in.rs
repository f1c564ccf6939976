//! Signing in with an address and a password.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::{Throttle, User, password};
use crate::services::{Deed, Error, House};
use crate::storage;

/// Passwords checked at once: each takes 19 MiB and a core.
const AT_ONCE: usize = 2;

/// The door people come in by: a house, a brake on guessing, and a limit on work. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Door {
    house: House,
    throttle: Throttle,
    places: Arc<Semaphore>,
}

impl Door {
    /// A door to a house.
    pub fn new(house: House) -> Self {
        Self { house, throttle: Throttle::default(), places: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// The house behind the door.
    pub fn house(&self) -> &House {
        &self.house
    }

    /// Until when an address must wait because of wrong passwords, if it must.
    pub fn waits_until(&self, email: &str) -> Option<DateTime<Utc>> {
        self.throttle.waits_until(&tidy(email), self.house.clock.now())
    }
}

/// What somebody typed to come in.
#[derive(Clone)]
pub struct Entry {
    /// The address.
    pub email: String,
    /// The password.
    pub password: String,
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Entry")
    }
}

fn tidy(email: &str) -> String {
    email.trim().to_lowercase()
}

/// The user, when the address and the password belong together and the account is open; otherwise nobody, without
/// saying which of the three it was, and after the same work.
pub async fn sign_in(door: &Door, entry: Entry) -> Result<Option<User>, Error> {
    let email = tidy(&entry.email);
    let house = &door.house;
    if door.throttle.waits_until(&email, house.clock.now()).is_some() {
        return Ok(None);
    }
    let user = storage::users::by_email(&mut *house.read().await?, &email).await?;
    let hash = user.as_ref().filter(|user| user.is_welcome()).and_then(|user| user.password_hash.clone());
    let place = door.places.acquire().await.map_err(Error::internal)?;
    // Asked again: a thousand tries may have queued here before the first of them was found wrong.
    if door.throttle.waits_until(&email, house.clock.now()).is_some() {
        return Ok(None);
    }
    let right = tokio::task::spawn_blocking(move || password::verify(&entry.password, hash.as_deref()))
        .await
        .map_err(Error::internal)?;
    drop(place);
    let Some(user) = user.filter(|_| right) else {
        door.throttle.wrong(&email, house.clock.now());
        return Ok(None);
    };
    door.throttle.right(&email);
    let mut tx = house.begin().await?;
    let deed = Deed {
        action: "user.signed_in",
        subject_kind: "user",
        subject_id: user.user_id,
        detail: serde_json::json!({}),
    };
    house.audit(&mut tx, &user.actor(), deed).await?;
    house.commit(tx).await?;
    Ok(Some(user))
}

/// The user of a running session, while the account is open.
pub async fn still_welcome(house: &House, user_id: Uuid) -> Result<Option<User>, Error> {
    let user = storage::users::by_id(&mut *house.read().await?, user_id).await?;
    Ok(user.filter(User::is_welcome))
}
