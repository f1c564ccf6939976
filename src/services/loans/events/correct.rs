//! Corrects an earlier fact: what may be corrected, and where the money of it comes from.

use sqlx::PgConnection;
use uuid::Uuid;

use super::kind::permission_to_correct;
use super::parse::{Correction, Right};
use crate::domain::ledger::Counter;
use crate::domain::loan::{LoanEvent, LoanFact, Replacement, corrected};
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::services::loans::state::LockedLoan;
use crate::services::{Actor, Error};
use crate::storage::loans;

/// A correction that may be booked.
pub(super) struct Corrected {
    pub(super) event: LoanEvent,
    pub(super) counter: Counter,
}

/// What belongs to a bank line, an invoice or an order keeps its amount; only its day, and what a person said about
/// it, can be wrong here.
pub(super) async fn correct(
    tx: &mut PgConnection,
    actor: &Actor,
    locked: &LockedLoan,
    correction: Correction,
) -> Result<Corrected, Error> {
    let loan_id = locked.loan.loan_id;
    let Correction { fact_id, reason, right } = correction;
    let facts = loans::facts_of(tx, &[loan_id]).await?.remove(&loan_id).unwrap_or_default();
    let Some(target) = facts.iter().find(|fact| fact.fact_id == fact_id) else {
        return Err(Error::field("fact_id", fact_id, Text::new("booking-unknown-fact").with("fact", fact_id)));
    };
    actor.require(permission_to_correct(&target.event))?;
    let replacement = match right {
        None => None,
        Some(Right { effective_on, event }) => {
            let event = Box::new(event.unwrap_or_else(|| as_it_stands(&facts, target)));
            Some(Replacement { effective_on, event })
        }
    };
    let becomes = replacement.as_ref().map(|right| right.event.as_ref());
    keeps_its_money(&target.event, becomes)?;
    let counter = counter(&target.event);
    Ok(Corrected { event: LoanEvent::Corrected { fact_id, replacement, reason }, counter })
}

/// What a fact says now, after earlier corrections of it.
fn as_it_stands(facts: &[LoanFact], target: &LoanFact) -> LoanEvent {
    let stand = corrected(facts);
    let now = stand.iter().find(|fact| fact.fact_id == target.fact_id);
    now.map_or_else(|| target.event.clone(), |fact| fact.event.clone())
}

/// Refuses to change or undo money, and names what is meant for it.
fn keeps_its_money(was: &LoanEvent, becomes: Option<&LoanEvent>) -> Result<(), Error> {
    let sentence = match was {
        LoanEvent::PaymentReceived { .. } => "loan-event-correct-payment",
        LoanEvent::TrancheDrawn { .. } => "loan-event-correct-tranche",
        LoanEvent::OverpaymentRefunded { .. } => "loan-event-correct-refund",
        LoanEvent::PaymentReversed { .. } => return Err(Error::refused(Text::new("loan-event-correct-reversal"))),
        _ => return Ok(()),
    };
    // Another kind is the loan's to refuse.
    let keeps = becomes.is_some_and(|event| event.kind() != was.kind() || money_of(event) == money_of(was));
    if keeps { Ok(()) } else { Err(Error::refused(Text::new(sentence))) }
}

fn money_of(event: &LoanEvent) -> Option<(Uuid, Money)> {
    match event {
        LoanEvent::PaymentReceived { payment_id: id, amount, .. }
        | LoanEvent::TrancheDrawn { tranche_id: id, amount }
        | LoanEvent::OverpaymentRefunded { refund_id: id, amount } => Some((*id, *amount)),
        _ => None,
    }
}

/// Where money of another day comes from: what passes through between the two days adds up to nothing.
fn counter(event: &LoanEvent) -> Counter {
    match event {
        LoanEvent::PaymentReceived { .. } => Counter::Unmatched,
        LoanEvent::TrancheDrawn { .. } => Counter::Contractor(None),
        LoanEvent::OverpaymentRefunded { .. } => Counter::Refund(None),
        _ => Counter::None,
    }
}
