//! What a run asks of one account, and where each of its orders stands.

use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{Error, money};
use crate::domain::money::Money;

/// What a run asks from the account of a fund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunBatch {
    /// Number of the run.
    pub number: String,
    /// The sum of its orders, in euro.
    pub amount: Money,
    /// Whether the run has left.
    pub exported: bool,
    /// Whether a debit that stands executed it as one amount.
    pub executed: bool,
    /// Its orders, in the order of the file.
    pub orders: Vec<BatchOrder>,
}

/// An order of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchOrder {
    /// The order.
    pub payment_order_id: Uuid,
    /// Under which it was sent.
    pub end_to_end_id: String,
    /// Whether it is in the run as it was sent.
    pub stays: bool,
    /// Whether it is paid.
    pub paid: bool,
}

/// What a run asks from the account of a fund; none where it asks nothing. Its orders are locked already.
pub async fn batch(db: &mut PgConnection, (payment_run_id, fund_id): (Uuid, Uuid)) -> Result<Option<RunBatch>, Error> {
    let head = sqlx::query!(
        r#"SELECT r.number, b.amount,
                  EXISTS (SELECT 1 FROM payment_run_exports x WHERE x.payment_run_id = b.payment_run_id) AS "exported!",
                  EXISTS (SELECT 1 FROM standing_payment_run_executions e
                          WHERE e.payment_run_id = b.payment_run_id AND e.fund_id = b.fund_id) AS "executed!"
           FROM payment_run_batches b JOIN payment_runs r USING (payment_run_id)
           WHERE b.payment_run_id = $1 AND b.fund_id = $2"#,
        payment_run_id,
        fund_id
    );
    let Some(head) = head.fetch_optional(&mut *db).await? else { return Ok(None) };
    let orders = sqlx::query_as!(
        BatchOrder,
        r#"SELECT r.payment_order_id, r.end_to_end_id, o.state = 'paid' AS "paid!",
                  (o.payment_run_id IS NOT DISTINCT FROM r.payment_run_id AND o.end_to_end_id = r.end_to_end_id
                   AND o.state <> 'cancelled') AS "stays!"
           FROM payment_run_orders r JOIN payment_orders o USING (payment_order_id)
           WHERE r.payment_run_id = $1 AND r.fund_id = $2 ORDER BY r.position"#,
        payment_run_id,
        fund_id
    );
    Ok(Some(RunBatch {
        number: head.number,
        amount: money("payment_run_batches", head.amount)?,
        exported: head.exported,
        executed: head.executed,
        orders: orders.fetch_all(db).await?,
    }))
}

/// The orders of a run, of every fund.
pub async fn orders_in(db: &mut PgConnection, payment_run_id: Uuid) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar!("SELECT payment_order_id FROM payment_run_orders WHERE payment_run_id = $1", payment_run_id)
        .fetch_all(db)
        .await?)
}
