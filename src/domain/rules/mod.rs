//! Dated figures: what the rules of a product said on a day, with the source of each.
//!
//! A figure holds from its day until the day of the next row of the same product and key. The rows are data
//! (`rule_parameters`); this module reads them for a date and finds what is wrong with them.

mod catalogue;
mod check;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use super::money::Money;
use super::product::Product;

pub use catalogue::{KEYS, Key};
pub use check::{Problem, Trouble, check};

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Euro, two decimals.
    Euro,
    /// Per cent.
    Percent,
    /// Calendar months.
    Months,
    /// Years.
    Years,
    /// Calendar days.
    Days,
    /// A number of things.
    Count,
    /// 1 for yes, 0 for no.
    YesNo,
}

/// A text that names no unit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a unit; use euro, percent, months, years, days, count or yes_no")]
pub struct UnknownUnit(pub String);

impl Unit {
    const ALL: [Self; 7] = [Self::Euro, Self::Percent, Self::Months, Self::Years, Self::Days, Self::Count, Self::YesNo];

    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Euro => "euro",
            Self::Percent => "percent",
            Self::Months => "months",
            Self::Years => "years",
            Self::Days => "days",
            Self::Count => "count",
            Self::YesNo => "yes_no",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for Unit {
    type Err = UnknownUnit;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|unit| unit.code() == text).ok_or_else(|| UnknownUnit(text.to_owned()))
    }
}

/// One row of `rule_parameters`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterRow {
    /// The product; none: every product (`any`).
    pub product: Option<Product>,
    /// Name of the figure.
    pub key: String,
    /// First day on which it holds.
    pub valid_from: NaiveDate,
    /// The figure; none: from this day on there is no such figure.
    pub value: Option<Decimal>,
    /// What it counts.
    pub unit: Unit,
    /// Where it was read, in English.
    pub source: String,
    /// Where it was read, in Dutch.
    pub source_nl: String,
    /// False: inferred, nobody has confirmed it yet.
    pub confirmed: bool,
}

/// A figure in force on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Its name.
    pub key: String,
    /// The figure, as a string in JSON.
    pub value: Decimal,
    /// What it counts.
    pub unit: Unit,
    /// First day on which it holds.
    pub valid_from: NaiveDate,
    /// Where it was read, in English.
    pub source: String,
    /// Where it was read, in Dutch; empty where the figure was kept before the house knew both.
    #[serde(default)]
    pub source_nl: String,
    /// False: inferred, nobody has confirmed it yet.
    pub confirmed: bool,
}

impl Figure {
    /// The figure as an amount; a third decimal is rounded to the cent.
    pub fn money(&self) -> Money {
        Money::round_half_up(self.value)
    }

    /// The figure as a whole number of its unit; below zero reads as zero.
    pub fn whole(&self) -> u32 {
        self.value.to_u32().unwrap_or_default()
    }

    /// True for yes.
    pub fn is_yes(&self) -> bool {
        !self.value.is_zero()
    }
}

impl fmt::Display for Figure {
    /// The bare figure in a neutral form: `50000.00` for euro, otherwise without needless zeros.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.unit {
            Unit::Euro => self.money().fmt(f),
            _ => f.pad(&self.value.normalize().to_string()),
        }
    }
}

/// Every figure of the house, of every product and day.
#[derive(Debug, Clone, Default)]
pub struct RuleBook(Vec<ParameterRow>);

impl RuleBook {
    /// A rule book of these rows, in any order.
    pub fn new(mut rows: Vec<ParameterRow>) -> Self {
        rows.sort_by(|a, b| (a.product, &a.key, a.valid_from).cmp(&(b.product, &b.key, b.valid_from)));
        Self(rows)
    }

    /// All rows, by product, key and day; those of every product first.
    pub fn rows(&self) -> &[ParameterRow] {
        &self.0
    }

    /// What the rules of a product said on a day. A figure of the product hides one of every product.
    pub fn at(&self, product: Product, on: NaiveDate) -> Parameters {
        let mut figures = BTreeMap::new();
        for scope in [None, Some(product)] {
            for row in self.0.iter().filter(|row| row.product == scope && row.valid_from <= on) {
                match row.value {
                    Some(value) => figures.insert(row.key.clone(), figure(row, value)),
                    None => figures.remove(&row.key),
                };
            }
        }
        Parameters { product, on, figures }
    }

    /// Every figure in force on a day, with its product; none: of every product.
    pub fn in_force(&self, on: NaiveDate) -> Vec<(Option<Product>, Figure)> {
        let mut latest: BTreeMap<(Option<Product>, &str), &ParameterRow> = BTreeMap::new();
        for row in self.0.iter().filter(|row| row.valid_from <= on) {
            latest.insert((row.product, &row.key), row);
        }
        latest.into_values().filter_map(|row| row.value.map(|value| (row.product, figure(row, value)))).collect()
    }
}

fn figure(row: &ParameterRow, value: Decimal) -> Figure {
    Figure {
        key: row.key.clone(),
        value: value.normalize(),
        unit: row.unit,
        valid_from: row.valid_from,
        source: row.source.clone(),
        source_nl: row.source_nl.clone(),
        confirmed: row.confirmed,
    }
}

/// What the rules of one product said on one day.
#[derive(Debug, Clone)]
pub struct Parameters {
    /// The product.
    pub product: Product,
    /// The day.
    pub on: NaiveDate,
    figures: BTreeMap<String, Figure>,
}

/// A figure that a rule needs and that no row gives.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the rules of {product} have no figure “{key}” on {on}; add it to rule_parameters with its source")]
pub struct MissingFigure {
    /// Of which product.
    pub product: Product,
    /// Its name.
    pub key: String,
    /// On which day.
    pub on: NaiveDate,
}

impl Parameters {
    /// The figure of this name, when there is one on this day.
    pub fn get(&self, key: &str) -> Option<&Figure> {
        self.figures.get(key)
    }

    /// The figure of this name, or which one is missing.
    pub fn need(&self, key: &str) -> Result<&Figure, MissingFigure> {
        self.get(key).ok_or_else(|| MissingFigure { product: self.product, key: key.to_owned(), on: self.on })
    }

    /// Whether a yes-or-no figure says yes; absent is no.
    pub fn says_yes(&self, key: &str) -> bool {
        self.get(key).is_some_and(Figure::is_yes)
    }
}
