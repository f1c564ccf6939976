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
    },
    /// In one sum, without interest, at a date or at a trigger event before it.
    Bullet {
        /// For the emergency-buyer loan: 20 years after signature.
        matures_on: NaiveDate,
    },
    /// In one sum, without interest, when the house is sold or the owner dies.
    OnExit,
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
    /// Checks the contract as a whole; the error names the field, its value and what would be right.
    pub fn check(&self) -> Result<(), InvalidTerms> {
        if !self.principal.is_positive() {
            return Err(InvalidTerms::NoPrincipal(self.principal));
        }
        let (field, date) = match &self.repayment {
            Repayment::Instalments { first_due_on, .. } => ("first due date", *first_due_on),
            Repayment::Bullet { matures_on } => ("maturity date", *matures_on),
            Repayment::OnExit => return Ok(()),
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
        let Repayment::Instalments { count, frequency, due_day, method, annual_rate, remainder, .. } = self.repayment
        else {
            return match self.repayment {
                Repayment::Bullet { matures_on } => {
                    Plan::new(PlanTerms::interest_free(principal, 1, matures_on)).map(Some)
                }
                _ => Ok(None),
            };
        };
        let terms = PlanTerms {
            principal,
            method,
            instalments: count.min(u32::try_from(principal.cents()).unwrap_or(count)),
            frequency,
            first_due_on,
            due_day,
            annual_rate,
            remainder,
            day_count: DayCount::Thirty360,
        };
        Plan::new(terms).map(Some)
    }

    /// The yearly rate; zero for a loan without instalments.
    pub fn annual_rate(&self) -> Rate {
        match self.repayment {
            Repayment::Instalments { annual_rate, .. } => annual_rate,
            Repayment::Bullet { .. } | Repayment::OnExit => Rate::ZERO,
        }
    }
}
