//! A person says which loan a credit in suspense was for. Once: what was settled wrongly is reversed on the loan.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::access::Permission;
use crate::domain::ledger::Counter;
use crate::domain::loan::{LoanEvent, Payer, Usage};
use crate::domain::text::Text;
use crate::services::loans::book::{Booked, NewFact, book};
use crate::services::loans::state::lock_loan;
use crate::services::{Actor, Deed, Error, House};
use crate::storage;
use crate::storage::bank::{OpenLine, Outcome, SettlementRow};
use crate::storage::loans::Loan;

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
    let mut tx = house.begin().await?;
    settle_in(&mut tx, (house, actor), settlement).await?;
    house.commit(tx).await
}

/// The same, in a transaction of somebody else. Answers the fact.
pub(in crate::services) async fn settle_in(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    settlement: Settlement,
) -> Result<Uuid, Error> {
    actor.require(Permission::ManageBank)?;
    let Settlement { bank_line_id, loan_id, reason, payer, usage } = settlement;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::field("reason", "", Text::new("bank-settle-reason-missing")));
    }
    // The loan before the line, as everywhere: two people who settle at once wait for each other in one order.
    let loan = lock_loan(tx, house, actor, loan_id).await?.loan;
    let line = waiting_line(tx, &loan, bank_line_id).await?;
    if !line.amount.is_positive() {
        return Err(Error::refused(Text::new("bank-settle-money-out").with("amount", line.amount)));
    }
    // A payment of before the signature counts from the signature: the loan cannot know an earlier day.
    let effective_on = line.booked_on.max(loan.terms.signed_on);
    let fact = NewFact {
        event: LoanEvent::PaymentReceived { payment_id: bank_line_id, amount: line.amount, payer, usage },
        effective_on,
        idempotency_key: settlement_key(bank_line_id),
    };
    let booked = book(tx, (house, actor), (loan_id, fact), Counter::Unmatched).await?;
    keep(tx, (house, actor), (bank_line_id, loan_id, reason), booked).await?;
    let detail = json!({ "loan_id": loan_id, "amount": line.amount });
    let deed = Deed { action: "bank_line.settled", subject_kind: "bank_line", subject_id: bank_line_id, detail };
    house.audit(tx, actor, deed).await?;
    Ok(booked.fact_id)
}

/// The key under which the settlement of a line is booked, once.
pub(in crate::services) fn settlement_key(bank_line_id: Uuid) -> String {
    format!("settle:{bank_line_id}")
}

/// A line in suspense on the account of a loan's fund, locked, that nobody has settled yet.
pub(super) async fn waiting_line(tx: &mut PgConnection, loan: &Loan, bank_line_id: Uuid) -> Result<OpenLine, Error> {
    let line = storage::bank::open_line(tx, bank_line_id).await?;
    let line = line.ok_or_else(|| Error::not_found("bank line", bank_line_id))?;
    if line.outcome != Outcome::Suspense {
        return Err(Error::refused(Text::new("bank-settle-not-in-suspense")));
    }
    if line.settled {
        return Err(Error::Conflict(Text::new("bank-settle-already")));
    }
    if line.fund_id != loan.fund_id {
        return Err(Error::refused(Text::new("bank-settle-other-fund").with("number", &loan.number)));
    }
    Ok(line)
}

/// Records that a line was settled by what was booked for it.
pub(super) async fn keep(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    (bank_line_id, loan_id, reason): (Uuid, Uuid, &str),
    booked: Booked,
) -> Result<(), Error> {
    let entry_id = booked.entry_id.ok_or_else(|| Error::internal("a settlement without an entry"))?;
    let (settled_at, settled_by) = (house.clock.now(), actor.user_id);
    let row = SettlementRow { bank_line_id, loan_id, entry_id, reason, settled_at, settled_by };
    storage::bank::insert_settlement(tx, &row).await.map_err(|error| match error.constraint() {
        Some("bank_line_settlements_pkey") => Error::Conflict(Text::new("bank-settle-already")),
        _ => error.into(),
    })
}
