//! One record on its way into a file: 128 positions, blank until something is put there.

use chrono::{Datelike, NaiveDate};

use super::to_write::CannotWrite;
use crate::domain::money::Money;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    signs: [char; 128],
}

impl Record {
    /// A record that starts with these signs.
    pub(super) fn new(identification: &str) -> Self {
        let mut signs = [' '; 128];
        for (place, sign) in signs.iter_mut().zip(identification.chars()) {
            *place = sign;
        }
        Self { signs }
    }

    /// Adds the record to a file.
    pub(super) fn line(&self, file: &mut String) {
        file.extend(self.signs);
        file.push('\n');
    }

    /// Puts a text on the positions from `first` on, counted from 1.
    pub(super) fn put(
        &mut self,
        field: &'static str,
        first: usize,
        room: usize,
        text: &str,
    ) -> Result<(), CannotWrite> {
        let length = text.chars().count();
        if length > room {
            return Err(CannotWrite::TooLong { field, length, room });
        }
        if text.chars().any(|sign| sign.is_control() || sign == '\u{fffd}') {
            return Err(CannotWrite::Control(field));
        }
        for (place, sign) in self.signs.iter_mut().skip(first - 1).zip(text.chars()) {
            *place = sign;
        }
        Ok(())
    }

    /// Puts a date; zeros for none.
    pub(super) fn date(&mut self, first: usize, day: Option<NaiveDate>) -> Result<(), CannotWrite> {
        let Some(day) = day else { return self.put("a date", first, 6, "000000") };
        if !(2000..=2099).contains(&day.year()) {
            return Err(number("a date", day, "in this century"));
        }
        self.put("a date", first, 6, &day.format("%d%m%y").to_string())
    }

    /// Puts an amount without its sign.
    pub(super) fn amount(&mut self, first: usize, amount: Money) -> Result<(), CannotWrite> {
        self.put("an amount", first, 15, &format!("{:014}0", amount.abs().cents()))
    }

    /// Puts the sign of an amount, and the amount.
    pub(super) fn signed(&mut self, sign: usize, first: usize, amount: Money) -> Result<(), CannotWrite> {
        self.put("a sign", sign, 1, if amount.is_negative() { "1" } else { "0" })?;
        self.amount(first, amount)
    }
}

/// A number is outside what its field can hold.
pub(super) fn number(field: &'static str, value: impl ToString, allowed: &'static str) -> CannotWrite {
    CannotWrite::Number { field, value: value.to_string(), allowed }
}
