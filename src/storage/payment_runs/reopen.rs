//! Orders that the bank did not execute, or whose money came back: a person lets them wait again.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{Error, money};
use crate::domain::money::Money;

/// What must be known of an order to let it wait again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reopenable {
    /// The order.
    pub payment_order_id: Uuid,
    /// Under which it was sent.
    pub end_to_end_id: String,
    /// The fund that pays.
    pub fund_id: Uuid,
    /// `contractor`, `funder`, `refund`, …
    pub kind: String,
    /// Who is paid.
    pub creditor_name: String,
    /// How much, in euro.
    pub amount: Money,
    /// `ordered`, `paid`, …
    pub state: String,
    /// The day the bank paid it.
    pub paid_on: Option<NaiveDate>,
    /// The account it was sent to.
    pub creditor_iban: String,
    /// The run that it is in.
    pub payment_run_id: Option<Uuid>,
    /// The number of that run.
    pub run: Option<String>,
    /// Whether that run was exported.
    pub exported: bool,
}

/// An order by its end-to-end identification, locked until the end of the transaction.
pub async fn lock_order(db: &mut PgConnection, end_to_end_id: &str) -> Result<Option<Reopenable>, Error> {
    let row = sqlx::query!(
        r#"SELECT o.payment_order_id, o.end_to_end_id, o.fund_id, o.kind, o.creditor_name, o.amount, o.state, o.paid_on,
                  o.creditor_iban, o.payment_run_id, r.number AS "run?",
                  EXISTS (SELECT 1 FROM payment_run_exports e WHERE e.payment_run_id = o.payment_run_id) AS "exported!"
           FROM payment_orders o LEFT JOIN payment_runs r ON r.payment_run_id = o.payment_run_id
           WHERE o.end_to_end_id = $1 FOR UPDATE OF o"#,
        end_to_end_id
    );
    let Some(row) = row.fetch_optional(db).await? else { return Ok(None) };
    Ok(Some(Reopenable {
        payment_order_id: row.payment_order_id,
        end_to_end_id: row.end_to_end_id,
        fund_id: row.fund_id,
        kind: row.kind,
        creditor_name: row.creditor_name,
        amount: money("payment_orders", row.amount)?,
        state: row.state,
        paid_on: row.paid_on,
        creditor_iban: row.creditor_iban,
        payment_run_id: row.payment_run_id,
        run: row.run,
        exported: row.exported,
    }))
}

/// What a person said of an order.
#[derive(Debug)]
pub struct ReopeningRow<'a> {
    /// As it was.
    pub before: &'a Reopenable,
    /// Under which it is sent the next time.
    pub end_to_end_id: &'a str,
    /// Why.
    pub reason: &'a str,
    /// By whom.
    pub reopened_by: Uuid,
    /// When.
    pub reopened_at: DateTime<Utc>,
}

/// Lets an order wait again, outside any run, for the account that its contractor has now.
pub async fn reopen(db: &mut PgConnection, row: &ReopeningRow<'_>) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO payment_order_reopenings (payment_order_id, end_to_end_id, payment_run_id, creditor_iban, reason,
                                               reopened_at, reopened_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        row.before.payment_order_id,
        row.before.end_to_end_id,
        row.before.payment_run_id,
        row.before.creditor_iban,
        row.reason,
        row.reopened_at,
        row.reopened_by,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "UPDATE payment_orders o
         SET state = 'ordered', paid_on = NULL, payment_run_id = NULL, end_to_end_id = $2,
             creditor_iban = coalesce((SELECT c.iban FROM tranches t JOIN invoices i USING (invoice_id)
                                            JOIN contractors c USING (contractor_id)
                                       WHERE t.tranche_id = o.tranche_id), o.creditor_iban)
         WHERE o.payment_order_id = $1",
        row.before.payment_order_id,
        row.end_to_end_id,
    )
    .execute(db)
    .await?;
    Ok(())
}
