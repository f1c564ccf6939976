//! A person says which loan a credit in suspense was for. Once: what was settled wrongly is reversed on the loan.

use serde_json::json;
use uuid::Uuid;

use crate::domain::access::Permission;
use crate::domain::ledger::Counter;
use crate::domain::loan::{LoanEvent, Payer, Usage};
use crate::domain::text::Text;
use crate::services::loans::book::{Booking, NewFact, Outcome as LoanOutcome, book_many};
use crate::services::loans::refused;
use crate::services::{Actor, Deed, Error, House};
use crate::storage;
use crate::storage::bank::{Outcome, SettlementRow};

/// What a person decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// The line in suspense.
    pub bank_line_id: Uuid,
    /// The loan it was for.
    pub loan_id: Uuid,
    /// Why, in the person's words.
    pub reason: String,
    /// Who paid.
    pub payer: Payer,
    /// What it does to the instalments that are not due yet.
    pub usage: Usage,
}

/// Moves a credit in suspense to a loan: Dr unmatched receipts / Cr loan. It counts on the loan from the day the
/// bank booked it, so a family is not late because of us.
///
/// # Errors
/// The actor may not; no such line or loan; the reason is empty; the line is no credit in suspense, was settled
/// before, or is on the account of another fund; the loan does not take the payment.
pub async fn settle(house: &House, actor: &Actor, settlement: Settlement) -> Result<(), Error> {
    actor.require(Permission::ManageBank)?;
    let Settlement { bank_line_id, loan_id, reason, payer, usage } = settlement;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::field("reason", "", Text::new("bank-settle-reason-missing")));
    }
    let mut tx = house.begin().await?;
    let loan = storage::loans::get(&mut tx, loan_id).await?.filter(|loan| actor.sees(&loan.nis_code));
    let loan = loan.ok_or_else(|| Error::not_found("loan", loan_id))?;
    let line = storage::bank::open_line(&mut tx, bank_line_id).await?;
    let line = line.ok_or_else(|| Error::not_found("bank line", bank_line_id))?;
    if line.outcome != Outcome::Suspense {
        return Err(Error::refused(Text::new("bank-settle-not-in-suspense")));
    }
    if line.settled {
        return Err(Error::Conflict(Text::new("bank-settle-already")));
    }
    if !line.amount.is_positive() {
        return Err(Error::refused(Text::new("bank-settle-money-out").with("amount", line.amount)));
    }
    if line.fund_id != loan.fund_id {
        return Err(Error::refused(Text::new("bank-settle-other-fund").with("number", &loan.number)));
    }
    // A payment of before the signature counts from the signature: the loan cannot know an earlier day.
    let effective_on = line.booked_on.max(loan.terms.signed_on);
    let fact = NewFact {
        event: LoanEvent::PaymentReceived { payment_id: bank_line_id, amount: line.amount, payer, usage },
        effective_on,
        idempotency_key: format!("settle:{bank_line_id}"),
    };
    let booking = Booking { loan_id, fact, counter: Counter::Unmatched };
    let entry_id = match book_many(&mut tx, (house, actor), vec![booking]).await?.pop() {
        Some(LoanOutcome::Booked(booked)) => booked.entry_id,
        Some(LoanOutcome::Refused(why)) => return Err(refused(&why)),
        None => None,
    };
    let entry_id = entry_id.ok_or_else(|| Error::internal("a settlement without an entry"))?;
    let (settled_at, settled_by) = (house.clock.now(), actor.user_id);
    let row = SettlementRow { bank_line_id, loan_id, entry_id, reason, settled_at, settled_by };
    storage::bank::insert_settlement(&mut tx, &row).await.map_err(|error| match error.constraint() {
        Some("bank_line_settlements_pkey") => Error::Conflict(Text::new("bank-settle-already")),
        _ => error.into(),
    })?;
    let detail = json!({ "loan_id": loan_id, "amount": line.amount });
    let deed = Deed { action: "bank_line.settled", subject_kind: "bank_line", subject_id: bank_line_id, detail };
    house.audit(&mut tx, actor, deed).await?;
    house.commit(tx).await
}
