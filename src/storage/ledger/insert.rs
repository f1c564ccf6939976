//! Entries go in: one statement for all of them, one for all their postings.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use crate::domain::ledger::{JournalEntry, Posting};

/// An entry on its way into the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// Its identifier.
    pub entry_id: Uuid,
    /// The fund it belongs to.
    pub fund_id: Uuid,
    /// The same key never books twice.
    pub idempotency_key: String,
    /// When we knew.
    pub booked_at: DateTime<Utc>,
    /// Who booked it.
    pub booked_by: Uuid,
    /// The entry it undoes.
    pub reverses_entry_id: Option<Uuid>,
    /// The day it really belongs to, before the day it counts from, where that day was closed.
    pub belongs_on: Option<NaiveDate>,
    /// What it says.
    pub entry: JournalEntry,
}

/// Books entries: one statement for all entries, one for all postings. The database refuses a day that is closed
/// (`journal_entries_period_open`, read by [`crate::storage::periods::refused`]).
pub async fn insert_entries(db: &mut PgConnection, entries: &[NewEntry]) -> Result<(), Error> {
    if entries.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = entries.iter().map(|new| new.entry_id).collect();
    let funds: Vec<Uuid> = entries.iter().map(|new| new.fund_id).collect();
    let reasons: Vec<String> = entries.iter().map(|new| new.entry.reason().code().to_owned()).collect();
    let keys: Vec<String> = entries.iter().map(|new| new.idempotency_key.clone()).collect();
    let days: Vec<NaiveDate> = entries.iter().map(|new| new.entry.effective_on()).collect();
    let moments: Vec<DateTime<Utc>> = entries.iter().map(|new| new.booked_at).collect();
    let people: Vec<Uuid> = entries.iter().map(|new| new.booked_by).collect();
    let undone: Vec<Option<Uuid>> = entries.iter().map(|new| new.reverses_entry_id).collect();
    let own_days: Vec<Option<NaiveDate>> = entries.iter().map(|new| new.belongs_on).collect();
    sqlx::query!(
        "INSERT INTO journal_entries
             (entry_id, fund_id, reason, idempotency_key, effective_on, booked_at, booked_by, reverses_entry_id,
              belongs_on)
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::date[], $6::timestamptz[], $7::uuid[],
                              $8::uuid[], $9::date[])",
        &ids,
        &funds,
        &reasons,
        &keys,
        &days,
        &moments,
        &people,
        &undone as &[Option<Uuid>],
        &own_days as &[Option<NaiveDate>],
    )
    .execute(&mut *db)
    .await?;
    insert_postings(db, entries).await
}

async fn insert_postings(db: &mut PgConnection, entries: &[NewEntry]) -> Result<(), Error> {
    let lines: Vec<(i16, &NewEntry, &Posting)> = entries
        .iter()
        .flat_map(|new| (1_i16..).zip(new.entry.postings()).map(move |(line, posting)| (line, new, posting)))
        .collect();
    let ids: Vec<Uuid> = lines.iter().map(|(_, new, _)| new.entry_id).collect();
    let numbers: Vec<i16> = lines.iter().map(|(line, ..)| *line).collect();
    let funds: Vec<Uuid> = lines.iter().map(|(_, new, _)| new.fund_id).collect();
    let accounts: Vec<String> = lines.iter().map(|(.., posting)| posting.account.code().to_owned()).collect();
    let amounts: Vec<Decimal> = lines.iter().map(|(.., posting)| posting.amount.decimal()).collect();
    let loans: Vec<Option<Uuid>> = lines.iter().map(|(.., posting)| posting.loan_id).collect();
    let sources: Vec<Option<Uuid>> = lines.iter().map(|(.., posting)| posting.source_id).collect();
    let orders: Vec<Option<Uuid>> = lines.iter().map(|(.., posting)| posting.payment_order_id).collect();
    sqlx::query!(
        "INSERT INTO postings (entry_id, line, fund_id, account, amount, loan_id, source_id, payment_order_id)
         SELECT * FROM unnest($1::uuid[], $2::smallint[], $3::uuid[], $4::text[], $5::numeric[], $6::uuid[], $7::uuid[],
                              $8::uuid[])",
        &ids,
        &numbers,
        &funds,
        &accounts,
        &amounts,
        &loans as &[Option<Uuid>],
        &sources as &[Option<Uuid>],
        &orders as &[Option<Uuid>],
    )
    .execute(db)
    .await?;
    Ok(())
}
