//! Amounts, signs, dates and flags out of elements.

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use chrono_tz::Europe::Brussels;
use rust_decimal::Decimal;

use super::findings::{Findings, as_is, nothing, quoted};
use super::node::{Node, Spot};
use crate::domain::money::{InvalidMoney, Money};
use crate::domain::text::Text;
use crate::formats::bank::Place;

/// An amount in its currency, never negative: direction stands in `CdtDbtInd`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) money: Money,
    pub(super) currency: String,
}

/// The amount at a path; none, and a problem noted, when it is not one. None without a problem when there is no
/// such element.
pub(super) fn amount(spot: Spot<'_>, below: &str, findings: &mut Findings) -> Option<Amount> {
    let node = spot.node.find(below)?;
    let place = spot.place(below);
    let money = money(&node.text, &place, findings);
    let Some(currency) = node.currency.clone().filter(|currency| is_currency(currency)) else {
        let found = node.currency.as_deref().map_or_else(|| Text::new("camt-no-currency"), quoted);
        findings.refuse(place, found, Text::new("coda-three-letters"));
        return None;
    };
    Some(Amount { money: money?, currency })
}

/// An amount that must be there.
pub(super) fn required_amount(spot: Spot<'_>, below: &str, findings: &mut Findings) -> Option<Amount> {
    if spot.node.find(below).is_none() {
        findings.refuse(spot.place(below), nothing(), Text::new("camt-amount"));
    }
    amount(spot, below, findings)
}

/// An amount without a currency of its own (`Sum`, `CtrlSum`).
pub(super) fn plain_amount(spot: Spot<'_>, below: &str, findings: &mut Findings) -> Option<Money> {
    let node = spot.node.find(below)?;
    money(&node.text, &spot.place(below), findings)
}

fn money(text: &str, place: &Place, findings: &mut Findings) -> Option<Money> {
    let digits = text.chars().all(|sign| sign.is_ascii_digit() || sign == '.');
    let number = if digits && text.starts_with(|sign: char| sign.is_ascii_digit()) {
        Decimal::from_str_exact(text).ok()
    } else {
        None
    };
    let expected = match number.map(Money::exact) {
        Some(Ok(money)) => return Some(money),
        Some(Err(InvalidMoney::TooPrecise(_))) => Text::new("coda-whole-cents"),
        Some(Err(InvalidMoney::TooLarge(_))) => Text::new("camt-amount-not-so-large"),
        Some(Err(InvalidMoney::NotANumber(_))) | None => Text::new("camt-amount"),
    };
    findings.refuse(place.clone(), quoted(text), expected);
    None
}

fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether `CdtDbtInd` at a path says credit; none, and a problem noted, when it says neither.
pub(super) fn is_credit(spot: Spot<'_>, below: &str, findings: &mut Findings) -> Option<bool> {
    match spot.text(below) {
        Some("CRDT") => Some(true),
        Some("DBIT") => Some(false),
        other => {
            let found = other.map_or_else(nothing, quoted);
            findings.refuse(spot.place(below), found, Text::new("camt-credit-or-debit"));
            None
        }
    }
}

/// An amount with its sign, positive for credit.
pub(super) fn signed(money: Money, credit: bool) -> Money {
    if credit { money } else { -money }
}

/// The date at a path: as such, or in `Dt` or `DtTm` below it. None without a problem when there is none.
pub(super) fn date(spot: Spot<'_>, below: &str, findings: &mut Findings) -> Option<NaiveDate> {
    let text = text_of_date(spot.node.find(below)?)?;
    let date = date_of(text);
    if date.is_none() {
        findings.refuse(spot.place(below), quoted(text), Text::new("camt-date"));
    }
    date
}

fn text_of_date(node: &Node) -> Option<&str> {
    node.text_at_any(&["Dt", "DtTm"]).or(Some(node.text.as_str())).filter(|text| !text.is_empty())
}

/// `2026-10-16`, also with a zone behind it, which a date ignores; or a moment, whose day is the one in Brussels
/// when it has a zone and the one that is written when it has none.
fn date_of(text: &str) -> Option<NaiveDate> {
    if let Some((day, _)) = text.split_once('T') {
        if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
            return Some(moment.with_timezone(&Brussels).date_naive());
        }
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
        return day_of(day);
    }
    let (day, zone) = (text.get(..10)?, text.get(10..)?);
    let has_zone = zone.is_empty() || zone == "Z" || (zone.len() == 6 && zone.starts_with(['+', '-']));
    if has_zone { day_of(day) } else { None }
}

fn day_of(text: &str) -> Option<NaiveDate> {
    let shaped = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if shaped { NaiveDate::parse_from_str(text, "%Y-%m-%d").ok() } else { None }
}

/// A count at a path; none, and a problem noted, when it is no number.
pub(super) fn count(spot: Spot<'_>, below: &str, findings: &mut Findings) -> Option<usize> {
    let text = spot.text(below)?;
    let number = text.parse::<usize>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    if number.is_none() {
        findings.refuse(spot.place(below), quoted(text), Text::new("camt-count"));
    }
    number
}

/// A flag at a path; `false` when there is none.
pub(super) fn flag(spot: Spot<'_>, below: &str) -> bool {
    matches!(spot.text(below), Some("true" | "1"))
}

/// Compares a figure with what it must be; `why` is the sentence that says where that comes from.
pub(super) fn compare<T: PartialEq + ToString>(
    (spot, below): (Spot<'_>, &str),
    (found, right): (Option<T>, &T),
    why: impl FnOnce() -> Text,
    findings: &mut Findings,
) {
    if let Some(found) = found.filter(|found| found != right) {
        findings.refuse(spot.place(below), as_is(found), why());
    }
}
