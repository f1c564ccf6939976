//! Closed periods: what was told to funders about them stays as it was told. A new fact with a day in one is
//! refused; the correction of an earlier fact lands on the first open day, and says to which day it belongs.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::super::text::Text;

/// Where an entry lands in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Landing {
    /// The day it counts from; always open.
    pub effective_on: NaiveDate,
    /// The day it really belongs to, where that day is closed.
    pub belongs_on: Option<NaiveDate>,
}

/// A day on which nothing can be booked any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nothing can be booked on {effective_on} any more: everything through {closed_through} is closed")]
pub struct ClosedPeriod {
    /// The day that was asked.
    pub effective_on: NaiveDate,
    /// The last closed day, not before it.
    pub closed_through: NaiveDate,
}

impl ClosedPeriod {
    /// The sentence for people, with the code of the fund and the first open day.
    pub fn text(self, fund: &str) -> Text {
        Text::new("period-closed")
            .with("fund", fund)
            .with("on", self.effective_on)
            .with("open", first_open(self.closed_through))
    }
}

/// The first day on which entries can be booked, after everything through a day is closed.
pub fn first_open(closed_through: NaiveDate) -> NaiveDate {
    closed_through.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX)
}

/// Where the entry of a fact of a day lands, in a fund that is closed through a day or not closed at all.
///
/// In an open period it lands on its own day. In a closed one a new fact is refused, and the correction of an
/// earlier fact, or what follows from one, lands on the first open day.
///
/// # Errors
/// The day of a new fact is closed.
pub fn landing(
    effective_on: NaiveDate,
    closed_through: Option<NaiveDate>,
    is_correction: bool,
) -> Result<Landing, ClosedPeriod> {
    match closed_through.filter(|closed| effective_on <= *closed) {
        None => Ok(Landing { effective_on, belongs_on: None }),
        Some(closed) if is_correction => {
            Ok(Landing { effective_on: first_open(closed), belongs_on: Some(effective_on) })
        }
        Some(closed_through) => Err(ClosedPeriod { effective_on, closed_through }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn a_day_of_an_open_period_is_where_the_entry_lands() {
        let on = day("2026-01-01");
        for closed in [None, Some(day("2025-12-31"))] {
            for is_correction in [true, false] {
                let expected = Landing { effective_on: on, belongs_on: None };
                assert_eq!(landing(on, closed, is_correction), Ok(expected));
            }
        }
    }

    #[test]
    fn a_new_fact_of_a_closed_day_is_refused_up_to_and_including_the_last_one() {
        let closed = day("2025-12-31");
        for on in [day("2025-12-31"), day("2025-12-03"), day("2020-02-29")] {
            let refused = ClosedPeriod { effective_on: on, closed_through: closed };
            assert_eq!(landing(on, Some(closed), false), Err(refused));
        }
    }

    #[test]
    fn a_correction_of_a_closed_day_lands_on_the_first_open_one_and_keeps_its_own() {
        let landed = landing(day("2025-12-03"), Some(day("2025-12-31")), true);
        let expected = Landing { effective_on: day("2026-01-01"), belongs_on: Some(day("2025-12-03")) };
        assert_eq!(landed, Ok(expected));
        let leap = landing(day("2024-02-28"), Some(day("2024-02-28")), true);
        assert_eq!(leap.map(|landing| landing.effective_on), Ok(day("2024-02-29")));
    }

    #[test]
    fn the_refusal_names_the_day_the_fund_and_the_first_open_day() {
        let refused = ClosedPeriod { effective_on: day("2025-12-03"), closed_through: day("2025-12-31") };
        let expected =
            Text::new("period-closed").with("fund", "NKF").with("on", "2025-12-03").with("open", "2026-01-01");
        assert_eq!(refused.text("NKF"), expected);
    }
}
