//! Sessions in the table `sessions`, and who is signed in.

use std::time::Duration;

use async_trait::async_trait;
use axum_login::{AuthUser, AuthnBackend};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use tower_sessions::SessionStore;
use tower_sessions::cookie::time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use uuid::Uuid;

use crate::services::users::{self, Door, Entry, User};
use crate::services::{self, House, sessions};

/// Sessions in the database, which end by the clock of the house.
#[derive(Debug, Clone)]
pub(super) struct Store {
    house: House,
    lasts: Duration,
}

impl Store {
    /// A store whose sessions end when nothing was done for `lasts`.
    pub(super) fn new(house: House, lasts: Duration) -> Self {
        Self { house, lasts }
    }

    fn end(&self) -> DateTime<Utc> {
        self.house.clock.now() + self.lasts
    }
}

/// The cookie holds the secret, the table its hash.
fn key(id: &Id) -> String {
    hex::encode(Sha256::digest(id.0.to_be_bytes()))
}

fn backend(error: services::Error) -> Error {
    Error::Backend(error.to_string())
}

fn encode(record: &Record) -> Result<serde_json::Value> {
    serde_json::to_value(&record.data).map_err(|error| Error::Encode(error.to_string()))
}

#[async_trait]
impl SessionStore for Store {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let data = encode(record)?;
        while !sessions::add(&self.house, &key(&record.id), &data, self.end()).await.map_err(backend)? {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        sessions::save(&self.house, &key(&record.id), &encode(record)?, self.end()).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let Some(data) = sessions::touch(&self.house, &key(id), self.end()).await.map_err(backend)? else {
            return Ok(None);
        };
        let data = serde_json::from_value(data).map_err(|error| Error::Decode(error.to_string()))?;
        // The date is not used: the table says when a session ends.
        Ok(Some(Record { id: *id, data, expiry_date: OffsetDateTime::UNIX_EPOCH }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        sessions::end(&self.house, &key(id)).await.map_err(backend)
    }
}

/// A user as the session knows one: another password, another session.
#[derive(Debug, Clone)]
pub(super) struct SignedIn {
    /// The user as of this request.
    pub(super) user: User,
    proof: [u8; 32],
}

impl From<User> for SignedIn {
    fn from(user: User) -> Self {
        let proof = Sha256::digest(user.password_hash.as_deref().unwrap_or_default().as_bytes()).into();
        Self { user, proof }
    }
}

impl AuthUser for SignedIn {
    type Id = Uuid;

    fn id(&self) -> Uuid {
        self.user.user_id
    }

    fn session_auth_hash(&self) -> &[u8] {
        &self.proof
    }
}

/// Asks the house who somebody is.
#[derive(Debug, Clone)]
pub(super) struct Backend(Door);

impl Backend {
    /// A backend behind a door.
    pub(super) fn new(door: Door) -> Self {
        Self(door)
    }
}

impl AuthnBackend for Backend {
    type User = SignedIn;
    type Credentials = Entry;
    type Error = services::Error;

    async fn authenticate(&self, entry: Entry) -> std::result::Result<Option<SignedIn>, services::Error> {
        Ok(users::sign_in(&self.0, entry).await?.map(SignedIn::from))
    }

    async fn get_user(&self, user_id: &Uuid) -> std::result::Result<Option<SignedIn>, services::Error> {
        Ok(users::still_welcome(self.0.house(), *user_id).await?.map(SignedIn::from))
    }
}

/// The session of a request with its user.
pub(super) type Auth = axum_login::AuthSession<Backend>;
