//! From the records of one movement to the movement.

use super::communication::{self, Communication, DebitOutcome};
use super::information::{self, Information};
use super::line::Line;
use super::lines::{trimmed, without_end};
use super::problem::{Findings, Place, quoted};
use super::records;
use super::statement::{Movement, Position, Return};
use crate::domain::text::Text;

/// How many positions of the communication stand before record 2.3.
const BEFORE_PARTY: usize = 106;

/// A movement of which more records may follow.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) movement: Movement,
    structured: bool,
    /// The communication over the records, joined without adding or removing blanks: a reference may be cut at the
    /// border.
    text: String,
    signs: usize,
    returned: Return,
    /// The record 3.1 of which more may follow.
    information: Option<(Position, bool, String)>,
}

impl Open {
    /// Opens a movement with its record 2.1; `text` is a buffer that is used again and again.
    pub(super) fn new((movement, structured): (Movement, bool), line: &Line<'_>, mut text: String) -> Self {
        text.clear();
        text.push_str(records::communication(line));
        let returned = Return { kind: None, reason: None };
        Self { movement, structured, text, signs: 53, returned, information: None }
    }

    /// Adds a record 2.2 or 2.3.
    pub(super) fn add(&mut self, line: &Line<'_>) {
        if line.place.record == "2.2" {
            self.returned = records::references(line, &mut self.movement);
            self.signs += 53;
        } else {
            records::party(line, &mut self.movement);
            // A missing 2.2 counts as 53 blanks.
            self.text.extend(std::iter::repeat_n(' ', BEFORE_PARTY.saturating_sub(self.signs)));
        }
        self.text.push_str(records::communication(line));
    }

    /// Adds a record 3.1.
    pub(super) fn inform(&mut self, position: Position, (structured, text): (bool, &str)) {
        self.keep_information();
        self.information = Some((position, structured, text.to_owned()));
    }

    /// The place of the latest record 3.1, and its text, to be gone on with.
    pub(super) fn information(&mut self) -> Option<(Position, &mut String)> {
        self.information.as_mut().map(|(position, _, text)| (*position, text))
    }

    fn keep_information(&mut self) {
        if let Some((position, structured, text)) = self.information.take() {
            let content = information::content(structured, &text);
            self.movement.information.push(Information { detail: position.detail, content });
        }
    }

    /// The movement with all that its records say, and the buffer.
    pub(super) fn close(mut self, findings: &mut Findings) -> (Movement, String) {
        self.keep_information();
        let place = Place { line: self.movement.line, record: "2.1" };
        let communication = if self.structured {
            let (communication, rest) = communication::structured(&self.text);
            if !trimmed(rest).is_empty() {
                findings.remark(place, "communication", (quoted(trimmed(rest)), Text::new("coda-nothing-more")));
            }
            communication
        } else {
            Communication::Free(without_end(&self.text).to_owned())
        };
        if let Communication::InvalidOgm { text, reconstituted } = &communication {
            let expected = if *reconstituted { "coda-rebuilt-communication" } else { "coda-communication" };
            findings.doubt(place, "communication", (quoted(text), Text::new(expected)));
        }
        self.movement.returned = returned(self.returned, &communication);
        self.movement.communication = communication;
        (self.movement, self.text)
    }
}

/// What came back: record 2.2 first, the direct debit when that is silent, its one digit of reason at last.
fn returned(said: Return, communication: &Communication) -> Option<Return> {
    let debit = match communication {
        Communication::DirectDebit(debit) => Some(debit),
        _ => None,
    };
    let kind = said.kind.or_else(|| debit.and_then(|debit| debit.returned));
    let reason = said.reason.or_else(|| debit.and_then(|debit| debit.reason.clone()));
    let unpaid = debit.is_some_and(|debit| !matches!(debit.outcome, None | Some(DebitOutcome::Paid)));
    (kind.is_some() || reason.is_some() || unpaid).then_some(Return { kind, reason })
}
