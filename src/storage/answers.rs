//! What was answered to programs that may send the same request twice.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Error;

/// An answer as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// SHA-256 of what was sent, and about what.
    pub body_sha256: Vec<u8>,
    /// What came of it, where that can be found by its identifier.
    pub subject_id: Option<Uuid>,
    /// The answer, to the byte.
    pub answer: String,
}

/// What a key stands for: the kind of request, and the caller with its key.
pub type Key<'a> = (&'a str, &'a str);

/// The answer that this key got before.
pub async fn answer_of(db: &mut PgConnection, (asked, idempotency_key): Key<'_>) -> Result<Option<Answer>, Error> {
    Ok(sqlx::query_as!(
        Answer,
        "SELECT body_sha256, subject_id, answer FROM answers WHERE asked = $1 AND idempotency_key = $2",
        asked,
        idempotency_key,
    )
    .fetch_optional(db)
    .await?)
}

/// Keeps an answer (`answers_pkey`: one for each key).
pub async fn insert_answer(
    db: &mut PgConnection,
    (asked, idempotency_key): Key<'_>,
    answer: &Answer,
    answered_at: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO answers (asked, idempotency_key, body_sha256, subject_id, answer, answered_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        asked,
        idempotency_key,
        answer.body_sha256,
        answer.subject_id,
        answer.answer,
        answered_at,
    )
    .execute(db)
    .await?;
    Ok(())
}
