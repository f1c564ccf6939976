//! How large the demo is, and its first and last day.

use chrono::{Datelike, NaiveDate};

/// How large the demo is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scale {
    /// How many families ask.
    pub(super) families: u32,
    /// How many years the story takes, 1 to 6.
    pub(super) years: u32,
}

impl Scale {
    /// The first day of the story: a Thursday, a month after the first call of the Noodkoopfonds.
    pub(super) fn first_day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2020, 10, 1).unwrap_or_default()
    }

    /// The day on which the house is handed over.
    pub(super) fn last_day(self) -> NaiveDate {
        let first = Self::first_day();
        let year = first.year() + i32::try_from(self.years).unwrap_or(1);
        NaiveDate::from_ymd_opt(year, 9, 30).unwrap_or(first)
    }
}

/// The last day on which an energy loan could be asked.
pub(super) fn last_day_of_energy_loan() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 8, 31).unwrap_or_default()
}
