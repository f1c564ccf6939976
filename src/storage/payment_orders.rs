//! Orders to pay: contractors for their invoices, funders for principal that goes back to them, borrowers for what
//! they paid too much.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Error, money};
use crate::domain::identity::Iban;
use crate::domain::money::Money;

/// What an order pays for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderFor {
    /// A contractor, for the invoice of a tranche.
    Tranche(Uuid),
    /// The funder of a source, for principal that was repaid.
    Source(Uuid),
    /// The borrower of a loan, for what was paid too much.
    Refund(Uuid),
    /// Whoever sent the money of a bank line, which is not ours.
    Sender(Uuid),
}

impl OrderFor {
    /// The code used in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Tranche(_) => "contractor",
            Self::Source(_) => "funder",
            Self::Refund(_) => "refund",
            Self::Sender(_) => "sender",
        }
    }
}

/// An order to pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentOrder {
    /// Its identifier.
    pub payment_order_id: Uuid,
    /// The fund whose account pays.
    pub fund_id: Uuid,
    /// What it pays for.
    pub subject: OrderFor,
    /// Who is paid.
    pub creditor_name: String,
    /// On which account.
    pub creditor_iban: Iban,
    /// How much, in euro.
    pub amount: Money,
    /// What the creditor reads.
    pub remittance: String,
    /// Comes back on the bank statement; unique, at most 35 signs.
    pub end_to_end_id: String,
    /// The day it was ordered.
    pub ordered_on: NaiveDate,
    /// Who ordered it.
    pub ordered_by: Uuid,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// The day the bank paid it; none while it is only ordered.
    pub paid_on: Option<NaiveDate>,
}

impl PaymentOrder {
    /// `ordered` or `paid`, as in the database and in JSON. One that was cancelled is no order any more.
    pub fn state(&self) -> &'static str {
        if self.paid_on.is_some() { "paid" } else { "ordered" }
    }
}

struct OrderRow {
    payment_order_id: Uuid,
    fund_id: Uuid,
    tranche_id: Option<Uuid>,
    source_id: Option<Uuid>,
    refund_loan_id: Option<Uuid>,
    sender_line_id: Option<Uuid>,
    creditor_name: String,
    creditor_iban: String,
    amount: Decimal,
    remittance: String,
    end_to_end_id: String,
    ordered_on: NaiveDate,
    ordered_by: Uuid,
    created_at: DateTime<Utc>,
    paid_on: Option<NaiveDate>,
}

impl TryFrom<OrderRow> for PaymentOrder {
    type Error = Error;

    fn try_from(row: OrderRow) -> Result<Self, Error> {
        let corrupt = |what: &str| Error::corrupt("payment_orders", format!("{}: {what}", row.payment_order_id));
        let subject = match (row.tranche_id, row.source_id, row.refund_loan_id, row.sender_line_id) {
            (Some(tranche_id), None, None, None) => OrderFor::Tranche(tranche_id),
            (None, Some(source_id), None, None) => OrderFor::Source(source_id),
            (None, None, Some(loan_id), None) => OrderFor::Refund(loan_id),
            (None, None, None, Some(line_id)) => OrderFor::Sender(line_id),
            _ => return Err(corrupt("not one of a tranche, a source, a refund and a sender")),
        };
        Ok(Self {
            payment_order_id: row.payment_order_id,
            fund_id: row.fund_id,
            subject,
            creditor_iban: Iban::parse(&row.creditor_iban).map_err(|_| corrupt("IBAN is not one"))?,
            creditor_name: row.creditor_name,
            amount: money("payment_orders", row.amount)?,
            remittance: row.remittance,
            end_to_end_id: row.end_to_end_id,
            ordered_on: row.ordered_on,
            ordered_by: row.ordered_by,
            created_at: row.created_at,
            paid_on: row.paid_on,
        })
    }
}

/// The end-to-end identifier of an order: `EH` and the 32 hexadecimal digits of its own identifier. Says nothing
/// about anybody and comes back on the statement of the bank.
pub fn end_to_end_id(payment_order_id: Uuid) -> String {
    format!("EH{}", payment_order_id.simple())
}

/// Adds an order (`payment_orders_tranche_key`, `payment_orders_end_to_end_id_key`).
pub async fn insert(db: &mut PgConnection, order: &PaymentOrder) -> Result<(), Error> {
    let (mut tranche_id, mut source_id, mut refund_loan_id, mut sender_line_id) = (None, None, None, None);
    match order.subject {
        OrderFor::Tranche(id) => tranche_id = Some(id),
        OrderFor::Source(id) => source_id = Some(id),
        OrderFor::Refund(id) => refund_loan_id = Some(id),
        OrderFor::Sender(id) => sender_line_id = Some(id),
    }
    sqlx::query!(
        "INSERT INTO payment_orders (payment_order_id, fund_id, kind, tranche_id, source_id, creditor_name,
                                     creditor_iban, amount, remittance, end_to_end_id, state, ordered_on, ordered_by,
                                     created_at, paid_on, refund_loan_id, sender_line_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        order.payment_order_id,
        order.fund_id,
        order.subject.code(),
        tranche_id,
        source_id,
        order.creditor_name,
        order.creditor_iban.as_str(),
        order.amount.decimal(),
        order.remittance,
        order.end_to_end_id,
        order.state(),
        order.ordered_on,
        order.ordered_by,
        order.created_at,
        order.paid_on,
        refund_loan_id,
        sender_line_id,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Which orders to list; everything empty lists all of them.
#[derive(Debug, Clone, Default)]
pub struct OrderFilter {
    /// Only of this fund.
    pub fund_id: Option<Uuid>,
    /// Only those paid, or only those not yet paid.
    pub paid: Option<bool>,
    /// Only for tranches and refunds of this loan.
    pub loan_id: Option<Uuid>,
    /// Only for this source.
    pub source_id: Option<Uuid>,
    /// Only of this sum, in euro.
    pub amount: Option<Money>,
}

/// Orders by filter, the oldest first.
pub async fn list(db: &mut PgConnection, filter: &OrderFilter) -> Result<Vec<PaymentOrder>, Error> {
    let rows = sqlx::query_as!(
        OrderRow,
        "SELECT o.payment_order_id, o.fund_id, o.tranche_id, o.source_id, o.refund_loan_id, o.sender_line_id,
                o.creditor_name, o.creditor_iban, o.amount,
                o.remittance, o.end_to_end_id, o.ordered_on, o.ordered_by, o.created_at, o.paid_on
         FROM payment_orders o LEFT JOIN tranches t USING (tranche_id)
         WHERE ($1::uuid IS NULL OR o.fund_id = $1) AND ($2::boolean IS NULL OR o.state = CASE WHEN $2 THEN 'paid' ELSE 'ordered' END)
           AND ($3::uuid IS NULL OR coalesce(t.loan_id, o.refund_loan_id) = $3) AND ($4::uuid IS NULL OR o.source_id = $4)
           AND ($5::numeric IS NULL OR o.amount = $5) AND o.state <> 'cancelled'
         ORDER BY o.created_at, o.payment_order_id",
        filter.fund_id,
        filter.paid,
        filter.loan_id,
        filter.source_id,
        filter.amount.map(Money::decimal),
    );
    rows.fetch_all(db).await?.into_iter().map(PaymentOrder::try_from).collect()
}

/// An order that a line of the bank names, and the loan it pays for, if it pays for one.
pub type Named = (PaymentOrder, Option<Uuid>);

/// The orders with these end-to-end identifiers, locked until the end of the transaction.
pub async fn lock_by_end_to_end(db: &mut PgConnection, ids: &[String]) -> Result<HashMap<String, Named>, Error> {
    let rows = sqlx::query_as!(
        OrderRow,
        "SELECT payment_order_id, fund_id, tranche_id, source_id, refund_loan_id, sender_line_id, creditor_name,
                creditor_iban, amount, remittance, end_to_end_id, ordered_on, ordered_by, created_at, paid_on
         FROM payment_orders WHERE end_to_end_id = ANY($1) AND state <> 'cancelled' ORDER BY payment_order_id FOR UPDATE",
        ids,
    )
    .fetch_all(&mut *db)
    .await?;
    let tranches: Vec<Uuid> = rows.iter().filter_map(|row| row.tranche_id).collect();
    let loans: HashMap<Uuid, Uuid> =
        sqlx::query!("SELECT tranche_id, loan_id FROM tranches WHERE tranche_id = ANY($1)", &tranches)
            .fetch_all(db)
            .await?
            .into_iter()
            .map(|row| (row.tranche_id, row.loan_id))
            .collect();
    rows.into_iter()
        .map(|row| {
            let of_tranche = row.tranche_id.and_then(|tranche_id| loans.get(&tranche_id).copied());
            let loan_id = of_tranche.or(row.refund_loan_id);
            PaymentOrder::try_from(row).map(|order| (order.end_to_end_id.clone(), (order, loan_id)))
        })
        .collect()
}

/// Marks orders as paid by the bank, each on its day. Fails when one of them was paid before or does not exist.
pub async fn mark_paid(db: &mut PgConnection, paid: &[(Uuid, NaiveDate)]) -> Result<(), Error> {
    let (ids, days): (Vec<Uuid>, Vec<NaiveDate>) = paid.iter().copied().unzip();
    let done = sqlx::query!(
        "UPDATE payment_orders o SET state = 'paid', paid_on = p.paid_on
         FROM unnest($1::uuid[], $2::date[]) AS p (payment_order_id, paid_on)
         WHERE o.payment_order_id = p.payment_order_id AND o.state = 'ordered'",
        &ids,
        &days,
    )
    .execute(db)
    .await?;
    if done.rows_affected() == paid.len() as u64 {
        Ok(())
    } else {
        let problem = format!("{} of {} orders to mark as paid were waiting", done.rows_affected(), paid.len());
        Err(Error::corrupt("payment_orders", problem))
    }
}

/// Locks orders until the end of the transaction, in the order of their identifiers; each with the loan it pays for.
pub async fn lock(db: &mut PgConnection, ids: &[Uuid]) -> Result<Vec<Named>, Error> {
    let found = sqlx::query_scalar!("SELECT end_to_end_id FROM payment_orders WHERE payment_order_id = ANY($1)", ids);
    let end_to_end_ids = found.fetch_all(&mut *db).await?;
    Ok(lock_by_end_to_end(db, &end_to_end_ids).await?.into_values().collect())
}

/// Takes back that the bank paid an order: it waits again. False where it was not paid.
pub async fn mark_unpaid(db: &mut PgConnection, payment_order_id: Uuid) -> Result<bool, Error> {
    let done = sqlx::query!(
        "UPDATE payment_orders SET state = 'ordered', paid_on = NULL WHERE payment_order_id = $1 AND state = 'paid'",
        payment_order_id,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes back that the bank paid these orders: each waits again, in the run that it is in. Fails when one was not paid.
pub async fn mark_all_unpaid(db: &mut PgConnection, ids: &[Uuid]) -> Result<(), Error> {
    let done = sqlx::query!(
        "UPDATE payment_orders SET state = 'ordered', paid_on = NULL
         WHERE payment_order_id = ANY($1) AND state = 'paid'",
        ids,
    )
    .execute(db)
    .await?;
    if done.rows_affected() == ids.len() as u64 {
        Ok(())
    } else {
        let problem = format!("{} of {} orders to mark as unpaid were paid", done.rows_affected(), ids.len());
        Err(Error::corrupt("payment_orders", problem))
    }
}

/// The entry by which the money of each of these orders left and did not come back.
pub async fn payments_of(db: &mut PgConnection, ids: &[Uuid]) -> Result<HashMap<Uuid, Uuid>, Error> {
    let rows = sqlx::query!(
        r#"SELECT payment_order_id AS "payment_order_id!", entry_id AS "entry_id!" FROM standing_order_payments
           WHERE payment_order_id = ANY($1)"#,
        ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.payment_order_id, row.entry_id)).collect())
}

/// Cancels an order that is in no payment run. False where it is in one, was paid, or was cancelled before.
pub async fn cancel(db: &mut PgConnection, payment_order_id: Uuid) -> Result<bool, Error> {
    let done = sqlx::query!(
        "UPDATE payment_orders SET state = 'cancelled'
         WHERE payment_order_id = $1 AND state = 'ordered' AND payment_run_id IS NULL",
        payment_order_id,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What is ordered for each source and not yet paid by the bank.
pub async fn open_by_source(db: &mut PgConnection) -> Result<HashMap<Uuid, Money>, Error> {
    let rows = sqlx::query!(
        r#"SELECT source_id AS "source_id!", sum(amount) AS "amount!" FROM payment_orders
           WHERE kind = 'funder' AND state = 'ordered' GROUP BY source_id"#
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Ok((row.source_id, money("payment_orders", row.amount)?))).collect()
}

/// Per fund: what orders of these kinds (contractors; back to borrowers or senders) are not yet paid by the bank.
pub async fn open_orders(db: &mut PgConnection, kinds: &[&str]) -> Result<HashMap<Uuid, Money>, Error> {
    let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
    let rows = sqlx::query!(
        r#"SELECT fund_id, sum(amount) AS "amount!" FROM payment_orders
           WHERE kind = ANY($1) AND state = 'ordered' GROUP BY fund_id"#,
        &kinds,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Ok((row.fund_id, money("payment_orders", row.amount)?))).collect()
}
