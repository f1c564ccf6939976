//! A payment that was booked on the wrong loan goes to the right one.

use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

use super::find;
use super::happen::{Happened, fresh_key};
use crate::domain::ledger::Counter;
use crate::domain::loan::{LoanEvent, LoanState, Usage};
use crate::domain::text::Text;
use crate::services::loans::book::{NewFact, book};
use crate::services::loans::state::{LockedLoan, lock_loan};
use crate::services::{Actor, Deed, Error, House};
use crate::storage::loans::Loan;

/// A payment on its way to another loan.
pub(super) struct Transfer {
    pub(super) payment_id: Uuid,
    /// Number or identifier of the loan it belongs to.
    pub(super) to_loan: String,
    /// What it does there to the instalments that are not due yet.
    pub(super) usage: Usage,
    pub(super) reason: String,
}

/// Undoes the payment on this loan and receives it on the other, both on the day on which the bank received it, so
/// that neither family is late because of us: Dr loan / Cr unmatched receipts, and Dr unmatched receipts / Cr loan.
/// Answers the reversal.
///
/// # Errors
/// No such payment or loan; the other loan is this one or of another fund; a loan refuses its part.
pub(super) async fn transfer(
    tx: &mut PgConnection,
    doer: (&House, &Actor),
    locked: &LockedLoan,
    transfer: Transfer,
) -> Result<(Uuid, Happened), Error> {
    let (house, actor) = doer;
    let Transfer { payment_id, to_loan, usage, reason } = transfer;
    let payment = locked.state.payments.iter().find(|payment| payment.payment_id == payment_id);
    let payment =
        payment.ok_or_else(|| Error::field("payment_id", payment_id, Text::new("booking-unknown-payment")))?;
    let other = right_loan(tx, actor, (&locked.loan, &to_loan)).await?;
    let other = lock_loan(tx, house, actor, other.loan_id).await?;
    let day = payment.effective_on;
    let (from, to) = (fresh_key(house), fresh_key(house));
    let undone = NewFact {
        event: LoanEvent::PaymentReversed { payment_id, reason },
        effective_on: day,
        idempotency_key: from.clone(),
    };
    let booked = book(tx, doer, (locked.loan.loan_id, undone), Counter::Unmatched).await?;
    let received = NewFact {
        event: LoanEvent::PaymentReceived {
            payment_id: own_id(&other.state, payment_id),
            amount: payment.amount,
            payer: payment.payer,
            usage,
        },
        // A loan cannot know a day before its signature.
        effective_on: day.max(other.loan.terms.signed_on),
        idempotency_key: to.clone(),
    };
    let (this_id, other_id) = (locked.loan.loan_id, other.loan.loan_id);
    book(tx, doer, (other_id, received), Counter::Unmatched).await?;
    let detail = json!({ "from_loan_id": this_id, "payment_id": payment_id, "amount": payment.amount });
    let deed = Deed { action: "loan.payment", subject_kind: "loan", subject_id: other_id, detail };
    house.audit(tx, actor, deed).await?;
    Ok((booked.fact_id, Happened { booked: vec![from, to], other: Some(other_id), effective_on: day }))
}

async fn right_loan(tx: &mut PgConnection, actor: &Actor, (wrong, name): (&Loan, &str)) -> Result<Loan, Error> {
    let found = find(tx, actor, name).await?;
    let problem = |key: &str| Error::field("to_loan", name, Text::new(key).with("value", name));
    let found = found.ok_or_else(|| problem("loan-named-unknown"))?;
    if found.loan_id == wrong.loan_id {
        return Err(problem("loan-event-problem-same-loan"));
    }
    if found.fund_id != wrong.fund_id {
        return Err(Error::refused(Text::new("bank-settle-other-fund").with("number", &found.number)));
    }
    Ok(found)
}

/// The identifier of a payment on another loan: its own; where that loan knows it already, because the payment was
/// there before, the next one that follows from it. Nothing is left to chance, so that a preview names the same.
pub(in crate::services) fn own_id(other: &LoanState, payment_id: Uuid) -> Uuid {
    let mut id = payment_id;
    while other.payments.iter().any(|payment| payment.payment_id == id) {
        let hash: [u8; 32] = Sha256::digest(id.as_bytes()).into();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        id = uuid::Builder::from_custom_bytes(bytes).into_uuid();
    }
    id
}
