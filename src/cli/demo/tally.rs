//! What happened in each year, counted as it happens.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::domain::money::Money;

/// The years of the story.
#[derive(Debug, Default)]
pub(super) struct Tally {
    years: BTreeMap<i32, Year>,
}

/// One year.
#[derive(Debug, Clone, Default)]
pub(super) struct Year {
    pub(super) asked: u32,
    pub(super) approved: u32,
    pub(super) refused: u32,
    pub(super) withdrawn: u32,
    pub(super) signed: u32,
    pub(super) lent: Money,
    pub(super) works_finished: u32,
    pub(super) invoices: u32,
    pub(super) paid_to_contractors: Money,
    pub(super) repayments: usize,
    pub(super) repaid: Money,
    pub(super) collected: Money,
    pub(super) came_back: usize,
    pub(super) runs: u32,
    pub(super) passed_on: Money,
    pub(super) suspense: usize,
    pub(super) settled: u32,
    pub(super) reminders: u64,
    pub(super) statements: usize,
    pub(super) files: usize,
}

impl Tally {
    /// The year of a day, to count in.
    pub(super) fn of(&mut self, day: NaiveDate) -> &mut Year {
        self.years.entry(day.year()).or_default()
    }

    /// Every year in order.
    pub(super) fn years(&self) -> impl Iterator<Item = (i32, &Year)> {
        self.years.iter().map(|(year, counted)| (*year, counted))
    }

    /// All years together.
    pub(super) fn total<T: std::iter::Sum>(&self, count: impl Fn(&Year) -> T) -> T {
        self.years.values().map(count).sum()
    }
}
