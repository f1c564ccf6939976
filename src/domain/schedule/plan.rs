//! What a contract says about repayment, checked.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::super::{calendar, money::Money};
use super::{DayCount, Frequency, Instalment, Method, PlanLine, Rate, Remainder, amounts, custom};

/// The longest schedule: 45 years, 20 of waiting and 25 of spreading (Noodkoopfonds, call of 2022).
pub(super) const LONGEST_MONTHS: u32 = 540;

/// The years in which an instalment can start.
pub(super) const LENDING_YEARS: std::ops::Range<i32> = 1990..2200;

/// The words of a repayment plan, not yet checked. Amount in euro.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanTerms {
    /// What is repaid.
    pub principal: Money,
    /// How it comes back.
    pub method: Method,
    /// Number of instalments.
    pub instalments: u32,
    /// Time between them.
    pub frequency: Frequency,
    /// Due date of the first.
    pub first_due_on: NaiveDate,
    /// Day of the month on which the others fall, 1 to 31; shorter months use their last day.
    pub due_day: u32,
    /// Interest per year.
    pub annual_rate: Rate,
    /// Who carries the cents that do not divide.
    pub remainder: Remainder,
    /// How days count for interest.
    pub day_count: DayCount,
}

impl PlanTerms {
    /// A plan at 0 % in equal monthly parts, the ordinary social loan; change a field for anything else.
    pub fn interest_free(principal: Money, instalments: u32, first_due_on: NaiveDate) -> Self {
        Self {
            principal,
            method: Method::Linear,
            instalments,
            frequency: Frequency::Monthly,
            first_due_on,
            due_day: first_due_on.day(),
            annual_rate: Rate::ZERO,
            remainder: Remainder::Last,
            day_count: DayCount::Thirty360,
        }
    }
}

/// A repayment plan that can be worked out: made by [`Plan::new`] or [`Plan::custom`] only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Regular(PlanTerms),
    Custom { principal: Money, lines: Vec<PlanLine> },
}

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

impl Plan {
    /// Checks the terms; each error names the field, its value and what would be right.
    pub fn new(terms: PlanTerms) -> Result<Self, InvalidPlan> {
        let most = LONGEST_MONTHS / terms.frequency.months();
        if !terms.principal.is_positive() {
            return Err(InvalidPlan::NoPrincipal(terms.principal));
        }
        if terms.instalments == 0 {
            return Err(InvalidPlan::NoInstalments);
        }
        if terms.instalments > most {
            let frequency = terms.frequency.code();
            return Err(InvalidPlan::TooLong { count: terms.instalments, frequency, most });
        }
        if terms.principal.cents() < i64::from(terms.instalments) {
            let PlanTerms { principal, instalments, .. } = terms;
            return Err(InvalidPlan::LessThanACent { principal, instalments });
        }
        if !(1..=31).contains(&terms.due_day) {
            return Err(InvalidPlan::DueDay(terms.due_day));
        }
        if !LENDING_YEARS.contains(&terms.first_due_on.year()) {
            return Err(InvalidPlan::Year(terms.first_due_on));
        }
        if calendar::add_months(terms.first_due_on, 0, terms.due_day) != terms.first_due_on {
            let PlanTerms { first_due_on, due_day, .. } = terms;
            return Err(InvalidPlan::FirstDueDay { first_due_on, due_day });
        }
        Ok(Self(Kind::Regular(terms)))
    }

    /// A plan whose dates and amounts people agreed on, without interest: at most 540 lines, each of more than
    /// 0.00 euro, on dates that follow each other, that add up to the principal exactly. Each error names the
    /// line or the sum, its value and what would be right.
    pub fn custom(principal: Money, lines: Vec<PlanLine>) -> Result<Self, InvalidPlan> {
        custom::check(principal, &lines)?;
        Ok(Self(Kind::Custom { principal, lines }))
    }

    /// Works the plan out, one line per instalment.
    ///
    /// * *Linear*: each part is the principal divided by their number, rounded to the nearest cent, halves up;
    ///   the instalment named by [`Remainder`] takes what is left, up to half a cent times their number more
    ///   or less than the others (10,000.00 in 36: 35 × 277.78 and 277.70). Where rounding up would leave
    ///   nothing for it, the parts are rounded down.
    /// * *Annuity*: the constant total is P·i ÷ (1 − (1 + i)⁻ⁿ), rounded in the same way (P ÷ n at 0 %); the
    ///   interest of each period is the balance before it times i, rounded to the nearest cent; the instalment
    ///   named by [`Remainder`] takes what is left. With the remainder on the first, another instalment may
    ///   differ by one cent, where rounded interest leaves no other way.
    /// * *Bullet*: interest each period, principal with the last.
    /// * *Custom*: the lines as agreed, without interest.
    ///
    /// i is the yearly rate times the months of a period ÷ 12 (30/360), for the first period too.
    pub fn instalments(&self) -> Vec<Instalment> {
        let terms = match &self.0 {
            Kind::Regular(terms) => terms,
            Kind::Custom { principal, lines } => return custom::instalments(*principal, lines),
        };
        let step = i32::try_from(terms.frequency.months()).unwrap_or(1);
        let mut balance = terms.principal;
        (0_i32..)
            .zip(1_u32..)
            .zip(amounts::parts(terms))
            .map(|((position, number), part)| {
                let due_on = if position == 0 {
                    terms.first_due_on
                } else {
                    calendar::add_months(terms.first_due_on, position * step, terms.due_day)
                };
                balance -= part.principal;
                Instalment {
                    number,
                    due_on,
                    payable_on: calendar::next_banking_day(due_on),
                    principal: part.principal,
                    interest: part.interest,
                    total: part.principal + part.interest,
                    balance,
                }
            })
            .collect()
    }
}
