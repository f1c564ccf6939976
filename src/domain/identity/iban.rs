//! The international bank account number, ISO 13616: `BE68 5390 0754 7034`.

use std::fmt;

use super::{mod97, stored_canonically, without};

/// Length of an IBAN per country of the SEPA zone (EPC409-09 and the IBAN registry).
const LENGTHS: [(&str, usize); 43] = [
    ("AD", 24),
    ("AL", 28),
    ("AT", 20),
    ("BE", 16),
    ("BG", 22),
    ("CH", 21),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("EE", 20),
    ("ES", 24),
    ("FI", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IS", 26),
    ("IT", 27),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MT", 31),
    ("NL", 18),
    ("NO", 15),
    ("PL", 28),
    ("PT", 25),
    ("RO", 24),
    ("RS", 22),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
];

/// Countries of the SEPA zone that are outside the European Economic Area: a payment to or from them needs more than
/// a name and an account (EPC409-09; Regulation (EU) 2023/1113 on information accompanying transfers).
const OUTSIDE_EEA: [&str; 11] = ["AD", "AL", "CH", "GB", "GI", "MC", "MD", "ME", "MK", "RS", "SM"];

/// Danish territories with account numbers of their own that are not in the SEPA zone (EPC409-09).
const OUTSIDE_SEPA: [&str; 2] = ["FO", "GL"];

/// Which payments can reach an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// In the European Economic Area: SEPA transfers and direct debits by name and account.
    Eea,
    /// In the SEPA zone, outside that area: direct debits need the address of the debtor.
    SepaOutsideEea,
    /// Outside the SEPA zone: no SEPA payment reaches it.
    OutsideSepa,
}

/// An account number whose length and check digits are right.
///
/// An account number is personal data: never log it, never put it in a URL or a file name. Its `Debug` is
/// readable for tests.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Iban {
    bare: String,
}

/// Why a text is not an IBAN. Holds what was typed: show it to who typed it, do not log it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidIban {
    /// Not two letters, two digits and then letters and digits.
    #[error("“{0}” is not an IBAN; write a country, two digits and the account, like BE68 5390 0754 7034")]
    Characters(String),
    /// Too short or too long for its country.
    #[error("“{text}” has {found} signs; an IBAN that starts with {country} has {right}")]
    Length {
        /// What was given.
        text: String,
        /// Its country, two letters.
        country: String,
        /// How many letters and digits it has.
        found: usize,
        /// How many this country uses.
        right: String,
    },
    /// The check of ISO 7064 fails.
    #[error("“{0}” fails the check of its digits (modulo 97); a digit is wrong or two are swapped")]
    Check(String),
}

/// The account in capitals, without the word IBAN and without punctuation. Banks write it like that already, and
/// their files hold a hundred thousand of them.
fn bare(text: &str) -> String {
    if text.bytes().all(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit()) && !text.starts_with("IBAN") {
        return text.to_owned();
    }
    let bare = without(&['.', '-'], text).to_ascii_uppercase();
    bare.strip_prefix("IBAN").map_or(bare.as_str(), |rest| rest.trim_start_matches(':')).to_owned()
}

impl Iban {
    /// Reads an IBAN with or without blanks, points and hyphens, in capitals or not.
    pub fn parse(text: &str) -> Result<Self, InvalidIban> {
        let bare = bare(text);
        let signs = bare.as_bytes();
        let shaped = signs.len() >= 5
            && signs[..2].iter().all(u8::is_ascii_uppercase)
            && signs[2..4].iter().all(u8::is_ascii_digit)
            && signs[4..].iter().all(u8::is_ascii_alphanumeric);
        if !shaped {
            return Err(InvalidIban::Characters(text.to_owned()));
        }
        let length = LENGTHS.iter().find(|(country, _)| bare.starts_with(country)).map(|(_, length)| *length);
        let fits = length.map_or((15..=34).contains(&signs.len()), |length| length == signs.len());
        if !fits {
            return Err(InvalidIban::Length {
                text: text.to_owned(),
                country: bare[..2].to_owned(),
                found: signs.len(),
                right: length.map_or_else(|| "15 to 34".to_owned(), |length| length.to_string()),
            });
        }
        if mod97(bare[4..].chars().chain(bare[..4].chars())) == 1 {
            Ok(Self { bare })
        } else {
            Err(InvalidIban::Check(text.to_owned()))
        }
    }

    /// The IBAN of a domestic account number (BBAN) in a country; the check digits are added.
    pub fn from_bban(country: &str, bban: &str) -> Result<Self, InvalidIban> {
        let check = 98 - mod97(bban.chars().chain(country.chars()).chain("00".chars()));
        Self::parse(&format!("{country}{check:02}{bban}"))
    }

    /// The account without punctuation, as stored and as banks exchange it.
    pub fn canonical(&self) -> String {
        self.bare.clone()
    }

    /// The account without punctuation.
    pub fn as_str(&self) -> &str {
        &self.bare
    }

    /// The country, two letters.
    pub fn country(&self) -> &str {
        &self.bare[..2]
    }

    /// Which payments can reach the account.
    pub fn reach(&self) -> Reach {
        let country = self.country();
        let known = LENGTHS.iter().any(|(known, _)| *known == country);
        match (known && !OUTSIDE_SEPA.contains(&country), OUTSIDE_EEA.contains(&country)) {
            (false, _) => Reach::OutsideSepa,
            (true, true) => Reach::SepaOutsideEea,
            (true, false) => Reach::Eea,
        }
    }

    /// The domestic part, after the country and the check digits.
    pub fn bban(&self) -> &str {
        &self.bare[4..]
    }
}

impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut print = String::with_capacity(42);
        for (position, sign) in self.bare.chars().enumerate() {
            if position > 0 && position % 4 == 0 {
                print.push(' ');
            }
            print.push(sign);
        }
        f.pad(&print)
    }
}

stored_canonically!(Iban, InvalidIban);
