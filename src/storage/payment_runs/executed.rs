//! Runs that the bank has, and the debits with which it executes them.

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{Error, money};
use crate::domain::money::Money;

/// What an exported run asks from the account of a fund, as long as some of it waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenBatch {
    /// The run.
    pub payment_run_id: Uuid,
    /// The fund that pays.
    pub fund_id: Uuid,
    /// `MsgId` in the file.
    pub message_id: String,
    /// `PmtInfId` in the file.
    pub batch_id: String,
    /// The sum of its orders, in euro.
    pub amount: Money,
    /// Its orders.
    pub order_ids: Vec<Uuid>,
    /// Their end-to-end identifications, in the same order.
    pub end_to_end_ids: Vec<String>,
}

/// The exported batches of these funds of which some order still waits.
pub async fn open_batches(db: &mut PgConnection, fund_ids: &[Uuid]) -> Result<Vec<OpenBatch>, Error> {
    let rows = sqlx::query!(
        r#"SELECT b.payment_run_id, b.fund_id, r.message_id, b.batch_id, b.amount,
                  array_agg(o.payment_order_id ORDER BY o.position) AS "order_ids!",
                  array_agg(o.end_to_end_id ORDER BY o.position) AS "end_to_end_ids!"
           FROM payment_run_batches b JOIN payment_runs r ON r.payment_run_id = b.payment_run_id
                JOIN payment_run_exports x ON x.payment_run_id = b.payment_run_id
                JOIN payment_run_orders o ON o.payment_run_id = b.payment_run_id AND o.fund_id = b.fund_id
                JOIN payment_orders p ON p.payment_order_id = o.payment_order_id
                LEFT JOIN payment_run_executions e ON e.payment_run_id = b.payment_run_id AND e.fund_id = b.fund_id
           WHERE b.fund_id = ANY($1) AND e.payment_run_id IS NULL
           GROUP BY b.payment_run_id, b.fund_id, r.message_id, b.batch_id, b.amount
           HAVING bool_or(p.state = 'ordered' AND p.payment_run_id = b.payment_run_id)
           ORDER BY b.batch_id"#,
        fund_ids,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(OpenBatch {
                payment_run_id: row.payment_run_id,
                fund_id: row.fund_id,
                message_id: row.message_id,
                batch_id: row.batch_id,
                amount: money("payment_run_batches", row.amount)?,
                order_ids: row.order_ids,
                end_to_end_ids: row.end_to_end_ids,
            })
        })
        .collect()
}

/// A debit that executed a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExecutionRow {
    /// The run.
    pub payment_run_id: Uuid,
    /// The fund that paid.
    pub fund_id: Uuid,
    /// The line of the bank.
    pub bank_line_id: Uuid,
    /// The booking date.
    pub executed_on: NaiveDate,
}

/// The number of the run that a line of the bank executed as one amount, if it did.
pub async fn run_of_line(db: &mut PgConnection, bank_line_id: Uuid) -> Result<Option<String>, Error> {
    let number = sqlx::query_scalar!(
        "SELECT r.number FROM payment_run_executions e JOIN payment_runs r USING (payment_run_id)
         WHERE e.bank_line_id = $1",
        bank_line_id
    );
    Ok(number.fetch_optional(db).await?)
}

/// Records the debits that executed batches; their lines may be written later in the same transaction.
pub async fn insert_executions(db: &mut PgConnection, rows: &[ExecutionRow]) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO payment_run_executions (payment_run_id, fund_id, bank_line_id, executed_on)
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[])",
        &rows.iter().map(|row| row.payment_run_id).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.fund_id).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.bank_line_id).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.executed_on).collect::<Vec<_>>(),
    )
    .execute(db)
    .await?;
    Ok(())
}
