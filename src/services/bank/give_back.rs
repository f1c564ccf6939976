//! A debit in suspense gives a payment back: a direct debit that the borrower's bank returned.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::settle::{keep, settlement_key, waiting_line};
use crate::domain::access::Permission;
use crate::domain::ledger::Counter;
use crate::domain::loan::LoanEvent;
use crate::domain::text::Text;
use crate::services::loans::book::{NewFact, book};
use crate::services::loans::state::LockedLoan;
use crate::services::{Actor, Deed, Error, House};

/// A payment that the bank has given back.
pub(in crate::services) struct GivenBack<'a> {
    /// The debit in suspense.
    pub(in crate::services) bank_line_id: Uuid,
    /// The payment on the loan.
    pub(in crate::services) payment_id: Uuid,
    /// Why, in a few words.
    pub(in crate::services) reason: &'a str,
}

/// Undoes a payment of a locked loan from the day on which the bank gave it back: Dr loan / Cr unexplained payments.
/// Answers the fact.
///
/// # Errors
/// The actor may not; no such line or payment; the line is no debit in suspense, was settled before, is on the
/// account of another fund, or is of another amount.
pub(in crate::services) async fn give_back(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    locked: &LockedLoan,
    given: GivenBack<'_>,
) -> Result<Uuid, Error> {
    actor.require(Permission::ManageBank)?;
    let GivenBack { bank_line_id, payment_id, reason } = given;
    let loan_id = locked.loan.loan_id;
    let line = waiting_line(tx, &locked.loan, bank_line_id).await?;
    if !line.amount.is_negative() {
        return Err(Error::refused(Text::new("bank-give-back-money-in").with("amount", line.amount)));
    }
    let payment = locked.state.payments.iter().find(|payment| payment.payment_id == payment_id);
    let payment =
        payment.ok_or_else(|| Error::field("payment_id", payment_id, Text::new("booking-unknown-payment")))?;
    if payment.amount != -line.amount {
        let text = Text::new("bank-give-back-other-amount").with("paid", payment.amount);
        return Err(Error::refused(text.with("back", -line.amount)));
    }
    let fact = NewFact {
        event: LoanEvent::PaymentReversed { payment_id, reason: reason.to_owned() },
        effective_on: line.booked_on,
        idempotency_key: settlement_key(bank_line_id),
    };
    let booked = book(tx, (house, actor), (loan_id, fact), Counter::Unexplained).await?;
    keep(tx, (house, actor), (bank_line_id, loan_id, reason), booked).await?;
    let detail = json!({ "loan_id": loan_id, "amount": line.amount });
    let deed = Deed { action: "bank_line.settled", subject_kind: "bank_line", subject_id: bank_line_id, detail };
    house.audit(tx, actor, deed).await?;
    Ok(booked.fact_id)
}
