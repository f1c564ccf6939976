//! Why terms or lines are not a plan.

use chrono::NaiveDate;

use super::super::money::Money;
use super::Rate;

/// Why terms are not a plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPlan {
    /// Nothing, or less, to repay.
    #[error("principal {0} is not more than 0.00")]
    NoPrincipal(Money),
    /// No instalment at all.
    #[error("instalments 0 is not a schedule; it must be at least 1")]
    NoInstalments,
    /// Runs for more than 45 years.
    #[error("instalments {count} {frequency} run for more than 45 years; at most {most}")]
    TooLong {
        /// How many were asked.
        count: u32,
        /// How often.
        frequency: &'static str,
        /// How many are possible.
        most: u32,
    },
    /// Runs for more than 45 years with its months of grace.
    #[error(
        "instalments {count} {frequency} after {grace_months} months of grace run for more than 45 years; at most \
         {most}"
    )]
    TooLongAfterGrace {
        /// How many were asked.
        count: u32,
        /// How often.
        frequency: &'static str,
        /// After how many months.
        grace_months: u32,
        /// How many are possible.
        most: u32,
    },
    /// So much grace that 45 years pass before an instalment.
    #[error("grace of {grace_months} months leaves no instalment within 45 years; it must be at most {most}")]
    Grace {
        /// How many months were asked.
        grace_months: u32,
        /// How many are possible.
        most: u32,
    },
    /// Interest on a sum that waits and is then spread.
    #[error("rate {0} does not fit method bullet_then_spread; a sum that waits and is then spread is at 0")]
    SpreadAtARate(Rate),
    /// Less than one cent of principal for each instalment.
    #[error("principal {principal} cannot be divided into {instalments} instalments of at least one cent")]
    LessThanACent {
        /// What is repaid.
        principal: Money,
        /// In how many parts.
        instalments: u32,
    },
    /// No such day in any month.
    #[error("due day {0} is not a day of a month; it must be 1 to 31")]
    DueDay(u32),
    /// The first due date and the due day contradict each other.
    #[error("first due date {first_due_on} does not fall on due day {due_day} of its month")]
    FirstDueDay {
        /// The first due date.
        first_due_on: NaiveDate,
        /// The due day.
        due_day: u32,
    },
    /// A year nobody lends in.
    #[error("first due date {0} is not between 1990 and 2199")]
    Year(NaiveDate),
    /// A custom plan of more lines than months in 45 years.
    #[error("plan has {count} lines; at most {most}")]
    TooManyLines {
        /// How many there are.
        count: usize,
        /// How many are possible.
        most: u32,
    },
    /// A line of a custom plan on which nothing is due.
    #[error("plan line {number} of {due_on}: amount {amount} is not more than 0.00")]
    LineAmount {
        /// 1 for the first line.
        number: u32,
        /// Its due date.
        due_on: NaiveDate,
        /// Its amount.
        amount: Money,
    },
    /// A line of a custom plan in a year nobody lends in.
    #[error("plan line {number}: due date {due_on} is not between 1990 and 2199")]
    LineYear {
        /// 1 for the first line.
        number: u32,
        /// Its due date.
        due_on: NaiveDate,
    },
    /// The lines of a custom plan do not follow each other.
    #[error("plan line {number}: due date {due_on} is not after {before}, the due date of the line before it")]
    LineOrder {
        /// 1 for the first line.
        number: u32,
        /// Its due date.
        due_on: NaiveDate,
        /// The due date of the line before it.
        before: NaiveDate,
    },
    /// The lines of a custom plan repay more or less than is owed.
    #[error("plan lines add up to {sum}; they must add up to the principal, {principal}")]
    LineSum {
        /// What they add up to.
        sum: Money,
        /// What is owed.
        principal: Money,
    },
}
