//! What families pay, when, and what they write with it: mostly what is due, sometimes a part, too much, too soon, too
//! late, for somebody else, or with words that nobody understands.

use chrono::{Days, NaiveDate};
use energiehuis::domain::calendar;
use energiehuis::domain::identity::Ogm;
use energiehuis::domain::loan::{InstalmentState, LineKind, LoanState, Repayment, Status};
use energiehuis::domain::money::Money;
use energiehuis::formats::coda::EntryToWrite;
use uuid::Uuid;

use super::world::World;
use crate::bank::account::{paid, rebuilt, says};
use crate::support::town::euros;

/// What a movement on the account is really about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// A family pays.
    Loan(usize),
    /// The bank gives a payment of a family back.
    Return(usize, Uuid),
    /// Anything else.
    Other,
}

/// A movement that will be on the next statement.
#[derive(Debug, Clone)]
pub(super) struct Coming {
    pub(super) on: NaiveDate,
    pub(super) entry: EntryToWrite,
    pub(super) about: About,
}

/// A bank line that waits for a person, and what that person knows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waiting {
    pub(super) bank_line_id: Uuid,
    pub(super) purse: usize,
    pub(super) amount: Money,
    pub(super) about: About,
    /// How often somebody looked at it.
    pub(super) looks: u32,
}

/// A communication that belongs to nobody here.
pub(super) fn stranger() -> Ogm {
    Ogm::from_base(9_876_543_210).unwrap()
}

impl World {
    /// What the families of a fund pay after a day and until another.
    pub(super) fn credits(&mut self, purse: usize, (after, until): (NaiveDate, NaiveDate)) -> Vec<Coming> {
        let mut coming = Vec::new();
        for index in 0..self.contracts.len() {
            let contract = &self.contracts[index];
            if contract.purse != purse || contract.facts.is_empty() {
                continue;
            }
            // Who has repaid everything seldom pays again.
            if contract.status == Status::Closed && contract.changed_from.is_none() && !self.dice.percent(1) {
                continue;
            }
            let state = self.contracts[index].on(until);
            self.contracts[index].status = state.status;
            for (on, amount) in self.payments(index, &state, (after, until)) {
                coming.push(self.payment(index, on, amount));
            }
        }
        // Now and then a family of another fund uses this account.
        if !self.contracts.is_empty() && self.dice.percent(10) {
            let index = self.dice.place(self.contracts.len());
            if self.contracts[index].purse != purse {
                let ogm = self.contracts[index].loan.ogm;
                let entry = paid(self.dice.money(euros(1), euros(300)), ogm);
                coming.push(Coming { on: until, entry, about: About::Other });
            }
        }
        coming
    }

    /// The days and amounts of what a family pays.
    fn payments(
        &mut self,
        index: usize,
        state: &LoanState,
        (after, until): (NaiveDate, NaiveDate),
    ) -> Vec<(NaiveDate, Money)> {
        // What is due in one sum is seldom there at once.
        let whole = matches!(state.status, Status::CalledDue | Status::Matured) && state.outstanding > euros(3_000);
        let pays = self.contracts[index].pays / if whole { 5 } else { 1 };
        let mut payments = Vec::new();
        let is_claim = |line: &&InstalmentState| !state.planned || line.kind == LineKind::Interest;
        let open = state.instalments.iter().filter(is_claim).filter(|line| line.open.is_positive());
        let (mut due, mut late) = (Vec::new(), Money::ZERO);
        for line in open {
            match line.instalment.payable_on {
                day if day > after && day <= until => due.push((day, line.open)),
                day if day <= after => late += line.open,
                _ => {}
            }
        }
        for (day, amount) in due {
            if self.dice.percent(pays) {
                payments.push((self.near(day, (after, until)), self.about_as_much(amount)));
            }
        }
        if late.is_positive() && self.dice.percent(pays / 3) {
            let amount = if self.dice.percent(60) { late } else { self.dice.money(Money::from_cents(1), late) };
            payments.push((self.day_between(after + Days::new(1), until), amount));
        }
        let unasked = match state.status {
            Status::WrittenOff | Status::Drawing => 12,
            _ => 4,
        };
        if self.dice.percent(unasked) {
            payments.extend(self.unasked(state, (after, until)));
        }
        payments
    }

    /// A payment that nobody asked for: early, after a write-off, before anything was drawn, after everything was paid.
    fn unasked(&mut self, state: &LoanState, (after, until): (NaiveDate, NaiveDate)) -> Option<(NaiveDate, Money)> {
        let most = match state.status {
            Status::WrittenOff => state.written_off - state.recovered + euros(20),
            Status::Closed | Status::Signed => euros(50),
            _ => match &state.terms().repayment {
                Repayment::Instalments { .. } => state.outstanding + euros(100),
                _ => Money::from_cents(state.outstanding.cents() / 3 + 1_000),
            },
        };
        let amount = self.dice.money(Money::from_cents(1), most);
        amount.is_positive().then(|| (self.day_between(after + Days::new(1), until), amount))
    }

    fn about_as_much(&mut self, due: Money) -> Money {
        match self.dice.between(1, 100) {
            1..=3 => self.dice.money(Money::from_cents(1), due),
            4..=5 => due + due,
            6 => due + Money::from_cents(1),
            7 => self.dice.money(due, due + euros(500)),
            _ => due,
        }
    }

    /// A banking day some days before or after a day, within a stretch.
    fn near(&mut self, day: NaiveDate, (after, until): (NaiveDate, NaiveDate)) -> NaiveDate {
        let from = day - Days::new(3);
        let moved = calendar::next_banking_day(from + Days::new(u64::from(self.dice.between(0, 8))));
        moved.clamp(after + Days::new(1), until)
    }

    /// A payment, with what the family writes.
    fn payment(&mut self, index: usize, on: NaiveDate, amount: Money) -> Coming {
        let loan = &self.contracts[index].loan;
        let (ogm, number) = (loan.ogm, loan.number.clone());
        let entry = match self.dice.between(1, 100) {
            1..=2 => rebuilt(amount, ogm),
            3 => says(amount, &format!("lening {number}")),
            4 => says(amount, &format!("betaling {ogm} dank u")),
            5..=8 => says(amount, "dank u"),
            9 => paid(amount, stranger()),
            _ => paid(amount, ogm),
        };
        Coming { on, entry, about: About::Loan(index) }
    }
}
