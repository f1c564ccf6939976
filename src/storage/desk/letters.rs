//! Letters and mails that went out or wait to go.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;

/// A message of the outbox.
#[derive(Debug, Clone)]
pub struct LetterLine {
    /// The loan it is about.
    pub loan_id: Uuid,
    /// Number of that loan.
    pub loan: String,
    /// Code of the rule that asked for it.
    pub rule: String,
    /// For whom.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// The letter as PDF, when there is one.
    pub document_id: Option<Uuid>,
    /// Code of the state.
    pub state: String,
    /// How often it was tried.
    pub attempts: i16,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When the mail server took it.
    pub sent_at: Option<DateTime<Utc>>,
    /// What went wrong last.
    pub last_error: Option<String>,
}

/// Messages, the latest first: of one loan or of all, within one municipality or not.
pub async fn list(
    db: &mut PgConnection,
    loan_id: Option<Uuid>,
    within: Option<&str>,
    limit: i64,
) -> Result<Vec<LetterLine>, Error> {
    Ok(sqlx::query_as!(
        LetterLine,
        "SELECT o.loan_id, l.number AS loan, o.rule, o.recipient_name AS recipient, o.subject, o.document_id, o.state,
                o.attempts, o.created_at, o.sent_at, o.last_error
         FROM outbox_messages o JOIN loans l USING (loan_id)
         WHERE ($1::uuid IS NULL OR o.loan_id = $1) AND ($2::text IS NULL OR l.nis_code = $2)
         ORDER BY o.created_at DESC, o.message_id DESC LIMIT $3",
        loan_id,
        within,
        limit
    )
    .fetch_all(db)
    .await?)
}

/// Messages in one state, the latest first, within one municipality or not.
pub async fn in_state(
    db: &mut PgConnection,
    state: &str,
    within: Option<&str>,
    limit: i64,
) -> Result<Vec<LetterLine>, Error> {
    Ok(sqlx::query_as!(
        LetterLine,
        "SELECT o.loan_id, l.number AS loan, o.rule, o.recipient_name AS recipient, o.subject, o.document_id, o.state,
                o.attempts, o.created_at, o.sent_at, o.last_error
         FROM outbox_messages o JOIN loans l USING (loan_id)
         WHERE o.state = $1 AND ($2::text IS NULL OR l.nis_code = $2)
         ORDER BY o.created_at DESC, o.message_id DESC LIMIT $3",
        state,
        within,
        limit
    )
    .fetch_all(db)
    .await?)
}

/// How many messages are in each state, within one municipality or not.
pub async fn counts(db: &mut PgConnection, within: Option<&str>) -> Result<Vec<(String, i64)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT o.state, count(*) AS "count!" FROM outbox_messages o JOIN loans l USING (loan_id)
           WHERE $1::text IS NULL OR l.nis_code = $1 GROUP BY o.state ORDER BY o.state"#,
        within
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.state, row.count)).collect())
}

/// A letter as sent.
#[derive(Debug, Clone)]
pub struct Document {
    /// The municipality (NIS code) of the loan it is about.
    pub nis_code: Option<String>,
    /// Name of the file, without personal data.
    pub file_name: String,
    /// Its media type.
    pub media_type: String,
    /// To the byte.
    pub content: Vec<u8>,
}

/// A letter by identifier.
pub async fn document(db: &mut PgConnection, document_id: Uuid) -> Result<Option<Document>, Error> {
    Ok(sqlx::query_as!(
        Document,
        r#"SELECT l.nis_code AS "nis_code?", d.file_name, d.media_type, d.content
           FROM documents d LEFT JOIN loans l USING (loan_id) WHERE d.document_id = $1"#,
        document_id
    )
    .fetch_optional(db)
    .await?)
}
