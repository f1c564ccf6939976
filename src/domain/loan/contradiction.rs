//! What can never be true together.

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::money::Money;
use super::event::LoanEvent;
use super::fact::LoanFact;
use super::refused::Refused;
use super::state::LoanState;

impl LoanState {
    /// Why a fact cannot be true together with those already taken in.
    pub(super) fn contradiction(&self, fact: &LoanFact) -> Result<(), Refused> {
        let (effective_on, signed_on) = (fact.effective_on, self.terms.signed_on);
        if effective_on < signed_on {
            return Err(Refused::BeforeSignature { effective_on, signed_on });
        }
        match &fact.event {
            LoanEvent::Signed => Err(Refused::SignedAgain { signed_on, effective_on }),
            LoanEvent::TrancheDrawn { tranche_id, amount } => self.cannot_draw(fact, *tranche_id, *amount),
            LoanEvent::DrawsClosed if self.called.is_some() => Ok(()),
            // A family that never draws closes its draws too: what was promised to it must be free again.
            LoanEvent::DrawsClosed => self.draws_open(),
            LoanEvent::PaymentReceived { payment_id, amount, .. } => {
                positive(*amount)?;
                let known = self.payments.iter().any(|payment| payment.payment_id == *payment_id);
                if known { Err(Refused::Twice { what: "payment", id: *payment_id }) } else { Ok(()) }
            }
            LoanEvent::PaymentReversed { payment_id, .. } => self.cannot_reverse(*payment_id, effective_on),
            LoanEvent::OverpaymentRefunded { refund_id, amount } => {
                positive(*amount)?;
                self.not_twice("refund", *refund_id)
            }
            LoanEvent::CalledDue { due_on, .. } | LoanEvent::Accelerated { due_on, .. } => {
                self.something_drawn()?;
                match self.called {
                    Some(called) => Err(Refused::AlreadyCalled(called.due_on)),
                    None if *due_on < effective_on => Err(Refused::DueInPast { due_on: *due_on, effective_on }),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    fn cannot_draw(&self, fact: &LoanFact, tranche_id: Uuid, amount: Money) -> Result<(), Refused> {
        positive(amount)?;
        self.not_twice("tranche", tranche_id)?;
        // A draw recorded late may still belong before the closing.
        if self.inner.closed_at.is_none_or(|closed| fact.moment() >= closed) {
            self.draws_open()?;
        }
        let undrawn = self.terms.principal - self.drawn;
        if amount > undrawn { Err(Refused::AboveContract { amount, undrawn }) } else { Ok(()) }
    }

    fn not_twice(&self, what: &'static str, id: Uuid) -> Result<(), Refused> {
        if self.inner.ids.contains(&id) { Err(Refused::Twice { what, id }) } else { Ok(()) }
    }

    pub(super) fn draws_open(&self) -> Result<(), Refused> {
        self.inner.closed_at.map_or(Ok(()), |(on, ..)| Err(Refused::DrawsClosed(on)))
    }

    pub(super) fn something_drawn(&self) -> Result<(), Refused> {
        if self.drawn.is_zero() { Err(Refused::NothingDrawn) } else { Ok(()) }
    }

    fn cannot_reverse(&self, payment_id: Uuid, effective_on: NaiveDate) -> Result<(), Refused> {
        let payment = self.payments.iter().find(|payment| payment.payment_id == payment_id);
        match payment {
            None => Err(Refused::UnknownPayment(payment_id)),
            Some(payment) if payment.reversed_on.is_some() => Err(Refused::AlreadyReversed(payment_id)),
            Some(payment) if effective_on < payment.effective_on => {
                Err(Refused::ReversedBeforePaid { payment_id, paid_on: payment.effective_on, effective_on })
            }
            Some(_) => Ok(()),
        }
    }
}

pub(super) fn positive(amount: Money) -> Result<(), Refused> {
    if amount.is_positive() { Ok(()) } else { Err(Refused::NotPositive(amount)) }
}
