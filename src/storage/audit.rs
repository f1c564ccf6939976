//! Audit rows: who did what to which record.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Error;

/// One deed.
#[derive(Debug)]
pub struct AuditRow {
    /// Its identifier.
    pub audit_row_id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub user_id: Uuid,
    /// What: `loan.signed`, …
    pub action: String,
    /// The kind of record it was done to.
    pub subject_kind: String,
    /// The record it was done to.
    pub subject_id: Uuid,
    /// Figures and identifiers, never personal data.
    pub detail: serde_json::Value,
}

/// Adds a row; it can never be changed.
pub async fn insert(db: &mut PgConnection, row: &AuditRow) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO audit_rows (audit_row_id, at, user_id, action, subject_kind, subject_id, detail)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        row.audit_row_id,
        row.at,
        row.user_id,
        row.action,
        row.subject_kind,
        row.subject_id,
        row.detail,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds rows, all at once; they can never be changed.
pub async fn insert_all(db: &mut PgConnection, rows: &[AuditRow]) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO audit_rows (audit_row_id, at, user_id, action, subject_kind, subject_id, detail)
         SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::jsonb[])",
        &rows.iter().map(|row| row.audit_row_id).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.at).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.user_id).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.action.clone()).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.subject_kind.clone()).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.subject_id).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.detail.clone()).collect::<Vec<_>>(),
    )
    .execute(db)
    .await?;
    Ok(())
}
