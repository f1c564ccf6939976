//! What was answered to programs that may send the same event twice.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;

/// An answer as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventAnswer {
    /// The caller and its key.
    pub idempotency_key: String,
    /// SHA-256 of the loan and what was sent.
    pub body_sha256: Vec<u8>,
    /// The loan.
    pub loan_id: Uuid,
    /// The answer, to the byte.
    pub answer: String,
    /// When it was given.
    pub answered_at: DateTime<Utc>,
}

/// The answer that this key got before.
pub async fn answer_of(db: &mut PgConnection, idempotency_key: &str) -> Result<Option<EventAnswer>, Error> {
    Ok(sqlx::query_as!(
        EventAnswer,
        "SELECT idempotency_key, body_sha256, loan_id, answer, answered_at
         FROM loan_event_answers WHERE idempotency_key = $1",
        idempotency_key,
    )
    .fetch_optional(db)
    .await?)
}

/// Keeps an answer (`loan_event_answers_pkey`).
pub async fn insert_answer(db: &mut PgConnection, row: &EventAnswer) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO loan_event_answers (idempotency_key, body_sha256, loan_id, answer, answered_at)
         VALUES ($1, $2, $3, $4, $5)",
        row.idempotency_key,
        row.body_sha256,
        row.loan_id,
        row.answer,
        row.answered_at,
    )
    .execute(db)
    .await?;
    Ok(())
}
