//! Files of a bank, whatever their format, told apart by how they begin, never by their name.
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

use super::coda;

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// CODA, the Belgian coded statement, version 2.
    Coda,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Coda => f.pad("coda"),
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
    let file = coda::read(bytes).map_err(neutral)?;
    Ok(BankFile {
        format: Format::Coda,
        encoding: of_coda::charset(file.encoding),
        statements: file.statements.into_iter().map(of_coda::statement).collect(),
        warnings: neutral(file.warnings),
    })
}

/// Reads as much of a file as can be read, with everything that is wrong in it. Never fails, on any bytes.
pub fn inspect(bytes: &[u8]) -> Reading {
    let reading = coda::inspect(bytes);
    let statements = reading.statements.into_iter().map(|part| StatementReading {
        statement: part.statement.map(of_coda::statement),
        problems: neutral(part.problems),
    });
    Reading { statements: statements.collect(), problems: neutral(reading.problems) }
}

fn neutral(problems: Vec<coda::Problem>) -> Vec<Problem> {
    problems.into_iter().map(Problem::from).collect()
}
