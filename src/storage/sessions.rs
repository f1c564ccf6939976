//! Sessions of browsers. The key is a hash of the secret in the cookie, so that the table opens no session.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::Error;

/// Adds a session; false when its key is taken.
pub async fn insert(
    db: &mut PgConnection,
    key: &str,
    data: &serde_json::Value,
    expires_at: DateTime<Utc>,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "INSERT INTO sessions (session_id, data, expires_at) VALUES ($1, $2, $3) ON CONFLICT (session_id) DO NOTHING",
        key,
        data,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes a session, whether it was there or not.
pub async fn save(
    db: &mut PgConnection,
    key: &str,
    data: &serde_json::Value,
    expires_at: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO sessions (session_id, data, expires_at) VALUES ($1, $2, $3)
         ON CONFLICT (session_id) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at",
        key,
        data,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The data of a session that has not ended, which then lasts until `expires_at`: who works stays signed in.
pub async fn touch(
    db: &mut PgConnection,
    key: &str,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<Option<serde_json::Value>, Error> {
    let row = sqlx::query!(
        "UPDATE sessions SET expires_at = $3 WHERE session_id = $1 AND expires_at > $2 RETURNING data",
        key,
        now,
        expires_at,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.data))
}

/// Ends a session.
pub async fn delete(db: &mut PgConnection, key: &str) -> Result<(), Error> {
    sqlx::query!("DELETE FROM sessions WHERE session_id = $1", key).execute(db).await?;
    Ok(())
}

/// Removes sessions that have ended; how many there were.
pub async fn delete_ended(db: &mut PgConnection, now: DateTime<Utc>) -> Result<u64, Error> {
    let done = sqlx::query!("DELETE FROM sessions WHERE expires_at <= $1", now).execute(db).await?;
    Ok(done.rows_affected())
}
