//! On which day money is collected, and until when a file may leave.
//!
//! Collections settle on TARGET days: a Belgian holiday on which TARGET is open is one. A day moves forward, never
//! back: nobody is collected from before the claim is due.

use chrono::{Datelike, NaiveDate};

use super::super::calendar::{add_days, add_months, is_target_closing_day};

/// The figures in force for collections (`rule_parameters`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Calendar days between the notice and the collection.
    pub notice_days: u32,
    /// TARGET days between the file and the collection.
    pub lead_days: u32,
    /// Calendar days before its due day from which a claim is announced.
    pub horizon_days: u32,
    /// Calendar days ahead of the earliest possible collection that one run takes.
    pub run_ahead_days: u32,
    /// Months without a collection after which a mandate has ended.
    pub idle_months: u32,
    /// Calendar days within which a debtor gets the money back without a reason.
    pub refund_days: u32,
}

/// The day on which a claim is collected that is announced today: its due day, or later where the notice or the bank
/// needs the time; always a TARGET day.
pub fn collection_day(due_on: NaiveDate, today: NaiveDate, terms: &Terms) -> NaiveDate {
    let noticed = add_days(today, terms.notice_days);
    next_target_day(due_on.max(noticed).max(earliest(today, terms)))
}

/// The day of the second try of a claim that came back for want of money: with the next instalment after the return,
/// which comes after a pay day, or where there is none a month after the first try; never before the notice allows.
pub fn retry_day(
    (collected_on, next_due_on): (NaiveDate, Option<NaiveDate>),
    today: NaiveDate,
    terms: &Terms,
) -> NaiveDate {
    let month_later = add_months(collected_on, 1, collected_on.day());
    collection_day(next_due_on.unwrap_or(month_later), today, terms)
}

/// The first day that a file sent today can collect on.
pub(super) fn earliest(today: NaiveDate, terms: &Terms) -> NaiveDate {
    let mut day = next_target_day(today);
    for _ in 0..terms.lead_days {
        day = next_target_day(day.succ_opt().unwrap_or(NaiveDate::MAX));
    }
    day
}

/// The last collection day that a run of today takes, when nobody asks for another.
pub fn last_of_run(today: NaiveDate, terms: &Terms) -> NaiveDate {
    add_days(earliest(today, terms), terms.run_ahead_days)
}

/// The last day on which a file may leave for a collection on a TARGET day.
pub fn send_by(collect_on: NaiveDate, terms: &Terms) -> NaiveDate {
    let mut day = collect_on;
    for _ in 0..terms.lead_days {
        day = target_day_before(day);
    }
    day
}

/// The day itself when TARGET is open, else the next day on which it is.
pub(super) fn next_target_day(day: NaiveDate) -> NaiveDate {
    let mut candidate = day;
    while is_target_closing_day(candidate) {
        let Some(next) = candidate.succ_opt() else { return candidate };
        candidate = next;
    }
    candidate
}

fn target_day_before(day: NaiveDate) -> NaiveDate {
    let mut candidate = day;
    loop {
        let Some(before) = candidate.pred_opt() else { return candidate };
        candidate = before;
        if !is_target_closing_day(candidate) {
            return candidate;
        }
    }
}
