//! Each time that a collection became a payment, and each time that this was taken back.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use super::super::bank::Undoing;
use super::{Did, column};
use crate::domain::money::Money;

/// A collection that became a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// Its identifier.
    pub credit_id: Uuid,
    /// The collection.
    pub collection_id: Uuid,
    /// The line of the bank that brought the money.
    pub bank_line_id: Uuid,
    /// The decision of the person who placed that line; none where the import did.
    pub bank_decision_id: Option<Uuid>,
    /// The payment on the loan.
    pub payment_id: Uuid,
    /// What came, in euro: that of the collection, unless a person placed another sum.
    pub amount: Money,
    /// The day of the bank.
    pub credited_on: NaiveDate,
    /// Now.
    pub created_at: DateTime<Utc>,
}

/// Keeps credits.
pub(super) async fn insert_credits(db: &mut PgConnection, rows: &[Credit]) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "INSERT INTO collection_credits (credit_id, collection_id, bank_line_id, bank_decision_id, payment_id, amount,
                                         credited_on, created_at)
         SELECT c.*, $8
         FROM UNNEST($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::numeric[], $7::date[]) c",
        &column(rows, |row| row.credit_id),
        &column(rows, |row| row.collection_id),
        &column(rows, |row| row.bank_line_id),
        &column(rows, |row| row.bank_decision_id) as _,
        &column(rows, |row| row.payment_id),
        &column(rows, |row| row.amount.decimal()),
        &column(rows, |row| row.credited_on),
        rows.first().map(|row| row.created_at),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A credit that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandingCredit {
    /// Its identifier.
    pub credit_id: Uuid,
    /// The collection.
    pub collection_id: Uuid,
    /// Its loan.
    pub loan_id: Uuid,
    /// The payment on that loan.
    pub payment_id: Uuid,
    /// The day of the bank.
    pub credited_on: NaiveDate,
}

/// The credits of a line or a decision that stand.
pub async fn standing_credits(db: &mut PgConnection, did: Did) -> Result<Vec<StandingCredit>, Error> {
    Ok(sqlx::query_as!(
        StandingCredit,
        r#"SELECT k.credit_id AS "credit_id!", k.collection_id AS "collection_id!", c.loan_id, k.payment_id AS "payment_id!",
                  k.credited_on AS "credited_on!"
           FROM standing_collection_credits k JOIN collections c USING (collection_id)
           WHERE (k.bank_line_id = $1 AND k.bank_decision_id IS NULL) OR k.bank_decision_id = $2
           ORDER BY k.credit_id"#,
        did.import_of(),
        did.decision(),
    )
    .fetch_all(db)
    .await?)
}

/// Records that credits were taken back (`collection_credit_undoings_pkey`).
pub async fn insert_credit_undoings(
    db: &mut PgConnection,
    credit_ids: &[Uuid],
    undoing: Undoing<'_>,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO collection_credit_undoings (credit_id, reason, undone_at, undone_by) SELECT unnest($1::uuid[]), $2, $3, $4",
        credit_ids,
        undoing.reason,
        undoing.at,
        undoing.by,
    )
    .execute(db)
    .await?;
    Ok(())
}
