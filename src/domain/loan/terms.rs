//! What the contract says.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::money::Money;
use super::super::product::Product;
use super::super::schedule::{DayCount, Frequency, InvalidPlan, Method, Plan, PlanTerms, Rate, Remainder};

/// A signed contract: frozen, whatever the rules become later. Amounts in euro.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoanTerms {
    /// The product.
    pub product: Product,
    /// The contract amount: the most that can be drawn.
    pub principal: Money,
    /// The day of signature (a date in Belgium).
    pub signed_on: NaiveDate,
    /// How it comes back.
    pub repayment: Repayment,
}

/// How a loan is repaid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Repayment {
    /// In instalments, claimed once draws are closed.
    Instalments {
        /// How many.
        count: u32,
        /// How often.
        frequency: Frequency,
        /// Day of the month, 1 to 31; shorter months use their last day.
        due_day: u32,
        /// The first due date as planned at signature; later draws may move it.
        first_due_on: NaiveDate,
        /// Linear or annuity.
        method: Method,
        /// Interest per year.
        annual_rate: Rate,
        /// Who carries the cents that do not divide.
        remainder: Remainder,
        /// How days count for interest.
        #[serde(default)]
        day_count: DayCount,
    },
    /// In one sum, without interest, at a date or at a trigger event before it.
    Bullet {
        /// For the emergency-buyer loan: 20 years after signature.
        matures_on: NaiveDate,
        /// The longest time, in months, over which the OCMW may spread what is due; 0 where the call knows no
        /// spreading (Noodkoopfonds, calls of 2020 and 2021).
        #[serde(default)]
        spread_months_max: u32,
    },
    /// In one sum, without interest, when the house is sold or the owner dies (*subsidieretentie*).
    OnExit {
        /// What the fund gets of a gain in value; none for a loan that only comes back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        gain: Option<GainShare>,
    },
}

/// The part of a gain in value that comes back with the principal, so that it serves the next family (the model of
/// Ghent, Dampoort `KnapT` OP). Amounts in euro.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GainShare {
    /// The share of the gain, in percent.
    pub share: Rate,
    /// The value of the dwelling before the works.
    pub value_before: Money,
    /// Who valued it, and when.
    pub valued_by: String,
    /// The most that the contract asks on top of the principal; none where it names no ceiling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Money>,
}

impl GainShare {
    /// What comes on top of the principal when the dwelling turns out to be worth `value_at_exit`: the share of the
    /// gain, rounded to the cent, halves up; nothing where there is no gain, so that never less than the principal
    /// comes back, and never more than the contract says.
    pub fn due(&self, value_at_exit: Money) -> Money {
        let gain = (value_at_exit - self.value_before).or_zero();
        let part = Money::round_half_up(gain.decimal() * self.share.decimal() / rust_decimal::Decimal::ONE_HUNDRED);
        self.at_most.map_or(part, |most| part.min(most))
    }
}

/// The rhythm of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pace {
    pub(super) frequency: Frequency,
    /// Day of the month, 1 to 31.
    pub(super) due_day: u32,
}

impl Pace {
    /// A due date some periods later, on the due day of its month.
    pub(super) fn later(self, due_on: NaiveDate, periods: u32) -> NaiveDate {
        let months = i32::try_from(self.frequency.months() * periods).unwrap_or(i32::MAX);
        super::super::calendar::add_months(due_on, months, self.due_day)
    }
}

/// Why terms are not a contract.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTerms {
    /// Nothing to lend.
    #[error("principal {0} is not more than 0.00")]
    NoPrincipal(Money),
    /// The instalments make no plan.
    #[error(transparent)]
    Plan(#[from] InvalidPlan),
    /// Due before it exists.
    #[error("{field} {date} is not after the signature on {signed_on}")]
    BeforeSignature {
        /// Which date.
        field: &'static str,
        /// Its value.
        date: NaiveDate,
        /// The day of signature.
        signed_on: NaiveDate,
    },
}

impl LoanTerms {
    /// Checks the contract as a whole. Amounts in euro, dates in Belgium.
    ///
    /// # Errors
    /// The first field that is wrong, its value and what would be right: a principal of 0.00 or less, a date not after
    /// the signature, instalments that make no plan.
    pub fn check(&self) -> Result<(), InvalidTerms> {
        if !self.principal.is_positive() {
            return Err(InvalidTerms::NoPrincipal(self.principal));
        }
        let (field, date) = match &self.repayment {
            Repayment::Instalments { first_due_on, .. } => ("first due date", *first_due_on),
            Repayment::Bullet { matures_on, .. } => ("maturity date", *matures_on),
            Repayment::OnExit { .. } => return Ok(()),
        };
        if date <= self.signed_on {
            return Err(InvalidTerms::BeforeSignature { field, date, signed_on: self.signed_on });
        }
        self.plan(self.principal, date)?;
        Ok(())
    }

    /// The plan of an amount from a first due date on; none for a loan without a date.
    ///
    /// A loan of fewer cents than instalments gets one instalment for each cent.
    pub(super) fn plan(&self, principal: Money, first_due_on: NaiveDate) -> Result<Option<Plan>, InvalidPlan> {
        match &self.repayment {
            Repayment::Bullet { matures_on, .. } => {
                Plan::new(PlanTerms::interest_free(principal, 1, *matures_on)).map(Some)
            }
            Repayment::OnExit { .. } => Ok(None),
            Repayment::Instalments { count, frequency, due_day, .. } => {
                let pace = Pace { frequency: *frequency, due_day: *due_day };
                self.plan_in(principal, *count, pace, first_due_on).map(Some)
            }
        }
    }

    /// The plan of an amount in so many instalments at another pace, with the method, the rate and the remainder rule
    /// of the contract.
    pub(super) fn plan_in(
        &self,
        principal: Money,
        count: u32,
        pace: Pace,
        first_due_on: NaiveDate,
    ) -> Result<Plan, InvalidPlan> {
        let (method, annual_rate, remainder, day_count) = match self.repayment {
            Repayment::Instalments { method, annual_rate, remainder, day_count, .. } => {
                (method, annual_rate, remainder, day_count)
            }
            Repayment::Bullet { .. } | Repayment::OnExit { .. } => {
                (Method::Linear, Rate::ZERO, Remainder::Last, DayCount::default())
            }
        };
        Plan::new(PlanTerms {
            principal,
            method,
            instalments: count.min(u32::try_from(principal.cents()).unwrap_or(count)),
            frequency: pace.frequency,
            first_due_on,
            due_day: pace.due_day,
            annual_rate,
            remainder,
            day_count,
        })
    }

    /// How often an instalment falls due, and on which day.
    pub(super) fn pace(&self) -> Pace {
        match self.repayment {
            Repayment::Instalments { frequency, due_day, .. } => Pace { frequency, due_day },
            Repayment::Bullet { matures_on, .. } => {
                Pace { frequency: Frequency::Monthly, due_day: chrono::Datelike::day(&matures_on) }
            }
            Repayment::OnExit { .. } => Pace { frequency: Frequency::Monthly, due_day: 1 },
        }
    }

    /// How days count for interest, as the contract says; 30/360 where it bears none.
    pub fn day_count(&self) -> DayCount {
        match self.repayment {
            Repayment::Instalments { day_count, .. } => day_count,
            Repayment::Bullet { .. } | Repayment::OnExit { .. } => DayCount::default(),
        }
    }

    /// The yearly rate in percent, fixed for life by the contract; zero for a loan without instalments.
    pub fn annual_rate(&self) -> Rate {
        match self.repayment {
            Repayment::Instalments { annual_rate, .. } => annual_rate,
            Repayment::Bullet { .. } | Repayment::OnExit { .. } => Rate::ZERO,
        }
    }
}
