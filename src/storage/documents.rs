//! Letters and sheets as they left the house.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Error;

/// A document to keep.
#[derive(Debug)]
pub struct NewDocument {
    /// Its identifier.
    pub document_id: Uuid,
    /// What it is: `first_reminder`.
    pub kind: String,
    /// The loan it is about.
    pub loan_id: Option<Uuid>,
    /// `nl` or `en`.
    pub language: String,
    /// `application/pdf`.
    pub media_type: String,
    /// A name without personal data.
    pub file_name: String,
    /// The bytes.
    pub content: Vec<u8>,
    /// SHA-256 of the bytes.
    pub sha256: Vec<u8>,
    /// Now.
    pub created_at: DateTime<Utc>,
}

/// A document as it left the house.
#[derive(Debug)]
pub struct Document {
    /// What it is.
    pub kind: String,
    /// Its media type.
    pub media_type: String,
    /// Its name.
    pub file_name: String,
    /// Its bytes.
    pub content: Vec<u8>,
    /// The municipality of its loan, which decides who may see it.
    pub nis_code: Option<String>,
}

/// Keeps a document for good.
pub async fn insert(db: &mut PgConnection, document: &NewDocument) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO documents (document_id, kind, loan_id, language, media_type, file_name, content, sha256, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        document.document_id,
        document.kind,
        document.loan_id,
        document.language,
        document.media_type,
        document.file_name,
        document.content,
        document.sha256,
        document.created_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One document.
pub async fn find(db: &mut PgConnection, document_id: Uuid) -> Result<Option<Document>, Error> {
    Ok(sqlx::query_as!(
        Document,
        r#"SELECT d.kind, d.media_type, d.file_name, d.content, l.nis_code AS "nis_code?"
           FROM documents d LEFT JOIN loans l USING (loan_id) WHERE d.document_id = $1"#,
        document_id,
    )
    .fetch_optional(db)
    .await?)
}
