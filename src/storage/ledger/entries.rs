//! Entries as they were booked, found by key or identifier.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{Error, money};
use crate::domain::ledger::{Account, JournalEntry, Posting, Reason};
use crate::domain::money::Money;

/// The entry that a key has booked before.
pub async fn entry_of_key(db: &mut PgConnection, idempotency_key: &str) -> Result<Option<Uuid>, Error> {
    let found = sqlx::query_scalar!("SELECT entry_id FROM journal_entries WHERE idempotency_key = $1", idempotency_key);
    Ok(found.fetch_optional(db).await?)
}

/// A posting of an entry that a key has booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    /// The entry.
    pub entry_id: Uuid,
    /// Why it was made.
    pub reason: Reason,
    /// The day it counts from.
    pub effective_on: NaiveDate,
    /// The day it really belongs to, where that day was closed when it was booked.
    pub belongs_on: Option<NaiveDate>,
    /// The account.
    pub account: Account,
    /// Debit positive, credit negative.
    pub amount: Money,
}

/// The postings of every entry that a key has booked, in the order in which they were made. A fact that changes
/// more than one day has an entry for each, under its key and a number.
pub async fn booked_by_key(db: &mut PgConnection, idempotency_key: &str) -> Result<Vec<Booked>, Error> {
    let rows = sqlx::query!(
        "SELECT e.entry_id, e.reason, e.effective_on, e.belongs_on, p.account, p.amount
         FROM journal_entries e JOIN postings p USING (entry_id)
         WHERE e.idempotency_key = $1 OR starts_with(e.idempotency_key, $1 || '#')
         ORDER BY e.entry_id, p.line",
        idempotency_key,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Booked {
                entry_id: row.entry_id,
                reason: row.reason.parse().map_err(|problem| Error::corrupt("journal_entries", problem))?,
                effective_on: row.effective_on,
                belongs_on: row.belongs_on,
                account: row.account.parse().map_err(|problem| Error::corrupt("postings", problem))?,
                amount: money("postings", row.amount)?,
            })
        })
        .collect()
}

/// An entry as it was booked, and the day it belongs to where that day was closed.
pub async fn entry(db: &mut PgConnection, entry_id: Uuid) -> Result<Option<(JournalEntry, Option<NaiveDate>)>, Error> {
    let rows = sqlx::query!(
        "SELECT e.reason, e.effective_on, e.belongs_on, p.account, p.amount, p.loan_id, p.source_id, p.payment_order_id
         FROM journal_entries e JOIN postings p USING (entry_id) WHERE e.entry_id = $1 ORDER BY p.line",
        entry_id,
    )
    .fetch_all(db)
    .await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let reason: Reason = first.reason.parse().map_err(|problem| Error::corrupt("journal_entries", problem))?;
    let (on, belongs_on) = (first.effective_on, first.belongs_on);
    let posting = |account: &str, amount: Decimal, [loan_id, source_id, payment_order_id]: [Option<Uuid>; 3]| {
        let account = account.parse().map_err(|problem| Error::corrupt("postings", problem))?;
        Ok(Posting { account, amount: money("postings", amount)?, loan_id, source_id, payment_order_id })
    };
    let postings: Result<Vec<Posting>, Error> = rows
        .iter()
        .map(|row| posting(&row.account, row.amount, [row.loan_id, row.source_id, row.payment_order_id]))
        .collect();
    let entry =
        JournalEntry::new(reason, on, postings?).map_err(|problem| Error::corrupt("journal_entries", problem))?;
    Ok(Some((entry, belongs_on)))
}
