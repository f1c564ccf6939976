//! The fields of structured communications and information, type by type, as tables (Febelfin, *Coded statement of
//! account*, enclosure III).
//!
//! Only amounts, references and names of people matter to a lender, and those have types of their own. All else is
//! read here, for people: a field that is blank is left out, one that is not what it should be is kept as text, and
//! what stands after the last field is kept too.

use std::fmt;

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;

use super::layouts::{COMMUNICATIONS, INFORMATION};
use super::line::{date, digits};
use super::lines::{part, trimmed};
use crate::domain::identity::Ogm;

/// The fields of one structured communication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// Its type, three digits.
    pub code: &'static str,
    /// What the type is, in English.
    pub name: &'static str,
    /// The fields that are filled in, in order.
    pub fields: Vec<Detail>,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// What it is, in English.
    pub name: &'static str,
    /// What it holds.
    pub value: Value,
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, or what should be something else and is not.
    Text(String),
    /// A whole number.
    Number(u64),
    /// An amount, a rate or a number with decimals; an amount is in the currency that a field beside it names, else
    /// in that of the account.
    Decimal(Decimal),
    /// A day.
    Date(NaiveDate),
    /// An hour of the day.
    Time(NaiveTime),
    /// A structured communication inside another one.
    Reference(Ogm),
    /// A code of one or two signs and what it stands for, in English.
    Code(String, &'static str),
}

/// How the positions of a field are to be read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    Text,
    Number,
    /// Digits of which so many are decimals.
    Decimal(u32),
    /// DDMMYY.
    Date,
    /// DDMMYYYY.
    LongDate,
    /// HHMM.
    Time,
    Reference,
    Code(&'static [(&'static str, &'static str)]),
    /// Positions that mean nothing.
    Blank,
}

/// One type: its three digits, its name, and its fields with their lengths.
pub(super) struct Layout(
    pub(super) &'static str,
    pub(super) &'static str,
    pub(super) &'static [(&'static str, usize, Form)],
);

/// The fields of a communication of a type; none when the standard does not know the type.
pub(super) fn of_communication(code: &str, text: &str) -> Option<Details> {
    COMMUNICATIONS.iter().find(|layout| layout.0 == code).map(|layout| layout.read(text))
}

/// The fields of an information record of a type; none when the standard does not know the type.
pub(super) fn of_information(code: &str, text: &str) -> Option<Details> {
    INFORMATION.iter().find(|layout| layout.0 == code).map(|layout| layout.read(text))
}

impl Layout {
    fn read(&self, text: &str) -> Details {
        let mut at = 0;
        let mut fields = Vec::with_capacity(self.2.len());
        for (name, length, form) in self.2 {
            if let Some(value) = form.read(trimmed(part(text, at, *length))) {
                fields.push(Detail { name, value });
            }
            at += length;
        }
        let rest = trimmed(part(text, at, text.len()));
        if !rest.is_empty() {
            fields.push(Detail { name: "further", value: Value::Text(rest.to_owned()) });
        }
        Details { code: self.0, name: self.1, fields }
    }
}

impl Form {
    /// What stands there; none when nothing does. Zeros are nothing, except as a code.
    fn read(self, text: &str) -> Option<Value> {
        let nothing = text.bytes().all(|sign| sign == b'0' || sign == b' ');
        if text.is_empty() || (nothing && !matches!(self, Self::Code(_))) {
            return None;
        }
        let value = match self {
            Self::Text | Self::Blank => None,
            Self::Number => digits(text).map(Value::Number),
            Self::Decimal(decimals) => decimal(text, decimals).map(Value::Decimal),
            Self::Date => date(text).map(Value::Date),
            Self::LongDate => long_date(text).map(Value::Date),
            Self::Time => time(text).map(Value::Time),
            Self::Reference => Ogm::parse(text).ok().map(Value::Reference),
            Self::Code(codes) => {
                codes.iter().find(|(code, _)| *code == text).map(|(code, name)| Value::Code((*code).to_owned(), name))
            }
        };
        Some(value.unwrap_or_else(|| Value::Text(text.to_owned())))
    }
}

fn decimal(text: &str, decimals: u32) -> Option<Decimal> {
    let digits = i64::try_from(digits(text)?).ok()?;
    Some(Decimal::new(digits, decimals))
}

fn long_date(text: &str) -> Option<NaiveDate> {
    let number = digits(text).filter(|_| text.len() == 8)?;
    let (day, month, year) = (number / 1_000_000, number / 10_000 % 100, number % 10_000);
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

fn time(text: &str) -> Option<NaiveTime> {
    let number = u32::try_from(digits(text).filter(|_| text.len() == 4)?).ok()?;
    NaiveTime::from_hms_opt(number / 100, number % 100, 0)
}

impl Details {
    /// The value of a field, by its English name.
    pub fn field(&self, name: &str) -> Option<&Value> {
        self.fields.iter().find(|detail| detail.name == name).map(|detail| &detail.value)
    }
}

impl fmt::Display for Details {
    /// One line for people: “card payment: card 6703…, on 2026-10-16, at 12:30, …”.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)?;
        for (place, detail) in self.fields.iter().enumerate() {
            write!(f, "{} {} {}", if place == 0 { ":" } else { "," }, detail.name, detail.value)?;
        }
        Ok(())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            // Two decimals as money has them, more only where they say something.
            Self::Decimal(number) => {
                let mut number = number.normalize();
                number.rescale(number.scale().max(2));
                write!(f, "{number}")
            }
            Self::Date(day) => write!(f, "{day}"),
            Self::Time(hour) => write!(f, "{}", hour.format("%H:%M")),
            Self::Reference(ogm) => write!(f, "{ogm}"),
            Self::Code(_, meaning) => f.write_str(meaning),
        }
    }
}
