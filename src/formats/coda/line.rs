//! One record of 128 positions, and the fields that can be cut out of it.

use chrono::NaiveDate;

use super::lines::{TextLine, trimmed};
use super::problem::{Findings, Place, UNKNOWN, one_of, quoted};
use crate::domain::money::Money;
use crate::domain::text::Text;

/// A line whose length and signs were checked. Positions are counted from 1, as the standard does.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) place: Place,
    text: TextLine<'a>,
}

/// A field: its name, its first position and its length.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field(pub(super) &'static str, pub(super) usize, pub(super) usize);

impl<'a> Line<'a> {
    /// The line as a record; none (and a problem noted) when its length or its signs are wrong.
    pub(super) fn check(mut text: TextLine<'a>, findings: &mut Findings) -> Option<Self> {
        let record = text.record();
        let place = Place { line: text.number, record: record.unwrap_or(UNKNOWN) };
        let length = text.len();
        // Seen in the wild: a trailer that stops after the credit sum. All that counts is there.
        if record == Some("9") && (52..128).contains(&length) && text.part(52, 76).bytes().all(|sign| sign == b' ') {
            findings.remark(place, "length", (positions(length), positions(128)));
            text.padded(128);
        } else if length != 128 {
            findings.refuse(place, "length", (positions(length), positions(128)));
            return None;
        }
        let refused = |sign: char| sign.is_control() || sign == '\u{fffd}';
        if !text.plain
            && let Some((position, sign)) = text.text.chars().enumerate().find(|(_, sign)| refused(*sign))
        {
            let code = format!("U+{:04X}", sign as u32);
            let found = Text::new("coda-control-character").with("code", code).with("position", position + 1);
            findings.refuse(place, "text", (found, Text::new("coda-printable-only")));
            return None;
        }
        if record.is_none() {
            findings.refuse(place, "identification", (quoted(text.part(0, 2)), Text::new("coda-known-record")));
            return None;
        }
        Some(Self { place, text })
    }

    /// The signs of a field, as they stand there.
    pub(super) fn raw(&self, Field(_, first, length): Field) -> &str {
        self.text.part(first - 1, length)
    }

    /// The text of a field without blanks on either side.
    pub(super) fn text(&self, field: Field) -> &str {
        trimmed(self.raw(field))
    }

    /// The text of a field, or none when it is blank.
    pub(super) fn optional(&self, field: Field) -> Option<String> {
        Some(self.text(field)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// A field of digits as a number.
    pub(super) fn number(&self, field: Field, findings: &mut Findings) -> Option<u64> {
        let text = self.raw(field);
        let number = digits(text);
        if number.is_none() {
            findings.refuse(self.place, field.0, (quoted(text), Text::new("coda-digits").with("count", field.2)));
        }
        number
    }

    /// A code of one digit, where a blank counts as 0.
    pub(super) fn code(&self, field: Field, allowed: &[u8], findings: &mut Findings) -> Option<u8> {
        let text = self.raw(field);
        let code = match text.as_bytes() {
            [b' '] => Some(0),
            [digit @ b'0'..=b'9'] => Some(digit - b'0'),
            _ => None,
        };
        let code = code.filter(|code| allowed.contains(code));
        if code.is_none() {
            findings.refuse(self.place, field.0, (quoted(text), one_of(allowed)));
        }
        code
    }

    /// A date DDMMYY in this century. `000000` and blanks are no date.
    pub(super) fn date(&self, field: Field, findings: &mut Findings) -> Option<NaiveDate> {
        let text = self.raw(field);
        if text == "000000" || trimmed(text).is_empty() {
            return None;
        }
        let date = date(text);
        if date.is_none() {
            findings.refuse(self.place, field.0, (quoted(text), Text::new("coda-date")));
        }
        date
    }

    /// A date that must be there.
    pub(super) fn required_date(&self, field: Field, findings: &mut Findings) -> Option<NaiveDate> {
        let before = findings.problems.len();
        let date = self.date(field, findings);
        if date.is_none() && findings.problems.len() == before {
            findings.refuse(self.place, field.0, (quoted(self.raw(field)), Text::new("coda-date")));
        }
        date
    }

    /// An amount of 15 digits, three of them decimals, never negative.
    pub(super) fn amount(&self, field: Field, findings: &mut Findings) -> Option<Money> {
        let text = self.raw(field);
        let Some(thousandths) = digits(text) else {
            findings.refuse(self.place, field.0, (quoted(text), Text::new("coda-amount")));
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
        let negative = match self.raw(sign) {
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

/// A text of nothing but digits as a number; none when it has more than 18 of them.
pub(super) fn digits(text: &str) -> Option<u64> {
    if text.is_empty() || text.len() > 18 {
        return None;
    }
    text.bytes().try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u64::from(byte - b'0')))
}

/// A date DDMMYY in this century.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let number = digits(text).filter(|_| text.len() == 6)?;
    let (day, month, year) = (number / 10_000, number / 100 % 100, number % 100);
    let year = i32::try_from(year).ok()?;
    NaiveDate::from_ymd_opt(2000 + year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}
