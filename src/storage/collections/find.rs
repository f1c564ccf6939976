//! The collections that a bank file, or a person who places a line, can mean: looked up at once and locked.

use std::collections::HashMap;

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{Error, money};
use super::attempts::{Collection, Stored, collections};
use super::corrupt;
use crate::domain::matching::ReturnKind;
use crate::domain::money::Money;

/// The collections that a file may be about.
#[derive(Debug, Default)]
pub struct Known {
    /// By end-to-end identification, and every other that can be meant, sent and not yet given back.
    pub collections: Vec<Collection>,
    /// The mandate of each reference, present or former.
    pub mandates: HashMap<String, Uuid>,
    /// The batch of the file each is in.
    pub batches: HashMap<Uuid, String>,
    /// What came for each that was credited, in euro.
    pub paid: HashMap<Uuid, Money>,
}

/// Collections by end-to-end identification, by the reference of their mandate (also one that was amended since), and
/// of the batches with these identifications; locked until the end of the transaction. The account must be locked.
pub async fn known(
    db: &mut PgConnection,
    (end_to_end_ids, references): (&[String], &[String]),
    funds_with_totals: &[Uuid],
) -> Result<Known, Error> {
    let mandates = sqlx::query!(
        r#"SELECT reference AS "reference!", mandate_id AS "mandate_id!" FROM mandates WHERE reference = ANY($1)
           UNION SELECT was, mandate_id FROM mandate_amendments WHERE kind = 'reference' AND was = ANY($1)"#,
        references,
    )
    .fetch_all(&mut *db)
    .await?;
    let mandates: HashMap<String, Uuid> = mandates.into_iter().map(|row| (row.reference, row.mandate_id)).collect();
    let ids: Vec<Uuid> = mandates.values().copied().collect();
    let rows = sqlx::query_as!(Stored, "SELECT collection_id, loan_id, fund_id, mandate_id, due_on, attempt, retry, amount, collect_on,
                sequence_type, end_to_end_id, revision, state, blocked_because, run_id, exported_on, credited_on, payment_id,
                returned_on, dropped_on, dropped_because, created_at
         FROM collections
         WHERE end_to_end_id = ANY($1) OR (mandate_id = ANY($2) AND state IN ('exported', 'credited'))
            OR (fund_id = ANY($3) AND state = 'exported')
         ORDER BY collection_id FOR UPDATE", end_to_end_ids, &ids, funds_with_totals);
    let collections = collections(rows.fetch_all(&mut *db).await?)?;
    let batches = batches(db, &collections).await?;
    let paid = paid(db, &collections).await?;
    Ok(Known { collections, mandates, batches, paid })
}

/// The name in its file of the batch of each of these collections that has left.
async fn batches(db: &mut PgConnection, collections: &[Collection]) -> Result<HashMap<Uuid, String>, Error> {
    let ids: Vec<Uuid> = collections.iter().map(|line| line.collection_id).collect();
    let batches = sqlx::query!(
        r#"SELECT collection_id, batch AS "batch!" FROM collections WHERE collection_id = ANY($1) AND batch IS NOT NULL"#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(batches.into_iter().map(|row| (row.collection_id, row.batch)).collect())
}

/// What came for each of these collections that was credited, in euro.
async fn paid(db: &mut PgConnection, collections: &[Collection]) -> Result<HashMap<Uuid, Money>, Error> {
    let ids: Vec<Uuid> = collections.iter().map(|line| line.collection_id).collect();
    let rows = sqlx::query!(
        r#"SELECT c.collection_id, k.amount AS "amount!"
           FROM collections c JOIN standing_collection_credits k USING (collection_id, payment_id)
           WHERE c.collection_id = ANY($1)"#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Ok((row.collection_id, money("collection_credits", row.amount)?))).collect()
}

/// What the import must lock before those: the loans of the collections that a file names, as [`known`] does.
pub async fn loans_named(
    db: &mut PgConnection,
    (end_to_end_ids, references): (&[String], &[String]),
    funds_with_totals: &[Uuid],
) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar!(
        "SELECT DISTINCT loan_id FROM collections
         WHERE end_to_end_id = ANY($1) OR (fund_id = ANY($3) AND state = 'exported')
            OR (state IN ('exported', 'credited') AND mandate_id IN (
                SELECT mandate_id FROM mandates WHERE reference = ANY($2)
                UNION SELECT mandate_id FROM mandate_amendments WHERE kind = 'reference' AND was = ANY($2)))",
        end_to_end_ids,
        references,
        funds_with_totals,
    )
    .fetch_all(db)
    .await?)
}

/// What a line that waits says of direct debit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedRow {
    /// The line.
    pub bank_line_id: Uuid,
    /// What the bank calls it.
    pub kind: String,
    /// Why it waits, as a code.
    pub reason: String,
    /// The booking date.
    pub booked_on: NaiveDate,
    /// The end-to-end identification.
    pub end_to_end_id: Option<String>,
    /// The reference of a mandate.
    pub mandate_reference: Option<String>,
    /// The mandate that has or had that reference.
    pub mandate_id: Option<Uuid>,
    /// Our own name of the payment file.
    pub batch: Option<String>,
    /// Who undid it.
    pub return_kind: Option<ReturnKind>,
    /// The ISO reason.
    pub return_reason: Option<String>,
    /// The reason in one digit, as a code.
    pub debit_outcome: Option<String>,
}

/// What these lines say of direct debit. A line never changes, so nothing is locked.
pub async fn placed_lines(db: &mut PgConnection, bank_line_ids: &[Uuid]) -> Result<Vec<PlacedRow>, Error> {
    let rows = sqlx::query!(
        r#"SELECT l.bank_line_id, l.kind, l.reason, l.booked_on, l.end_to_end_id, l.mandate_reference, l.batch_reference,
                  l.return_kind, l.return_reason, l.debit_outcome,
                  (SELECT mandate_id FROM mandates WHERE reference = btrim(l.mandate_reference)
                   UNION SELECT mandate_id FROM mandate_amendments WHERE kind = 'reference' AND was = btrim(l.mandate_reference)
                   LIMIT 1) AS mandate_id
           FROM bank_lines l WHERE l.bank_line_id = ANY($1)"#,
        bank_line_ids
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let kind = row.return_kind.as_deref().map(|code| {
                ReturnKind::of_code(code).ok_or_else(|| corrupt("bank_lines", row.bank_line_id, "unknown return kind"))
            });
            Ok(PlacedRow {
                bank_line_id: row.bank_line_id,
                kind: row.kind,
                reason: row.reason,
                booked_on: row.booked_on,
                end_to_end_id: row.end_to_end_id,
                mandate_reference: row.mandate_reference,
                mandate_id: row.mandate_id,
                batch: row.batch_reference,
                return_kind: kind.transpose()?,
                return_reason: row.return_reason,
                debit_outcome: row.debit_outcome,
            })
        })
        .collect()
}

/// The collections of these loans that have left and not come back, locked until the end of the transaction, and those
/// with these end-to-end identifications, whatever loan they are of. Lock the loans first.
pub async fn with_bank(
    db: &mut PgConnection,
    (loan_ids, end_to_end_ids): (&[Uuid], &[String]),
) -> Result<Known, Error> {
    let rows = sqlx::query_as!(Stored, "SELECT collection_id, loan_id, fund_id, mandate_id, due_on, attempt, retry, amount, collect_on,
                sequence_type, end_to_end_id, revision, state, blocked_because, run_id, exported_on, credited_on, payment_id,
                returned_on, dropped_on, dropped_because, created_at
         FROM collections WHERE loan_id = ANY($1) AND state IN ('exported', 'credited') ORDER BY collection_id FOR UPDATE", loan_ids);
    let mut found = collections(rows.fetch_all(&mut *db).await?)?;
    let rows = sqlx::query_as!(Stored, "SELECT collection_id, loan_id, fund_id, mandate_id, due_on, attempt, retry, amount, collect_on,
                sequence_type, end_to_end_id, revision, state, blocked_because, run_id, exported_on, credited_on, payment_id,
                returned_on, dropped_on, dropped_because, created_at
         FROM collections WHERE end_to_end_id = ANY($1)", end_to_end_ids);
    let named = collections(rows.fetch_all(&mut *db).await?)?;
    let fresh: Vec<Collection> =
        named.into_iter().filter(|one| found.iter().all(|other| other.collection_id != one.collection_id)).collect();
    found.extend(fresh);
    let (batches, paid) = (batches(db, &found).await?, paid(db, &found).await?);
    Ok(Known { collections: found, mandates: HashMap::new(), batches, paid })
}

/// Every attempt at the claims of these collections, locked until the end of the transaction. Lock their loans first.
pub async fn lock_claims(db: &mut PgConnection, collection_ids: &[Uuid]) -> Result<Vec<Collection>, Error> {
    let rows = sqlx::query_as!(Stored, "SELECT collection_id, loan_id, fund_id, mandate_id, due_on, attempt, retry, amount, collect_on,
                sequence_type, end_to_end_id, revision, state, blocked_because, run_id, exported_on, credited_on, payment_id,
                returned_on, dropped_on, dropped_because, created_at
         FROM collections
         WHERE (loan_id, due_on) IN (SELECT loan_id, due_on FROM collections WHERE collection_id = ANY($1))
         ORDER BY collection_id FOR UPDATE", collection_ids);
    collections(rows.fetch_all(db).await?)
}

/// The number of the next attempt at a claim.
pub async fn next_attempt(db: &mut PgConnection, (loan_id, due_on): (Uuid, NaiveDate)) -> Result<i16, Error> {
    let last = sqlx::query_scalar!(
        r#"SELECT coalesce(max(attempt), 0::smallint) AS "last!" FROM collections WHERE loan_id = $1 AND due_on = $2"#,
        loan_id,
        due_on,
    );
    Ok(last.fetch_one(db).await? + 1)
}
