//! Entries as they were booked, found by key or identifier.

use std::collections::HashMap;

use chrono::NaiveDate;
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
pub type AsBooked = (JournalEntry, Option<NaiveDate>);

/// An entry as it was booked.
pub async fn entry(db: &mut PgConnection, entry_id: Uuid) -> Result<Option<AsBooked>, Error> {
    Ok(entries(db, &[entry_id]).await?.remove(&entry_id))
}

/// Entries as they were booked, by their identifiers.
pub async fn entries(db: &mut PgConnection, ids: &[Uuid]) -> Result<HashMap<Uuid, AsBooked>, Error> {
    let rows = sqlx::query!(
        "SELECT e.entry_id, e.reason, e.effective_on, e.belongs_on, p.account, p.amount, p.loan_id, p.source_id, p.payment_order_id
         FROM journal_entries e JOIN postings p USING (entry_id) WHERE e.entry_id = ANY($1) ORDER BY e.entry_id, p.line",
        ids,
    )
    .fetch_all(db)
    .await?;
    let mut read: HashMap<Uuid, (Reason, NaiveDate, Option<NaiveDate>, Vec<Posting>)> = HashMap::new();
    for row in rows {
        let reason: Reason = row.reason.parse().map_err(|problem| Error::corrupt("journal_entries", problem))?;
        let account = row.account.parse().map_err(|problem| Error::corrupt("postings", problem))?;
        let (loan_id, source_id, payment_order_id) = (row.loan_id, row.source_id, row.payment_order_id);
        let posting = Posting { account, amount: money("postings", row.amount)?, loan_id, source_id, payment_order_id };
        let (.., postings) =
            read.entry(row.entry_id).or_insert_with(|| (reason, row.effective_on, row.belongs_on, Vec::new()));
        postings.push(posting);
    }
    let made = read.into_iter().map(|(id, (reason, on, belongs_on, postings))| {
        let entry = JournalEntry::new(reason, on, postings);
        Ok((id, (entry.map_err(|problem| Error::corrupt("journal_entries", problem))?, belongs_on)))
    });
    made.collect()
}
