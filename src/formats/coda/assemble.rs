//! From the records of one statement to the statement.

use sha2::{Digest, Sha256};

use super::checks;
use super::code::TransactionType;
use super::communication::Communication;
use super::encoding::TextLine;
use super::line::{Line, record_name};
use super::movement::{Open, movement};
use super::order::Before;
use super::problem::{Findings, Place, Problem, UNKNOWN, as_is, one_of, quoted};
use super::records::{self, Header, NewBalance, OldBalance, Trailer};
use super::statement::{Movement, Position, Statement};
use crate::domain::text::Text;

/// A statement as far as it could be read, with its problems in the order of the lines.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementReading {
    /// The statement; none when a record 0, 1 or 8 is missing or unreadable.
    pub statement: Option<Statement>,
    /// Everything that is wrong or odd in it.
    pub problems: Vec<Problem>,
}

/// Everything collected from the lines of one statement.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) findings: Findings,
    /// False as soon as a record could not be read: sums would then only repeat that.
    pub(super) complete: bool,
    pub(super) header: Option<Header>,
    pub(super) old: Option<(Place, OldBalance)>,
    pub(super) new: Option<(Place, NewBalance)>,
    pub(super) trailer: Option<(Place, Trailer)>,
    pub(super) movements: Vec<Movement>,
    messages: Vec<String>,
    message: Option<String>,
    open: Option<Open>,
    before: Option<Before>,
    last: Option<Position>,
}

/// Reads the lines of one statement, from its record 0.
pub(super) fn statement(lines: &[TextLine], follows: bool) -> StatementReading {
    let mut collected = Collected { complete: true, ..Collected::default() };
    for text in lines {
        match Line::check(text, &mut collected.findings) {
            Some(line) => collected.take(&line),
            None => collected.skip(),
        }
    }
    collected.close_movement();
    collected.check_end(lines);
    // Records 0, 4 and 9 are not counted; a line that cannot be read is.
    let counted = lines.iter().filter(|line| !matches!(record_name(&line.signs), Some("0" | "4" | "9"))).count();
    checks::statement(&mut collected, counted, follows);
    let statement = collected.build(lines);
    let mut problems = collected.findings.problems;
    problems.sort_by_key(|problem| problem.line);
    StatementReading { statement, problems }
}

impl Collected {
    /// Goes on after a line that could not be read.
    fn skip(&mut self) {
        self.complete = false;
        self.before = None;
        self.close_movement();
    }

    fn take(&mut self, line: &Line) {
        if let Some(before) = self.before.take() {
            before.check(line, &mut self.findings);
        }
        self.before = Some(Before::of(line, &mut self.findings));
        match line.place.record {
            "0" => self.header = records::header(line, &mut self.findings),
            "1" => self.old = records::old_balance(line, &mut self.findings).map(|old| (line.place, old)),
            "2.1" => self.open_movement(line),
            "2.2" | "2.3" => self.continue_movement(line),
            "3.1" | "3.2" | "3.3" => self.add_information(line),
            "8" => {
                self.close_movement();
                let structure = self.old.as_ref().map_or(2, |(_, old)| old.structure);
                let new = records::new_balance(line, structure, &mut self.findings);
                self.new = new.map(|new| (line.place, new));
            }
            "4" => self.add_message(line),
            _ => {
                self.close_movement();
                self.trailer = Some((line.place, records::trailer(line, &mut self.findings)));
            }
        }
    }

    fn open_movement(&mut self, line: &Line) {
        self.close_movement();
        match records::main(line, &mut self.findings) {
            Some(main) => {
                self.check_continuity(line.place, main.position);
                let line = line.place.line;
                self.open = Some(Open { line, main, references: None, party: None, information: Vec::new() });
            }
            None => self.complete = false,
        }
    }

    fn continue_movement(&mut self, line: &Line) {
        let Some(open) = &mut self.open else { return };
        let Some(position) = records::position(line, &mut self.findings) else { return };
        if position != open.main.position {
            let expected = as_before("2.1", open.main.position);
            self.findings.refuse(line.place, "sequence and detail number", (as_is(position), expected));
        } else if line.place.record == "2.2" {
            open.references = Some(records::references(line));
        } else {
            open.party = Some(records::party(line));
        }
    }

    fn add_information(&mut self, line: &Line) {
        let Some(open) = &mut self.open else { return };
        let Some(position) = records::position(line, &mut self.findings) else { return };
        if line.place.record == "3.1" {
            let sequence = open.main.position.sequence;
            if position.sequence != sequence {
                let expected = as_before("2.1", format!("{sequence:04}"));
                let found = as_is(format!("{:04}", position.sequence));
                self.findings.refuse(line.place, "sequence number", (found, expected));
                return;
            }
            let (structured, text) = records::information(line, &mut self.findings);
            open.information.push((position, structured, text));
            self.check_continuity(line.place, position);
            return;
        }
        let Some((first, _, text)) = open.information.last_mut() else { return };
        if *first == position {
            text.push_str(&records::more_information(line));
        } else {
            let expected = as_before("3.1", first);
            self.findings.refuse(line.place, "sequence and detail number", (as_is(position), expected));
        }
    }

    /// The numbers run on: a doubt when they do not, for the balances tell whether money is missing.
    fn check_continuity(&mut self, place: Place, position: Position) {
        let step = |number: u16| if number >= 9999 { 0 } else { number + 1 };
        let last = self.last.replace(position).unwrap_or(Position { sequence: 0, detail: 0 });
        let next_movement = Position { sequence: step(last.sequence), detail: 0 };
        let next_detail = Position { sequence: last.sequence, detail: step(last.detail) };
        // After a record that could not be read, a gap would only repeat that.
        if self.complete && position != next_movement && position != next_detail {
            let expected = if last.sequence == 0 && last.detail == 0 {
                as_is(next_movement)
            } else {
                one_of(&[next_movement, next_detail])
            };
            self.findings.doubt(place, "sequence and detail number", (as_is(position), expected));
        }
    }

    fn add_message(&mut self, line: &Line) {
        let (number, text) = records::message(line);
        match self.messages.last_mut() {
            Some(message) if self.message.as_ref() == Some(&number) => message.push_str(&text),
            _ => self.messages.push(text),
        }
        self.message = Some(number);
    }

    fn close_movement(&mut self) {
        let Some(open) = self.open.take() else { return };
        let place = Place { line: open.line, record: "2.1" };
        let movement = movement(open, self.parent_of());
        if let Communication::InvalidOgm { text, reconstituted } = &movement.communication {
            let expected =
                if *reconstituted { Text::new("coda-rebuilt-communication") } else { Text::new("coda-communication") };
            self.findings.doubt(place, "communication", (quoted(text), expected));
        }
        self.movements.push(movement);
    }

    /// Finds the latest total of a type in the movement with a sequence number.
    fn parent_of(&self) -> impl Fn(TransactionType, u16) -> Option<Position> {
        |kind, sequence| {
            let mut earlier = self.movements.iter().rev().take_while(|m| m.position.sequence == sequence);
            earlier.find(|m| m.code.kind == kind).map(|m| m.position)
        }
    }

    fn check_end(&mut self, lines: &[TextLine]) {
        let Some(last) = lines.last() else { return };
        if self.trailer.is_none() && record_name(&last.signs) != Some("9") {
            let place = Place { line: last.number, record: record_name(&last.signs).unwrap_or(UNKNOWN) };
            self.findings.refuse(place, "end", (Text::new("coda-nothing-after"), Text::new("coda-trailer")));
        }
    }

    fn build(&mut self, lines: &[TextLine]) -> Option<Statement> {
        let (header, (_, old)) = (self.header.take()?, self.old.take()?);
        let (new_balance, new_balance_on) = match self.new.take() {
            Some((_, new)) => (new.balance, new.balance_on),
            None if self.movements.is_empty() && self.complete => (old.balance, None),
            None => return None,
        };
        Some(Statement {
            line: lines.first()?.number,
            fingerprint: fingerprint(lines),
            created_on: header.created_on,
            bank: header.bank,
            duplicate: header.duplicate,
            separate_application: header.separate_application,
            file_reference: header.file_reference,
            addressee: header.addressee,
            bic: header.bic,
            holder_number: header.holder_number,
            holder: old.holder,
            description: old.description,
            account: old.account,
            sequence: old.sequence,
            paper_sequence: old.paper_sequence,
            old_balance: old.balance,
            old_balance_on: old.balance_on,
            new_balance,
            new_balance_on,
            movements: std::mem::take(&mut self.movements),
            messages: std::mem::take(&mut self.messages).iter().map(|text| text.trim().to_owned()).collect(),
        })
    }
}

/// The number that the record before it has.
fn as_before(record: &str, number: impl std::fmt::Display) -> Text {
    Text::new("coda-as-in-record-before").with("number", number).with("record", record)
}

/// SHA-256 over the records, with the duplicate sign (record 0, position 17) and the multiple file code (record
/// 9, position 128) left out: they change when the bank sends a statement again.
fn fingerprint(lines: &[TextLine]) -> String {
    let mut hash = Sha256::new();
    for line in lines {
        let silent = match record_name(&line.signs) {
            Some("0") => 16,
            Some("9") => 127,
            _ => usize::MAX,
        };
        let text: String =
            line.signs.iter().enumerate().map(|(at, sign)| if at == silent { ' ' } else { *sign }).collect();
        hash.update(text.trim_end().as_bytes());
        hash.update(b"\n");
    }
    hex::encode(hash.finalize())
}
