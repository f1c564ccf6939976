//! Commitments: money of a fund that is promised to a family and not yet drawn.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Error, money};
use crate::domain::fund::CommitmentKind;
use crate::domain::money::Money;

/// One movement of what is promised to an application from one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// Its identifier.
    pub movement_id: Uuid,
    /// The application.
    pub application_id: Uuid,
    /// The fund.
    pub fund_id: Uuid,
    /// The source in it.
    pub source_id: Uuid,
    /// Committed, drawn or released.
    pub kind: CommitmentKind,
    /// Committed: positive; drawn and released: negative.
    pub amount: Money,
    /// The day it counts from.
    pub effective_on: NaiveDate,
    /// When we knew.
    pub booked_at: DateTime<Utc>,
    /// The same key never moves the same source twice.
    pub idempotency_key: String,
}

/// Adds movements. The database refuses what the fund or the source has no room for
/// (`commitment_movements_fund_room`, `commitment_movements_source_room`, `commitment_movements_left`).
pub async fn insert(db: &mut PgConnection, movements: &[Movement]) -> Result<(), Error> {
    if movements.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = movements.iter().map(|new| new.movement_id).collect();
    let applications: Vec<Uuid> = movements.iter().map(|new| new.application_id).collect();
    let funds: Vec<Uuid> = movements.iter().map(|new| new.fund_id).collect();
    let sources: Vec<Uuid> = movements.iter().map(|new| new.source_id).collect();
    let kinds: Vec<String> = movements.iter().map(|new| new.kind.code().to_owned()).collect();
    let amounts: Vec<Decimal> = movements.iter().map(|new| new.amount.decimal()).collect();
    let days: Vec<NaiveDate> = movements.iter().map(|new| new.effective_on).collect();
    let moments: Vec<DateTime<Utc>> = movements.iter().map(|new| new.booked_at).collect();
    let keys: Vec<String> = movements.iter().map(|new| new.idempotency_key.clone()).collect();
    sqlx::query!(
        "INSERT INTO commitment_movements (movement_id, application_id, fund_id, source_id, kind, amount, effective_on,
                                           booked_at, idempotency_key)
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::numeric[], $7::date[],
                              $8::timestamptz[], $9::text[])",
        &ids,
        &applications,
        &funds,
        &sources,
        &kinds,
        &amounts,
        &days,
        &moments,
        &keys,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What is promised to an application and not yet drawn, per source, in the order of its sources; sources of
/// which nothing is left are not named.
pub async fn left_of(db: &mut PgConnection, application_id: Uuid) -> Result<Vec<(Uuid, Money)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT source_id, sum(amount) AS "amount!" FROM commitment_movements
           WHERE application_id = $1 GROUP BY source_id HAVING sum(amount) <> 0 ORDER BY source_id"#,
        application_id,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Ok((row.source_id, money("commitment_movements", row.amount)?))).collect()
}

/// What was promised to an application at its approval, per source: the weights of the loan's shares.
pub async fn committed_to(db: &mut PgConnection, application_id: Uuid) -> Result<Vec<(Uuid, Money)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT source_id, sum(amount) AS "amount!" FROM commitment_movements
           WHERE application_id = $1 AND kind = 'committed' GROUP BY source_id ORDER BY source_id"#,
        application_id,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Ok((row.source_id, money("commitment_movements", row.amount)?))).collect()
}

/// What each fund has promised and not yet paid out: of everything booked, or as of a day.
pub async fn sums(db: &mut PgConnection, as_of: Option<NaiveDate>) -> Result<Vec<(Uuid, Money)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT fund_id, sum(amount) AS "amount!" FROM commitment_movements
           WHERE $1::date IS NULL OR effective_on <= $1 GROUP BY fund_id ORDER BY fund_id"#,
        as_of,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Ok((row.fund_id, money("commitment_movements", row.amount)?))).collect()
}

/// What a fund has promised less what was drawn and released, per month up to a day: (first day of the month, sum).
pub async fn monthly_movements(
    db: &mut PgConnection,
    fund_id: Uuid,
    until: NaiveDate,
) -> Result<Vec<(NaiveDate, Money)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT date_trunc('month', effective_on)::date AS "month!", sum(amount) AS "amount!"
           FROM commitment_movements WHERE fund_id = $1 AND effective_on <= $2 GROUP BY 1 ORDER BY 1"#,
        fund_id,
        until,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Ok((row.month, money("commitment_movements", row.amount)?))).collect()
}

/// What was drawn of the promise to an application, per source, in the order of its sources.
pub async fn drawn_of(db: &mut PgConnection, application_id: Uuid) -> Result<Vec<(Uuid, Money)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT source_id, -sum(amount) AS "amount!" FROM commitment_movements
           WHERE application_id = $1 AND kind = 'drawn' GROUP BY source_id ORDER BY source_id"#,
        application_id,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Ok((row.source_id, money("commitment_movements", row.amount)?))).collect()
}

/// What is left of the promise to one application, and to which loan it belongs, for the check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The application.
    pub application_id: Uuid,
    /// The fund.
    pub fund_id: Uuid,
    /// Its loan, once signed.
    pub loan_id: Option<Uuid>,
    /// Promised and not yet drawn or released.
    pub amount: Money,
}

/// What is left of every promise, of all applications that ever had one.
pub async fn all_left(db: &mut PgConnection) -> Result<Vec<Left>, Error> {
    let rows = sqlx::query!(
        r#"SELECT m.application_id, m.fund_id, l.loan_id AS "loan_id?", sum(m.amount) AS "amount!"
           FROM commitment_movements m LEFT JOIN loans l USING (application_id)
           GROUP BY m.application_id, m.fund_id, l.loan_id ORDER BY m.application_id"#
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Left {
                application_id: row.application_id,
                fund_id: row.fund_id,
                loan_id: row.loan_id,
                amount: money("commitment_movements", row.amount)?,
            })
        })
        .collect()
}

/// What can still be promised out of a source that is passed back to its funder.
pub async fn source_room(db: &mut PgConnection, source_id: Uuid) -> Result<Money, Error> {
    let room = sqlx::query_scalar!(r#"SELECT source_room($1) AS "room!""#, source_id).fetch_one(db).await?;
    money("funding_sources", room)
}

/// What the database says a fund can lend, from everything booked so far.
pub async fn free_to_lend(db: &mut PgConnection, fund_id: Uuid, on: NaiveDate) -> Result<Money, Error> {
    let free = sqlx::query_scalar!(r#"SELECT fund_free_to_lend($1, $2) AS "free!""#, fund_id, on).fetch_one(db).await?;
    money("funds", free)
}
