//! Round amounts and first days, for the axes of a chart.

use chrono::{Datelike, NaiveDate};

/// A day on the axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tick {
    /// The first of a month.
    pub(super) day: NaiveDate,
    /// Said as a year; otherwise as a month.
    pub(super) year: bool,
}

/// Steps of 1, 2 and 5 times a power of ten, in cents, from a hundred euros on.
fn steps() -> impl Iterator<Item = i64> {
    (4..16).flat_map(|zeros| [1, 2, 5].map(|times| times * 10_i64.pow(zeros)))
}

/// The amounts of an axis, in cents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Amounts {
    /// Where the axis begins: zero, or a little below the lowest amount.
    pub(super) lowest: i64,
    /// Where it ends: the last of the round amounts.
    pub(super) highest: i64,
    /// Round amounts to say, zero among them: at most seven.
    pub(super) said: Vec<i64>,
}

/// An axis for all of these amounts.
pub(super) fn euros(amounts: impl Iterator<Item = i64>) -> Amounts {
    let (lowest, most) = amounts.fold((0, 1), |(low, high): (i64, i64), cents| (low.min(cents), high.max(cents)));
    let around = |step: i64| (-(lowest.abs() / step), most.div_euclid(step) + i64::from(most.rem_euclid(step) > 0));
    let step = steps().find(|step| {
        let (from, to) = around(*step);
        to - from <= 6
    });
    let step = step.unwrap_or(most);
    let (from, to) = around(step);
    let said: Vec<i64> = (from..=to).map(|times| times * step).collect();
    // An account that was short for a day does not take a whole step of room.
    let room = if lowest < 0 { step / 12 } else { 0 };
    Amounts { lowest: lowest - room, highest: to * step, said }
}

/// First days of years, or of months where the time is short: at most `most` of them.
pub(super) fn days(first: NaiveDate, last: NaiveDate, most: usize) -> Vec<Tick> {
    let months = (last.year() - first.year()) * 12 + i32::try_from(last.month()).unwrap_or(1)
        - i32::try_from(first.month()).unwrap_or(1);
    let candidates = [1, 2, 3, 6, 12, 24, 36, 60, 120];
    let year_from = if months > 20 { 12 } else { 1 };
    let most = i32::try_from(most).unwrap_or(i32::MAX).max(1);
    let step = candidates.into_iter().find(|step| *step >= year_from && months / step < most).unwrap_or(240);
    let mut ticks = Vec::new();
    for year in first.year()..=last.year() {
        for month in 1..=12 {
            let count = year * 12 + i32::try_from(month).unwrap_or(1) - 1;
            let day = NaiveDate::from_ymd_opt(year, month, 1);
            if let Some(day) = day.filter(|day| count % step == 0 && *day >= first && *day <= last) {
                ticks.push(Tick { day, year: step % 12 == 0 });
            }
        }
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn amounts_on_the_axis_are_round_hold_zero_and_reach_around_all() {
        let axis = euros([180_000_000, 2_500].into_iter());
        assert_eq!(axis.said, [0, 50_000_000, 100_000_000, 150_000_000, 200_000_000]);
        assert_eq!((axis.lowest, axis.highest), (0, 200_000_000));
        let below = euros([-1_200_000, 3_000_000].into_iter());
        assert_eq!(below.said, [-1_000_000, 0, 1_000_000, 2_000_000, 3_000_000]);
        assert!(below.lowest < -1_200_000);
        let a_little = euros([-1_000, 380_000_000].into_iter());
        assert_eq!(a_little.said[0], 0, "no step for a little");
        assert!(a_little.lowest < -1_000 && a_little.lowest > -20_000_000);
        assert_eq!(euros(std::iter::empty()).said, [0, 10_000]);
    }

    #[test]
    fn years_are_marked_over_years_and_months_over_months() {
        let years = days(day("2021-01-31"), day("2026-10-16"), 12);
        assert_eq!(years.len(), 5);
        assert!(years.iter().all(|tick| tick.year && tick.day.ordinal() == 1));
        let months = days(day("2026-01-31"), day("2026-10-16"), 12);
        assert_eq!(months.len(), 9);
        assert!(months.iter().all(|tick| !tick.year && tick.day.day() == 1));
        assert!(days(day("2021-01-31"), day("2026-10-16"), 4).len() <= 4);
    }
}
