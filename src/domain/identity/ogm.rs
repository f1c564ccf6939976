//! The Belgian structured communication: `+++321/9887/30446+++`.
//!
//! Dutch *gestructureerde mededeling* (OGM, also VCS): ten digits and two check digits, the ten modulo 97,
//! where 0 is written 97 (Febelfin; the same rule as the old Belgian account number).

use std::borrow::Cow;
use std::fmt;

use super::{stored_canonically, without};

/// Separators that people and banks put between the digits.
const SEPARATORS: [char; 6] = ['.', '/', '+', '*', '-', ' '];

/// The first number that no longer fits ten digits.
const BASES: u64 = 10_000_000_000;

/// A structured communication whose check digits are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ogm {
    base: u64,
}

/// Why a text is not a structured communication.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidOgm {
    /// Something other than digits and the usual separators.
    #[error("“{0}” is not a structured communication; write twelve digits, like +++321/9887/30446+++")]
    Characters(String),
    /// Too few or too many digits.
    #[error("“{text}” has {digits} digits; a structured communication has twelve, like +++321/9887/30446+++")]
    Length {
        /// What was given.
        text: String,
        /// How many digits it holds.
        digits: usize,
    },
    /// The last two digits do not follow from the first ten.
    #[error(
        "“{text}” ends in the check digits {found:02}, but its first ten digits ask for {right:02}; a digit is wrong"
    )]
    Check {
        /// What was given.
        text: String,
        /// Its last two digits.
        found: u64,
        /// What its first ten digits modulo 97 give.
        right: u64,
    },
    /// A base of more than ten digits.
    #[error("{0} has more than ten digits; the base of a structured communication is at most 9999999999")]
    Base(u64),
}

impl Ogm {
    /// Reads twelve digits with or without `+++`, `***`, slashes, points, hyphens and blanks.
    pub fn parse(text: &str) -> Result<Self, InvalidOgm> {
        // Banks write the bare digits: nothing to leave out.
        let bare = text.bytes().all(|sign| sign.is_ascii_digit());
        let digits = if bare { Cow::Borrowed(text) } else { Cow::Owned(without(&SEPARATORS, text)) };
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(InvalidOgm::Characters(text.to_owned()));
        }
        if digits.len() != 12 {
            return Err(InvalidOgm::Length { text: text.to_owned(), digits: digits.len() });
        }
        let number: u64 = digits.parse().map_err(|_| InvalidOgm::Characters(text.to_owned()))?;
        let (base, found) = (number / 100, number % 100);
        let right = check_digits(base);
        if found == right { Ok(Self { base }) } else { Err(InvalidOgm::Check { text: text.to_owned(), found, right }) }
    }

    /// The communication with this number of at most ten digits; the check digits are added.
    pub fn from_base(base: u64) -> Result<Self, InvalidOgm> {
        if base < BASES { Ok(Self { base }) } else { Err(InvalidOgm::Base(base)) }
    }

    /// The ten digits before the check digits, as a number.
    pub fn base(self) -> u64 {
        self.base
    }

    /// The twelve digits without punctuation, as stored and as banks send them.
    pub fn canonical(self) -> String {
        format!("{:010}{:02}", self.base, check_digits(self.base))
    }

    /// Every valid communication in a free text, in order and each once.
    ///
    /// Twelve digits, up to three of ` . / + * -` between two of them, no digit directly before or after.
    /// One random number in a hundred passes the check, and so does every Belgian account number: a hit
    /// means something only when it is also a known reference.
    pub fn find_all(text: &str) -> Vec<Self> {
        let signs: Vec<char> = text.chars().collect();
        let digits: Vec<usize> = (0..signs.len()).filter(|at| signs[*at].is_ascii_digit()).collect();
        let mut found = Vec::new();
        for window in digits.windows(12) {
            if let Some(ogm) = in_window(&signs, window)
                && !found.contains(&ogm)
            {
                found.push(ogm);
            }
        }
        found
    }
}

/// The communication that the twelve digits at these positions form, when nothing else stands in the way.
fn in_window(signs: &[char], window: &[usize]) -> Option<Ogm> {
    let (first, last) = (*window.first()?, *window.last()?);
    let digit_at = |at: usize| signs.get(at).is_some_and(char::is_ascii_digit);
    if first.checked_sub(1).is_some_and(digit_at) || digit_at(last + 1) {
        return None;
    }
    let joined = window.windows(2).all(|pair| {
        let between = &signs[pair[0] + 1..pair[1]];
        between.len() <= 3 && between.iter().all(|sign| SEPARATORS.contains(sign))
    });
    if !joined {
        return None;
    }
    let digits: String = window.iter().map(|at| signs[*at]).collect();
    Ogm::parse(&digits).ok()
}

/// The base modulo 97, where 0 becomes 97.
fn check_digits(base: u64) -> u64 {
    match base % 97 {
        0 => 97,
        rest => rest,
    }
}

impl fmt::Display for Ogm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.canonical();
        f.pad(&format!("+++{}/{}/{}+++", &digits[..3], &digits[3..7], &digits[7..]))
    }
}

stored_canonically!(Ogm, InvalidOgm);
