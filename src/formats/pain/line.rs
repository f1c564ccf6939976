//! What holds for every line of either message: signs, lengths, amounts, accounts, days.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::elements::{self, Element};
use super::{Head, ID_SIGNS, MESSAGE_ID_SIGNS, NAME_SIGNS, REMITTANCE_SIGNS, Remittance, charset};
use crate::domain::calendar::is_target_closing_day;
use crate::domain::identity::{Iban, Reach};
use crate::domain::money::Money;
use crate::domain::text::{FieldProblem, Problems, Text};

/// The largest amount of a SEPA payment, in cents: 999,999,999.99 euro (EPC125-05, EPC016-06).
pub(super) const MOST_CENTS: i64 = 99_999_999_999;

/// Reads the fields of one line; keeps every problem.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) problems: Problems,
}

impl Line {
    fn wrong(&mut self, field: &str, value: impl ToString, text: Text) {
        self.problems.add(field, value, text);
    }

    /// An identifier of ours: it must come back as it was sent, so it is never written otherwise.
    pub(super) fn id(&mut self, field: &str, id: &str, most: usize) {
        if let Some(text) = id_problem(id, most) {
            self.wrong(field, id, text);
        }
    }

    /// An identifier that may be in one file only once.
    pub(super) fn once(&mut self, field: &str, id: &str, seen: &mut HashSet<String>) {
        if !seen.insert(id.to_owned()) {
            self.wrong(field, id, Text::new("pain-id-twice"));
        }
    }

    /// A name in the character set of SEPA; none when it cannot be written whole.
    pub(super) fn name(&mut self, field: &str, name: &str) -> Option<String> {
        self.words(field, name, NAME_SIGNS)
    }

    /// Words in the character set of SEPA; none when they cannot be written whole.
    fn words(&mut self, field: &str, words: &str, most: usize) -> Option<String> {
        let written = charset::transliterate(words);
        let problem = if !written.lost.is_empty() {
            Text::new("pain-letters").with("letters", written.lost.iter().collect::<String>())
        } else if written.text.is_empty() {
            Text::new("pain-empty")
        } else if written.text.len() > most {
            Text::new("pain-too-long").with("length", written.text.len()).with("most", most)
        } else {
            return Some(written.text);
        };
        self.wrong(field, words, problem);
        None
    }

    /// What the other side reads.
    pub(super) fn remittance(&mut self, remittance: &Remittance) -> Option<Element> {
        match remittance {
            Remittance::Structured(ogm) => Some(elements::structured(*ogm)),
            Remittance::Free(words) => self.words("remittance", words, REMITTANCE_SIGNS).map(elements::free),
        }
    }

    /// An account of somebody else, as it is stored or was typed.
    pub(super) fn account(&mut self, field: &str, typed: &str) -> Option<Iban> {
        match Iban::parse(typed) {
            Ok(iban) if iban.reach() != Reach::OutsideSepa => Some(iban),
            Ok(iban) => {
                self.wrong(field, typed, Text::new("pain-outside-sepa").with("country", iban.country()));
                None
            }
            Err(_) => {
                self.wrong(field, typed, Text::new("pain-iban"));
                None
            }
        }
    }

    /// An amount that SEPA can move.
    pub(super) fn amount(&mut self, amount: Money) {
        if !(1..=MOST_CENTS).contains(&amount.cents()) {
            self.wrong("amount", amount, Text::new("pain-amount"));
        }
    }

    /// A day on which TARGET is open.
    pub(super) fn day(&mut self, field: &str, on: NaiveDate) {
        if is_target_closing_day(on) {
            self.wrong(field, on, Text::new("pain-day"));
        }
    }
}

/// What is wrong with an identifier, if anything: 1 to `most` signs of the character set, no blank, no slash at
/// either end, no two slashes in a row (EPC230-15, *Clarification on the use of slashes*).
pub(super) fn id_problem(id: &str, most: usize) -> Option<Text> {
    let length = id.chars().count();
    if id.is_empty() {
        Some(Text::new("pain-empty"))
    } else if length > most {
        Some(Text::new("pain-too-long").with("length", length).with("most", most))
    } else if !id.chars().all(|sign| charset::is_allowed(sign) && sign != ' ') {
        Some(Text::new("pain-id-signs"))
    } else if id.starts_with('/') || id.ends_with('/') || id.contains("//") {
        Some(Text::new("pain-id-slash"))
    } else {
        None
    }
}

/// The name of the sender as it is written.
///
/// # Errors
/// The message identifier or the name cannot be written; no line can leave with it.
pub(super) fn head(head: &Head) -> Result<String, Vec<FieldProblem>> {
    let mut line = Line::default();
    line.id("message_id", &head.message_id, MESSAGE_ID_SIGNS);
    let name = line.name("name", &head.name);
    line.problems.into_result()?;
    Ok(name.unwrap_or_default())
}

/// The identifiers of a line that every message has, checked.
pub(super) fn end_to_end(line: &mut Line, id: &str, seen: &mut HashSet<String>) {
    line.id("end_to_end_id", id, ID_SIGNS);
    line.once("end_to_end_id", id, seen);
}
