//! The fold: from facts to a loan on a day.

use std::borrow::Cow;
use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::super::money::Money;
use super::event::LoanEvent;
use super::fact::{LoanFact, corrected};
use super::refused::{FoldError, Refused};
use super::state::{Inner, InstalmentState, LineKind, LoanState, Status};
use super::terms::LoanTerms;

/// The loan on a day: all facts effective on or before it, as corrected, ordered by effective day, kind and
/// identifier, whatever order they come in. Amounts in euro.
///
/// Payments settle what is due, the oldest first, and interest before principal (imputation of payments, Civil
/// Code, art. 5.210; the number of the article is not confirmed). What each event does is said, with its source, at its
/// variant of [`LoanEvent`].
///
/// # Errors
/// [`FoldError::NotSigned`] before the signature; [`FoldError::Refused`] where facts contradict each other;
/// [`FoldError::Terms`] and [`FoldError::Plan`] where the contract, or what was drawn, makes no schedule.
pub fn fold(terms: &LoanTerms, facts: &[LoanFact], as_of: NaiveDate) -> Result<LoanState, FoldError> {
    let mut known = corrected(facts);
    known.retain(|fact| fact.effective_on <= as_of);
    if known.is_empty() {
        return Err(FoldError::NotSigned(as_of));
    }
    let mut state = walk_over(terms, &known)?;
    state.as_of = as_of;
    state.derive()?;
    Ok(state)
}

/// The loan at the end of each of some days, in their order, none for a day before its signature: what [`fold`] gives
/// for each, in one walk over the facts and one more for each payment that is undone on the way.
///
/// # Errors
/// As [`fold`], but a day before the signature is no error.
pub fn fold_on_days(
    terms: &LoanTerms,
    facts: &[LoanFact],
    days: &[NaiveDate],
) -> Result<Vec<Option<LoanState>>, FoldError> {
    let stand = corrected(facts);
    let mut states = Vec::with_capacity(days.len());
    let mut walk: Option<(LoanState, usize)> = None;
    for day in days {
        let known = stand.partition_point(|fact| fact.effective_on <= *day);
        let fresh = walk.as_ref().map_or(0, |(_, taken)| *taken);
        let undoes = stand[fresh..known].iter().any(|fact| reversal(fact).is_some());
        walk = match walk {
            _ if known == 0 => None,
            // An undone payment leaves no trace in what came after it.
            Some((mut state, taken)) if !undoes => {
                for fact in &stand[taken..known] {
                    state.absorb(fact, false)?;
                }
                Some((state, known))
            }
            _ => Some((walk_over(terms, &stand[..known])?, known)),
        };
        states.push(match &walk {
            None => None,
            Some((state, _)) => {
                let mut shown = state.clone();
                shown.as_of = *day;
                shown.derive()?;
                Some(shown)
            }
        });
    }
    Ok(states)
}

/// All of these facts, taken in; nothing worked out of them yet.
fn walk_over(terms: &LoanTerms, known: &[Cow<'_, LoanFact>]) -> Result<LoanState, FoldError> {
    let undone: HashSet<Uuid> = known.iter().filter_map(|fact| reversal(fact)).collect();
    let Some((first, rest)) = known.split_first() else { return Err(FoldError::NotSigned(terms.signed_on)) };
    let mut state = LoanState::signed(terms, first)?;
    for fact in rest {
        let is_undone =
            matches!(&fact.event, LoanEvent::PaymentReceived { payment_id, .. } if undone.contains(payment_id));
        state.absorb(fact, is_undone)?;
    }
    Ok(state)
}

/// The loan on a day as it was believed to be at a moment: facts recorded later are left out (the transaction time of bitemporal data; ISO/IEC 9075-2:2011
/// calls it system time, and the day that counts application time).
///
/// # Errors
/// As [`fold`].
pub fn fold_as_known(
    terms: &LoanTerms,
    facts: &[LoanFact],
    as_of: NaiveDate,
    known_at: DateTime<Utc>,
) -> Result<LoanState, FoldError> {
    let known: Vec<LoanFact> = facts.iter().filter(|fact| fact.booked_at <= known_at).cloned().collect();
    fold(terms, &known, as_of)
}

/// The loan with one more fact, checked as [`LoanState::check`] does and folded in its place in time, before
/// anything is written: what is previewed is what will be.
///
/// # Errors
/// As [`fold`]; [`FoldError::Refused`] where the fact makes no sense today, or where a correction is of no fact of this
/// loan, of another kind, or of a day on which what it says made no sense.
pub fn admit(
    terms: &LoanTerms,
    facts: &[LoanFact],
    candidate: &LoanFact,
    today: NaiveDate,
) -> Result<LoanState, FoldError> {
    if !facts.is_empty() {
        let now = fold(terms, facts, today)?;
        now.check(candidate).map_err(|reason| FoldError::of(candidate, reason))?;
    }
    let mut all = facts.to_vec();
    all.push(candidate.clone());
    if let LoanEvent::Corrected { fact_id, .. } = &candidate.event {
        admit_correction(terms, facts, &all, (candidate, *fact_id))?;
    }
    fold(terms, &all, today)
}

/// A correction must be of a fact of this loan, and what it puts in its place must have made sense on its day.
fn admit_correction(
    terms: &LoanTerms,
    facts: &[LoanFact],
    all: &[LoanFact],
    (candidate, fact_id): (&LoanFact, Uuid),
) -> Result<(), FoldError> {
    let refuse = |reason| Err(FoldError::of(candidate, reason));
    let Some(target) = facts.iter().find(|fact| fact.fact_id == fact_id) else {
        return refuse(Refused::UnknownFact(fact_id));
    };
    if matches!(target.event, LoanEvent::Signed | LoanEvent::Corrected { .. }) {
        return refuse(Refused::CannotCorrect(target.event.kind()));
    }
    let stand = corrected(all);
    let Some(right) = stand.iter().find(|fact| fact.fact_id == fact_id) else { return Ok(()) };
    if right.event.kind() != target.event.kind() {
        return refuse(Refused::OtherKind { was: target.event.kind(), becomes: right.event.kind() });
    }
    if right.effective_on > candidate.effective_on {
        return refuse(Refused::InFuture { effective_on: right.effective_on, today: candidate.effective_on });
    }
    let before: Vec<LoanFact> =
        stand.iter().filter(|fact| fact.moment() < right.moment()).map(|fact| fact.as_ref().clone()).collect();
    let then = fold(terms, &before, right.effective_on)?;
    then.check(right).map_err(|reason| FoldError::of(right, reason))
}

fn reversal(fact: &LoanFact) -> Option<Uuid> {
    match &fact.event {
        LoanEvent::PaymentReversed { payment_id, .. } => Some(*payment_id),
        _ => None,
    }
}

impl LoanState {
    /// The loan on the day of its signature. The first fact must be [`LoanEvent::Signed`], on the day the
    /// contract names.
    ///
    /// # Errors
    /// [`FoldError::NotSigned`] for any other fact; [`FoldError::Terms`] for a contract that is none.
    pub fn open(terms: &LoanTerms, signed: &LoanFact) -> Result<Self, FoldError> {
        let mut state = Self::signed(terms, signed)?;
        state.derive()?;
        Ok(state)
    }

    /// Adds one fact, not earlier than those already applied, and moves the state to its day. The result is
    /// that of folding all facts again.
    ///
    /// # Errors
    /// [`FoldError::OutOfOrder`] where a fact changes what came before it, by its place in time, by undoing a
    /// payment or by correcting: fold all facts again. Otherwise what the fact contradicts.
    pub fn apply(mut self, fact: &LoanFact) -> Result<Self, FoldError> {
        // Interest that was claimed after the day of the fact would have been another.
        let interest_ran = self.planned && self.bears_interest() && fact.effective_on < self.as_of;
        let rewrites =
            interest_ran || matches!(fact.event, LoanEvent::PaymentReversed { .. } | LoanEvent::Corrected { .. });
        if rewrites || fact.moment() < self.inner.last {
            return Err(FoldError::OutOfOrder { kind: fact.event.kind(), effective_on: fact.effective_on });
        }
        self.absorb(fact, false)?;
        self.as_of = self.as_of.max(fact.effective_on);
        self.derive()?;
        Ok(self)
    }

    /// The same loan seen on a later day on which nothing happened.
    ///
    /// # Errors
    /// The contract makes no plan, which its check has excluded.
    pub fn on(mut self, day: NaiveDate) -> Result<Self, FoldError> {
        if day > self.as_of {
            self.as_of = day;
            self.derive()?;
        }
        Ok(self)
    }

    fn signed(terms: &LoanTerms, fact: &LoanFact) -> Result<Self, FoldError> {
        terms.check()?;
        if fact.event != LoanEvent::Signed || fact.effective_on != terms.signed_on {
            return Err(FoldError::NotSigned(fact.effective_on));
        }
        let zero = Money::ZERO;
        Ok(Self {
            as_of: fact.effective_on,
            status: Status::Signed,
            drawn: zero,
            undrawn: terms.principal,
            repaid: zero,
            interest_paid: zero,
            gain_paid: zero,
            outstanding: zero,
            overpaid: zero,
            refunded: zero,
            remitted: zero,
            written_off: zero,
            recovered: zero,
            planned: true,
            instalments: Vec::new(),
            payments: Vec::new(),
            draws_closed_on: None,
            called: None,
            debtor_id: None,
            debt_settlement: None,
            written_off_on: None,
            discharge: None,
            inner: Inner {
                ids: Vec::new(),
                lines: Vec::new(),
                held: zero,
                pace: terms.pace(),
                meter: None,
                claimed: false,
                replanned: false,
                valued: false,
                runs_since: None,
                closed_at: None,
                last: fact.moment(),
            },
            terms: terms.clone(),
        })
    }

    /// Works out from what was taken in: the interest that is due by now, the balances, the status.
    fn derive(&mut self) -> Result<(), FoldError> {
        self.run_interest(self.as_of);
        self.tidy_lines();
        self.planned = self.is_planned();
        let on_lines: Money = self.inner.lines.iter().map(InstalmentState::principal_paid).sum();
        self.repaid = if self.planned { self.inner.held.min(self.drawn) } else { on_lines };
        self.overpaid = if self.planned { self.inner.held - self.repaid } else { self.inner.held };
        self.interest_paid = self.inner.lines.iter().map(|line| line.paid).sum::<Money>() - on_lines;
        self.gain_paid = self.gain_lines_paid();
        self.interest_paid -= self.gain_paid;
        self.outstanding = self.drawn - self.repaid - self.remitted - self.written_off;
        let room = self.terms.principal - self.drawn;
        self.undrawn = if self.inner.closed_at.is_some() { Money::ZERO } else { room };
        self.instalments = self.inner.lines.clone();
        if self.planned {
            self.instalments.extend(self.preview()?);
        }
        self.status = self.status_now();
        Ok(())
    }

    fn gain_lines_paid(&self) -> Money {
        let gains = self.inner.lines.iter().filter(|line| line.kind == LineKind::GainShare);
        gains.map(|line| line.paid).sum()
    }
}
