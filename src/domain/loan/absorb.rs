//! What each event does to a loan. An agreement that no longer fits what is owed, because something became known
//! late, is followed as far as it goes: nothing here asks more or less than what was drawn and not repaid.

use chrono::NaiveDate;

use super::super::calendar;
use super::super::money::Money;
use super::super::schedule::InvalidPlan;
use super::event::{LoanEvent, Usage};
use super::fact::LoanFact;
use super::refused::FoldError;
use super::state::{Called, DebtSettlement, Discharge, LineKind, LoanState, Payment};
use super::terms::Repayment;
use super::trigger::Trigger;

/// Calendar days in which what was drawn must come back after a withdrawal (Code of Economic Law, art. VII.83, § 4).
const WITHDRAWAL_TERM_DAYS: u32 = 30;

impl LoanState {
    /// Takes a fact in without working out the balances that follow from it. `undone` says whether it is a payment
    /// that a later fact undoes.
    pub(super) fn absorb(&mut self, fact: &LoanFact, undone: bool) -> Result<(), FoldError> {
        self.contradiction(fact).map_err(|reason| FoldError::of(fact, reason))?;
        let on = fact.effective_on;
        self.run_interest(on);
        match &fact.event {
            LoanEvent::Signed | LoanEvent::Corrected { .. } => {}
            LoanEvent::TrancheDrawn { tranche_id, amount } => {
                self.inner.ids.push(*tranche_id);
                self.draw(*amount, on);
            }
            LoanEvent::DrawsClosed => self.close_draws(fact)?,
            LoanEvent::PaymentReceived { payment_id, amount, payer, usage } => {
                self.payments.push(Payment {
                    payment_id: *payment_id,
                    effective_on: on,
                    amount: *amount,
                    payer: *payer,
                    usage: *usage,
                    reversed_on: None,
                });
                if !undone {
                    self.pay(*amount, *usage, on)?;
                }
            }
            LoanEvent::PaymentReversed { payment_id, .. } => {
                for payment in self.payments.iter_mut().filter(|payment| payment.payment_id == *payment_id) {
                    payment.reversed_on = Some(on);
                }
            }
            LoanEvent::OverpaymentRefunded { refund_id, amount } => {
                self.inner.ids.push(*refund_id);
                self.refund(fact, *amount)?;
            }
            _ => self.absorb_agreement(fact)?,
        }
        self.tidy_lines();
        if !self.is_planned() {
            let held = std::mem::take(&mut self.inner.held);
            self.inner.held = self.lay(held, on);
        }
        self.inner.last = fact.moment();
        Ok(())
    }

    /// What is agreed, decided or happens to people: no money moves.
    fn absorb_agreement(&mut self, fact: &LoanFact) -> Result<(), InvalidPlan> {
        let on = fact.effective_on;
        match &fact.event {
            LoanEvent::Withdrawn => self.withdraw(fact),
            LoanEvent::CalledDue { trigger, due_on } => self.fall_due(fact, *trigger, *due_on),
            LoanEvent::Accelerated { due_on, .. } => self.fall_due(fact, Trigger::Acceleration, *due_on),
            LoanEvent::ExitValued { value_at_exit, .. } => self.value_exit(*value_at_exit, on),
            LoanEvent::HolidayGranted { instalments } => self.skip(*instalments, on),
            LoanEvent::Rescheduled { instalments, frequency, first_due_on } => {
                self.reschedule((*instalments, *frequency), *first_due_on, on)?;
            }
            LoanEvent::PlanAgreed { lines } => self.follow_plan(lines, on),
            LoanEvent::Spread { amount, instalments, frequency, first_due_on } => {
                self.spread(*amount, (*instalments, *frequency, *first_due_on), on)?;
            }
            LoanEvent::DebtorChanged { debtor_id, .. } => self.debtor_id = Some(*debtor_id),
            LoanEvent::DebtSettlementAdmitted => self.debt_settlement = Some(DebtSettlement::Admitted(on)),
            LoanEvent::DebtSettlementRuled { lines, remitted } => {
                self.claim_all(fact, on);
                self.debt_settlement = Some(DebtSettlement::Ruled(on));
                self.remit(lines, *remitted, on);
            }
            // While nothing is claimed there is nothing to give up.
            LoanEvent::WrittenOff { .. } if !self.is_planned() => {
                let given_up = self.forgo_all();
                self.written_off += given_up;
                self.written_off_on = Some(on);
            }
            LoanEvent::DischargeRequested { .. } => self.discharge = Some(Discharge::Requested),
            LoanEvent::DischargeDecided { granted, .. } => {
                self.discharge = Some(if *granted { Discharge::Granted } else { Discharge::Refused });
            }
            _ => {}
        }
        Ok(())
    }

    fn draw(&mut self, amount: Money, on: NaiveDate) {
        self.read_meter(on);
        self.drawn += amount;
        let Repayment::Bullet { matures_on, .. } = self.terms.repayment else { return };
        match self.inner.lines.first_mut() {
            None => self.push_line(LineKind::Instalment, matures_on, (amount, Money::ZERO)),
            Some(line) => {
                line.instalment.principal += amount;
                line.instalment.total += amount;
                line.open += amount;
                line.settled_on = None;
            }
        }
    }

    /// A payment recovers what was given up, then pays what is due, then what its payer chose.
    fn pay(&mut self, amount: Money, usage: Usage, on: NaiveDate) -> Result<(), InvalidPlan> {
        let recovered = amount.min((self.written_off - self.recovered).or_zero());
        self.recovered += recovered;
        let amount = amount - recovered;
        if self.is_planned() {
            // Interest that is due first; the rest repays what was drawn so far.
            let left = self.lay_while(amount, on, |line| line.instalment.due_on <= on);
            self.read_meter(on);
            self.inner.held += left;
            return Ok(());
        }
        let runs = matches!(self.terms.repayment, Repayment::Instalments { .. }) && self.called.is_none();
        let left = match usage {
            Usage::ShortenTerm | Usage::LowerInstalments if runs => self.repay_early(amount, usage, on)?,
            _ => amount,
        };
        self.inner.held += left;
        Ok(())
    }

    /// Money goes back. What a reversal that was known later shows not to have been too much is owed again.
    fn refund(&mut self, fact: &LoanFact, amount: Money) -> Result<(), FoldError> {
        self.read_meter(fact.effective_on);
        self.refunded += amount;
        let missing = (amount - self.inner.held).or_zero();
        self.inner.held -= amount - missing;
        let missing = self.unlay(missing);
        let from_recovered = missing.min(self.recovered);
        self.recovered -= from_recovered;
        let missing = missing - from_recovered;
        if missing.is_zero() { Ok(()) } else { Err(FoldError::of(fact, super::Refused::RefundNotCovered(missing))) }
    }

    fn withdraw(&mut self, fact: &LoanFact) {
        if self.drawn.is_positive() {
            let due_on = calendar::add_days(fact.effective_on, WITHDRAWAL_TERM_DAYS);
            self.fall_due(fact, Trigger::Withdrawal, due_on);
        } else {
            self.end_draws(fact);
        }
    }

    fn fall_due(&mut self, fact: &LoanFact, trigger: Trigger, due_on: NaiveDate) {
        self.claim_all(fact, due_on);
        self.called = Some(Called { trigger, called_on: fact.effective_on, due_on });
    }

    /// The fund's share of the gain is due with the principal, or on the day it is known.
    fn value_exit(&mut self, value_at_exit: Money, on: NaiveDate) {
        let Repayment::OnExit { gain: Some(gain) } = &self.terms.repayment else { return };
        let known = self.inner.lines.iter().any(|line| line.kind == LineKind::GainShare);
        let share = gain.due(value_at_exit);
        if let Some(called) = self.called
            && !known
            && share.is_positive()
        {
            self.push_line(LineKind::GainShare, called.due_on.max(on), (Money::ZERO, share));
        }
    }
}
