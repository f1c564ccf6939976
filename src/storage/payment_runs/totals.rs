//! What a run pays, by fund and by where the money comes from.

use chrono::NaiveDate;
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{Error, money};
use crate::domain::money::Money;

/// What a run asks the bank to pay from the account of a fund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FundTotal {
    /// Code of the fund.
    pub fund: String,
    /// What people call it.
    pub fund_name: String,
    /// `PmtInfId` in the file, which the statement may name.
    pub batch_id: String,
    /// How many orders.
    pub count: i64,
    /// What they come to, in euro.
    pub sum: Money,
    /// The day on which the bank paid them all as one amount; none where it has not, or paid them one by one.
    pub executed_on: Option<NaiveDate>,
}

/// What a run pays from each fund, by code.
pub async fn fund_totals(db: &mut PgConnection, payment_run_id: Uuid) -> Result<Vec<FundTotal>, Error> {
    let rows = sqlx::query!(
        r#"SELECT f.code AS fund, f.name AS fund_name, b.batch_id, b.amount, e.executed_on AS "executed_on?",
                  (SELECT count(*) FROM payment_run_orders o
                   WHERE o.payment_run_id = b.payment_run_id AND o.fund_id = b.fund_id) AS "count!"
           FROM payment_run_batches b JOIN funds f USING (fund_id)
                LEFT JOIN standing_payment_run_executions e USING (payment_run_id, fund_id)
           WHERE b.payment_run_id = $1 ORDER BY f.code"#,
        payment_run_id
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(FundTotal {
                fund: row.fund,
                fund_name: row.fund_name,
                batch_id: row.batch_id,
                count: row.count,
                sum: money("payment_run_batches", row.amount)?,
                executed_on: row.executed_on,
            })
        })
        .collect()
}

/// What a run pays out of one source of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceTotal {
    /// Code of the fund.
    pub fund: String,
    /// The funder; none for money that was never a funder's, such as what a borrower paid too much.
    pub funder: Option<String>,
    /// `credit_line`, `grant`, `own_means`.
    pub kind: Option<String>,
    /// How much, in euro.
    pub sum: Money,
}

/// What a run pays out of each source: of an invoice the parts that its tranche drew, of a payment to a funder what goes
/// back to that source.
pub async fn source_totals(db: &mut PgConnection, payment_run_id: Uuid) -> Result<Vec<SourceTotal>, Error> {
    let rows = sqlx::query!(
        r#"WITH parts AS (
               SELECT r.fund_id, m.source_id, -m.amount AS amount
               FROM payment_run_orders r JOIN payment_orders o USING (payment_order_id)
                    JOIN commitment_movements m ON m.kind = 'drawn' AND m.idempotency_key = 'drawn:' || o.tranche_id
               WHERE r.payment_run_id = $1
               UNION ALL
               SELECT r.fund_id, o.source_id, r.amount
               FROM payment_run_orders r JOIN payment_orders o USING (payment_order_id)
               WHERE r.payment_run_id = $1 AND o.tranche_id IS NULL)
           SELECT f.code AS fund, s.funder AS "funder?", s.kind AS "kind?", sum(p.amount) AS "sum!"
           FROM parts p JOIN funds f ON f.fund_id = p.fund_id LEFT JOIN funding_sources s ON s.source_id = p.source_id
           GROUP BY f.code, p.source_id, s.funder, s.kind ORDER BY f.code, s.funder NULLS LAST, p.source_id"#,
        payment_run_id
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let sum = money("payment_run_orders", row.sum)?;
            Ok(SourceTotal { fund: row.fund, funder: row.funder, kind: row.kind, sum })
        })
        .collect()
}
