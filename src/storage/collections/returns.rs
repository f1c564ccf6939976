//! What came back, and what a person did about it.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use super::super::bank::Undoing;
use super::{Did, column, corrupt};
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
    /// The decision of the person who placed that line; none where the import did.
    pub bank_decision_id: Option<Uuid>,
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

/// Adds returns (`collection_returns_standing_key`: of a collection one stands at a time).
pub async fn insert_returns(db: &mut PgConnection, rows: &[NewReturn]) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "INSERT INTO collection_returns (return_id, collection_id, bank_line_id, kind, reason, was_credited, fact_id, action,
                                         retry_id, returned_on, bank_decision_id, created_at)
         SELECT r.*, $12 FROM UNNEST($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::boolean[], $7::uuid[],
                                     $8::text[], $9::uuid[], $10::date[], $11::uuid[]) r",
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
        &column(rows, |row| row.bank_decision_id) as _,
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
    /// Whether it was taken back.
    pub undone: bool,
}

/// The loan of a return, when there is one. It is locked before the return itself.
pub async fn loan_of_return(db: &mut PgConnection, return_id: Uuid) -> Result<Option<Uuid>, Error> {
    let found = sqlx::query_scalar!(
        "SELECT c.loan_id FROM collection_returns r JOIN collections c USING (collection_id) WHERE r.return_id = $1",
        return_id,
    );
    Ok(found.fetch_optional(db).await?)
}

/// A return, when there is one. The row is locked.
pub async fn return_to_answer(db: &mut PgConnection, return_id: Uuid) -> Result<Option<ReturnToAnswer>, Error> {
    let row = sqlx::query!(
        r#"SELECT r.action, c.loan_id,
                  EXISTS (SELECT 1 FROM collection_return_answers a WHERE a.return_id = r.return_id) AS "answered!",
                  EXISTS (SELECT 1 FROM collection_return_undoings u WHERE u.return_id = r.return_id) AS "undone!"
           FROM collection_returns r JOIN collections c USING (collection_id) WHERE r.return_id = $1 FOR UPDATE OF r"#,
        return_id,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let action = Action::of_code(&row.action);
        let action = action.ok_or_else(|| corrupt("collection_returns", return_id, "unknown action"))?;
        Ok(ReturnToAnswer { action, loan_id: row.loan_id, answered: row.answered, undone: row.undone })
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

/// A return that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingReturn {
    /// Its identifier.
    pub return_id: Uuid,
    /// The collection.
    pub collection_id: Uuid,
    /// Its loan.
    pub loan_id: Uuid,
    /// The mandate of the collection.
    pub mandate_id: Uuid,
    /// Who undid it.
    pub kind: ReturnKind,
    /// The ISO reason.
    pub reason: Option<String>,
    /// The reversal of the payment; none where no money had come.
    pub fact_id: Option<Uuid>,
    /// The day in Brussels on which it was recorded.
    pub recorded_on: NaiveDate,
}

struct StandingRow {
    return_id: Uuid,
    collection_id: Uuid,
    loan_id: Uuid,
    mandate_id: Uuid,
    kind: String,
    reason: Option<String>,
    fact_id: Option<Uuid>,
    recorded_on: NaiveDate,
}

impl TryFrom<StandingRow> for StandingReturn {
    type Error = Error;

    fn try_from(row: StandingRow) -> Result<Self, Error> {
        let StandingRow { return_id, collection_id, loan_id, mandate_id, reason, fact_id, recorded_on, .. } = row;
        let kind = ReturnKind::of_code(&row.kind);
        let kind = kind.ok_or_else(|| corrupt("collection_returns", return_id, "unknown kind"))?;
        Ok(Self { return_id, collection_id, loan_id, mandate_id, kind, reason, fact_id, recorded_on })
    }
}

/// The returns of a line or a decision that stand.
pub async fn standing_returns(db: &mut PgConnection, did: Did) -> Result<Vec<StandingReturn>, Error> {
    let rows = sqlx::query_as!(
        StandingRow,
        r#"SELECT r.return_id AS "return_id!", r.collection_id AS "collection_id!", c.loan_id, c.mandate_id, r.kind AS "kind!",
                  r.reason, r.fact_id, (r.created_at AT TIME ZONE 'Europe/Brussels')::date AS "recorded_on!"
           FROM standing_collection_returns r JOIN collections c USING (collection_id)
           WHERE (r.bank_line_id = $1 AND r.bank_decision_id IS NULL) OR r.bank_decision_id = $2
           ORDER BY r.return_id"#,
        did.import_of(),
        did.decision(),
    );
    rows.fetch_all(db).await?.into_iter().map(StandingReturn::try_from).collect()
}

/// The returns under a mandate that stand and were recorded on or after a day.
pub async fn returns_under(
    db: &mut PgConnection,
    (mandate_id, since): (Uuid, NaiveDate),
) -> Result<Vec<StandingReturn>, Error> {
    let rows = sqlx::query_as!(
        StandingRow,
        r#"SELECT r.return_id AS "return_id!", r.collection_id AS "collection_id!", c.loan_id, c.mandate_id, r.kind AS "kind!",
                  r.reason, r.fact_id, (r.created_at AT TIME ZONE 'Europe/Brussels')::date AS "recorded_on!"
           FROM standing_collection_returns r JOIN collections c USING (collection_id)
           WHERE c.mandate_id = $1 AND (r.created_at AT TIME ZONE 'Europe/Brussels')::date >= $2 ORDER BY r.return_id"#,
        mandate_id,
        since,
    );
    rows.fetch_all(db).await?.into_iter().map(StandingReturn::try_from).collect()
}

/// Records that returns were taken back (`collection_return_undoings_pkey`).
pub async fn insert_return_undoings(
    db: &mut PgConnection,
    return_ids: &[Uuid],
    undoing: Undoing<'_>,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO collection_return_undoings (return_id, reason, undone_at, undone_by) SELECT unnest($1::uuid[]), $2, $3, $4",
        return_ids,
        undoing.reason,
        undoing.at,
        undoing.by,
    )
    .execute(db)
    .await?;
    Ok(())
}
