//! From the records of one statement to the statement, one record at a time.

use sha2::{Digest, Sha256};

use super::checks::{self, Tally};
use super::line::Line;
use super::lines::{TextLine, without_end};
use super::movement::Open;
use super::order::Before;
use super::problem::{Findings, Place, Problem, UNKNOWN, as_is, one_of};
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

/// Everything collected from the lines of one statement, its closed movements left out.
#[derive(Debug)]
pub(super) struct Collected {
    pub(super) findings: Findings,
    /// False as soon as a record could not be read: sums would then only repeat that.
    pub(super) complete: bool,
    pub(super) header: Option<Header>,
    pub(super) old: Option<(Place, OldBalance)>,
    pub(super) new: Option<(Place, NewBalance)>,
    pub(super) trailer: Option<(Place, Trailer)>,
    pub(super) tally: Tally,
    /// How many lines the trailer counts: not records 0, 4 and 9; a line that cannot be read is counted.
    pub(super) counted: u64,
    messages: Vec<String>,
    message: String,
    open: Option<Open>,
    /// A buffer that goes from one movement to the next.
    text: String,
    before: Option<Before>,
    last: Option<Position>,
    first_line: usize,
    last_line: Place,
    hash: Sha256,
}

impl Collected {
    /// Begins the statement whose record 0 stands on this line.
    pub(super) fn new(line: usize) -> Self {
        Self {
            findings: Findings::default(),
            complete: true,
            header: None,
            old: None,
            new: None,
            trailer: None,
            tally: Tally::default(),
            counted: 0,
            messages: Vec::new(),
            message: String::new(),
            open: None,
            text: String::new(),
            before: None,
            last: None,
            first_line: line,
            last_line: Place { line, record: UNKNOWN },
            hash: Sha256::new(),
        }
    }

    /// False in a second feed with details: it is outside the balances and never is money.
    pub(super) fn money(&self) -> bool {
        self.header.as_ref().is_none_or(|header| header.separate_application.is_none())
    }

    /// Takes the next line. Answers the movement that it ends.
    pub(super) fn take(&mut self, text: TextLine<'_>) -> Option<Movement> {
        let record = text.record();
        self.last_line = Place { line: text.number, record: record.unwrap_or(UNKNOWN) };
        self.counted += u64::from(!matches!(record, Some("0" | "4" | "9")));
        fingerprint(&mut self.hash, &text);
        let Some(line) = Line::check(text, &mut self.findings) else {
            // Goes on after a line that cannot be read.
            self.complete = false;
            self.before = None;
            return self.close_movement();
        };
        if let Some(before) = self.before.take() {
            before.check(&line, &mut self.findings);
        }
        self.before = Some(Before::of(&line, &mut self.findings));
        self.record(&line)
    }

    fn record(&mut self, line: &Line<'_>) -> Option<Movement> {
        match line.place.record {
            "0" => self.header = records::header(line, &mut self.findings),
            "1" => self.old = records::old_balance(line, &mut self.findings).map(|old| (line.place, old)),
            "2.1" => return self.open_movement(line),
            "2.2" | "2.3" => self.continue_movement(line),
            "3.1" | "3.2" | "3.3" => self.add_information(line),
            "8" => {
                let closed = self.close_movement();
                let structure = self.old.as_ref().map_or(2, |(_, old)| old.structure);
                let new = records::new_balance(line, structure, &mut self.findings);
                self.new = new.map(|new| (line.place, new));
                return closed;
            }
            "4" => self.add_message(line),
            _ => {
                let closed = self.close_movement();
                self.trailer = Some((line.place, records::trailer(line, &mut self.findings)));
                return closed;
            }
        }
        None
    }

    fn open_movement(&mut self, line: &Line<'_>) -> Option<Movement> {
        let closed = self.close_movement();
        match records::main(line, &mut self.findings) {
            Some(main) => {
                self.check_continuity(line.place, main.0.position);
                self.open = Some(Open::new(main, line, std::mem::take(&mut self.text)));
            }
            None => self.complete = false,
        }
        closed
    }

    fn continue_movement(&mut self, line: &Line<'_>) {
        let Some(open) = &mut self.open else { return };
        let Some(position) = records::position(line, &mut self.findings) else { return };
        if position == open.movement.position {
            open.add(line);
        } else {
            let expected = as_before("2.1", open.movement.position);
            self.findings.refuse(line.place, "sequence and detail number", (as_is(position), expected));
        }
    }

    fn add_information(&mut self, line: &Line<'_>) {
        let Some(open) = &mut self.open else { return };
        let Some(position) = records::position(line, &mut self.findings) else { return };
        if line.place.record == "3.1" {
            let sequence = open.movement.position.sequence;
            if position.sequence == sequence {
                open.inform(position, records::information(line, &mut self.findings));
                self.check_continuity(line.place, position);
            } else {
                let expected = as_before("2.1", format!("{sequence:04}"));
                let found = as_is(format!("{:04}", position.sequence));
                self.findings.refuse(line.place, "sequence number", (found, expected));
            }
            return;
        }
        match open.information() {
            Some((first, text)) if first == position => text.push_str(records::more_information(line)),
            Some((first, _)) => {
                let expected = as_before("3.1", first);
                self.findings.refuse(line.place, "sequence and detail number", (as_is(position), expected));
            }
            None => {}
        }
    }

    /// The numbers run on, from 0001/0000: a doubt when they do not, for the balances tell whether money is missing.
    fn check_continuity(&mut self, place: Place, position: Position) {
        let step = |number: u16| if number >= 9999 { 0 } else { number + 1 };
        let last = self.last.replace(position);
        // After a record that could not be read, a gap would only repeat that.
        if !self.complete {
            return;
        }
        let next_movement = Position { sequence: step(last.map_or(0, |last| last.sequence)), detail: 0 };
        let next_detail = last.map(|last| Position { sequence: last.sequence, detail: step(last.detail) });
        if position != next_movement && Some(position) != next_detail {
            let expected = next_detail.map_or_else(|| as_is(next_movement), |next| one_of(&[next_movement, next]));
            self.findings.doubt(place, "sequence and detail number", (as_is(position), expected));
        }
    }

    fn add_message(&mut self, line: &Line<'_>) {
        let (number, text) = records::message(line);
        match self.messages.last_mut() {
            Some(message) if self.message == number => message.push_str(text),
            _ => self.messages.push(text.to_owned()),
        }
        number.clone_into(&mut self.message);
    }

    fn close_movement(&mut self) -> Option<Movement> {
        let (mut movement, text) = self.open.take()?.close(&mut self.findings);
        self.text = text;
        let money = self.money();
        self.tally.add(&mut movement, money);
        Some(movement)
    }

    /// Ends the statement. Answers the movement that was open, and the statement without its movements.
    pub(super) fn end(mut self, follows: bool) -> (Option<Movement>, StatementReading) {
        let closed = self.close_movement();
        if self.trailer.is_none() && self.last_line.record != "9" {
            let expected = (Text::new("coda-nothing-after"), Text::new("coda-trailer"));
            self.findings.refuse(self.last_line, "end", expected);
        }
        checks::statement(&mut self, follows);
        let mut problems = std::mem::take(&mut self.findings.problems);
        problems.sort_by_key(|problem| problem.line);
        (closed, StatementReading { statement: self.build(), problems })
    }

    fn build(self) -> Option<Statement> {
        let (header, (_, old)) = (self.header?, self.old?);
        let (new_balance, new_balance_on) = match self.new {
            Some((_, new)) => (new.balance, new.balance_on),
            None if self.tally.movements == 0 && self.complete => (old.balance, None),
            None => return None,
        };
        Some(Statement {
            line: self.first_line,
            fingerprint: hex::encode(self.hash.finalize()),
            created_on: header.created_on,
            bank: header.bank,
            duplicate: header.duplicate,
            separate_application: header.separate_application,
            transaction_reference: header.transaction_reference,
            related_reference: header.related_reference,
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
            movements: Vec::new(),
            messages: self.messages.iter().map(|text| text.trim().to_owned()).collect(),
        })
    }
}

/// The number that the record before it has.
fn as_before(record: &str, number: impl std::fmt::Display) -> Text {
    Text::new("coda-as-in-record-before").with("number", number).with("record", record)
}

/// SHA-256 over the records, with the duplicate sign (record 0, position 17) and the multiple file code (record
/// 9, position 128) left out: they change when the bank sends a statement again.
fn fingerprint(hash: &mut Sha256, line: &TextLine<'_>) {
    let silent = match line.record() {
        Some("0") => 16,
        Some("9") => 127,
        _ => usize::MAX,
    };
    if silent < line.len() {
        let text = format!("{} {}", line.part(0, silent), line.part(silent + 1, line.len()));
        hash.update(without_end(&text).as_bytes());
    } else {
        hash.update(without_end(&line.text).as_bytes());
    }
    hash.update(b"\n");
}
