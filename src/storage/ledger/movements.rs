//! Postings in the order of time: of a loan, and of a fund per month.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{Error, money};
use crate::domain::ledger::{Account, Reason};
use crate::domain::money::Money;

/// One posting with the day and the reason of its entry, for the page of a loan and for the month series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// The entry.
    pub entry_id: Uuid,
    /// Why it was made.
    pub reason: Reason,
    /// The day it counts from.
    pub effective_on: NaiveDate,
    /// The day it really belongs to, where that day was closed when it was booked.
    pub belongs_on: Option<NaiveDate>,
    /// When we knew.
    pub booked_at: DateTime<Utc>,
    /// The account.
    pub account: Account,
    /// Debit positive, credit negative.
    pub amount: Money,
}

/// The postings of one loan, in the order in which they count.
pub async fn movements_of_loan(db: &mut PgConnection, loan_id: Uuid) -> Result<Vec<Movement>, Error> {
    let rows = sqlx::query!(
        "SELECT e.entry_id, e.reason, e.effective_on, e.belongs_on, e.booked_at, p.account, p.amount
         FROM postings p JOIN journal_entries e USING (entry_id)
         WHERE p.loan_id = $1 ORDER BY e.effective_on, e.booked_at, e.entry_id, p.line",
        loan_id,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Movement {
                entry_id: row.entry_id,
                reason: row.reason.parse().map_err(|problem| Error::corrupt("journal_entries", problem))?,
                effective_on: row.effective_on,
                belongs_on: row.belongs_on,
                booked_at: row.booked_at,
                account: row.account.parse().map_err(|problem| Error::corrupt("postings", problem))?,
                amount: money("postings", row.amount)?,
            })
        })
        .collect()
}

/// The movements of a fund's accounts per month up to a day: (first day of the month, account, sum).
pub async fn monthly_movements(
    db: &mut PgConnection,
    fund_id: Uuid,
    until: NaiveDate,
) -> Result<Vec<(NaiveDate, Account, Money)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT date_trunc('month', e.effective_on)::date AS "month!", p.account, sum(p.amount) AS "amount!"
           FROM postings p JOIN journal_entries e USING (entry_id)
           WHERE p.fund_id = $1 AND e.effective_on <= $2 GROUP BY 1, 2 ORDER BY 1, 2"#,
        fund_id,
        until,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let account = row.account.parse().map_err(|problem| Error::corrupt("postings", problem))?;
            Ok((row.month, account, money("postings", row.amount)?))
        })
        .collect()
}

/// What the sources of a fund put into it per month up to a day: (first day of the month, source, sum).
pub async fn monthly_funding(
    db: &mut PgConnection,
    fund_id: Uuid,
    until: NaiveDate,
) -> Result<Vec<(NaiveDate, Uuid, Money)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT date_trunc('month', e.effective_on)::date AS "month!", p.source_id AS "source_id!",
                  -sum(p.amount) AS "amount!"
           FROM postings p JOIN journal_entries e USING (entry_id)
           WHERE p.fund_id = $1 AND e.effective_on <= $2 AND p.source_id IS NOT NULL AND e.reason = $3
           GROUP BY 1, 2 ORDER BY 1, 2"#,
        fund_id,
        until,
        Reason::FundingReceived.code(),
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Ok((row.month, row.source_id, money("postings", row.amount)?))).collect()
}
