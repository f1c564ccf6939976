//! Days on which money moves, and how dates step forward.
//!
//! A *banking day* here is a day that is not a Saturday, a Sunday, a Belgian legal holiday or a closing day
//! of TARGET, the Eurosystem's settlement service: on every other day a SEPA payment can be settled on a
//! Belgian account. Extra closing days of bank *branches* (the Friday after Ascension, by agreement of the
//! sector) do not stop payments and are therefore banking days.
//!
//! Sources: Royal Decree of 18 April 1974, art. 1 (the ten legal holidays of Belgium); decision of the ECB
//! on the long-term calendar for TARGET closing days of 14 December 2000 (from 2002 on).
//!
//! Nothing here fails: every function has an answer for every date, and a result beyond the last date that the
//! program can hold (31 December 262142) is that date.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Easter Sunday of a year of the Gregorian calendar, from 1583 on.
///
/// Source: the anonymous Gregorian computus (Nature, 20 April 1876; Meeus, *Astronomical Algorithms*, ch. 8).
pub fn easter_sunday(year: i32) -> NaiveDate {
    let lunar = year.rem_euclid(19);
    let (century, in_century) = (year.div_euclid(100), year.rem_euclid(100));
    let moon_shift = (century + 8) / 25;
    let solar = (century - moon_shift + 1) / 3;
    let epact = (19 * lunar + century - century / 4 - solar + 15).rem_euclid(30);
    let to_sunday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4).rem_euclid(7);
    let late = (lunar + 11 * epact + 22 * to_sunday) / 451;
    let days_after_february = epact + to_sunday - 7 * late + 114;
    let (month, day) = (days_after_february / 31, days_after_february % 31 + 1);
    ymd(year, month.unsigned_abs(), day.unsigned_abs())
}

/// True for one of the ten Belgian legal holidays: seven with a date, and Easter Monday, Ascension and Whit
/// Monday, 1, 39 and 50 days after Easter Sunday (Royal Decree of 18 April 1974, art. 1). A weekend is not one.
pub fn is_bank_holiday(day: NaiveDate) -> bool {
    let fixed = matches!((day.month(), day.day()), (1 | 5 | 11, 1) | (7, 21) | (8, 15) | (11, 11) | (12, 25));
    fixed || matches!(days_after_easter(day), 1 | 39 | 50)
}

/// True for a day on which TARGET is closed: weekends, 1 January, Good Friday, Easter Monday, 1 May, 25 and
/// 26 December (ECB, 14 December 2000). Applied to every year; 31 December 2001, closed once for the change
/// to euro coins, is not a rule.
pub fn is_target_closing_day(day: NaiveDate) -> bool {
    let fixed = matches!((day.month(), day.day()), (1 | 5, 1) | (12, 25 | 26));
    is_weekend(day) || fixed || matches!(days_after_easter(day), -2 | 1)
}

/// True for a day on which money can move to or from a Belgian account; see the module for the definition.
pub fn is_banking_day(day: NaiveDate) -> bool {
    !is_target_closing_day(day) && !is_bank_holiday(day)
}

/// The day itself when money can move on it, else the first banking day after it: a debtor whose due date is a
/// closing day pays in time on the next day on which it is possible (as Regulation 1182/71, art. 3(4), ends a
/// period on the next working day). Never more than four days later: from Good Friday
/// to the Tuesday after Easter, or from Christmas on a Thursday to the Monday after it.
pub fn next_banking_day(day: NaiveDate) -> NaiveDate {
    let mut candidate = day;
    while !is_banking_day(candidate) {
        let Some(next) = candidate.succ_opt() else { return candidate };
        candidate = next;
    }
    candidate
}

/// The `count`-th banking day after a day, in banking days; `add_banking_days(d, 0)` is [`next_banking_day`] of
/// `d`. The day itself is not counted (Regulation 1182/71, art. 3(1)).
pub fn add_banking_days(day: NaiveDate, count: u32) -> NaiveDate {
    nth_day_after(day, count, is_banking_day)
}

/// The `count`-th working day after a day, where a working day is Monday to Friday and not a legal holiday.
///
/// Book XIX of the Code of Economic Law counts in working days; leaving Saturdays out is the reading that
/// gives a debtor more time, and that of Regulation (EEC, Euratom) No 1182/71, art. 2(2). The day itself is not
/// counted (art. 3(1)).
pub fn add_working_days(day: NaiveDate, count: u32) -> NaiveDate {
    nth_day_after(day, count, |candidate| !is_weekend(candidate) && !is_bank_holiday(candidate))
}

/// A date some months later (or earlier), on the anchor day of that month, or on the last day of the month
/// where it is shorter. Because the anchor is given each time, 31 January → 28 February → 31 March.
///
/// `anchor_day` is the day of the contract, 1 to 31 (less counts as 1, more as 31).
///
/// Source: Regulation (EEC, Euratom) No 1182/71, art. 3(2)(c): a period in months or years ends on the same date
/// of the last month, or on the last day of that month where the date does not occur in it.
pub fn add_months(date: NaiveDate, months: i32, anchor_day: u32) -> NaiveDate {
    let count = i64::from(date.year()) * 12 + i64::from(date.month0()) + i64::from(months);
    let year = i32::try_from(count.div_euclid(12)).unwrap_or(i32::MAX);
    let month = u32::try_from(count.rem_euclid(12)).unwrap_or(0) + 1;
    day_in_month(year, month, anchor_day)
}

/// A date some years later (or earlier), 29 February becoming 28 February in a year without one (the same
/// article).
pub fn add_years(date: NaiveDate, years: i32) -> NaiveDate {
    add_months(date, years.saturating_mul(12), date.day())
}

/// The first date on or after a day that falls on the due day of a month, 1 to 31, or on the last day of a
/// month that is shorter, as [`add_months`] has it.
pub fn due_day_on_or_after(day: NaiveDate, due_day: u32) -> NaiveDate {
    let this_month = add_months(day, 0, due_day);
    if this_month >= day { this_month } else { add_months(day, 1, due_day) }
}

/// A number of calendar days later; the day itself is not counted (Regulation 1182/71, art. 3(1)).
pub fn add_days(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
}

fn nth_day_after(day: NaiveDate, count: u32, counts: impl Fn(NaiveDate) -> bool) -> NaiveDate {
    let mut candidate = day;
    let mut left = count;
    while left > 0 || !counts(candidate) {
        let Some(next) = candidate.succ_opt() else { return candidate };
        candidate = next;
        left = left.saturating_sub(u32::from(counts(candidate)));
    }
    candidate
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

fn days_after_easter(day: NaiveDate) -> i64 {
    (day - easter_sunday(day.year())).num_days()
}

fn day_in_month(year: i32, month: u32, anchor_day: u32) -> NaiveDate {
    (28..=anchor_day.clamp(1, 31))
        .rev()
        .chain(std::iter::once(anchor_day.clamp(1, 28)))
        .find_map(|day| NaiveDate::from_ymd_opt(year, month, day))
        .unwrap_or(NaiveDate::MAX)
}

fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn easter_falls_where_the_almanac_says() {
        // Astronomical Applications Department, U.S. Naval Observatory, “The Date of Easter”.
        for (year, month, day) in
            [(1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2038, 4, 25)]
        {
            assert_eq!(easter_sunday(year), ymd(year, month, day));
        }
    }

    #[test]
    fn the_closing_days_of_2026_are_the_published_ones() {
        let closed: Vec<String> = ymd(2026, 1, 1)
            .iter_days()
            .take(365)
            .filter(|day| !is_weekend(*day) && !is_banking_day(*day))
            .map(|day| day.format("%m-%d").to_string())
            .collect();
        // New year, Good Friday, Easter Monday, Labour Day, Ascension, Whit Monday, National Day, Armistice,
        // Christmas; Assumption, All Saints and 26 December fall in a weekend.
        assert_eq!(closed, ["01-01", "04-03", "04-06", "05-01", "05-14", "05-25", "07-21", "11-11", "12-25"]);
    }

    #[test]
    fn money_due_on_a_saturday_moves_on_monday() {
        assert_eq!(next_banking_day(ymd(2026, 1, 31)), ymd(2026, 2, 2));
        assert_eq!(next_banking_day(ymd(2026, 4, 3)), ymd(2026, 4, 7));
        assert_eq!(add_banking_days(ymd(2026, 4, 2), 1), ymd(2026, 4, 7));
        assert_eq!(add_banking_days(ymd(2026, 4, 4), 0), ymd(2026, 4, 7));
    }

    #[test]
    fn month_ends_remember_their_original_day() {
        let start = ymd(2026, 1, 31);
        assert_eq!(add_months(start, 1, 31), ymd(2026, 2, 28));
        assert_eq!(add_months(add_months(start, 1, 31), 1, 31), ymd(2026, 3, 31));
        assert_eq!(add_months(start, 25, 31), ymd(2028, 2, 29));
        assert_eq!(add_months(start, -2, 31), ymd(2025, 11, 30));
        assert_eq!(add_years(ymd(2024, 2, 29), 20), ymd(2044, 2, 29));
        assert_eq!(add_years(ymd(2024, 2, 29), 1), ymd(2025, 2, 28));
    }

    #[test]
    fn the_due_day_after_a_date_may_be_in_the_next_month() {
        assert_eq!(due_day_on_or_after(ymd(2026, 4, 10), 5), ymd(2026, 5, 5));
        assert_eq!(due_day_on_or_after(ymd(2026, 4, 5), 5), ymd(2026, 4, 5));
        assert_eq!(due_day_on_or_after(ymd(2026, 2, 10), 31), ymd(2026, 2, 28));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn a_banking_day_is_never_more_than_four_days_away(offset in 0_u32..40_000) {
            let day = add_days(ymd(1999, 1, 1), offset);
            let moved = next_banking_day(day);
            prop_assert!(is_banking_day(moved));
            prop_assert!((moved - day).num_days() <= 4);
        }

        #[test]
        fn stepping_months_one_by_one_equals_one_leap(offset in 0_u32..20_000, months in 0_i32..540, anchor in 1_u32..=31) {
            let start = add_months(add_days(ymd(1999, 1, 1), offset), 0, anchor);
            let stepped = (0..months).fold(start, |date, _| add_months(date, 1, anchor));
            prop_assert_eq!(stepped, add_months(start, months, anchor));
        }
    }
}
