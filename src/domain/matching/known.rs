//! What the house knows of the references and orders in one file, looked up at once before the lines are judged.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::domain::identity::Ogm;
use crate::domain::ledger::FundingKind;
use crate::domain::money::Money;

/// A loan whose communication or number stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownLoan {
    /// The loan.
    pub loan_id: Uuid,
    /// Its fund.
    pub fund_id: Uuid,
    /// Its communication for life.
    pub ogm: Ogm,
    /// Its number, `L-2026-00012`.
    pub number: String,
}

/// A funding source whose communication stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownSource {
    /// The source.
    pub source_id: Uuid,
    /// Its fund.
    pub fund_id: Uuid,
    /// The communication the funder pays with.
    pub ogm: Ogm,
    /// What kind of money it is, which says where it is booked.
    pub kind: FundingKind,
    /// What may still come in: its ceiling less what came in before.
    pub room: Money,
}

/// A payment order whose end-to-end identification stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownOrder {
    /// The order.
    pub order_id: Uuid,
    /// The fund that pays.
    pub fund_id: Uuid,
    /// What was ordered, positive.
    pub amount: Money,
    /// Whether the bank has executed it before.
    pub paid: bool,
}

/// Everything of ours that the lines of one file name.
#[derive(Debug, Clone, Default)]
pub struct Known {
    pub(super) parties: HashMap<Ogm, Party>,
    pub(super) numbers: HashMap<String, (Uuid, Uuid)>,
    pub(super) orders: HashMap<String, KnownOrder>,
    pub(super) batches: Vec<super::KnownBatch>,
    /// End-to-end identifications under which an order was paid, and came back.
    pub(super) came_back: HashSet<String>,
}

/// Whose communication it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Party {
    Loan { loan_id: Uuid, fund_id: Uuid },
    Source { source_id: Uuid, fund_id: Uuid, kind: FundingKind, room: Money },
}

impl Party {
    pub(super) fn fund_id(self) -> Uuid {
        match self {
            Self::Loan { fund_id, .. } | Self::Source { fund_id, .. } => fund_id,
        }
    }
}

impl Known {
    /// The loans that are named.
    pub fn loans(&self) -> impl Iterator<Item = Uuid> {
        let by_reference = self.parties.values().filter_map(|party| match party {
            Party::Loan { loan_id, .. } => Some(*loan_id),
            Party::Source { .. } => None,
        });
        by_reference.chain(self.numbers.values().map(|(loan_id, _)| *loan_id))
    }

    /// Adds a loan, under its communication and its number.
    pub fn add_loan(&mut self, loan: KnownLoan) {
        let KnownLoan { loan_id, fund_id, ogm, number } = loan;
        self.parties.insert(ogm, Party::Loan { loan_id, fund_id });
        self.numbers.insert(number, (loan_id, fund_id));
    }

    /// Adds the number of the application that a loan came from: `A-2026-00012` names the loan too.
    pub fn add_application(&mut self, number: String, (loan_id, fund_id): (Uuid, Uuid)) {
        self.numbers.insert(number, (loan_id, fund_id));
    }

    /// Adds a funding source under its communication.
    pub fn add_source(&mut self, source: KnownSource) {
        let KnownSource { source_id, fund_id, ogm, kind, room } = source;
        self.parties.insert(ogm, Party::Source { source_id, fund_id, kind, room });
    }

    /// Adds a payment order under its end-to-end identification.
    pub fn add_order(&mut self, end_to_end_id: String, order: KnownOrder) {
        self.orders.insert(end_to_end_id, order);
    }
}

/// Loan numbers in a text: `L-2026-00012`, in any case, with the hyphens left out or typed as blanks or slashes.
pub fn loan_numbers(text: &str) -> Vec<String> {
    numbers_of('L', text)
}

/// Numbers of loans and of applications (`A-2026-00012`) in a text, written as carelessly.
pub fn file_numbers(text: &str) -> Vec<String> {
    let mut found = loan_numbers(text);
    found.extend(numbers_of('A', text));
    found
}

fn numbers_of(kind: char, text: &str) -> Vec<String> {
    let signs: Vec<char> = text.chars().map(|sign| sign.to_ascii_uppercase()).collect();
    let mut found = Vec::new();
    for start in 0..signs.len() {
        let follows_a_word = start.checked_sub(1).is_some_and(|before| signs[before].is_alphanumeric());
        if signs[start] != kind || follows_a_word {
            continue;
        }
        if let Some(number) = number_at(kind, &signs[start + 1..])
            && !found.contains(&number)
        {
            found.push(number);
        }
    }
    found
}

/// Four digits of the year and at least five of the serial, with at most one separator before each.
fn number_at(kind: char, rest: &[char]) -> Option<String> {
    let (year, rest) = digits(rest)?;
    let (year, serial) = if year.len() == 4 {
        let (serial, _) = digits(rest)?;
        (year, serial)
    } else {
        let (year, serial) = year.split_at_checked(4)?;
        (year.to_owned(), serial.to_owned())
    };
    if (5..=9).contains(&serial.len()) { Some(format!("{kind}-{year}-{serial}")) } else { None }
}

/// A run of digits after at most one separator, and what comes after it.
fn digits(signs: &[char]) -> Option<(String, &[char])> {
    let signs = match signs.first() {
        Some('-' | ' ' | '/' | '.') => &signs[1..],
        _ => signs,
    };
    let run: String = signs.iter().take_while(|sign| sign.is_ascii_digit()).collect();
    if run.is_empty() { None } else { Some((run.clone(), &signs[run.len()..])) }
}
