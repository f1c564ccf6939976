//! A fund through the months, for a chart.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::super::calendar;
use super::super::ledger::{Account, FundingKind};
use super::super::money::Money;
use super::{FundFacts, FundingSource, Position};

/// What moved in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthMovement {
    /// Debits less credits of an account.
    Account(Account, Money),
    /// Commitments made, less those drawn and released.
    Committed(Money),
    /// What the source at this place of the list put into the fund.
    Received(usize, Money),
}

/// A fund at the end of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Month {
    /// The last day of the month, or the day of the question in its own month.
    pub on: NaiveDate,
    /// Where the fund stood.
    #[serde(flatten)]
    pub position: Position,
}

/// The position at the end of every month from the first movement to `until`. Movements carry any day of their
/// month; those after `until` must not be given.
pub fn series(sources: &[FundingSource], movements: &[(NaiveDate, MonthMovement)], until: NaiveDate) -> Vec<Month> {
    let Some(first) = movements.iter().map(|(day, _)| *day).min() else { return Vec::new() };
    let mut by_month: BTreeMap<(i32, u32), Vec<MonthMovement>> = BTreeMap::new();
    for (day, movement) in movements {
        by_month.entry((day.year(), day.month())).or_default().push(*movement);
    }
    let mut facts = FundFacts {
        on: until,
        balances: BTreeMap::new(),
        sources: sources.iter().map(|source| (source.clone(), Money::ZERO)).collect(),
        committed: Money::ZERO,
    };
    let mut months = Vec::new();
    let mut day = month_end(first);
    loop {
        for movement in by_month.remove(&(day.year(), day.month())).unwrap_or_default() {
            facts.add(movement);
        }
        facts.on = day.min(until);
        months.push(Month { on: facts.on, position: facts.position() });
        if day >= until {
            return months;
        }
        day = month_end(calendar::add_months(day, 1, 1));
    }
}

/// The last day of the month of a day.
fn month_end(day: NaiveDate) -> NaiveDate {
    calendar::add_months(day, 0, 31)
}

impl FundFacts {
    fn add(&mut self, movement: MonthMovement) {
        match movement {
            MonthMovement::Account(account, amount) => *self.balances.entry(account).or_default() += amount,
            MonthMovement::Committed(amount) => self.committed += amount,
            MonthMovement::Received(place, amount) => {
                if let Some((source, received)) = self.sources.get_mut(place)
                    && source.kind == FundingKind::CreditLine
                {
                    *received += amount;
                }
            }
        }
    }
}
