//! The 37 positions that hold an account and its currency, in their four structures.

use serde::Serialize;

use super::lines::{part, trimmed};
use crate::domain::identity::Iban;

/// The account of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Account {
    /// The account as IBAN; also worked out from a Belgian number of twelve digits. None for other numbers.
    pub iban: Option<Iban>,
    /// The number as the bank wrote it.
    pub number: String,
    /// Three letters, `EUR` as a rule.
    pub currency: String,
}

/// Cuts the block of a record 1 or 8, whose structure is known: 0 Belgian number, 1 foreign number, 2 Belgian
/// IBAN, 3 foreign IBAN.
pub(super) fn of_statement(structure: u8, block: &str) -> Account {
    let (number, currency) = match structure {
        0 => (cut(block, 0, 12), cut(block, 13, 3)),
        2 => (cut(block, 0, 31), cut(block, 34, 3)),
        _ => (cut(block, 0, 34), cut(block, 34, 3)),
    };
    Account { iban: iban(&number), number, currency }
}

/// Cuts the block of a record 2.3, which does not say its structure: a blank after twelve positions means a
/// Belgian number, anything else a number of up to 34 signs. Answers the account as the bank wrote it, and as IBAN
/// where it is one or stands for one; nothing when there is no account in it.
pub(super) fn of_counterparty(block: &str) -> Option<(&str, Option<Iban>)> {
    let belgian = part(block, 12, 1) == " " && part(block, 0, 12).bytes().all(|sign| sign.is_ascii_digit());
    let number = trimmed(part(block, 0, if belgian { 12 } else { 34 }));
    let absent = number.bytes().all(|sign| sign == b'0' || sign == b' ');
    if absent { None } else { Some((number, iban(number))) }
}

/// The IBAN that a number is, or that a Belgian number of twelve digits stands for.
fn iban(number: &str) -> Option<Iban> {
    if let Ok(iban) = Iban::parse(number) {
        return Some(iban);
    }
    if number.len() != 12 || !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let digits: u64 = number.parse().ok()?;
    let check = match digits / 100 % 97 {
        0 => 97,
        rest => rest,
    };
    if check == digits % 100 { Iban::from_bban("BE", number).ok() } else { None }
}

fn cut(block: &str, skip: usize, length: usize) -> String {
    trimmed(part(block, skip, length)).to_owned()
}
