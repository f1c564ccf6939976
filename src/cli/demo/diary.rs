//! What is to be done on which day.

use std::collections::{BTreeMap, VecDeque};

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use crate::domain::calendar::next_banking_day;

/// Something that somebody does. Families by their place in the list.
#[derive(Debug, Clone, Copy)]
pub(super) enum Act {
    /// The desk sends the request of a family in.
    Submit(usize),
    /// The first of two committee members says yes.
    FirstVote(usize),
    /// The second one.
    SecondVote(usize),
    /// A committee member says no.
    Refuse(usize),
    /// The family no longer asks.
    Withdraw(usize),
    /// The contract is signed.
    Sign(usize),
    /// A contractor sends an invoice for works, by their place: part 1 of 2, or the whole.
    Invoice { family: usize, work: usize, part: Part },
    /// Another person approves it.
    Approve { family: usize, invoice_id: Uuid },
    /// The works are finished.
    Close(usize),
    /// The family signs a mandate for direct debit.
    Mandate(usize),
    /// It tells another account.
    AmendMandate(usize),
    /// It stops it.
    StopMandate(usize),
}

/// Which part of a quote is invoiced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// Two fifths, when the works begin.
    Deposit,
    /// What is left, when they are done.
    Rest,
}

/// The diary of the story.
#[derive(Debug, Default)]
pub(super) struct Diary {
    days: BTreeMap<NaiveDate, VecDeque<Act>>,
}

impl Diary {
    /// Writes an act down for a day, or for the first working day after it.
    pub(super) fn note(&mut self, on: NaiveDate, act: Act) {
        self.days.entry(next_banking_day(on)).or_default().push_back(act);
    }

    /// Writes an act down for so many days after a day.
    pub(super) fn note_after(&mut self, day: NaiveDate, days: u32, act: Act) {
        self.note(day + Days::new(u64::from(days)), act);
    }

    /// The next act of a day.
    pub(super) fn next(&mut self, on: NaiveDate) -> Option<Act> {
        let acts = self.days.get_mut(&on)?;
        let act = acts.pop_front();
        if act.is_none() {
            self.days.remove(&on);
        }
        act
    }
}
