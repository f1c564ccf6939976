//! Files of a bank, CODA or CAMT, told apart by how they begin, never by their name.
//!
//! [`read`] is for booking: it gives a file that passed every check, or everything that is wrong in it.
//! [`inspect`] is for people: it shows what can be read, with the problems beside it.
//!
//! Whether a statement continues the previous one, and whether it was booked before, is for who keeps statements.

mod of_coda;
mod problem;
mod statement;

use std::fmt;

pub use problem::{Place, Problem, Severity};
pub use statement::{
    Account, Balances, Counterparty, DebitOutcome, DebitScheme, DebitSequence, DirectDebit, Kind, Line, Position,
    Reference, Return, ReturnKind, Role, Statement,
};

use super::{camt, coda};
use crate::domain::text::Text;

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// CODA, the Belgian coded statement, version 2.
    Coda,
    /// CAMT.053 of ISO 20022, a statement, with its version.
    Camt053(u8),
    /// CAMT.054 of ISO 20022, details of totals, with its version.
    Camt054(u8),
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Coda => f.pad("coda"),
            Self::Camt053(version) => write!(f, "camt.053.001.{version:02}"),
            Self::Camt054(version) => write!(f, "camt.054.001.{version:02}"),
        }
    }
}

/// A file that passed every check.
#[derive(Debug, Clone, PartialEq)]
pub struct BankFile {
    /// Its format.
    pub format: Format,
    /// The character set it was read in.
    pub encoding: &'static str,
    /// Its statements, in the order of the file; also of different accounts.
    pub statements: Vec<Statement>,
    /// What a person should look at, and habits of the bank; nothing here makes the money wrong.
    pub warnings: Vec<Problem>,
}

/// What can be read of a file, right or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Each statement with its problems; none when the file is no bank file.
    pub statements: Vec<StatementReading>,
    /// What is wrong with the file as a whole.
    pub problems: Vec<Problem>,
}

/// A statement as far as it could be read, with its problems in the order of the lines.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementReading {
    /// The statement; none when it could not be read at all.
    pub statement: Option<Statement>,
    /// Everything that is wrong or odd in it.
    pub problems: Vec<Problem>,
}

/// Reads a file for booking.
///
/// # Errors
/// Every problem that makes the file incomplete or contradictory, in the order of the lines; nothing of such a
/// file may be booked.
pub fn read(bytes: &[u8]) -> Result<BankFile, Vec<Problem>> {
    match beginning(bytes) {
        Beginning::Coda => read_coda(bytes),
        Beginning::Xml => read_camt(bytes),
        Beginning::Neither(problem) => Err(vec![*problem]),
    }
}

/// Reads as much of a file as can be read, with everything that is wrong in it. Never fails, on any bytes.
pub fn inspect(bytes: &[u8]) -> Reading {
    match beginning(bytes) {
        Beginning::Coda => {
            let reading = coda::inspect(bytes);
            let statements = reading.statements.into_iter().map(|part| StatementReading {
                statement: part.statement.map(of_coda::statement),
                problems: neutral(part.problems),
            });
            Reading { statements: statements.collect(), problems: neutral(reading.problems) }
        }
        Beginning::Xml => camt::inspect(bytes).reading,
        Beginning::Neither(problem) => Reading { statements: Vec::new(), problems: vec![*problem] },
    }
}

/// How a file begins.
enum Beginning {
    Coda,
    Xml,
    Neither(Box<Problem>),
}

fn beginning(bytes: &[u8]) -> Beginning {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if text.starts_with(b"00000") {
        return Beginning::Coda;
    }
    if camt::begins_as_xml(bytes) {
        return Beginning::Xml;
    }
    let (place, found) = if text.iter().all(u8::is_ascii_whitespace) {
        (Place::File, Text::new("coda-nothing"))
    } else {
        let start = String::from_utf8_lossy(text.get(..5).unwrap_or(text)).escape_debug().to_string();
        let start = Text::new("coda-as-is").with("text", format!("“{start}”"));
        (Place::Line(1), Text::new("coda-first-line").with_part("start", start))
    };
    let (severity, expected) = (Severity::Refused, Text::new("bank-file-of-a-known-format"));
    Beginning::Neither(Box::new(Problem { severity, place, found, expected }))
}

fn read_coda(bytes: &[u8]) -> Result<BankFile, Vec<Problem>> {
    let file = coda::read(bytes).map_err(neutral)?;
    Ok(BankFile {
        format: Format::Coda,
        encoding: of_coda::charset(file.encoding),
        statements: file.statements.into_iter().map(of_coda::statement).collect(),
        warnings: neutral(file.warnings),
    })
}

fn read_camt(bytes: &[u8]) -> Result<BankFile, Vec<Problem>> {
    let camt::Camt { format, encoding, reading } = camt::inspect(bytes);
    let mut problems = reading.problems;
    let mut statements = Vec::with_capacity(reading.statements.len());
    for part in reading.statements {
        problems.extend(part.problems);
        statements.extend(part.statement);
    }
    let (refused, warnings): (Vec<_>, Vec<_>) =
        problems.into_iter().partition(|problem| problem.severity == Severity::Refused);
    match format {
        Some(format) if refused.is_empty() => Ok(BankFile { format, encoding, statements, warnings }),
        _ => Err(refused),
    }
}

fn neutral(problems: Vec<coda::Problem>) -> Vec<Problem> {
    problems.into_iter().map(Problem::from).collect()
}
