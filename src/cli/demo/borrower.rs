//! How a borrower pays: from the schedule and the habit of the family to transfers on days.

use chrono::{Days, NaiveDate};

use super::bank::{Movement, OtherSide};
use super::dice::Dice;
use super::family::Habit;
use crate::domain::calendar::add_months;
use crate::domain::identity::Ogm;
use crate::domain::money::Money;
use crate::formats::coda::TextToWrite;

/// What a borrower owes on a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Due {
    /// First banking day on which it can be paid.
    pub(super) on: NaiveDate,
    /// How much.
    pub(super) amount: Money,
}

/// A borrower: who pays, with which reference, and what the story needs to know of the time.
#[derive(Debug)]
pub(super) struct Borrower<'a> {
    /// The family's own account.
    pub(super) account: &'a OtherSide,
    /// Who pays for several families.
    pub(super) budget_manager: &'a OtherSide,
    /// The reference of the loan.
    pub(super) reference: Ogm,
    /// The number of the loan.
    pub(super) number: &'a str,
    /// How they pay.
    pub(super) habit: Habit,
    /// The days between which the house collects by direct debit; the second is open where it goes on.
    pub(super) collected: Option<(NaiveDate, Option<NaiveDate>)>,
    /// The day the works ended.
    pub(super) from: NaiveDate,
    /// The last day of the story.
    pub(super) until: NaiveDate,
}

impl Borrower<'_> {
    /// Every transfer of this borrower from the end of the works until the end of the story.
    pub(super) fn transfers(&self, schedule: &[Due], dice: &mut Dice) -> Vec<(NaiveDate, Movement)> {
        if let Habit::PaysOff(months) = self.habit {
            return self.pays_off(schedule, months);
        }
        let by_itself = |due: &&Due| due.on <= self.until && !self.is_collected(due.on);
        let dues: Vec<&Due> = schedule.iter().filter(by_itself).collect();
        let mut transfers = Vec::new();
        for (at, due) in (0_u32..).zip(dues) {
            transfers.extend(self.for_due(at, due, dice));
        }
        transfers
    }

    fn is_collected(&self, on: NaiveDate) -> bool {
        self.collected.is_some_and(|(from, until)| on >= from && until.is_none_or(|until| on < until))
    }

    fn for_due(&self, at: u32, due: &Due, dice: &mut Dice) -> Vec<(NaiveDate, Movement)> {
        let Due { on, amount } = *due;
        match self.habit {
            Habit::Early(days) => vec![(on - Days::new(u64::from(days)), self.with_reference(amount))],
            Habit::Late(most) => {
                let late = if dice.percent(45) { dice.between(2, most) } else { 0 };
                vec![(on + Days::new(u64::from(late)), self.with_reference(amount))]
            }
            Habit::Halves(after) if (after..after + 3).contains(&at) => {
                let half = Money::from_cents(amount.cents() / 2);
                let later = add_months(on, 3, 12);
                vec![(on, self.with_reference(half)), (later, self.with_reference(amount - half))]
            }
            Habit::Stops(months) if on > add_months(self.until, -i32::try_from(months).unwrap_or(0), 1) => Vec::new(),
            Habit::Forgets if at % 7 == 4 => vec![(on, self.without_reference(amount, at))],
            Habit::Mistypes if at % 9 == 5 => vec![(on, self.mistyped(amount))],
            Habit::ByBudgetManager => {
                let movement = self.with_reference(amount).inside_total_of(self.budget_manager.clone());
                vec![(on, movement)]
            }
            _ => vec![(on, self.with_reference(amount))],
        }
    }

    /// Every instalment until that day, and then the rest at once.
    fn pays_off(&self, schedule: &[Due], months: u32) -> Vec<(NaiveDate, Movement)> {
        let last = add_months(self.from, i32::try_from(months).unwrap_or(0), 20);
        let (before, after): (Vec<&Due>, Vec<&Due>) = schedule.iter().partition(|due| due.on < last);
        let rest: Money = after.iter().map(|due| due.amount).sum();
        let mut transfers: Vec<(NaiveDate, Movement)> =
            before.into_iter().map(|due| (due.on, self.with_reference(due.amount))).collect();
        if rest.is_positive() {
            transfers.push((last, self.with_reference(rest)));
        }
        transfers.retain(|(on, _)| *on <= self.until);
        transfers
    }

    fn with_reference(&self, amount: Money) -> Movement {
        Movement::paid_in(amount, self.account.clone(), TextToWrite::Structured(self.reference))
    }

    /// Words as people write them: sometimes the number of the contract, sometimes nothing that helps.
    fn without_reference(&self, amount: Money, at: u32) -> Movement {
        let words = if at.is_multiple_of(2) {
            format!("afbetaling lening {}", self.number)
        } else {
            "maandelijkse afbetaling energielening".to_owned()
        };
        Movement::paid_in(amount, self.account.clone(), TextToWrite::Free(words))
    }

    /// The reference with two digits changed round: its check digits are wrong, so the bank sends it as words.
    fn mistyped(&self, amount: Money) -> Movement {
        let mut digits: Vec<char> = self.reference.canonical().chars().collect();
        if let Some(at) = (0..digits.len() - 1).rev().find(|at| digits[*at] != digits[at + 1]) {
            digits.swap(at, at + 1);
        }
        let part = |from: usize, to: usize| digits[from..to].iter().collect::<String>();
        let words = format!("+++{}/{}/{}+++", part(0, 3), part(3, 7), part(7, 12));
        Movement::paid_in(amount, self.account.clone(), TextToWrite::Free(words))
    }
}
