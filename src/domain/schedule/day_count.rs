//! How days become a part of a year.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::super::money::Money;
use super::{Rate, UnknownWord};

/// How days become a part of a year for interest; a field of the contract.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DayCount {
    /// Every month has 30 days and the year 360, so a month is exactly one twelfth of the yearly rate
    /// (2006 ISDA Definitions, section 4.16(f), “30/360” or “Bond Basis”; usual for Belgian instalment credit).
    #[default]
    #[serde(rename = "30/360")]
    Thirty360,
    /// The days that passed, over a year of 365, in a leap year too (2006 ISDA Definitions, section 4.16(d),
    /// “Actual/365 (Fixed)”).
    #[serde(rename = "act/365")]
    Actual365,
}

impl DayCount {
    /// The code used in the database, in JSON and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Thirty360 => "30/360",
            Self::Actual365 => "act/365",
        }
    }

    /// The days of interest from a date up to, not including, another; 0 when the first is not the earlier.
    ///
    /// *30/360*: 360 × years + 30 × months + days between the two dates, where a 31st of the first date counts
    /// as its 30th, and a 31st of the second too when the first falls on a 30th or 31st (ISDA 2006, 4.16(f)).
    /// The end of February is not stretched to 30. *act/365*: the calendar days (4.16(d)).
    pub fn days(self, from: NaiveDate, to: NaiveDate) -> i64 {
        if from >= to {
            return 0;
        }
        match self {
            Self::Thirty360 => {
                let first = i64::from(from.day().min(30));
                let second = i64::from(if first == 30 { to.day().min(30) } else { to.day() });
                let months = i64::from(to.year() - from.year()) * 12 + i64::from(to.month()) - i64::from(from.month());
                30 * months + second - first
            }
            Self::Actual365 => (to - from).num_days(),
        }
    }

    /// [`days`](Self::days) as a part of a year, to the precision of a decimal: 1 for a whole year of 30/360.
    pub fn year_fraction(self, from: NaiveDate, to: NaiveDate) -> Decimal {
        Decimal::from(self.days(from, to)) / self.days_in_a_year()
    }

    /// The interest in euro on a balance in euro over the days from a date up to, not including, another:
    /// balance × rate × [`days`](Self::days) ÷ days in a year, multiplied out first and rounded once, to the
    /// nearest cent, halves up. 0.00 at 0 %, for a balance that is not owed (zero or less), and when `from` is
    /// not before `to`.
    ///
    /// Simple interest: within the period no interest is added to the balance.
    pub fn accrued(self, balance: Money, rate: Rate, from: NaiveDate, to: NaiveDate) -> Money {
        self.interest(balance, rate, self.days(from, to))
    }

    /// The interest in euro on a balance that changed within a period: `euro_days` is the sum of each balance times the
    /// [`days`](Self::days) it was owed. Rounded once, so that a period that is cut in two costs what it costs whole.
    pub fn accrued_on_euro_days(self, euro_days: Money, rate: Rate) -> Money {
        self.interest(euro_days, rate, 1)
    }

    /// The days of one period of a schedule, which runs from the due date before it (or one period before the
    /// first) up to its own: 30 for each month under 30/360, whatever days a short month made of the dates, so
    /// that equal periods bear equal interest; under act/365 the days between the dates.
    pub(super) fn period(self, months: u32, from: NaiveDate, to: NaiveDate) -> i64 {
        match self {
            Self::Thirty360 => 30 * i64::from(months),
            Self::Actual365 => self.days(from, to),
        }
    }

    /// The interest on a balance over a number of days as this rule counts them.
    pub(super) fn interest(self, balance: Money, rate: Rate, days: i64) -> Money {
        let exact = balance.or_zero().decimal() * rate.decimal() * Decimal::from(days);
        Money::round_half_up(exact / (self.days_in_a_year() * Decimal::ONE_HUNDRED))
    }

    /// What a number of days divides by to become years.
    pub(super) fn days_in_a_year(self) -> Decimal {
        Decimal::from(match self {
            Self::Thirty360 => 360,
            Self::Actual365 => 365,
        })
    }
}

impl std::str::FromStr for DayCount {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Thirty360, Self::Actual365].into_iter().find(|rule| rule.code() == text).ok_or_else(|| UnknownWord {
            field: "day count",
            value: text.to_owned(),
            choices: "30/360 or act/365",
        })
    }
}
