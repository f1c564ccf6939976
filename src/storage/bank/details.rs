//! Totals that wait in suspense, and the details that a second feed brings for them.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use super::files::{column, money};
use super::sha256;
use crate::domain::money::Money;

/// A line of a statement that is no detail: what a feed may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopLine {
    /// The line.
    pub bank_line_id: Uuid,
    /// Its statement.
    pub bank_statement_id: Uuid,
    /// The number of its statement.
    pub statement: u16,
    /// The fund whose account it is on.
    pub fund_id: Uuid,
    /// The bank's number of the movement, four digits.
    pub sequence: String,
    /// The booking date.
    pub booked_on: NaiveDate,
    /// Positive is money in.
    pub amount: Money,
    /// The bank's reference.
    pub bank_reference: String,
    /// Our own name of the payment file that it is the total of.
    pub batch_reference: Option<String>,
    /// Whether it is a total that waits for its details, a transfer that came back without saying which, or one of our
    /// collections, orders or runs that a person took back.
    pub waits: bool,
    /// The last place that is taken in its statement.
    pub last_ordinal: i32,
}

/// The lines of these funds on these days that are no details, in the order of their statements.
pub async fn top_lines(db: &mut PgConnection, funds: &[Uuid], days: &[NaiveDate]) -> Result<Vec<TopLine>, Error> {
    let rows = sqlx::query!(
        r#"SELECT l.bank_line_id, l.bank_statement_id, s.sequence AS statement, l.fund_id, l.sequence, l.booked_on, l.amount,
                  l.bank_reference, l.batch_reference,
                  (l.reason IN ('total_without_details', 'collection_total_refused', 'payment_returned') AND l.outcome = 'suspense'
                   OR l.reason IN ('collection_total', 'order_executed', 'order_returned')
                      AND EXISTS (SELECT 1 FROM bank_line_reopenings r WHERE r.bank_line_id = l.bank_line_id))
                  AND NOT EXISTS (SELECT 1 FROM bank_line_settlements z WHERE z.bank_line_id = l.bank_line_id) AS "waits!",
                  (SELECT max(ordinal) FROM bank_lines o WHERE o.bank_statement_id = l.bank_statement_id) AS "last_ordinal!"
           FROM bank_lines l JOIN bank_statements s USING (bank_statement_id)
           WHERE l.fund_id = ANY($1) AND l.booked_on = ANY($2) AND l.batch_of IS NULL AND l.ordinal > 0
           ORDER BY s.new_balance_on, s.booked_at, s.position, l.ordinal"#,
        funds,
        days
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(TopLine {
                bank_line_id: row.bank_line_id,
                bank_statement_id: row.bank_statement_id,
                statement: u16::try_from(row.statement).map_err(|_| Error::corrupt("bank_statements", "sequence"))?,
                fund_id: row.fund_id,
                sequence: row.sequence,
                booked_on: row.booked_on,
                amount: money(row.amount)?,
                bank_reference: row.bank_reference,
                batch_reference: row.batch_reference,
                waits: row.waits,
                last_ordinal: row.last_ordinal,
            })
        })
        .collect()
}

/// Locks totals and says which of them still wait. Loans are locked before, as everywhere.
pub async fn lock_waiting(db: &mut PgConnection, bank_line_ids: &[Uuid]) -> Result<HashSet<Uuid>, Error> {
    // The lock first, and what others decided in a statement of its own: it then sees what they have committed.
    sqlx::query!(
        "SELECT bank_line_id FROM bank_lines WHERE bank_line_id = ANY($1) ORDER BY bank_line_id FOR UPDATE",
        bank_line_ids
    )
    .fetch_all(&mut *db)
    .await?;
    let waiting = sqlx::query_scalar!(
        r#"SELECT bank_line_id AS "bank_line_id!" FROM waiting_bank_lines WHERE bank_line_id = ANY($1)"#,
        bank_line_ids
    );
    Ok(waiting.fetch_all(db).await?.into_iter().collect())
}

/// The feeds of these fingerprints that were taken in before, with when their file came.
pub async fn feeds_known(
    db: &mut PgConnection,
    hashes: &[[u8; 32]],
) -> Result<HashMap<[u8; 32], DateTime<Utc>>, Error> {
    let hashes: Vec<Vec<u8>> = hashes.iter().map(|hash| hash.to_vec()).collect();
    let rows = sqlx::query!(
        "SELECT d.sha256, f.received_at FROM bank_detail_feeds d JOIN bank_files f USING (bank_file_id)
         WHERE d.sha256 = ANY($1)",
        &hashes
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Ok((sha256("bank_detail_feeds", row.sha256)?, row.received_at))).collect()
}

/// A total that its details explain.
#[derive(Debug, Clone, Copy)]
pub struct Explained {
    /// The decision that says so.
    pub bank_decision_id: Uuid,
    /// The total.
    pub bank_line_id: Uuid,
    /// The fund whose account it is on.
    pub fund_id: Uuid,
}

/// Records that totals no longer wait, each as a decision without parts: where its money goes is said by its details
/// (`bank_decision_lines_standing_key` where a person decided first).
pub async fn insert_explained(
    db: &mut PgConnection,
    explained: &[Explained],
    (reason, at, by): (&str, DateTime<Utc>, Uuid),
) -> Result<(), Error> {
    let ids = column(explained, |total| total.bank_decision_id);
    sqlx::query!(
        "INSERT INTO bank_decisions (bank_decision_id, fund_id, reason, decided_at, decided_by)
         SELECT d.id, d.fund_id, $3, $4, $5 FROM UNNEST($1::uuid[], $2::uuid[]) AS d (id, fund_id)",
        &ids,
        &column(explained, |total| total.fund_id),
        reason,
        at,
        by,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "INSERT INTO bank_decision_lines (bank_decision_id, bank_line_id) SELECT * FROM UNNEST($1::uuid[], $2::uuid[])",
        &ids,
        &column(explained, |total| total.bank_line_id),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Records the feeds of a file, by fingerprint and fund.
pub async fn insert_feeds(db: &mut PgConnection, bank_file_id: Uuid, feeds: &[([u8; 32], Uuid)]) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO bank_detail_feeds (sha256, fund_id, bank_file_id)
         SELECT f.sha256, f.fund_id, $1 FROM UNNEST($2::bytea[], $3::uuid[]) AS f (sha256, fund_id)",
        bank_file_id,
        &column(feeds, |(sha256, _)| sha256.to_vec()),
        &column(feeds, |(_, fund_id)| *fund_id),
    )
    .execute(db)
    .await?;
    Ok(())
}
