//! Amounts of money in euro, exact to the cent.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An amount in euro with exactly two decimals, positive or negative.
///
/// Stored as `NUMERIC(14,2)`, written in JSON as a string with two decimals (`"1234.50"`), never a float.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(Decimal);

/// Why a text or number is not an amount of money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidMoney {
    /// Not a decimal number at all.
    #[error("“{0}” is not an amount; write euros and cents with a point, like 1234.50")]
    NotANumber(String),
    /// More than two decimals: money is never rounded in silence.
    #[error("“{0}” has more than two decimals; write euros and cents, like 1234.50")]
    TooPrecise(String),
    /// Outside what `NUMERIC(14,2)` holds.
    #[error("“{0}” is larger than 999,999,999,999.99")]
    TooLarge(String),
}

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// An amount from whole cents: `from_cents(1234)` is 12.34.
    pub fn from_cents(cents: i64) -> Self {
        Self(Decimal::new(cents, 2))
    }

    /// An amount from whole euros: `from_euros(25_000)` is 25,000.00.
    pub fn from_euros(euros: i64) -> Self {
        Self(Decimal::from(euros))
    }

    /// The amount in whole cents.
    pub fn cents(self) -> i64 {
        // The constructors keep the amount below 10^12 euro, so its cents always fit.
        (self.0 * Decimal::ONE_HUNDRED).to_i64().unwrap_or(i64::MAX)
    }

    /// An exact decimal as money; refuses a third decimal rather than rounding it away.
    pub fn exact(amount: Decimal) -> Result<Self, InvalidMoney> {
        if amount.normalize().scale() > 2 {
            return Err(InvalidMoney::TooPrecise(amount.to_string()));
        }
        if amount.abs() >= Decimal::from(1_000_000_000_000_i64) {
            return Err(InvalidMoney::TooLarge(amount.to_string()));
        }
        Ok(Self(amount.normalize()))
    }

    /// A calculated amount, rounded to the nearest cent, halves away from zero (commercial rounding, the
    /// habit of Belgian banks and of the Civil Code's practice).
    pub fn round_half_up(amount: Decimal) -> Self {
        Self(amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
    }

    /// A calculated amount, cut down to the cent below (towards zero).
    pub fn round_down(amount: Decimal) -> Self {
        Self(amount.round_dp_with_strategy(2, RoundingStrategy::ToZero))
    }

    /// The amount as a decimal, in euro.
    pub fn decimal(self) -> Decimal {
        self.0
    }

    /// True for 0.00.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// True for more than 0.00.
    pub fn is_positive(self) -> bool {
        self.0 > Decimal::ZERO
    }

    /// True for less than 0.00.
    pub fn is_negative(self) -> bool {
        self.0 < Decimal::ZERO
    }

    /// The amount without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// The amount, or 0.00 when it is negative.
    #[must_use]
    pub fn or_zero(self) -> Self {
        self.max(Self::ZERO)
    }

    /// Divides the amount by weights so that the parts add up to it exactly. Cents that do not divide go
    /// to the parts that lost most by rounding down, the earlier one first (largest remainder).
    ///
    /// All weights zero, or none: an empty result.
    pub fn split(self, weights: &[u64]) -> Vec<Self> {
        let total: u128 = weights.iter().map(|w| u128::from(*w)).sum();
        if total == 0 {
            return Vec::new();
        }
        let cents = i128::from(self.abs().cents());
        let mut parts: Vec<i128> = Vec::with_capacity(weights.len());
        let mut lost: Vec<(u128, usize)> = Vec::with_capacity(weights.len());
        for (position, weight) in weights.iter().enumerate() {
            let share = cents.unsigned_abs() * u128::from(*weight);
            parts.push(i128::try_from(share / total).unwrap_or(0));
            lost.push((share % total, position));
        }
        let mut left = cents - parts.iter().sum::<i128>();
        lost.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, position) in lost {
            if left == 0 {
                break;
            }
            parts[position] += 1;
            left -= 1;
        }
        let sign = if self.is_negative() { -1 } else { 1 };
        parts.into_iter().map(|part| Self::from_cents(i64::try_from(part).unwrap_or(0) * sign)).collect()
    }

    /// The amount as a Fleming writes it: `1.234,50`.
    pub fn to_dutch(self) -> String {
        let plain = self.to_string();
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
        let (euros, cents) = digits.split_once('.').unwrap_or((digits, "00"));
        let mut grouped = String::new();
        for (position, digit) in euros.chars().enumerate() {
            if position > 0 && (euros.len() - position) % 3 == 0 {
                grouped.push('.');
            }
            grouped.push(digit);
        }
        format!("{sign}{grouped},{cents}")
    }

    /// Reads what a person types on a form: `1.234,50`, `1234,5`, `1 234.50` or `1234`.
    pub fn parse_typed(text: &str) -> Result<Self, InvalidMoney> {
        let bare: String = text.trim().trim_start_matches('€').chars().filter(|c| !c.is_whitespace()).collect();
        let machine = match (bare.rfind(','), bare.rfind('.')) {
            (Some(comma), Some(point)) if comma > point => bare.replace('.', "").replace(',', "."),
            (Some(_), Some(_)) => bare.replace(',', ""),
            (Some(_), None) => bare.replace(',', "."),
            // One point with three digits after it is twelve thousand to a person and twelve to a program: it
            // stays as it is and is refused for its third decimal. Two points can only be thousands.
            (None, Some(_)) if bare.matches('.').count() > 1 => bare.replace('.', ""),
            _ => bare,
        };
        machine.parse().map_err(|error| match error {
            InvalidMoney::NotANumber(_) => InvalidMoney::NotANumber(text.to_owned()),
            other => other,
        })
    }
}

impl FromStr for Money {
    type Err = InvalidMoney;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let plain = !digits.is_empty()
            && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && digits.bytes().filter(|b| *b == b'.').count() <= 1
            && digits.bytes().next().is_some_and(|b| b.is_ascii_digit())
            && digits.bytes().last().is_some_and(|b| b.is_ascii_digit());
        if !plain {
            return Err(InvalidMoney::NotANumber(text.to_owned()));
        }
        let amount: Decimal = text.parse().map_err(|_| InvalidMoney::TooLarge(text.to_owned()))?;
        Self::exact(amount).map_err(|error| match error {
            InvalidMoney::TooPrecise(_) => InvalidMoney::TooPrecise(text.to_owned()),
            other => other,
        })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut amount = self.0;
        amount.rescale(2);
        // pad() honours width and alignment, which columns on a terminal need.
        f.pad(&if amount.is_zero() { "0.00".to_owned() } else { amount.to_string() })
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "€{self}")
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl<'a> Sum<&'a Self> for Money {
    fn sum<I: Iterator<Item = &'a Self>>(amounts: I) -> Self {
        amounts.copied().sum()
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
