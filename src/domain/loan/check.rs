//! Which events are allowed: what can never be true, and what makes no sense today.

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::money::Money;
use super::fact::{LoanEvent, LoanFact};
use super::refused::Refused;
use super::state::{LoanState, Status};

impl LoanState {
    /// Says why an event is not allowed now. It asks more than the fold does: a fact that was true when it was
    /// recorded stays foldable whatever else becomes known, but a new one must make sense today.
    pub fn check(&self, fact: &LoanFact) -> Result<(), Refused> {
        if fact.effective_on > self.as_of {
            return Err(Refused::InFuture { effective_on: fact.effective_on, today: self.as_of });
        }
        self.contradiction(fact)?;
        match &fact.event {
            LoanEvent::PaymentReceived { .. } | LoanEvent::CalledDue { .. } if self.status == Status::Closed => {
                Err(Refused::Closed)
            }
            LoanEvent::PaymentReceived { .. } if self.drawn.is_zero() => Err(Refused::NothingDrawn),
            LoanEvent::PaymentReceived { amount, .. } => self.check_early(*amount, fact.effective_on),
            LoanEvent::TrancheDrawn { .. } if self.overpaid.is_positive() => Err(Refused::Overpaid(self.overpaid)),
            LoanEvent::DrawsClosed => self.draws_open(),
            LoanEvent::Signed
            | LoanEvent::TrancheDrawn { .. }
            | LoanEvent::PaymentReversed { .. }
            | LoanEvent::CalledDue { .. } => Ok(()),
        }
    }

    /// On a loan with interest, takes no more than what is due and the instalment after it.
    fn check_early(&self, amount: Money, on: NaiveDate) -> Result<(), Refused> {
        if self.terms.annual_rate().is_zero() || self.called.is_some() {
            return Ok(());
        }
        let due = self.instalments.iter().filter(|line| line.instalment.due_on <= on);
        let next = self.instalments.iter().find(|line| line.instalment.due_on > on);
        let claimable: Money = due.chain(next).map(|line| line.open).sum();
        if amount > claimable { Err(Refused::EarlyWithInterest { amount, claimable }) } else { Ok(()) }
    }

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
            LoanEvent::PaymentReceived { payment_id, amount } => {
                positive(*amount)?;
                let known = self.payments.iter().any(|payment| payment.payment_id == *payment_id);
                if known { Err(Refused::Twice { what: "payment", id: *payment_id }) } else { Ok(()) }
            }
            LoanEvent::PaymentReversed { payment_id, .. } => self.cannot_reverse(*payment_id, effective_on),
            LoanEvent::CalledDue { due_on, .. } => {
                self.nothing_drawn()?;
                match self.called {
                    Some(called) => Err(Refused::AlreadyCalled(called.due_on)),
                    None if *due_on < effective_on => Err(Refused::DueInPast { due_on: *due_on, effective_on }),
                    None => Ok(()),
                }
            }
        }
    }

    fn cannot_draw(&self, fact: &LoanFact, tranche_id: Uuid, amount: Money) -> Result<(), Refused> {
        positive(amount)?;
        if self.tranches.contains(&tranche_id) {
            return Err(Refused::Twice { what: "tranche", id: tranche_id });
        }
        // A draw recorded late may still belong before the closing.
        if self.closed_at.is_none_or(|closed| fact.moment() >= closed) {
            self.draws_open()?;
        }
        let undrawn = self.terms.principal - self.drawn;
        if amount > undrawn { Err(Refused::AboveContract { amount, undrawn }) } else { Ok(()) }
    }

    fn draws_open(&self) -> Result<(), Refused> {
        self.closed_at.map_or(Ok(()), |(on, ..)| Err(Refused::DrawsClosed(on)))
    }

    fn nothing_drawn(&self) -> Result<(), Refused> {
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

fn positive(amount: Money) -> Result<(), Refused> {
    if amount.is_positive() { Ok(()) } else { Err(Refused::NotPositive(amount)) }
}
