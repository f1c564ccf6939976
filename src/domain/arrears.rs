//! Arrears: which step of the ladder an unpaid instalment has reached, and how long a reminder gives.
//!
//! Days are calendar days from the day money could move ([`Instalment::payable_on`]): an instalment due on a
//! Saturday and paid on Monday was never late. The steps are dated data, not constants.
//!
//! [`Instalment::payable_on`]: super::schedule::Instalment::payable_on

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::calendar;
use super::loan::InstalmentState;
use super::money::Money;

/// Calendar days that a first reminder gives before it may cost anything (Code of Economic Law, art. XIX.2).
pub const REMINDER_TERM_DAYS: u32 = 14;

/// What the house does about an unpaid instalment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// A signal on the desk of the loan officer: call first.
    InternalSignal,
    /// The first reminder, free (art. XIX.2).
    FirstReminder,
    /// The second letter.
    SecondLetter,
    /// The OCMW is asked to contact the family and a plan is offered, before any formal notice.
    OcmwContact,
    /// A default is reported to the credit register (three months late).
    CreditRegister,
}

/// One step of a ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What is done.
    pub kind: StepKind,
    /// From how many calendar days overdue.
    pub days_overdue: u32,
}

/// The steps in force from a day on, and where they come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ladder {
    /// First day on which they hold.
    pub valid_from: NaiveDate,
    /// Law, decision or rule book.
    pub source: String,
    /// The steps, the earliest first.
    pub steps: Vec<Step>,
}

/// A step that an instalment has reached. Amount in euro.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepDue {
    /// What is to be done.
    pub kind: StepKind,
    /// The instalment.
    pub instalment_number: u32,
    /// When it was due by contract.
    pub due_on: NaiveDate,
    /// What is not paid of it.
    pub open: Money,
    /// Calendar days since money could have moved.
    pub days_overdue: u32,
}

/// How a letter goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// On paper.
    Post,
    /// By e-mail.
    Email,
}

/// A text that names no step.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "step “{0}” does not exist; it is internal_signal, first_reminder, second_letter, ocmw_contact or credit_register"
)]
pub struct UnknownStep(pub String);

/// Why steps are not a ladder.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidLadder {
    /// No step at all.
    #[error("the ladder of {0} has no steps")]
    Empty(NaiveDate),
    /// Not in order, or a step twice.
    #[error("step {kind} at {days_overdue} days is not later than the step before it")]
    Order {
        /// The step.
        kind: StepKind,
        /// Its days.
        days_overdue: u32,
    },
    /// On the day itself nobody is late.
    #[error("step {0} at 0 days comes before anything is overdue")]
    TooSoon(StepKind),
}

impl StepKind {
    /// Every step, in the order of the ladder.
    pub const ALL: [Self; 5] =
        [Self::InternalSignal, Self::FirstReminder, Self::SecondLetter, Self::OcmwContact, Self::CreditRegister];

    /// The code used in the database and in rules.
    pub fn code(self) -> &'static str {
        match self {
            Self::InternalSignal => "internal_signal",
            Self::FirstReminder => "first_reminder",
            Self::SecondLetter => "second_letter",
            Self::OcmwContact => "ocmw_contact",
            Self::CreditRegister => "credit_register",
        }
    }
}

impl fmt::Display for StepKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for StepKind {
    type Err = UnknownStep;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|step| step.code() == text).ok_or_else(|| UnknownStep(text.to_owned()))
    }
}

impl Ladder {
    /// Checks that steps follow each other in days and that none comes on the day of payment itself.
    pub fn check(&self) -> Result<(), InvalidLadder> {
        let first = self.steps.first().ok_or(InvalidLadder::Empty(self.valid_from))?;
        if first.days_overdue == 0 {
            return Err(InvalidLadder::TooSoon(first.kind));
        }
        for pair in self.steps.windows(2) {
            if let [before, step] = pair
                && step.days_overdue <= before.days_overdue
            {
                return Err(InvalidLadder::Order { kind: step.kind, days_overdue: step.days_overdue });
            }
        }
        Ok(())
    }

    /// Of several ladders, the one in force on a day: the latest that had begun.
    pub fn in_force(ladders: &[Self], on: NaiveDate) -> Option<&Self> {
        ladders.iter().filter(|ladder| ladder.valid_from <= on).max_by_key(|ladder| ladder.valid_from)
    }
}

/// Every step that an open instalment has reached on a day, the oldest instalment first and its steps in the
/// order of the ladder. A planned schedule is no claim and reaches none. The caller does the first step that it
/// has not done before, and a letter only when the term of the letter before it has passed.
pub fn steps_due(instalments: &[InstalmentState], ladder: &Ladder, as_of: NaiveDate) -> Vec<StepDue> {
    let mut due = Vec::new();
    for line in instalments.iter().filter(|line| line.open.is_positive()) {
        let days = (as_of - line.instalment.payable_on).num_days();
        let Some(days_overdue) = u32::try_from(days).ok().filter(|days| *days > 0) else { continue };
        due.extend(ladder.steps.iter().filter(|step| step.days_overdue <= days_overdue).map(|step| StepDue {
            kind: step.kind,
            instalment_number: line.instalment.number,
            due_on: line.instalment.due_on,
            open: line.open,
            days_overdue,
        }));
    }
    due
}

/// The last day on which a borrower can pay without cost after a first reminder: the fourteenth calendar day,
/// counted from the third working day after posting or from the day after e-mailing, that day being the first
/// (Code of Economic Law, art. XIX.2). Where money cannot move on it, the next day on which it can.
pub fn pay_before(sent_on: NaiveDate, channel: Channel) -> NaiveDate {
    let first_day = match channel {
        Channel::Post => calendar::add_working_days(sent_on, 3),
        Channel::Email => calendar::add_days(sent_on, 1),
    };
    calendar::next_banking_day(calendar::add_days(first_day, REMINDER_TERM_DAYS - 1))
}

#[cfg(test)]
mod tests {

    use super::super::loan::LineKind;
    use super::super::schedule::{Plan, PlanTerms};
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn ladder() -> Ladder {
        let steps = [(StepKind::InternalSignal, 7), (StepKind::FirstReminder, 10), (StepKind::SecondLetter, 30)];
        Ladder {
            valid_from: on("2023-12-01"),
            source: "house rules".to_owned(),
            steps: steps.map(|(kind, days_overdue)| Step { kind, days_overdue }).to_vec(),
        }
    }

    /// 36 instalments of 277.78 from Saturday 31 January 2026, of which the first is partly paid.
    fn instalments() -> Vec<InstalmentState> {
        let plan = Plan::new(PlanTerms::interest_free(Money::from_euros(10_000), 36, on("2026-01-31"))).unwrap();
        let mut lines: Vec<InstalmentState> =
            plan.instalments().into_iter().map(|line| InstalmentState::claim(LineKind::Instalment, line)).collect();
        lines[0].open = Money::from_euros(100);
        lines
    }

    fn steps_on(day: &str) -> Vec<(u32, StepKind, u32)> {
        let due = steps_due(&instalments(), &ladder(), on(day));
        due.into_iter().map(|step| (step.instalment_number, step.kind, step.days_overdue)).collect()
    }

    #[test]
    fn days_count_from_the_monday_on_which_money_could_move() {
        assert_eq!(steps_on("2026-02-08"), []);
        assert_eq!(steps_on("2026-02-09"), [(1, StepKind::InternalSignal, 7)]);
        assert_eq!(steps_on("2026-02-12"), [(1, StepKind::InternalSignal, 10), (1, StepKind::FirstReminder, 10)]);
    }

    #[test]
    fn a_second_unpaid_instalment_starts_its_own_ladder() {
        assert_eq!(
            steps_on("2026-03-09"),
            [
                (1, StepKind::InternalSignal, 35),
                (1, StepKind::FirstReminder, 35),
                (1, StepKind::SecondLetter, 35),
                (2, StepKind::InternalSignal, 7),
            ]
        );
        let first = &steps_due(&instalments(), &ladder(), on("2026-02-12"))[1];
        assert_eq!((first.due_on, first.open), (on("2026-01-31"), Money::from_euros(100)));
    }

    #[test]
    fn what_is_settled_or_only_planned_reaches_no_step() {
        let mut lines = instalments();
        for line in &mut lines {
            line.open = Money::ZERO;
        }
        assert_eq!(steps_due(&lines, &ladder(), on("2030-01-01")), []);
    }

    #[test]
    fn a_reminder_gives_fourteen_days_after_it_can_have_arrived() {
        // E-mailed on a Monday: day 1 is Tuesday, day 14 the Monday two weeks on.
        assert_eq!(pay_before(on("2026-02-09"), Channel::Email), on("2026-02-23"));
        // Posted on a Monday: day 1 is Thursday, day 14 a Wednesday.
        assert_eq!(pay_before(on("2026-02-09"), Channel::Post), on("2026-02-25"));
        // Posted on Thursday before Easter: Friday, Tuesday, Wednesday are the working days after it.
        assert_eq!(pay_before(on("2026-04-02"), Channel::Post), on("2026-04-21"));
        // The last day is a Sunday: money moves on Monday.
        assert_eq!(pay_before(on("2026-02-15"), Channel::Email), on("2026-03-02"));
    }

    #[test]
    fn a_ladder_that_goes_back_or_starts_at_once_is_refused() {
        assert_eq!(ladder().check(), Ok(()));
        let mut wrong = ladder();
        wrong.steps[1].days_overdue = 7;
        assert_eq!(
            wrong.check().unwrap_err().to_string(),
            "step first_reminder at 7 days is not later than the step before it"
        );
        wrong.steps[0].days_overdue = 0;
        assert!(wrong.check().is_err());
        wrong.steps.clear();
        assert_eq!(wrong.check(), Err(InvalidLadder::Empty(on("2023-12-01"))));
    }

    #[test]
    fn the_ladder_in_force_is_the_latest_that_had_begun() {
        let later = Ladder { valid_from: on("2025-01-01"), ..ladder() };
        let both = [later.clone(), ladder()];
        assert_eq!(Ladder::in_force(&both, on("2025-01-01")), Some(&later));
        assert_eq!(Ladder::in_force(&both, on("2024-12-31")), Some(&ladder()));
        assert_eq!(Ladder::in_force(&both, on("2020-01-01")), None);
    }

    #[test]
    fn every_step_reads_back() {
        for step in StepKind::ALL {
            assert_eq!(step.code().parse(), Ok(step));
        }
    }
}
