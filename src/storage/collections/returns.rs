//! What came back, and what a person did about it.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use super::{column, corrupt};
use crate::domain::collection::{Action, ReturnKind};

/// A return on its way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReturn {
    /// Its identifier.
    pub return_id: Uuid,
    /// The collection that came back.
    pub collection_id: Uuid,
    /// The line of the bank that says so.
    pub bank_line_id: Uuid,
    /// Who undid it.
    pub kind: ReturnKind,
    /// The ISO reason.
    pub reason: Option<String>,
    /// The reversal of its payment; none where it was rejected before any money came.
    pub fact_id: Option<Uuid>,
    /// What it asks.
    pub action: Action,
    /// The second try.
    pub retry_id: Option<Uuid>,
    /// The day of the bank.
    pub returned_on: NaiveDate,
    /// Now.
    pub created_at: DateTime<Utc>,
}

/// Adds returns (`collection_returns_collection_key`: a collection comes back once).
pub async fn insert_returns(db: &mut PgConnection, rows: &[NewReturn]) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "INSERT INTO collection_returns (return_id, collection_id, bank_line_id, kind, reason, was_credited, fact_id, action,
                                         retry_id, returned_on, created_at)
         SELECT r.*, $11 FROM UNNEST($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::boolean[], $7::uuid[],
                                     $8::text[], $9::uuid[], $10::date[]) r",
        &column(rows, |row| row.return_id),
        &column(rows, |row| row.collection_id),
        &column(rows, |row| row.bank_line_id),
        &column(rows, |row| row.kind.code().to_owned()),
        &column(rows, |row| row.reason.clone()) as _,
        &column(rows, |row| row.fact_id.is_some()),
        &column(rows, |row| row.fact_id) as _,
        &column(rows, |row| row.action.code().to_owned()),
        &column(rows, |row| row.retry_id) as _,
        &column(rows, |row| row.returned_on),
        rows.first().map(|row| row.created_at),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What must be known of a return to answer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnToAnswer {
    /// What it asks.
    pub action: Action,
    /// The loan.
    pub loan_id: Uuid,
    /// Whether somebody has answered it.
    pub answered: bool,
}

/// A return, when there is one. The row is locked.
pub async fn return_to_answer(db: &mut PgConnection, return_id: Uuid) -> Result<Option<ReturnToAnswer>, Error> {
    let row = sqlx::query!(
        r#"SELECT r.action, c.loan_id,
                  EXISTS (SELECT 1 FROM collection_return_answers a WHERE a.return_id = r.return_id) AS "answered!"
           FROM collection_returns r JOIN collections c USING (collection_id) WHERE r.return_id = $1 FOR UPDATE OF r"#,
        return_id,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let action = Action::of_code(&row.action);
        let action = action.ok_or_else(|| corrupt("collection_returns", return_id, "unknown action"))?;
        Ok(ReturnToAnswer { action, loan_id: row.loan_id, answered: row.answered })
    })
    .transpose()
}

/// Records what a person did (`collection_return_answers_pkey`: once).
pub async fn answer_return(
    db: &mut PgConnection,
    (return_id, note): (Uuid, &str),
    (by, at): (Uuid, DateTime<Utc>),
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO collection_return_answers (return_id, note, answered_by, answered_at) VALUES ($1, $2, $3, $4)",
        return_id,
        note,
        by,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}
