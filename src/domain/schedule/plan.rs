//! What a contract says about repayment.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::super::money::Money;
use super::{DayCount, Frequency, Instalment, InvalidPlan, Method, PlanLine, Rate, Remainder, custom, regular};

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
    /// Due date of the first; grace moves it. Spread after a bullet: the day on which the bullet is due, and so
    /// is the first part.
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
    /// A plan at 0 % of a principal in euro, in equal monthly parts, the ordinary social loan; change a field for anything else.
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

/// A repayment plan that can be worked out: made by [`Plan::new`], [`Plan::with_grace`] or [`Plan::custom`] only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Regular { terms: PlanTerms, grace_months: u32 },
    Custom { principal: Money, lines: Vec<PlanLine> },
}

impl Plan {
    /// Checks the terms; each error names the field, its value and what would be right.
    pub fn new(terms: PlanTerms) -> Result<Self, InvalidPlan> {
        Self::with_grace(terms, 0)
    }

    /// A plan whose first instalment, and all others with it, falls a number of months after the first due date
    /// of the terms. At 0 % nothing is due in those months. At a rate their interest is due at the end of each,
    /// on a line without principal: the first of them ends one month after the day on which the first period
    /// of the terms starts, and so on the first due date itself when instalments are monthly.
    ///
    /// Checks the terms as [`new`](Self::new) does, and that grace and instalments end within 45 years.
    pub fn with_grace(terms: PlanTerms, grace_months: u32) -> Result<Self, InvalidPlan> {
        regular::check(&terms, grace_months)?;
        Ok(Self(Kind::Regular { terms, grace_months }))
    }

    /// A plan whose dates and amounts people agreed on, without interest: at most 540 lines, each of more than
    /// 0.00 euro, on dates that follow each other, that add up to the principal exactly. Each error names the
    /// line or the sum, its value and what would be right.
    pub fn custom(principal: Money, lines: Vec<PlanLine>) -> Result<Self, InvalidPlan> {
        custom::check(principal, &lines)?;
        Ok(Self(Kind::Custom { principal, lines }))
    }

    /// Works the plan out, one line per instalment, in the order of their dates. Amounts in euro.
    ///
    /// * *Linear*: each part is the principal divided by their number, rounded to the nearest cent, halves up;
    ///   the instalment named by [`Remainder`] takes what is left, up to half a cent times their number more
    ///   or less than the others (10,000.00 in 36: 35 × 277.78 and 277.70). Where rounding up would leave
    ///   nothing for it, the parts are rounded down.
    /// * *Annuity*: the constant total is the one whose present value is the principal, P·i ÷ (1 − (1 + i)⁻ⁿ) for
    ///   equal periods, rounded in the same way (P ÷ n at 0 %); the interest of each period is the balance before
    ///   it times its rate, rounded to the nearest cent; the instalment named by [`Remainder`] takes what is
    ///   left. With the remainder on the first, another instalment may differ by one cent, where rounded
    ///   interest leaves no other way; where the first would have to repay less than a cent, the last takes it.
    /// * *Bullet*: interest each period, principal with the last.
    /// * *Bullet, then spread*: as linear at 0 %, from the day on which the bullet is due.
    /// * *Custom*: the lines as agreed, without interest.
    ///
    /// The interest of a period is [`DayCount::accrued`] on the balance before it, from the due date before it up
    /// to its own, and from one period before the first. Under 30/360 a month between two due dates has 30 days
    /// also where a short month moved one of them, so i is the yearly rate times the months of a period ÷ 12.
    /// Under act/365 the days are those of the calendar and i differs by period; an annuity is then solved over
    /// all its periods, and an instalment is never less than the interest of its own (in a long month of a long
    /// loan at a high rate that can be more than the constant total).
    ///
    /// Dates: the due day of each month, or its last day where it is shorter ([`calendar::add_months`]).
    ///
    /// Source of the annuity: present value of an annuity-immediate (Kellison, *The Theory of Interest*, ch. 3).
    ///
    /// [`calendar::add_months`]: super::super::calendar::add_months
    pub fn instalments(&self) -> Vec<Instalment> {
        match &self.0 {
            Kind::Regular { terms, grace_months } => regular::instalments(terms, *grace_months),
            Kind::Custom { principal, lines } => custom::instalments(*principal, lines),
        }
    }
}
