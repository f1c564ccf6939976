//! Approves an invoice: it becomes a tranche of the loan and an order to pay the contractor.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{decide, limits};
use crate::domain::fund::CommitmentKind;
use crate::domain::ledger::Counter;
use crate::domain::loan::LoanEvent;
use crate::domain::text::Text;
use crate::services::draws::move_commitment;
use crate::services::loans::book::{NewFact, book};
use crate::services::loans::state::LockedLoan;
use crate::services::{Actor, Deed, Error, House};
use crate::storage::funds;
use crate::storage::invoices::{self, Invoice, InvoiceState, Tranche};
use crate::storage::payment_orders::{self, OrderFor, PaymentOrder, end_to_end_id};

/// What an approval made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// The part of the loan that was drawn.
    pub tranche: Tranche,
    /// The order to pay the contractor.
    pub order: PaymentOrder,
    /// The fact on the loan.
    pub fact_id: Uuid,
}

/// Approves an invoice that waits. The maker cannot; the loan must have room, and as many draws and as much time as its
/// rules gave it. The money moves when the bank has paid the order.
pub async fn approve(house: &House, actor: &Actor, invoice_id: Uuid) -> Result<Approved, Error> {
    let mut tx = house.begin().await?;
    let approved = approve_in(&mut tx, (house, actor), (invoice_id, None)).await?;
    house.commit(tx).await?;
    Ok(approved)
}

/// The key under which the tranche of an invoice is booked.
pub(in crate::services) fn tranche_key(invoice_id: Uuid) -> String {
    format!("tranche:{invoice_id}")
}

/// Approves an invoice, of this loan where one is named, in a transaction of the caller.
pub(in crate::services) async fn approve_in(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    (invoice_id, of_loan): (Uuid, Option<Uuid>),
) -> Result<Approved, Error> {
    let (invoice, locked) = decide::waiting(tx, house, actor, invoice_id).await?;
    if of_loan.is_some_and(|loan_id| loan_id != invoice.loan_id) {
        return Err(Error::not_found("invoice", invoice_id));
    }
    if let Some(on) = locked.state.draws_closed_on {
        return Err(Error::Refused(Text::new("booking-draws-closed").with("on", on)));
    }
    limits::check(tx, house, &locked).await?;
    let state = InvoiceState::Approved { by: actor.user_id, at: house.clock.now() };
    decide::write(tx, invoice_id, &state).await?;
    let approved = draw(tx, (house, actor), &invoice, &locked).await?;
    let detail = json!({
        "loan_id": invoice.loan_id,
        "amount": invoice.amount,
        "tranche_id": approved.tranche.tranche_id,
        "payment_order_id": approved.order.payment_order_id,
    });
    let deed = Deed { action: "invoice.approved", subject_kind: "invoice", subject_id: invoice_id, detail };
    house.audit(tx, actor, deed).await?;
    Ok(approved)
}

/// Tranche, order, fact with its entry, and the commitment it takes from.
async fn draw(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    invoice: &Invoice,
    locked: &LockedLoan,
) -> Result<Approved, Error> {
    let (loan, amount, on) = (&locked.loan, invoice.amount, house.clock.today());
    // The fund first: foreign keys would take a weaker lock on it, and two approvals would wait for each other.
    funds::lock(tx, loan.fund_id).await?;
    let tranche = Tranche {
        tranche_id: house.ids.next(),
        loan_id: loan.loan_id,
        invoice_id: invoice.invoice_id,
        amount,
        drawn_on: on,
        created_at: house.clock.now(),
    };
    invoices::insert_tranche(tx, &tranche).await?;
    let order = order(tx, (house, actor), invoice, (locked, &tranche)).await?;
    payment_orders::insert(tx, &order).await?;
    let fact = NewFact {
        event: LoanEvent::TrancheDrawn { tranche_id: tranche.tranche_id, amount },
        effective_on: on,
        idempotency_key: tranche_key(invoice.invoice_id),
    };
    let counter = Counter::Contractor(Some(order.payment_order_id));
    let fact_id = book(tx, (house, actor), (loan.loan_id, fact), counter).await?.fact_id;
    let key = format!("drawn:{}", tranche.tranche_id);
    move_commitment(tx, house, loan, (CommitmentKind::Drawn, Some(amount), key)).await?;
    Ok(Approved { tranche, order, fact_id })
}

async fn order(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    invoice: &Invoice,
    (locked, tranche): (&LockedLoan, &Tranche),
) -> Result<PaymentOrder, Error> {
    let payment_order_id = house.ids.next();
    let quotes = invoices::quotes(tx, locked.loan.application_id).await?;
    let quote = quotes
        .into_iter()
        .find(|quote| quote.quote_id == invoice.quote_id)
        .ok_or_else(|| Error::internal(format!("invoice {} has no quote", invoice.invoice_id)))?;
    let remittance = invoice.reference.clone().unwrap_or_else(|| invoice.invoice_number.clone());
    Ok(PaymentOrder {
        payment_order_id,
        fund_id: locked.loan.fund_id,
        subject: OrderFor::Tranche(tranche.tranche_id),
        creditor_name: quote.contractor_name,
        creditor_iban: quote.contractor_iban,
        amount: invoice.amount,
        remittance,
        end_to_end_id: end_to_end_id(payment_order_id),
        ordered_on: tranche.drawn_on,
        ordered_by: actor.user_id,
        created_at: house.clock.now(),
        paid_on: None,
    })
}
