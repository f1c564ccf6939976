//! Collections: each attempt at a claim.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{Error, money};
use super::{column, corrupt};
use crate::domain::collection::{Block, CollectionState, Dropped, SequenceType};
use crate::domain::money::Money;

/// An attempt to collect a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// Its identifier.
    pub collection_id: Uuid,
    /// The loan.
    pub loan_id: Uuid,
    /// Its fund, whose account collects.
    pub fund_id: Uuid,
    /// The mandate.
    pub mandate_id: Uuid,
    /// When the claim was due.
    pub due_on: NaiveDate,
    /// Which attempt at this claim, from 1.
    pub attempt: i16,
    /// True for the one automatic second try.
    pub retry: bool,
    /// How much, in euro.
    pub amount: Money,
    /// When.
    pub collect_on: NaiveDate,
    /// One of a series, or the only one.
    pub sequence_type: SequenceType,
    /// Comes back on the bank statement; unique, at most 35 signs.
    pub end_to_end_id: String,
    /// Grows with every change that the borrower must be told.
    pub revision: i16,
    /// Where it is in its life.
    pub state: CollectionState,
    /// Why the last run left it out.
    pub blocked: Option<Block>,
    /// The run it is in.
    pub run_id: Option<Uuid>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// The end-to-end identifier of a collection: `EC` and the 32 hexadecimal digits of its own identifier, so that it is
/// never one of a payment order.
pub fn end_to_end_id(collection_id: Uuid) -> String {
    format!("EC{}", collection_id.simple())
}

pub(super) struct Stored {
    pub(super) collection_id: Uuid,
    pub(super) loan_id: Uuid,
    pub(super) fund_id: Uuid,
    pub(super) mandate_id: Uuid,
    pub(super) due_on: NaiveDate,
    pub(super) attempt: i16,
    pub(super) retry: bool,
    pub(super) amount: Decimal,
    pub(super) collect_on: NaiveDate,
    pub(super) sequence_type: String,
    pub(super) end_to_end_id: String,
    pub(super) revision: i16,
    pub(super) state: String,
    pub(super) blocked_because: Option<String>,
    pub(super) run_id: Option<Uuid>,
    pub(super) exported_on: Option<NaiveDate>,
    pub(super) credited_on: Option<NaiveDate>,
    pub(super) payment_id: Option<Uuid>,
    pub(super) returned_on: Option<NaiveDate>,
    pub(super) dropped_on: Option<NaiveDate>,
    pub(super) dropped_because: Option<String>,
    pub(super) created_at: DateTime<Utc>,
}

impl Stored {
    fn state(&self) -> Option<CollectionState> {
        let credited = self.credited_on.zip(self.payment_id);
        match (self.state.as_str(), self.exported_on) {
            ("made", None) => Some(CollectionState::Made),
            ("exported", Some(on)) => Some(CollectionState::Exported { on }),
            ("credited", Some(exported_on)) => {
                let (on, payment_id) = credited?;
                Some(CollectionState::Credited { exported_on, on, payment_id })
            }
            ("returned", Some(exported_on)) => {
                Some(CollectionState::Returned { exported_on, credited, on: self.returned_on? })
            }
            ("dropped", None) => {
                let because = Dropped::of_code(self.dropped_because.as_deref()?)?;
                Some(CollectionState::Dropped { on: self.dropped_on?, because })
            }
            _ => None,
        }
    }
}

impl TryFrom<Stored> for Collection {
    type Error = Error;

    fn try_from(row: Stored) -> Result<Self, Error> {
        let corrupt = |what: &str| corrupt("collections", row.collection_id, what);
        let state = row.state().ok_or_else(|| corrupt("its state and its days do not agree"))?;
        let blocked = row.blocked_because.as_deref();
        Ok(Self {
            state,
            sequence_type: SequenceType::of_code(&row.sequence_type).ok_or_else(|| corrupt("sequence type"))?,
            blocked: blocked.map(|code| Block::of_code(code).ok_or_else(|| corrupt("unknown block"))).transpose()?,
            amount: money("collections", row.amount)?,
            collection_id: row.collection_id,
            loan_id: row.loan_id,
            fund_id: row.fund_id,
            mandate_id: row.mandate_id,
            due_on: row.due_on,
            attempt: row.attempt,
            retry: row.retry,
            collect_on: row.collect_on,
            end_to_end_id: row.end_to_end_id,
            revision: row.revision,
            run_id: row.run_id,
            created_at: row.created_at,
        })
    }
}

pub(super) fn collections(rows: Vec<Stored>) -> Result<Vec<Collection>, Error> {
    rows.into_iter().map(Collection::try_from).collect()
}

/// Adds fresh attempts; one whose claim is on its way already is left out. Answers those that were added.
pub async fn insert_collections(db: &mut PgConnection, rows: &[Collection]) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar!(
        "INSERT INTO collections (collection_id, loan_id, fund_id, mandate_id, due_on, attempt, retry, amount, collect_on,
                                  sequence_type, end_to_end_id, state, created_at)
         SELECT c.*, 'made', $12 FROM UNNEST($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::date[], $6::smallint[],
                                        $7::boolean[], $8::numeric[], $9::date[], $10::text[], $11::text[]) c
         ON CONFLICT DO NOTHING RETURNING collection_id",
        &column(rows, |row| row.collection_id),
        &column(rows, |row| row.loan_id),
        &column(rows, |row| row.fund_id),
        &column(rows, |row| row.mandate_id),
        &column(rows, |row| row.due_on),
        &column(rows, |row| row.attempt),
        &column(rows, |row| row.retry),
        &column(rows, |row| row.amount.decimal()),
        &column(rows, |row| row.collect_on),
        &column(rows, |row| row.sequence_type.code().to_owned()),
        &column(rows, |row| row.end_to_end_id.clone()),
        rows.first().map(|row| row.created_at),
    )
    .fetch_all(db)
    .await?)
}

/// Loans by serial after `after` that have an active mandate, or an attempt that has not left: a keyset page.
pub async fn loans_with_work(db: &mut PgConnection, after: i64, limit: i64) -> Result<Vec<(i64, Uuid)>, Error> {
    let rows = sqlx::query!(
        "SELECT l.serial, l.loan_id FROM loans l
         WHERE l.serial > $1
           AND (EXISTS (SELECT 1 FROM mandates m WHERE m.loan_id = l.loan_id AND m.state = 'active')
                OR EXISTS (SELECT 1 FROM collections c WHERE c.loan_id = l.loan_id AND c.state = 'made'))
         ORDER BY l.serial LIMIT $2",
        after,
        limit,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.serial, row.loan_id)).collect())
}

/// The attempts of these loans at claims that are due from a day on, and those that have not left, in their order.
pub async fn of_loans(db: &mut PgConnection, loan_ids: &[Uuid], from: NaiveDate) -> Result<Vec<Collection>, Error> {
    let rows = sqlx::query_as!(Stored, "SELECT collection_id, loan_id, fund_id, mandate_id, due_on, attempt, retry, amount, collect_on,
                sequence_type, end_to_end_id, revision, state, blocked_because, run_id, exported_on, credited_on, payment_id,
                returned_on, dropped_on, dropped_because, created_at
         FROM collections WHERE loan_id = ANY($1) AND (due_on >= $2 OR state = 'made')
         ORDER BY loan_id, due_on, attempt", loan_ids, from);
    collections(rows.fetch_all(db).await?)
}

/// What has not left and is collected on or before a day, locked until the end of the transaction.
pub async fn lock_for_run(db: &mut PgConnection, fund_id: Uuid, through: NaiveDate) -> Result<Vec<Collection>, Error> {
    let rows = sqlx::query_as!(Stored, "SELECT collection_id, loan_id, fund_id, mandate_id, due_on, attempt, retry, amount, collect_on,
                sequence_type, end_to_end_id, revision, state, blocked_because, run_id, exported_on, credited_on, payment_id,
                returned_on, dropped_on, dropped_because, created_at
         FROM collections WHERE fund_id = $1 AND state = 'made' AND run_id IS NULL AND collect_on <= $2
         ORDER BY collect_on, sequence_type, collection_id FOR UPDATE", fund_id, through);
    collections(rows.fetch_all(db).await?)
}

/// One attempt, locked.
pub async fn lock_line(db: &mut PgConnection, collection_id: Uuid) -> Result<Option<Collection>, Error> {
    let row = sqlx::query_as!(Stored, "SELECT collection_id, loan_id, fund_id, mandate_id, due_on, attempt, retry, amount, collect_on,
                sequence_type, end_to_end_id, revision, state, blocked_because, run_id, exported_on, credited_on, payment_id,
                returned_on, dropped_on, dropped_because, created_at
         FROM collections WHERE collection_id = $1 FOR UPDATE", collection_id);
    row.fetch_optional(db).await?.map(Collection::try_from).transpose()
}

/// Changes what an attempt that has not left collects, when and under which mandate. False when somebody else changed or
/// sent it meanwhile.
pub async fn revise(db: &mut PgConnection, was: &Collection, is: &Collection) -> Result<bool, Error> {
    let done = sqlx::query!(
        "UPDATE collections SET amount = $3, collect_on = $4, mandate_id = $5, sequence_type = $6, revision = $7,
                blocked_because = NULL
         WHERE collection_id = $1 AND revision = $2 AND state = 'made' AND run_id IS NULL",
        was.collection_id,
        was.revision,
        is.amount.decimal(),
        is.collect_on,
        is.mandate_id,
        is.sequence_type.code(),
        is.revision,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets attempts go that have not left.
pub async fn drop_lines(db: &mut PgConnection, dropped: &[(Uuid, Dropped)], on: NaiveDate) -> Result<u64, Error> {
    let done = sqlx::query!(
        "UPDATE collections c SET state = 'dropped', dropped_on = $3, dropped_because = d.because, blocked_because = NULL
         FROM UNNEST($1::uuid[], $2::text[]) AS d (collection_id, because)
         WHERE c.collection_id = d.collection_id AND c.state = 'made' AND c.run_id IS NULL",
        &column(dropped, |(id, _)| *id),
        &column(dropped, |(_, because)| because.code().to_owned()),
        on,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// An attempt and the batch of the file that it is in.
pub type Put = (Uuid, String);

/// Puts attempts in a run, each in its batch.
pub async fn put_in_run(db: &mut PgConnection, run_id: Uuid, put: &[Put]) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE collections c SET run_id = $3, batch = p.batch, blocked_because = NULL
         FROM UNNEST($1::uuid[], $2::text[]) AS p (collection_id, batch) WHERE c.collection_id = p.collection_id",
        &column(put, |(id, _)| *id),
        &column(put, |(_, batch)| batch.clone()),
        run_id,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Records why attempts stay behind.
pub async fn block(db: &mut PgConnection, blocked: &[(Uuid, Block)]) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE collections c SET blocked_because = b.because
         FROM UNNEST($1::uuid[], $2::text[]) AS b (collection_id, because) WHERE c.collection_id = b.collection_id",
        &column(blocked, |(id, _)| *id),
        &column(blocked, |(_, because)| because.code().to_owned()),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Gives the attempts of a run that nobody sent free again.
pub async fn take_out_of_run(db: &mut PgConnection, run_id: Uuid) -> Result<(), Error> {
    sqlx::query!("UPDATE collections SET run_id = NULL, batch = NULL WHERE run_id = $1 AND state = 'made'", run_id)
        .execute(db)
        .await?;
    Ok(())
}

/// Marks the attempts of a run as sent; answers their mandates.
pub async fn export_lines(db: &mut PgConnection, run_id: Uuid, on: NaiveDate) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar!(
        "UPDATE collections SET state = 'exported', exported_on = $2 WHERE run_id = $1 AND state = 'made'
         RETURNING mandate_id",
        run_id,
        on,
    )
    .fetch_all(db)
    .await?)
}
