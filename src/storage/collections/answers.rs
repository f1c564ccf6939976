//! What programs were answered, by their key.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::super::Error;

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// SHA-256 of the request.
    pub body_sha256: Vec<u8>,
    /// The answer, as JSON.
    pub answer: String,
}

/// The answer that was given under a key.
pub async fn answer_of(db: &mut PgConnection, key: &str) -> Result<Option<Answer>, Error> {
    let found =
        sqlx::query_as!(Answer, "SELECT body_sha256, answer FROM collection_answers WHERE idempotency_key = $1", key,);
    Ok(found.fetch_optional(db).await?)
}

/// Keeps an answer (`collection_answers_pkey`: one for each key).
pub async fn insert_answer(
    db: &mut PgConnection,
    (key, answer): (&str, &Answer),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO collection_answers (idempotency_key, body_sha256, answer, answered_at) VALUES ($1, $2, $3, $4)",
        key,
        answer.body_sha256,
        answer.answer,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}
