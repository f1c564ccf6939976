//! The Belgian enterprise number of the Crossroads Bank for Enterprises: `0566.988.259`.

use std::fmt;

use super::{stored_canonically, without};

/// An enterprise number whose check digits are right: ten digits, of which the last two are 97 minus the
/// first eight modulo 97 (royal decree of 24 June 2003).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnterpriseNumber {
    first_eight: u32,
}

/// Why a text is not an enterprise number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidEnterpriseNumber {
    /// Something other than digits, the usual separators and a country prefix BE.
    #[error("“{0}” is not an enterprise number; write ten digits, like 0566.988.259")]
    Characters(String),
    /// Too few or too many digits.
    #[error("“{text}” has {digits} digits; an enterprise number has ten, like 0566.988.259")]
    Length {
        /// What was given.
        text: String,
        /// How many digits it holds.
        digits: usize,
    },
    /// A first digit other than 0 or 1.
    #[error("“{0}” does not start with 0 or 1, as every enterprise number does, like 0566.988.259")]
    FirstDigit(String),
    /// The last two digits do not follow from the first eight.
    #[error(
        "“{text}” ends in the check digits {found:02}, but its first eight digits ask for {right:02}; a digit is wrong"
    )]
    Check {
        /// What was given.
        text: String,
        /// Its last two digits.
        found: u32,
        /// What its first eight digits give.
        right: u32,
    },
}

impl EnterpriseNumber {
    /// Reads ten digits with or without points, blanks and `BE`; also the nine digits of an old VAT number.
    pub fn parse(text: &str) -> Result<Self, InvalidEnterpriseNumber> {
        let bare = without(&['.', '-', '/'], text).to_ascii_uppercase();
        let mut digits = bare.strip_prefix("BE").unwrap_or(&bare).to_owned();
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(InvalidEnterpriseNumber::Characters(text.to_owned()));
        }
        if digits.len() == 9 {
            // VAT numbers had nine digits until 2005; the enterprise number put a 0 before them.
            digits.insert(0, '0');
        }
        if digits.len() != 10 {
            return Err(InvalidEnterpriseNumber::Length { text: text.to_owned(), digits: digits.len() });
        }
        if !digits.starts_with(['0', '1']) {
            return Err(InvalidEnterpriseNumber::FirstDigit(text.to_owned()));
        }
        let number: u32 = digits.parse().map_err(|_| InvalidEnterpriseNumber::Characters(text.to_owned()))?;
        let (first_eight, found) = (number / 100, number % 100);
        let right = check_digits(first_eight);
        if found == right {
            Ok(Self { first_eight })
        } else {
            Err(InvalidEnterpriseNumber::Check { text: text.to_owned(), found, right })
        }
    }

    /// The number with these first eight digits (at most 19,999,999); the check digits are added.
    pub fn from_first_eight(first_eight: u32) -> Result<Self, InvalidEnterpriseNumber> {
        if first_eight < 20_000_000 {
            Ok(Self { first_eight })
        } else {
            Err(InvalidEnterpriseNumber::FirstDigit(first_eight.to_string()))
        }
    }

    /// The ten digits without punctuation, as stored.
    pub fn canonical(self) -> String {
        format!("{:08}{:02}", self.first_eight, check_digits(self.first_eight))
    }
}

fn check_digits(first_eight: u32) -> u32 {
    97 - first_eight % 97
}

impl fmt::Display for EnterpriseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.canonical();
        f.pad(&format!("{}.{}.{}", &digits[..4], &digits[4..7], &digits[7..]))
    }
}

stored_canonically!(EnterpriseNumber, InvalidEnterpriseNumber);
