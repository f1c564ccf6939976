//! Days, amounts and numbers as people read them, per language.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::domain::money::Money;

/// The language a person is written to in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Dutch, the language of the house.
    #[default]
    Nl,
    /// English, for who asked for it.
    En,
}

const DUTCH_MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Language {
    /// The code of ISO 639-1: `nl`, `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
        }
    }

    /// A day in full: `4 december 2024`, `4 December 2024`.
    pub fn day(self, day: NaiveDate) -> String {
        let months = match self {
            Self::Nl => DUTCH_MONTHS,
            Self::En => ENGLISH_MONTHS,
        };
        let month = months.get(day.month0() as usize).copied().unwrap_or_default();
        format!("{} {month} {}", day.day(), day.year())
    }

    /// An amount with its sign, on one line: `€ 1.234,50`, `€1,234.50`.
    pub fn amount(self, amount: Money) -> String {
        let dutch = amount.to_dutch();
        match self {
            // A no-break space: an amount is never torn from its sign.
            Self::Nl => format!("€\u{a0}{dutch}"),
            Self::En => {
                let swapped = dutch.chars().map(|c| match c {
                    '.' => ',',
                    ',' => '.',
                    other => other,
                });
                format!("€{}", swapped.collect::<String>())
            }
        }
    }
}

/// An IBAN in groups of four, as printed on a bank card: `BE68 5390 0754 7034`.
pub(super) fn grouped_iban(iban: &str) -> String {
    let bare: Vec<char> = iban.chars().filter(|c| !c.is_whitespace()).collect();
    bare.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_in_full_in_each_language() {
        let day = NaiveDate::from_ymd_opt(2024, 3, 1).unwrap_or_default();
        assert_eq!(Language::Nl.day(day), "1 maart 2024");
        assert_eq!(Language::En.day(day), "1 March 2024");
    }

    #[test]
    fn an_amount_is_written_as_the_reader_writes_it() {
        let amount = Money::from_cents(1_234_550);
        assert_eq!(Language::Nl.amount(amount), "€\u{a0}12.345,50");
        assert_eq!(Language::En.amount(amount), "€12,345.50");
    }

    #[test]
    fn an_iban_is_written_in_groups_of_four() {
        assert_eq!(grouped_iban("BE68539007547034"), "BE68 5390 0754 7034");
        assert_eq!(grouped_iban("BE68 5390 0754 7034"), "BE68 5390 0754 7034");
    }
}
