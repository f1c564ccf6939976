//! CODA, the Belgian coded statement of account, version 2 (Febelfin, *Gecodeerde berichtgeving CODA*).
//!
//! [`read`] is for booking: it gives a file that passed every check, or everything that is wrong in it.
//! [`inspect`] is for people: it shows what can be read, with the problems beside it. [`write()`] makes files.
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
mod encoding;
mod information;
mod line;
mod movement;
mod order;
mod problem;
mod records;
mod statement;
mod to_write;
mod write;

pub use account::Account;
pub use assemble::StatementReading;
pub use code::{Kind, TransactionCode, TransactionType};
pub use communication::{Communication, DebitOutcome, DebitScheme, DebitSequence, DirectDebit};
pub use encoding::Encoding;
pub use information::{Information, InformationContent};
pub use problem::{Problem, Severity};
pub use statement::{CodaFile, Counterparty, Movement, Position, Return, ReturnKind, Statement};

pub use to_write::{CannotWrite, EntryToWrite, LineToWrite, StatementToWrite, TextToWrite};
pub use write::write;

use crate::domain::text::Text;
use encoding::TextLine;

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
    let (encoding, lines) = encoding::decode(bytes);
    if let Some(problem) = not_coda(&lines) {
        return Reading { encoding, statements: Vec::new(), problems: vec![problem] };
    }
    let starts: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].signs.first() == Some(&'0')).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let statements = starts
        .iter()
        .zip(ends)
        .map(|(start, end)| assemble::statement(&lines[*start..end], end < lines.len()))
        .collect();
    Reading { encoding, statements, problems: Vec::new() }
}

/// Why a file is no CODA file at all, so that one sentence says it instead of one per line.
fn not_coda(lines: &[TextLine]) -> Option<Problem> {
    let header = || Text::new("coda-file");
    let Some(first) = lines.first().filter(|_| lines.iter().any(|line| !line.signs.is_empty())) else {
        return Some(Problem::of_file(Text::new("coda-nothing"), header()));
    };
    if first.signs.iter().take(5).collect::<String>() != "00000" {
        let start: String = first.signs.iter().take(5).flat_map(|sign| sign.escape_debug()).collect();
        let found = Text::new("coda-first-line").with_part("start", problem::quoted(&start));
        return Some(Problem { line: Some(1), ..Problem::of_file(found, header()) });
    }
    (first.signs.get(127) == Some(&'1')).then(|| Problem {
        line: Some(1),
        record: Some("0"),
        field: Some("version"),
        ..Problem::of_file(Text::new("coda-old-layout"), Text::new("coda-version-2"))
    })
}
