//! What the options of a schedule say, each error in one sentence.

use std::fmt::Display;
use std::str::FromStr;

use chrono::NaiveDate;

use super::Failure;

/// The value of an option that this schedule cannot do without.
pub(super) fn needed<'a>(option: &str, right: &str, value: Option<&'a str>) -> Result<&'a str, Failure> {
    value.ok_or_else(|| Failure::Input(format!("{option} is missing; give --{option} with {right}")))
}

/// A date of the calendar.
pub(super) fn date(option: &str, text: &str) -> Result<NaiveDate, Failure> {
    read_date(text).ok_or_else(|| Failure::Input(format!("{option} “{text}” is not a date; write it as 2026-01-31")))
}

/// A date written in full, `2026-01-31`; none for anything else.
pub(super) fn read_date(text: &str) -> Option<NaiveDate> {
    text.parse().ok().filter(|date: &NaiveDate| date.to_string() == text)
}

/// A count, in digits only.
pub(super) fn number(option: &str, least: &str, text: &str) -> Result<u32, Failure> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|_| digits)
        .ok_or_else(|| Failure::Input(format!("{option} “{text}” is not a whole number from {least} to 540")))
}

/// A word whose error names its own field, or the one that holds when none is given.
pub(super) fn word<T: FromStr<Err = E>, E: Display>(usual: &str, value: Option<&str>) -> Result<T, Failure> {
    value.unwrap_or(usual).parse().map_err(Failure::input)
}
