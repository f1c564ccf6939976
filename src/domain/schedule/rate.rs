//! Yearly interest rates, exact.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A yearly interest rate in percent, from 0 to 100 with at most four decimals: `2.25` is two and a quarter
/// percent. Written in JSON as a string.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(Decimal);

/// Why a number or text is not a rate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRate {
    /// Not a decimal number.
    #[error("rate “{0}” is not a percentage; write it with a point, like 2.25")]
    NotANumber(String),
    /// Below 0 or above 100 percent.
    #[error("rate “{0}” is outside 0 to 100 percent")]
    OutOfRange(String),
    /// More than four decimals.
    #[error("rate “{0}” has more than four decimals")]
    TooPrecise(String),
}

impl Rate {
    /// No interest: the rate of the social loans.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// A rate from a percentage: 2.25 is two and a quarter percent a year. Refuses less than 0, more than 100 and
    /// a fifth decimal, naming the value.
    pub fn percent(percent: Decimal) -> Result<Self, InvalidRate> {
        if percent < Decimal::ZERO || percent > Decimal::ONE_HUNDRED {
            return Err(InvalidRate::OutOfRange(percent.to_string()));
        }
        if percent.normalize().scale() > 4 {
            return Err(InvalidRate::TooPrecise(percent.to_string()));
        }
        Ok(Self(percent.normalize()))
    }

    /// The rate in percent, as a decimal.
    pub fn decimal(self) -> Decimal {
        self.0
    }

    /// True for 0 %.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.to_string())
    }
}

impl FromStr for Rate {
    type Err = InvalidRate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            return Err(InvalidRate::NotANumber(text.to_owned()));
        }
        let percent: Decimal = text.parse().map_err(|_| InvalidRate::NotANumber(text.to_owned()))?;
        Self::percent(percent)
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
