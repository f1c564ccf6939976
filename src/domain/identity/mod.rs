//! Numbers that name people, firms, accounts and payments, each checked where it is typed.
//!
//! Every type here reads the punctuation people type (`parse`, `FromStr`), is stored and sent without it
//! (`canonical`, serde), and prints with it (`Display`).

mod creditor_id;
mod enterprise_number;
mod iban;
mod insz;
mod ogm;

pub use creditor_id::{CreditorId, InvalidCreditorId};
pub use enterprise_number::{EnterpriseNumber, InvalidEnterpriseNumber};
pub use iban::{Iban, InvalidIban, Reach};
pub use insz::{BirthCentury, Insz, InvalidInsz};
pub use ogm::{InvalidOgm, Ogm};

/// `FromStr` by `parse`, serde by `canonical`: the same five lines for every number of this folder.
macro_rules! stored_canonically {
    ($number:ty, $error:ty) => {
        impl std::str::FromStr for $number {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl serde::Serialize for $number {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.canonical())
            }
        }

        impl<'de> serde::Deserialize<'de> for $number {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}
use stored_canonically;

/// The text without the given separators and without white space.
fn without(separators: &[char], text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !separators.contains(c)).collect()
}

/// The remainder by 97 of a text of digits and capital letters, letters counting 10 to 35
/// (ISO 7064 MOD 97-10, as IBAN, RF and creditor identifiers use it).
fn mod97(signs: impl Iterator<Item = char>) -> u32 {
    signs.fold(0, |rest, sign| match sign.to_digit(36) {
        Some(value) if value < 10 => (rest * 10 + value) % 97,
        Some(value) => (rest * 100 + value) % 97,
        None => rest,
    })
}
