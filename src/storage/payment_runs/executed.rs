//! Runs that the bank has, and the debits with which it executes them.

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::bank::Undoing;
use super::super::{Error, money};
use crate::domain::money::Money;

/// What an exported run asks from the account of a fund, as long as some of it waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenBatch {
    /// The run.
    pub payment_run_id: Uuid,
    /// Its number.
    pub number: String,
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
    /// Whether each of them waits in the run as it was sent.
    pub whole: bool,
}

/// The exported batches of these funds of which some order still waits.
pub async fn open_batches(db: &mut PgConnection, fund_ids: &[Uuid]) -> Result<Vec<OpenBatch>, Error> {
    let rows = sqlx::query!(
        r#"SELECT b.payment_run_id, r.number, b.fund_id, r.message_id, b.batch_id, b.amount,
                  array_agg(o.payment_order_id ORDER BY o.position) AS "order_ids!",
                  array_agg(o.end_to_end_id ORDER BY o.position) AS "end_to_end_ids!",
                  bool_and(p.state = 'ordered' AND p.payment_run_id = b.payment_run_id AND p.end_to_end_id = o.end_to_end_id)
                  IS TRUE AS "whole!"
           FROM payment_run_batches b JOIN payment_runs r ON r.payment_run_id = b.payment_run_id
                JOIN payment_run_exports x ON x.payment_run_id = b.payment_run_id
                JOIN payment_run_orders o ON o.payment_run_id = b.payment_run_id AND o.fund_id = b.fund_id
                JOIN payment_orders p ON p.payment_order_id = o.payment_order_id
                LEFT JOIN standing_payment_run_executions e ON e.payment_run_id = b.payment_run_id AND e.fund_id = b.fund_id
           WHERE b.fund_id = ANY($1) AND e.payment_run_id IS NULL
           GROUP BY b.payment_run_id, r.number, b.fund_id, r.message_id, b.batch_id, b.amount
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
                number: row.number,
                fund_id: row.fund_id,
                message_id: row.message_id,
                batch_id: row.batch_id,
                amount: money("payment_run_batches", row.amount)?,
                order_ids: row.order_ids,
                end_to_end_ids: row.end_to_end_ids,
                whole: row.whole,
            })
        })
        .collect()
}

/// A debit that executed a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExecutionRow {
    /// The identifier of the record.
    pub payment_run_execution_id: Uuid,
    /// The run.
    pub payment_run_id: Uuid,
    /// The fund that paid.
    pub fund_id: Uuid,
    /// The line of the bank.
    pub bank_line_id: Uuid,
    /// The decision of a person; none where the import found it.
    pub bank_decision_id: Option<Uuid>,
    /// The booking date.
    pub executed_on: NaiveDate,
}

/// An execution that nobody took back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Execution {
    /// The record.
    pub payment_run_execution_id: Uuid,
    /// The run.
    pub payment_run_id: Uuid,
    /// The fund that paid.
    pub fund_id: Uuid,
}

/// What a line of the bank executed as one amount, as the import found it.
pub async fn execution_of_line(db: &mut PgConnection, bank_line_id: Uuid) -> Result<Option<Execution>, Error> {
    let found = sqlx::query_as!(
        Execution,
        r#"SELECT payment_run_execution_id AS "payment_run_execution_id!", payment_run_id AS "payment_run_id!",
                  fund_id AS "fund_id!"
           FROM standing_payment_run_executions WHERE bank_line_id = $1 AND bank_decision_id IS NULL"#,
        bank_line_id
    );
    Ok(found.fetch_optional(db).await?)
}

/// The execution of a run by a decision.
pub async fn execution_of_decision(
    db: &mut PgConnection,
    (bank_decision_id, payment_run_id): (Uuid, Uuid),
) -> Result<Option<Execution>, Error> {
    let found = sqlx::query_as!(
        Execution,
        r#"SELECT payment_run_execution_id AS "payment_run_execution_id!", payment_run_id AS "payment_run_id!",
                  fund_id AS "fund_id!"
           FROM standing_payment_run_executions WHERE bank_decision_id = $1 AND payment_run_id = $2"#,
        bank_decision_id,
        payment_run_id
    );
    Ok(found.fetch_optional(db).await?)
}

/// Records that an execution was taken back.
pub async fn insert_execution_undoing(
    db: &mut PgConnection,
    payment_run_execution_id: Uuid,
    undoing: Undoing<'_>,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO payment_run_execution_undoings (payment_run_execution_id, reason, undone_at, undone_by)
         VALUES ($1, $2, $3, $4)",
        payment_run_execution_id,
        undoing.reason,
        undoing.at,
        undoing.by,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Records the debits that executed batches (`payment_run_executions_standing_key`); their lines may be written later in the same transaction.
pub async fn insert_executions(db: &mut PgConnection, rows: &[ExecutionRow]) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO payment_run_executions (payment_run_execution_id, payment_run_id, fund_id, bank_line_id,
                                             bank_decision_id, executed_on)
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::date[])",
        &rows.iter().map(|row| row.payment_run_execution_id).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.payment_run_id).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.fund_id).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.bank_line_id).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.bank_decision_id).collect::<Vec<_>>() as _,
        &rows.iter().map(|row| row.executed_on).collect::<Vec<_>>(),
    )
    .execute(db)
    .await?;
    Ok(())
}
