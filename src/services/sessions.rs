//! Sessions of browsers, kept by the hash of their secret.

use chrono::{DateTime, Utc};

use super::{Error, House};
use crate::storage;

/// Adds a session; false when its key is taken.
pub async fn add(house: &House, key: &str, data: &serde_json::Value, ends: DateTime<Utc>) -> Result<bool, Error> {
    Ok(storage::sessions::insert(&mut *house.read().await?, key, data, ends).await?)
}

/// Writes a session and removes those that have ended.
pub async fn save(house: &House, key: &str, data: &serde_json::Value, ends: DateTime<Utc>) -> Result<(), Error> {
    let mut db = house.read().await?;
    storage::sessions::save(&mut db, key, data, ends).await?;
    storage::sessions::delete_ended(&mut db, house.clock.now()).await?;
    Ok(())
}

/// The data of a running session, which then lasts until `ends`.
pub async fn touch(house: &House, key: &str, ends: DateTime<Utc>) -> Result<Option<serde_json::Value>, Error> {
    Ok(storage::sessions::touch(&mut *house.read().await?, key, house.clock.now(), ends).await?)
}

/// Ends a session.
pub async fn end(house: &House, key: &str) -> Result<(), Error> {
    Ok(storage::sessions::delete(&mut *house.read().await?, key).await?)
}
