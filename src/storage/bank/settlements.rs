//! Lines in suspense that a person has settled: a later record, once per line.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use super::Outcome;
use super::files::money;
use crate::domain::money::Money;

/// What must be known of a line to settle it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLine {
    /// The fund whose account it is on.
    pub fund_id: Uuid,
    /// Positive is money in.
    pub amount: Money,
    /// The booking date.
    pub booked_on: NaiveDate,
    /// What became of it at import.
    pub outcome: Outcome,
    /// Whether a person has settled it since.
    pub settled: bool,
}

/// A settlement.
#[derive(Debug)]
pub struct SettlementRow<'a> {
    /// The line.
    pub bank_line_id: Uuid,
    /// The loan it was for.
    pub loan_id: Uuid,
    /// The entry that moved it.
    pub entry_id: Uuid,
    /// Why, in the words of who decided.
    pub reason: &'a str,
    /// When.
    pub settled_at: DateTime<Utc>,
    /// By whom.
    pub settled_by: Uuid,
}

/// A line, when there is one. The row is locked, so that two people cannot settle it at once.
pub async fn open_line(db: &mut PgConnection, bank_line_id: Uuid) -> Result<Option<OpenLine>, Error> {
    let row = sqlx::query!(
        r#"SELECT l.fund_id, l.amount, l.booked_on, l.outcome,
                  EXISTS (SELECT 1 FROM bank_line_settlements s WHERE s.bank_line_id = l.bank_line_id) AS "settled!"
           FROM bank_lines l WHERE l.bank_line_id = $1 FOR UPDATE OF l"#,
        bank_line_id
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(OpenLine {
            fund_id: row.fund_id,
            amount: money(row.amount)?,
            booked_on: row.booked_on,
            outcome: Outcome::of_code(&row.outcome)?,
            settled: row.settled,
        })
    })
    .transpose()
}

/// What waits in suspense on the account of a fund. Amounts in euro, both zero or more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Suspense {
    /// Credits whose owner nobody has said.
    pub money_in: Money,
    /// Debits that nobody has explained.
    pub money_out: Money,
}

/// What waits in suspense, per fund; a fund where nothing waits is left out.
pub async fn open_suspense(db: &mut PgConnection) -> Result<HashMap<Uuid, Suspense>, Error> {
    let rows = sqlx::query!(
        r#"SELECT l.fund_id, coalesce(sum(l.amount) FILTER (WHERE l.amount > 0), 0) AS "money_in!",
                  coalesce(-sum(l.amount) FILTER (WHERE l.amount < 0), 0) AS "money_out!"
           FROM bank_lines l LEFT JOIN bank_line_settlements s USING (bank_line_id)
           WHERE l.outcome = 'suspense' AND s.bank_line_id IS NULL GROUP BY l.fund_id"#
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| Ok((row.fund_id, Suspense { money_in: money(row.money_in)?, money_out: money(row.money_out)? })))
        .collect()
}

/// Records a settlement; the primary key refuses a second one of the same line.
pub async fn insert_settlement(db: &mut PgConnection, row: &SettlementRow<'_>) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO bank_line_settlements (bank_line_id, loan_id, entry_id, reason, settled_at, settled_by)
         VALUES ($1, $2, $3, $4, $5, $6)",
        row.bank_line_id,
        row.loan_id,
        row.entry_id,
        row.reason,
        row.settled_at,
        row.settled_by,
    )
    .execute(db)
    .await?;
    Ok(())
}
