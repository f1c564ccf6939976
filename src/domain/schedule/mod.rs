//! Repayment schedules: what is due when, to the cent.
//!
//! A [`Plan`] is what the contract says, or what people agreed on later; [`Plan::instalments`] works it out. The
//! principal parts add up to the principal exactly, whatever the method, the rate and the number of instalments,
//! and 0 % never divides by a rate. The rounding rules are in [`instalments`](self::Plan::instalments), those of
//! the days of interest in [`DayCount`].

mod amounts;
mod custom;
mod day_count;
mod invalid;
mod plan;
mod rate;
mod regular;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use custom::PlanLine;
pub use day_count::DayCount;
pub use invalid::InvalidPlan;
pub use plan::{Plan, PlanTerms};
pub use rate::{InvalidRate, Rate};

use super::money::Money;

/// How the principal comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Equal principal; interest on what is still owed.
    Linear,
    /// Equal totals; the interest part falls as the principal part grows.
    Annuity,
    /// Interest each period, the whole principal with the last instalment.
    Bullet,
    /// Nothing until a day, at 0 %; then equal principal from that day on (Noodkoopfonds, from 2022: what is due
    /// after 20 years may be spread over up to 25).
    BulletThenSpread,
}

/// How often an instalment is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// Every month.
    Monthly,
    /// Every three months.
    Quarterly,
    /// Every twelve months.
    Yearly,
}

/// Which instalment carries the cents that do not divide.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remainder {
    /// The last one.
    #[default]
    Last,
    /// The first one.
    First,
}

/// One line of a schedule. Amounts in euro; `balance` is the principal still owed after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instalment {
    /// 1 for the first.
    pub number: u32,
    /// The date of the contract.
    pub due_on: NaiveDate,
    /// The first day on or after `due_on` on which money can move.
    pub payable_on: NaiveDate,
    /// The part that repays the loan.
    pub principal: Money,
    /// The part that pays for it.
    pub interest: Money,
    /// Principal and interest together.
    pub total: Money,
    /// The principal owed after this instalment.
    pub balance: Money,
}

/// A word that names no method, frequency, remainder rule or day count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field} “{value}” does not exist; it is {choices}")]
pub struct UnknownWord {
    /// The field it was given for.
    pub field: &'static str,
    /// What was given.
    pub value: String,
    /// What there is.
    pub choices: &'static str,
}

impl Frequency {
    /// Months from one instalment to the next: 1, 3 or 12.
    pub fn months(self) -> u32 {
        match self {
            Self::Monthly => 1,
            Self::Quarterly => 3,
            Self::Yearly => 12,
        }
    }

    /// The code used in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Monthly => "monthly",
            Self::Quarterly => "quarterly",
            Self::Yearly => "yearly",
        }
    }
}

impl Method {
    /// Every method, in the order people list them.
    pub const ALL: [Self; 4] = [Self::Linear, Self::Annuity, Self::Bullet, Self::BulletThenSpread];

    /// The code used in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Annuity => "annuity",
            Self::Bullet => "bullet",
            Self::BulletThenSpread => "bullet_then_spread",
        }
    }
}

impl Remainder {
    /// The code used in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Last => "last",
            Self::First => "first",
        }
    }
}

impl std::str::FromStr for Method {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|method| method.code() == text).ok_or_else(|| UnknownWord {
            field: "method",
            value: text.to_owned(),
            choices: "linear, annuity, bullet or bullet_then_spread",
        })
    }
}

impl std::str::FromStr for Frequency {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Monthly, Self::Quarterly, Self::Yearly].into_iter().find(|word| word.code() == text).ok_or_else(|| {
            UnknownWord { field: "frequency", value: text.to_owned(), choices: "monthly, quarterly or yearly" }
        })
    }
}

impl std::str::FromStr for Remainder {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Last, Self::First].into_iter().find(|rule| rule.code() == text).ok_or_else(|| UnknownWord {
            field: "remainder",
            value: text.to_owned(),
            choices: "last or first",
        })
    }
}
