//! The outbox: one message, one row, one outcome.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Error;

/// A message to put in the outbox.
#[derive(Debug)]
pub struct NewMessage {
    /// Its identifier; also its Message-ID, so that a mail server sees a second hand-over as the same mail.
    pub message_id: Uuid,
    /// The loan it is about.
    pub loan_id: Uuid,
    /// Why it is sent: `first_reminder`.
    pub rule: String,
    /// Which time: the due date of the instalment.
    pub occurrence: String,
    /// Name of who receives it.
    pub recipient_name: String,
    /// Mail address of who receives it.
    pub recipient_email: String,
    /// Subject; holds a loan number, no name.
    pub subject: String,
    /// The words.
    pub body_text: String,
    /// The same words as HTML.
    pub body_html: String,
    /// The letter that goes with it.
    pub document_id: Option<Uuid>,
    /// Now.
    pub created_at: DateTime<Utc>,
}

/// A message that waits to be handed over, with its letter.
#[derive(Debug)]
pub struct QueuedMessage {
    /// Its identifier.
    pub message_id: Uuid,
    /// Name of who receives it.
    pub recipient_name: String,
    /// Mail address of who receives it.
    pub recipient_email: String,
    /// Subject.
    pub subject: String,
    /// The words.
    pub body_text: String,
    /// The same words as HTML.
    pub body_html: String,
    /// How often it was tried, this time included.
    pub attempts: i16,
    /// When it was put in the outbox.
    pub created_at: DateTime<Utc>,
    /// File name of the letter.
    pub file_name: Option<String>,
    /// Media type of the letter.
    pub media_type: Option<String>,
    /// The letter.
    pub content: Option<Vec<u8>>,
}

/// Puts a message in the outbox; false when the same one (loan, rule, occurrence) is there already.
pub async fn enqueue(db: &mut PgConnection, message: &NewMessage) -> Result<bool, Error> {
    let done = sqlx::query!(
        "INSERT INTO outbox_messages (message_id, loan_id, rule, occurrence, recipient_name, recipient_email,
             subject, body_text, body_html, document_id, state, next_attempt_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'queued', $11, $11)
         ON CONFLICT ON CONSTRAINT outbox_messages_occurrence_key DO NOTHING",
        message.message_id,
        message.loan_id,
        message.rule,
        message.occurrence,
        message.recipient_name,
        message.recipient_email,
        message.subject,
        message.body_text,
        message.body_html,
        message.document_id,
        message.created_at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes up to `limit` messages whose time has come. Until `retry_at` nobody else takes them: a worker that
/// dies between taking and marking leaves them for later, and its loss is one more try, not a lost mail.
pub async fn take(
    db: &mut PgConnection,
    now: DateTime<Utc>,
    retry_at: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<QueuedMessage>, Error> {
    Ok(sqlx::query_as!(
        QueuedMessage,
        r#"WITH due AS (
               SELECT message_id FROM outbox_messages
               WHERE state = 'queued' AND next_attempt_at <= $1
               ORDER BY next_attempt_at, message_id LIMIT $3 FOR UPDATE SKIP LOCKED),
           taken AS (
               UPDATE outbox_messages m SET attempts = attempts + 1, next_attempt_at = $2
               FROM due WHERE m.message_id = due.message_id RETURNING m.*)
           SELECT t.message_id AS "message_id!", t.recipient_name AS "recipient_name!",
                  t.recipient_email AS "recipient_email!", t.subject AS "subject!", t.body_text AS "body_text!",
                  t.body_html AS "body_html!", t.attempts AS "attempts!", t.created_at AS "created_at!",
                  d.file_name AS "file_name?", d.media_type AS "media_type?", d.content AS "content?"
           FROM taken t LEFT JOIN documents d USING (document_id)
           ORDER BY t.message_id"#,
        now,
        retry_at,
        limit,
    )
    .fetch_all(db)
    .await?)
}

/// How handing over a message ended.
#[derive(Debug)]
pub enum Outcome<'a> {
    /// Taken over by the mail server, with its answer.
    Sent(&'a str),
    /// Not now; again at a later time.
    Later(&'a str, DateTime<Utc>),
    /// Never.
    Failed(&'a str),
}

/// Marks what became of a message that is still queued, after the attempt of that number. That it was sent counts
/// always; that it was not, only while no later attempt has begun, which may be sending it right now.
pub async fn mark(
    db: &mut PgConnection,
    (message_id, attempt): (Uuid, i16),
    now: DateTime<Utc>,
    outcome: Outcome<'_>,
) -> Result<(), Error> {
    let (state, sent_at, receipt, error, next) = match outcome {
        Outcome::Sent(receipt) => ("sent", Some(now), Some(receipt), None, now),
        Outcome::Later(error, next) => ("queued", None, None, Some(error), next),
        Outcome::Failed(error) => ("failed", None, None, Some(error), now),
    };
    sqlx::query!(
        "UPDATE outbox_messages SET state = $2, sent_at = $3, receipt = $4, last_error = $5, next_attempt_at = $6
         WHERE message_id = $1 AND state = 'queued' AND (attempts = $7 OR $2 = 'sent')",
        message_id,
        state,
        sent_at,
        receipt,
        error,
        next,
        attempt,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A line of the outbox as people see it.
#[derive(Debug, Clone)]
pub struct MessageLine {
    /// Its identifier.
    pub message_id: Uuid,
    /// Number of the loan it is about.
    pub loan_number: String,
    /// The loan.
    pub loan_id: Uuid,
    /// Why it is sent.
    pub rule: String,
    /// Subject.
    pub subject: String,
    /// `queued`, `sent` or `failed`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i16,
    /// When it was put in the outbox.
    pub created_at: DateTime<Utc>,
    /// When it was handed over.
    pub sent_at: Option<DateTime<Utc>>,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// The letter that goes with it.
    pub document_id: Option<Uuid>,
}

/// The latest messages, newest first; of one loan if asked, of one municipality if the reader is bound to it.
pub async fn latest(
    db: &mut PgConnection,
    loan_id: Option<Uuid>,
    nis_code: Option<&str>,
    limit: i64,
) -> Result<Vec<MessageLine>, Error> {
    Ok(sqlx::query_as!(
        MessageLine,
        "SELECT m.message_id, l.number AS loan_number, m.loan_id, m.rule, m.subject, m.state, m.attempts,
                m.created_at, m.sent_at, m.last_error, m.document_id
         FROM outbox_messages m JOIN loans l USING (loan_id)
         WHERE ($1::uuid IS NULL OR m.loan_id = $1) AND ($2::text IS NULL OR l.nis_code = $2)
         ORDER BY m.created_at DESC, m.message_id DESC LIMIT $3",
        loan_id,
        nis_code,
        limit,
    )
    .fetch_all(db)
    .await?)
}
