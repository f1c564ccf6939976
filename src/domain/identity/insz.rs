//! The Belgian national number (INSZ): national register number or BIS number.
//!
//! Six digits that look like a birth date, three of order, two check digits. For people without a place in
//! the register (BIS) the month is raised by 20 or 40; month and day may be 00. The birth date is stored
//! apart: it is never derived from this number. Law of 8 August 1983; royal decree of 8 February 1991 (BIS).

use std::fmt;

use super::{stored_canonically, without};

/// A national number whose check digits are right. Personal data: its `Debug` shows nothing, and its
/// `Display` is for the legal purposes of the number only, never for logs, mail, URLs or file names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Insz {
    first_nine: u32,
    century: BirthCentury,
}

/// Which of the two check digit rules holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BirthCentury {
    /// Born before 2000: the check is over the nine digits.
    Before2000,
    /// Born from 2000: the check is over the nine digits with a 2 before them.
    From2000,
}

/// Why a text is not a national number. Never holds the number: it is personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidInsz {
    /// Something other than digits and the usual separators.
    #[error(
        "the national number holds other signs than digits, points and hyphens ({0} signs in all); \
         write eleven digits, like YY.MM.DD-NNN.CC"
    )]
    Characters(usize),
    /// Too few or too many digits.
    #[error("the national number has {0} digits; it must have eleven, like YY.MM.DD-NNN.CC")]
    Length(usize),
    /// The month is not 00 to 12, nor that plus 20 or 40.
    #[error(
        "the national number has eleven digits, but its third and fourth are not a month (00 to 12, or that plus 20 or 40)"
    )]
    Month,
    /// The day is not 00 to 31.
    #[error("the national number has eleven digits, but its fifth and sixth are not a day (00 to 31)")]
    Day,
    /// The last two digits do not follow from the first nine.
    #[error("the national number has eleven digits, but its last two do not check the first nine; a digit is wrong")]
    Check,
}

impl Insz {
    /// Reads eleven digits with or without points, hyphens, slashes and blanks.
    pub fn parse(text: &str) -> Result<Self, InvalidInsz> {
        let digits = without(&['.', '-', '/'], text);
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(InvalidInsz::Characters(text.chars().count()));
        }
        if digits.len() != 11 {
            return Err(InvalidInsz::Length(digits.len()));
        }
        let number: u64 = digits.parse().map_err(|_| InvalidInsz::Length(digits.len()))?;
        let first_nine = u32::try_from(number / 100).map_err(|_| InvalidInsz::Check)?;
        check_date_part(first_nine)?;
        [BirthCentury::Before2000, BirthCentury::From2000]
            .into_iter()
            .find(|century| check_digits(first_nine, *century) == number % 100)
            .map(|century| Self { first_nine, century })
            .ok_or(InvalidInsz::Check)
    }

    /// The number with these first nine digits; the check digits are added.
    pub fn from_first_nine(first_nine: u32, century: BirthCentury) -> Result<Self, InvalidInsz> {
        if first_nine > 999_999_999 {
            return Err(InvalidInsz::Length(first_nine.to_string().len() + 2));
        }
        check_date_part(first_nine)?;
        Ok(Self { first_nine, century })
    }

    /// The eleven digits without punctuation, as stored.
    pub fn canonical(self) -> String {
        format!("{:09}{:02}", self.first_nine, check_digits(self.first_nine, self.century))
    }

    /// True for a BIS number: a person with rights or duties here, but not in the national register.
    pub fn is_bis(self) -> bool {
        month(self.first_nine) >= 20
    }

    /// Which check digit rule the number follows. Not a birth date: see the module.
    pub fn century(self) -> BirthCentury {
        self.century
    }
}

fn month(first_nine: u32) -> u32 {
    first_nine / 100_000 % 100
}

fn check_date_part(first_nine: u32) -> Result<(), InvalidInsz> {
    if !matches!(month(first_nine), 0..=12 | 20..=32 | 40..=52) {
        return Err(InvalidInsz::Month);
    }
    if first_nine / 1_000 % 100 > 31 {
        return Err(InvalidInsz::Day);
    }
    Ok(())
}

/// 97 minus the nine digits modulo 97, with a 2 before them for who was born from 2000.
fn check_digits(first_nine: u32, century: BirthCentury) -> u64 {
    let checked = match century {
        BirthCentury::Before2000 => u64::from(first_nine),
        BirthCentury::From2000 => 2_000_000_000 + u64::from(first_nine),
    };
    97 - checked % 97
}

impl fmt::Display for Insz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let d = self.canonical();
        f.pad(&format!("{}.{}.{}-{}.{}", &d[..2], &d[2..4], &d[4..6], &d[6..9], &d[9..]))
    }
}

impl fmt::Debug for Insz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Insz(…)")
    }
}

stored_canonically!(Insz, InvalidInsz);
