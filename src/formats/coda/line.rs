//! One record of 128 positions, and the fields that can be cut out of it.

use chrono::NaiveDate;

use super::encoding::TextLine;
use super::problem::{Findings, Place, UNKNOWN, one_of, quoted};
use crate::domain::money::Money;
use crate::domain::text::Text;

/// A line whose length and signs were checked. Positions are counted from 1, as the standard does.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) place: Place,
    signs: Vec<char>,
}

/// A field: its name, its first position and its length.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field(pub(super) &'static str, pub(super) usize, pub(super) usize);

/// The name of the record that these signs start with, or none when CODA knows no such record.
pub(super) fn record_name(signs: &[char]) -> Option<&'static str> {
    match (signs.first()?, signs.get(1)) {
        ('0', _) => Some("0"),
        ('1', _) => Some("1"),
        ('2', Some('1')) => Some("2.1"),
        ('2', Some('2')) => Some("2.2"),
        ('2', Some('3')) => Some("2.3"),
        ('3', Some('1')) => Some("3.1"),
        ('3', Some('2')) => Some("3.2"),
        ('3', Some('3')) => Some("3.3"),
        ('4', _) => Some("4"),
        ('8', _) => Some("8"),
        ('9', _) => Some("9"),
        _ => None,
    }
}

impl Line {
    /// The line as a record; none (and a problem noted) when its length or its signs are wrong.
    pub(super) fn check(text: &TextLine, findings: &mut Findings) -> Option<Self> {
        let record = record_name(&text.signs);
        let place = Place { line: text.number, record: record.unwrap_or(UNKNOWN) };
        let mut signs = text.signs.clone();
        // Seen in the wild: a trailer that stops after the credit sum. All that counts is there.
        if record == Some("9") && (52..128).contains(&signs.len()) && signs[52..].iter().all(|sign| *sign == ' ') {
            findings.remark(place, "length", (positions(signs.len()), positions(128)));
            signs.resize(128, ' ');
        }
        if signs.len() != 128 {
            findings.refuse(place, "length", (positions(signs.len()), positions(128)));
            return None;
        }
        if let Some(position) = signs.iter().position(|sign| sign.is_control() || *sign == '\u{fffd}') {
            let code = format!("U+{:04X}", signs[position] as u32);
            let found = Text::new("coda-control-character").with("code", code).with("position", position + 1);
            findings.refuse(place, "text", (found, Text::new("coda-printable-only")));
            return None;
        }
        if record.is_none() {
            let start: String = signs.iter().take(2).collect();
            findings.refuse(place, "identification", (quoted(&start), Text::new("coda-known-record")));
            return None;
        }
        Some(Self { place, signs })
    }

    /// The signs of a field, as they stand there.
    pub(super) fn raw(&self, Field(_, first, length): Field) -> String {
        self.signs.iter().skip(first - 1).take(length).collect()
    }

    /// The text of a field without blanks on either side.
    pub(super) fn text(&self, field: Field) -> String {
        self.raw(field).trim().to_owned()
    }

    /// The text of a field, or none when it is blank.
    pub(super) fn optional(&self, field: Field) -> Option<String> {
        Some(self.text(field)).filter(|text| !text.is_empty())
    }

    /// A field of digits as a number.
    pub(super) fn number(&self, field: Field, findings: &mut Findings) -> Option<u64> {
        let text = self.raw(field);
        let number = digits(&text);
        if number.is_none() {
            findings.refuse(self.place, field.0, (quoted(&text), Text::new("coda-digits").with("count", field.2)));
        }
        number
    }

    /// A code of one digit, where a blank counts as 0.
    pub(super) fn code(&self, field: Field, allowed: &[u8], findings: &mut Findings) -> Option<u8> {
        let text = self.raw(field);
        let code = if text == " " { Some(0) } else { text.parse::<u8>().ok() };
        let code = code.filter(|code| allowed.contains(code));
        if code.is_none() {
            findings.refuse(self.place, field.0, (quoted(&text), one_of(allowed)));
        }
        code
    }

    /// A date DDMMYY in this century. `000000` and blanks are no date.
    pub(super) fn date(&self, field: Field, findings: &mut Findings) -> Option<NaiveDate> {
        let text = self.raw(field);
        if text == "000000" || text.trim().is_empty() {
            return None;
        }
        let date = date(&text);
        if date.is_none() {
            findings.refuse(self.place, field.0, (quoted(&text), Text::new("coda-date")));
        }
        date
    }

    /// A date that must be there.
    pub(super) fn required_date(&self, field: Field, findings: &mut Findings) -> Option<NaiveDate> {
        let before = findings.problems.len();
        let date = self.date(field, findings);
        if date.is_none() && findings.problems.len() == before {
            findings.refuse(self.place, field.0, (quoted(&self.raw(field)), Text::new("coda-date")));
        }
        date
    }

    /// An amount of 15 digits, three of them decimals, never negative.
    pub(super) fn amount(&self, field: Field, findings: &mut Findings) -> Option<Money> {
        let text = self.raw(field);
        let Some(thousandths) = digits(&text) else {
            findings.refuse(self.place, field.0, (quoted(&text), Text::new("coda-amount")));
            return None;
        };
        if thousandths % 10 != 0 {
            let found = Text::new("coda-thousandths").with("euros", thousandths / 1000);
            let found = found.with("rest", format!("{:03}", thousandths % 1000));
            findings.refuse(self.place, field.0, (found, Text::new("coda-whole-cents")));
            return None;
        }
        i64::try_from(thousandths / 10).ok().map(Money::from_cents)
    }

    /// An amount with its sign digit before it: 0 is credit, 1 is debit.
    pub(super) fn signed_amount(&self, sign: Field, amount: Field, findings: &mut Findings) -> Option<Money> {
        let negative = match self.raw(sign).as_str() {
            "0" => Some(false),
            "1" => Some(true),
            other => {
                findings.refuse(self.place, sign.0, (quoted(other), Text::new("coda-sign")));
                None
            }
        };
        let amount = self.amount(amount, findings);
        Some(if negative? { -amount? } else { amount? })
    }
}

/// “1 position”, “128 positions”.
fn positions(count: usize) -> Text {
    Text::new("coda-positions").with("count", count)
}

/// A text of nothing but digits as a number.
fn digits(text: &str) -> Option<u64> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) { None } else { text.parse().ok() }
}

/// A date DDMMYY in this century.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let number = digits(text).filter(|_| text.len() == 6)?;
    let (day, month, year) = (number / 10_000, number / 100 % 100, number % 100);
    let year = i32::try_from(year).ok()?;
    NaiveDate::from_ymd_opt(2000 + year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}
