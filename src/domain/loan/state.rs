//! A loan on a day: the fold over its facts.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::super::money::Money;
use super::super::schedule::Instalment;
use super::claims;
use super::fact::{LoanEvent, LoanFact, Moment, Trigger};
use super::refused::{FoldError, Refused};
use super::terms::{LoanTerms, Repayment};

/// Where a loan is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Signed, nothing drawn.
    Signed,
    /// Drawn in part; more may come.
    Drawing,
    /// Draws closed, instalments run.
    Repaying,
    /// Draws closed, nothing due before a date or an event far away.
    Waiting,
    /// Called due and not yet paid.
    CalledDue,
    /// Everything drawn was repaid, nothing can be drawn.
    Closed,
}

impl Status {
    /// The code used in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::Drawing => "drawing",
            Self::Repaying => "repaying",
            Self::Waiting => "waiting",
            Self::CalledDue => "called_due",
            Self::Closed => "closed",
        }
    }
}

/// One instalment and what was paid on it. Amounts in euro.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InstalmentState {
    /// The line of the schedule.
    pub instalment: Instalment,
    /// What was paid on it.
    pub paid: Money,
    /// What may be claimed and is not paid; 0.00 while the schedule is only planned.
    pub open: Money,
    /// The day of the payment that settled it.
    pub settled_on: Option<NaiveDate>,
}

/// A payment on the loan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Payment {
    /// Its id.
    pub payment_id: Uuid,
    /// The day it counts from.
    pub effective_on: NaiveDate,
    /// How much, in euro.
    pub amount: Money,
    /// The day it was undone, if it was.
    pub reversed_on: Option<NaiveDate>,
}

/// The loan was called due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Called {
    /// What made it due.
    pub trigger: Trigger,
    /// The day of the call.
    pub called_on: NaiveDate,
    /// When it must be paid.
    pub due_on: NaiveDate,
}

/// A loan on a day. Amounts in euro; `drawn + undrawn` is the contract amount, `repaid + outstanding` is
/// `drawn`, and all payments not reversed are `repaid + interest_paid + overpaid`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LoanState {
    /// The day.
    pub as_of: NaiveDate,
    /// Where it is in its life.
    pub status: Status,
    /// What was drawn.
    pub drawn: Money,
    /// What is left of the contract; 0.00 once draws are closed.
    pub undrawn: Money,
    /// Principal repaid.
    pub repaid: Money,
    /// Interest paid.
    pub interest_paid: Money,
    /// Principal owed.
    pub outstanding: Money,
    /// Paid beyond what was owed.
    pub overpaid: Money,
    /// True while the instalments are those of the contract, not yet claims.
    pub planned: bool,
    /// The schedule with what was paid on it; empty for a loan without a date.
    pub instalments: Vec<InstalmentState>,
    /// Every payment, reversed ones too, in order.
    pub payments: Vec<Payment>,
    /// The day draws were closed.
    pub draws_closed_on: Option<NaiveDate>,
    /// The call, when it was called due.
    pub called: Option<Called>,
    #[serde(skip)]
    pub(super) terms: LoanTerms,
    #[serde(skip)]
    pub(super) tranches: Vec<Uuid>,
    /// When draws ended: by their closing, or by the call.
    #[serde(skip)]
    pub(super) closed_at: Option<Moment>,
    #[serde(skip)]
    last: Moment,
}

/// The loan on a day: all facts effective on or before it, ordered by effective day and booking time,
/// whatever order they come in.
pub fn fold(terms: &LoanTerms, facts: &[LoanFact], as_of: NaiveDate) -> Result<LoanState, FoldError> {
    let mut known: Vec<&LoanFact> = facts.iter().filter(|fact| fact.effective_on <= as_of).collect();
    known.sort_by_key(|fact| fact.moment());
    let Some((first, rest)) = known.split_first() else { return Err(FoldError::NotSigned(as_of)) };
    let mut state = LoanState::signed(terms, first)?;
    for fact in rest {
        state.absorb(fact)?;
    }
    state.as_of = as_of;
    state.derive()?;
    Ok(state)
}

/// The loan with one more fact, checked as [`LoanState::check`] does and folded in its place in time, before
/// anything is written: what is previewed is what will be.
pub fn admit(
    terms: &LoanTerms,
    facts: &[LoanFact],
    candidate: &LoanFact,
    today: NaiveDate,
) -> Result<LoanState, FoldError> {
    if !facts.is_empty() {
        let now = fold(terms, facts, today)?;
        now.check(candidate).map_err(|reason| refused(candidate, reason))?;
    }
    let mut all = facts.to_vec();
    all.push(candidate.clone());
    fold(terms, &all, today)
}

impl LoanState {
    /// The loan on the day of its signature. The first fact must be [`LoanEvent::Signed`], on the day the
    /// contract names.
    pub fn open(terms: &LoanTerms, signed: &LoanFact) -> Result<Self, FoldError> {
        let mut state = Self::signed(terms, signed)?;
        state.derive()?;
        Ok(state)
    }

    /// Adds one fact, not earlier than those already applied, and moves the state to its day. The result is
    /// that of folding all facts again.
    pub fn apply(mut self, fact: &LoanFact) -> Result<Self, FoldError> {
        if fact.moment() < self.last {
            return Err(FoldError::OutOfOrder { kind: fact.event.kind(), effective_on: fact.effective_on });
        }
        self.absorb(fact)?;
        self.as_of = self.as_of.max(fact.effective_on);
        self.derive()?;
        Ok(self)
    }

    /// The same loan seen on a later day on which nothing happened.
    #[must_use]
    pub fn on(mut self, day: NaiveDate) -> Self {
        self.as_of = self.as_of.max(day);
        self
    }

    /// The contract.
    pub fn terms(&self) -> &LoanTerms {
        &self.terms
    }

    /// What could have been paid before a day and was not: open instalments whose money could move earlier
    /// than that day.
    pub fn overdue(&self, as_of: NaiveDate) -> Money {
        self.instalments.iter().filter(|line| line.instalment.payable_on < as_of).map(|line| line.open).sum()
    }

    fn signed(terms: &LoanTerms, fact: &LoanFact) -> Result<Self, FoldError> {
        terms.check()?;
        if fact.event != LoanEvent::Signed || fact.effective_on != terms.signed_on {
            return Err(FoldError::NotSigned(fact.effective_on));
        }
        Ok(Self {
            as_of: fact.effective_on,
            status: Status::Signed,
            drawn: Money::ZERO,
            undrawn: terms.principal,
            repaid: Money::ZERO,
            interest_paid: Money::ZERO,
            outstanding: Money::ZERO,
            overpaid: Money::ZERO,
            planned: true,
            instalments: Vec::new(),
            payments: Vec::new(),
            draws_closed_on: None,
            called: None,
            terms: terms.clone(),
            tranches: Vec::new(),
            closed_at: None,
            last: fact.moment(),
        })
    }

    /// Takes a fact in without working out what follows from it.
    fn absorb(&mut self, fact: &LoanFact) -> Result<(), FoldError> {
        self.contradiction(fact).map_err(|reason| refused(fact, reason))?;
        match &fact.event {
            LoanEvent::Signed => {}
            LoanEvent::TrancheDrawn { tranche_id, amount } => {
                self.tranches.push(*tranche_id);
                self.drawn += *amount;
            }
            LoanEvent::DrawsClosed => self.close_draws(fact),
            LoanEvent::PaymentReceived { payment_id, amount } => {
                let (payment_id, amount, effective_on) = (*payment_id, *amount, fact.effective_on);
                self.payments.push(Payment { payment_id, effective_on, amount, reversed_on: None });
            }
            LoanEvent::PaymentReversed { payment_id, .. } => {
                for payment in self.payments.iter_mut().filter(|payment| payment.payment_id == *payment_id) {
                    payment.reversed_on = Some(fact.effective_on);
                }
            }
            LoanEvent::CalledDue { trigger, due_on } => {
                self.called = Some(Called { trigger: *trigger, called_on: fact.effective_on, due_on: *due_on });
                self.close_draws(fact);
            }
        }
        self.last = fact.moment();
        Ok(())
    }

    /// The first end of draws counts: a closing, or a call that came before it.
    fn close_draws(&mut self, fact: &LoanFact) {
        self.draws_closed_on = self.draws_closed_on.or(Some(fact.effective_on));
        self.closed_at = self.closed_at.or(Some(fact.moment()));
    }

    /// Works out from what was taken in: schedule, allocation, balances, status.
    fn derive(&mut self) -> Result<(), FoldError> {
        let (planned, schedule) = claims::schedule(self)?;
        let claims = claims::allocate(self, planned, schedule);
        let paid: Money = self.payments_that_stand().map(|payment| payment.amount).sum();
        self.planned = planned;
        self.instalments = claims.instalments;
        self.repaid = claims.principal;
        self.interest_paid = claims.interest;
        self.outstanding = self.drawn - self.repaid;
        self.overpaid = paid - self.repaid - self.interest_paid;
        let room = self.terms.principal - self.drawn;
        self.undrawn = if self.closed_at.is_some() { Money::ZERO } else { room };
        self.status = self.status_now();
        Ok(())
    }

    fn status_now(&self) -> Status {
        if self.closed_at.is_none() {
            return if self.drawn.is_zero() { Status::Signed } else { Status::Drawing };
        }
        if self.outstanding.is_zero() && self.instalments.iter().all(|line| line.open.is_zero()) {
            return Status::Closed;
        }
        match (self.called, &self.terms.repayment) {
            (Some(_), _) => Status::CalledDue,
            (None, Repayment::Instalments { .. }) => Status::Repaying,
            (None, Repayment::Bullet { .. } | Repayment::OnExit) => Status::Waiting,
        }
    }

    pub(super) fn payments_that_stand(&self) -> impl Iterator<Item = &Payment> {
        self.payments.iter().filter(|payment| payment.reversed_on.is_none())
    }
}

fn refused(fact: &LoanFact, reason: Refused) -> FoldError {
    FoldError::Refused { kind: fact.event.kind(), effective_on: fact.effective_on, reason }
}
