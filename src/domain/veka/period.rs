//! The period of a report: a year or a quarter.

use std::fmt;
use std::str::FromStr;

use chrono::{Months, NaiveDate};

/// A calendar year (`2026`) or a quarter of it (`2026-Q3`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    year: i32,
    quarter: Option<u32>,
    from: NaiveDate,
    until: NaiveDate,
}

/// A text that names no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("period “{0}” is not one; write a year like 2026 or a quarter like 2026-Q3")]
pub struct InvalidPeriod(pub String);

impl Period {
    /// Its first day.
    pub fn from(self) -> NaiveDate {
        self.from
    }

    /// Its last day.
    pub fn until(self) -> NaiveDate {
        self.until
    }

    /// True for its first to its last day.
    pub fn holds(self, day: NaiveDate) -> bool {
        (self.from..=self.until).contains(&day)
    }
}

impl FromStr for Period {
    type Err = InvalidPeriod;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidPeriod(text.to_owned());
        let (year, quarter) = match text.split_once("-Q") {
            Some((year, quarter)) if quarter.len() == 1 => (year, Some(quarter.parse::<u32>().map_err(|_| invalid())?)),
            Some(_) => return Err(invalid()),
            None => (text, None),
        };
        if year.len() != 4
            || !year.bytes().all(|b| b.is_ascii_digit())
            || quarter.is_some_and(|q| !(1..=4).contains(&q))
        {
            return Err(invalid());
        }
        let year: i32 = year.parse().map_err(|_| invalid())?;
        let (month, months) = quarter.map_or((1, 12), |quarter| (quarter * 3 - 2, 3));
        let from = NaiveDate::from_ymd_opt(year, month, 1).ok_or_else(invalid)?;
        let until = (from + Months::new(months)).pred_opt().ok_or_else(invalid)?;
        Ok(Self { year, quarter, from, until })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.quarter {
            Some(quarter) => write!(f, "{}-Q{quarter}", self.year),
            None => write!(f, "{}", self.year),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_quarters_read_back_and_know_their_days() {
        for (text, from, until) in [
            ("2026", "2026-01-01", "2026-12-31"),
            ("2026-Q1", "2026-01-01", "2026-03-31"),
            ("2024-Q4", "2024-10-01", "2024-12-31"),
        ] {
            let period: Period = text.parse().unwrap_or_else(|error| panic!("{error}"));
            assert_eq!((period.from().to_string(), period.until().to_string()), (from.to_owned(), until.to_owned()));
            assert_eq!(period.to_string(), text);
        }
    }

    #[test]
    fn anything_else_is_told_what_would_be_right() {
        for text in ["26", "2026-Q5", "2026-Q0", "2026Q1", "2026-Q12", "2026-01", "", "+026"] {
            let sentence = text.parse::<Period>().map_err(|error| error.to_string());
            assert_eq!(
                sentence,
                Err(format!("period “{text}” is not one; write a year like 2026 or a quarter like 2026-Q3"))
            );
        }
    }
}
