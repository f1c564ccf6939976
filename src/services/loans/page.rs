//! A loan while it is being booked on: what a new fact makes of it, and the entries that say so.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::fund::{Landing, landing};
use crate::domain::ledger::{self, Balances, Counter, FundingShare, JournalEntry, Reason};
use crate::domain::loan::{
    FoldError, LoanEvent, LoanFact, LoanState, Refused, Status, admit, corrected, fold, fold_on_days,
};
use crate::services::Error;
use crate::storage::loans::Loan;

/// A loan, everything that happened to it, and where it stands today.
pub(super) struct Page {
    pub(super) loan: Loan,
    pub(super) facts: Vec<LoanFact>,
    pub(super) shares: Vec<FundingShare>,
    /// Nothing before the signature.
    pub(super) state: Option<LoanState>,
    /// The code of its fund and the last closed day of it, if anything of it is closed.
    pub(super) closed: Option<(String, NaiveDate)>,
}

/// An entry on the day on which it can be booked.
pub(super) struct Landed {
    pub(super) entry: JournalEntry,
    /// The day it is about, where that day is closed.
    pub(super) belongs_on: Option<NaiveDate>,
}

impl Page {
    /// Refuses a new fact of a closed day. Money that the bank moved cannot be refused, and a correction is what such
    /// days are corrected by: what they change is booked in the open period.
    pub(super) fn open_on(&self, fact: &LoanFact, counter: Counter) -> Result<(), Error> {
        let of_bank = matches!(counter, Counter::Bank | Counter::Unmatched | Counter::Unexplained);
        let may_land = of_bank || matches!(fact.event, LoanEvent::Corrected { .. });
        let Some((fund, closed_through)) = &self.closed else { return Ok(()) };
        match landing(fact.effective_on, Some(*closed_through), may_land) {
            Ok(_) => Ok(()),
            Err(closed) => Err(Error::Refused(closed.text(fund))),
        }
    }

    /// The loan with one more fact, if it allows it.
    ///
    /// What a bank file brings for a loan that was repaid is for a person to look at; who settles it may still give it to
    /// the loan, so that it can go back.
    pub(super) fn admit(
        &self,
        fact: &LoanFact,
        (counter, today): (Counter, NaiveDate),
    ) -> Result<LoanState, FoldError> {
        let Some(state) = &self.state else { return fold(&self.loan.terms, std::slice::from_ref(fact), today) };
        state.check(fact).map_err(|reason| refused(fact, reason))?;
        if counter == Counter::Bank && state.status == Status::Closed && fact.event.kind() == "payment_received" {
            return Err(refused(fact, Refused::Closed));
        }
        match state.clone().apply(fact) {
            Err(FoldError::OutOfOrder { .. }) => admit(&self.loan.terms, &self.facts, fact, today),
            applied => applied?.on(today),
        }
    }

    /// What the fact changes in the books of the fund: one entry for each day on which something becomes different.
    /// Mostly that is the day of the fact; a fact of long ago can make later payments pay for something else, and then
    /// the books of those days say so too.
    pub(super) fn entries(
        &self,
        fact: &LoanFact,
        after: &LoanState,
        (counter, today): (Counter, NaiveDate),
    ) -> Result<Vec<Landed>, Error> {
        let loan_id = self.loan.loan_id;
        let reason = if counter == Counter::Unmatched && matches!(fact.event, LoanEvent::PaymentReceived { .. }) {
            Reason::ReceiptAllocated
        } else {
            Reason::of_event(&fact.event)
        };
        let days = self.days(fact, today);
        let series = if days.len() == 1 { vec![self.balances_today(after)] } else { self.balances_on(fact, &days)? };
        let mut entries = Vec::new();
        let mut known = (Balances::new(), Balances::new());
        for (place, (day, both)) in days.iter().zip(series).enumerate() {
            // What the fact has changed by this day, less what it had changed by the day before.
            let before = minus(&both.0, &minus(&known.0, &known.1));
            let why = if place == 0 { reason } else { Reason::LoanChanged };
            let made = ledger::change((why, *day), loan_id, (&before, &both.1), counter);
            entries.extend(made.map_err(Error::internal)?.map(|entry| self.land(entry)));
            known = both;
        }
        Ok(entries)
    }

    /// What was told about a closed period stays as it was told: its changes land in the open one.
    fn land(&self, entry: JournalEntry) -> Landed {
        let closed_through = self.closed.as_ref().map(|(_, closed_through)| *closed_through);
        match landing(entry.effective_on(), closed_through, true) {
            Ok(Landing { effective_on, belongs_on }) => Landed { entry: entry.landed_on(effective_on), belongs_on },
            Err(_) => Landed { entry, belongs_on: None },
        }
    }

    /// The days on which the fact may change the books.
    fn days(&self, fact: &LoanFact, today: NaiveDate) -> Vec<NaiveDate> {
        let from = self.from(fact);
        let is_last = self.facts.iter().all(|known| known.effective_on <= from);
        if is_last && !matches!(fact.event, LoanEvent::Corrected { .. }) {
            return vec![from];
        }
        let mut with = self.facts.clone();
        with.push(fact.clone());
        // A fact that moves to another day changes the day it leaves too.
        let (was, is) = (corrected(&self.facts), corrected(&with));
        let all = was.iter().chain(&is).map(|known| known.effective_on);
        let days: BTreeSet<NaiveDate> = all.filter(|day| *day > from && *day <= today).chain([from]).collect();
        days.into_iter().collect()
    }

    /// The first day on which the fact may change the books.
    fn from(&self, fact: &LoanFact) -> NaiveDate {
        let LoanEvent::Corrected { fact_id, replacement, .. } = &fact.event else { return fact.effective_on };
        let stand = corrected(&self.facts);
        let was = stand.iter().find(|known| known.fact_id == *fact_id).map(|known| known.effective_on);
        let is = replacement.as_ref().map(|right| right.effective_on);
        was.into_iter().chain(is).min().unwrap_or(fact.effective_on)
    }

    fn balances_today(&self, after: &LoanState) -> (Balances, Balances) {
        let before = self.state.as_ref().map(|state| ledger::balances(state, &self.shares)).unwrap_or_default();
        (before, ledger::balances(after, &self.shares))
    }

    /// The balances on each of these days, without the fact and with it.
    fn balances_on(&self, fact: &LoanFact, days: &[NaiveDate]) -> Result<Vec<(Balances, Balances)>, Error> {
        let of = |facts: &[LoanFact]| -> Result<Vec<Balances>, Error> {
            let states = fold_on_days(&self.loan.terms, facts, days).map_err(Error::internal)?;
            let balances = |state: &LoanState| ledger::balances(state, &self.shares);
            Ok(states.iter().map(|state| state.as_ref().map(balances).unwrap_or_default()).collect())
        };
        let mut with = self.facts.clone();
        with.push(fact.clone());
        Ok(of(&self.facts)?.into_iter().zip(of(&with)?).collect())
    }
}

/// One set of balances less another.
fn minus(from: &Balances, taken: &Balances) -> Balances {
    let mut left = from.clone();
    for (key, amount) in taken {
        *left.entry(*key).or_default() -= *amount;
    }
    left
}

fn refused(fact: &LoanFact, reason: Refused) -> FoldError {
    FoldError::Refused { kind: fact.event.kind(), effective_on: fact.effective_on, reason }
}
