//! CODA, the Belgian coded statement of account, version 2 (Febelfin, *Gecodeerde berichtgeving CODA*).
//!
//! [`read`] is for booking: it gives a file that passed every check, or everything that is wrong in it.
//! [`inspect`] is for people: it shows what can be read, with the problems beside it. Both are built on [`stream`],
//! which holds one movement at a time. [`write()`] and [`compose`] make files.
//!
//! ```text
//! file       one or more statements, also of different accounts
//! statement  0 header · 1 old balance · movements · 8 new balance · 4 messages · 9 trailer
//! movement   2.1 amount and text · 2.2 references · 2.3 counterparty · 3.1 to 3.3 information
//! ```
//!
//! Checks, all inside one file: length, order and promises of the records; count and totals of the trailer; old
//! balance and movements give the new balance; one account; details add up to their total. Whether a
//! statement continues the previous one, and whether it was booked before, is for who keeps statements.

mod account;
mod assemble;
mod checks;
mod code;
mod communication;
mod compose;
mod encoding;
mod information;
mod layout;
mod layouts;
mod line;
mod lines;
mod movement;
mod order;
mod problem;
mod record;
mod records;
mod statement;
mod stream;
mod to_write;
mod write;

pub use account::Account;
pub use assemble::StatementReading;
pub use code::{Kind, TransactionCode, TransactionType};
pub use communication::{Communication, DebitOutcome, DebitScheme, DebitSequence, DirectDebit};
pub use compose::compose;
pub use encoding::{Encoding, recognise};
pub use information::{Information, InformationContent};
pub use layout::{Detail, Details, Value};
pub use problem::{Problem, Severity};
pub use statement::{CodaFile, Counterparty, Movement, Position, Return, ReturnKind, Statement};
pub use stream::{Part, Stream, stream};
pub use to_write::{CannotWrite, EntryToWrite, LineToWrite, StatementToWrite, TextToWrite};
pub use write::write;

/// What can be read of a file, right or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The character set it was read in.
    pub encoding: Encoding,
    /// Each statement with its problems; none when the file is no CODA file.
    pub statements: Vec<StatementReading>,
    /// What is wrong with the file as a whole.
    pub problems: Vec<Problem>,
}

/// Reads a file for booking.
///
/// # Errors
/// Every problem that makes the file incomplete or contradictory, in the order of the lines; nothing of such a
/// file may be booked.
pub fn read(bytes: &[u8]) -> Result<CodaFile, Vec<Problem>> {
    let reading = inspect(bytes);
    let encoding = reading.encoding;
    let mut problems = reading.problems;
    let mut statements = Vec::with_capacity(reading.statements.len());
    for part in reading.statements {
        problems.extend(part.problems);
        statements.extend(part.statement);
    }
    let (refused, warnings): (Vec<_>, Vec<_>) =
        problems.into_iter().partition(|problem| problem.severity == Severity::Refused);
    if refused.is_empty() { Ok(CodaFile { encoding, statements, warnings }) } else { Err(refused) }
}

/// Reads as much of a file as can be read, with everything that is wrong in it. Never fails, on any bytes.
pub fn inspect(bytes: &[u8]) -> Reading {
    // Bytes in memory can always be read to their end.
    let encoding = if bytes.is_ascii() { Encoding::Ascii } else { recognise(bytes).unwrap_or(Encoding::Windows1252) };
    let mut reading = Reading { encoding, statements: Vec::new(), problems: Vec::new() };
    let mut movements = Vec::new();
    for part in stream(bytes, encoding).map_while(Result::ok) {
        match part {
            Part::Movement(movement) => movements.push(*movement),
            Part::Statement(mut part) => {
                let of_statement = std::mem::take(&mut movements);
                if let Some(statement) = &mut part.statement {
                    statement.movements = of_statement;
                }
                reading.statements.push(*part);
            }
            Part::Problem(problem) => reading.problems.push(problem),
        }
    }
    reading
}
