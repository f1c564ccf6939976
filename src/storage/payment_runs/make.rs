//! Making a run: the orders that wait, and the run that takes them.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{Error, money};
use crate::domain::identity::Iban;
use crate::domain::money::Money;

/// An order that waits and is in no run, with what a run must know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenOrder {
    /// The order.
    pub payment_order_id: Uuid,
    /// The fund that pays.
    pub fund_id: Uuid,
    /// Its code.
    pub fund: String,
    /// Its account.
    pub account: Iban,
    /// `contractor`, `funder`, `refund`, …
    pub kind: String,
    /// Who is paid.
    pub creditor_name: String,
    /// On which account.
    pub creditor_iban: String,
    /// How much, in euro.
    pub amount: Money,
    /// What they read.
    pub remittance: String,
    /// Ours; comes back on the statement.
    pub end_to_end_id: String,
    /// Since when it waits.
    pub ordered_on: NaiveDate,
    /// The contractor, for an invoice.
    pub contractor_id: Option<Uuid>,
    /// Who approved the invoice.
    pub approved_by: Option<Uuid>,
    /// When it last came back from this account, and why as ISO code, where nobody has confirmed the account since.
    pub came_back: Option<(NaiveDate, Option<String>)>,
}

/// Locks the orders of a fund, or of all, that wait and are in no run, until the end of the transaction.
pub async fn lock_open(db: &mut PgConnection, fund_id: Option<Uuid>) -> Result<(), Error> {
    sqlx::query!(
        "SELECT payment_order_id FROM payment_orders
         WHERE state = 'ordered' AND payment_run_id IS NULL AND ($1::uuid IS NULL OR fund_id = $1)
         ORDER BY payment_order_id FOR UPDATE",
        fund_id,
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

/// The orders of a fund, or of all, that wait and are in no run: by fund, the oldest first.
pub async fn open_orders(db: &mut PgConnection, fund_id: Option<Uuid>) -> Result<Vec<OpenOrder>, Error> {
    let rows = sqlx::query!(
        r#"SELECT o.payment_order_id, o.fund_id, f.code AS fund, f.iban AS account, o.kind, o.creditor_name,
                  o.creditor_iban, o.amount, o.remittance, o.end_to_end_id, o.ordered_on,
                  i.contractor_id AS "contractor_id?", i.decided_by AS "approved_by?",
                  back.returned_on AS "back_on?", back.return_reason AS "back_code?"
           FROM payment_orders o JOIN funds f USING (fund_id)
                LEFT JOIN tranches t USING (tranche_id) LEFT JOIN invoices i USING (invoice_id)
                LEFT JOIN LATERAL (
                    SELECT r.returned_on, l.return_reason
                    FROM standing_payment_order_returns r JOIN bank_lines l USING (bank_line_id)
                    WHERE r.payment_order_id = o.payment_order_id AND r.creditor_iban = o.creditor_iban
                      AND NOT EXISTS (SELECT 1 FROM payment_order_return_confirmations c
                                      WHERE c.payment_order_return_id = r.payment_order_return_id)
                    ORDER BY r.returned_at DESC LIMIT 1) back ON true
           WHERE o.state = 'ordered' AND o.payment_run_id IS NULL AND ($1::uuid IS NULL OR o.fund_id = $1)
           ORDER BY f.code, o.created_at, o.payment_order_id"#,
        fund_id,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(OpenOrder {
                payment_order_id: row.payment_order_id,
                fund_id: row.fund_id,
                account: Iban::parse(&row.account).map_err(|_| Error::corrupt("funds", "IBAN is not one"))?,
                fund: row.fund,
                kind: row.kind,
                creditor_name: row.creditor_name,
                creditor_iban: row.creditor_iban,
                amount: money("payment_orders", row.amount)?,
                remittance: row.remittance,
                end_to_end_id: row.end_to_end_id,
                ordered_on: row.ordered_on,
                contractor_id: row.contractor_id,
                approved_by: row.approved_by,
                came_back: row.back_on.map(|on| (on, row.back_code)),
            })
        })
        .collect()
}

/// The next number of a run, within a year or not.
pub async fn next_number(db: &mut PgConnection) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(r#"SELECT nextval('payment_run_numbers') AS "number!""#).fetch_one(db).await?)
}

/// A run that is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRun {
    /// Its identifier.
    pub payment_run_id: Uuid,
    /// `P-2026-00012`.
    pub number: String,
    /// `MsgId` of its file.
    pub message_id: String,
    /// When the bank is to pay.
    pub execute_on: NaiveDate,
    /// By whom.
    pub made_by: Uuid,
    /// When.
    pub made_at: DateTime<Utc>,
}

/// What a run asks the bank to pay from one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBatch {
    /// The fund whose account it is.
    pub fund_id: Uuid,
    /// `PmtInfId` in the file.
    pub batch_id: String,
    /// The sum of its orders, in euro.
    pub amount: Money,
}

/// Adds a run with its batches and orders, in the order of the file.
pub async fn insert_run(
    db: &mut PgConnection,
    run: &NewRun,
    batches: &[NewBatch],
    orders: &[&OpenOrder],
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO payment_runs (payment_run_id, number, message_id, execute_on, made_by, made_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        run.payment_run_id,
        run.number,
        run.message_id,
        run.execute_on,
        run.made_by,
        run.made_at,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "INSERT INTO payment_run_batches (payment_run_id, fund_id, batch_id, amount)
         SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::numeric[])",
        run.payment_run_id,
        &batches.iter().map(|batch| batch.fund_id).collect::<Vec<_>>(),
        &batches.iter().map(|batch| batch.batch_id.clone()).collect::<Vec<_>>(),
        &batches.iter().map(|batch| batch.amount.decimal()).collect::<Vec<_>>(),
    )
    .execute(&mut *db)
    .await?;
    let positions: Vec<i32> = (1..).take(orders.len()).collect();
    sqlx::query!(
        "INSERT INTO payment_run_orders (payment_run_id, position, payment_order_id, fund_id, kind, creditor_name,
                                         creditor_iban, amount, remittance, end_to_end_id, contractor_id, approved_by)
         SELECT $1, * FROM unnest($2::int[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::numeric[],
                                  $9::text[], $10::text[], $11::uuid[], $12::uuid[])",
        run.payment_run_id,
        &positions,
        &orders.iter().map(|order| order.payment_order_id).collect::<Vec<_>>(),
        &orders.iter().map(|order| order.fund_id).collect::<Vec<_>>(),
        &orders.iter().map(|order| order.kind.clone()).collect::<Vec<_>>(),
        &orders.iter().map(|order| order.creditor_name.clone()).collect::<Vec<_>>(),
        &orders.iter().map(|order| order.creditor_iban.clone()).collect::<Vec<_>>(),
        &orders.iter().map(|order| order.amount.decimal()).collect::<Vec<_>>(),
        &orders.iter().map(|order| order.remittance.clone()).collect::<Vec<_>>(),
        &orders.iter().map(|order| order.end_to_end_id.clone()).collect::<Vec<_>>(),
        &orders.iter().map(|order| order.contractor_id).collect::<Vec<_>>() as _,
        &orders.iter().map(|order| order.approved_by).collect::<Vec<_>>() as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts the orders of a run into it. False when one of them is in another run, or was paid, meanwhile.
pub async fn claim(db: &mut PgConnection, payment_run_id: Uuid) -> Result<bool, Error> {
    let wanted = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM payment_run_orders WHERE payment_run_id = $1"#,
        payment_run_id
    )
    .fetch_one(&mut *db)
    .await?;
    let claimed = sqlx::query!(
        "UPDATE payment_orders o SET payment_run_id = r.payment_run_id
         FROM payment_run_orders r
         WHERE r.payment_run_id = $1 AND r.payment_order_id = o.payment_order_id
           AND o.state = 'ordered' AND o.payment_run_id IS NULL",
        payment_run_id,
    )
    .execute(db)
    .await?;
    Ok(i64::try_from(claimed.rows_affected()).is_ok_and(|claimed| claimed == wanted))
}
