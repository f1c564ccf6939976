//! What was answered to programs that may send the same step twice.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;

/// An answer as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunAnswer {
    /// The caller and its key.
    pub idempotency_key: String,
    /// SHA-256 of the step, the run and what was sent.
    pub body_sha256: Vec<u8>,
    /// The run.
    pub payment_run_id: Uuid,
    /// The answer, to the byte.
    pub answer: String,
    /// When it was given.
    pub answered_at: DateTime<Utc>,
}

/// The answer that this key got before.
pub async fn answer_of(db: &mut PgConnection, idempotency_key: &str) -> Result<Option<RunAnswer>, Error> {
    Ok(sqlx::query_as!(
        RunAnswer,
        "SELECT idempotency_key, body_sha256, payment_run_id, answer, answered_at
         FROM payment_run_answers WHERE idempotency_key = $1",
        idempotency_key,
    )
    .fetch_optional(db)
    .await?)
}

/// Keeps an answer (`payment_run_answers_pkey`).
pub async fn insert_answer(db: &mut PgConnection, row: &RunAnswer) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO payment_run_answers (idempotency_key, body_sha256, payment_run_id, answer, answered_at)
         VALUES ($1, $2, $3, $4, $5)",
        row.idempotency_key,
        row.body_sha256,
        row.payment_run_id,
        row.answer,
        row.answered_at,
    )
    .execute(db)
    .await?;
    Ok(())
}
