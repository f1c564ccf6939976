//! What became of the files of one import.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::domain::matching::Reason;
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::storage::bank::{LineRow, Outcome};

/// What became of each file, in the order they were given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    /// The files.
    pub files: Vec<FileReport>,
}

impl ImportReport {
    /// How many files are in a state.
    pub fn count(&self, state: FileState) -> usize {
        self.files.iter().filter(|file| file.state == state).count()
    }
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileReport {
    /// The name it came with.
    pub name: String,
    /// Imported, known or refused.
    pub state: FileState,
    /// The file as it is kept; none when nothing of it is.
    pub bank_file_id: Option<Uuid>,
    /// Known: since when.
    pub known_since: Option<DateTime<Utc>>,
    /// Its statements, in the order of their chain; empty when the file was refused or its bytes are known.
    pub statements: Vec<StatementReport>,
    /// How many lines were kept, totals and details included.
    pub lines: usize,
    /// What was booked, by reason.
    pub booked: Vec<BookedSum>,
    /// What waits for a person, line by line.
    pub suspense: Vec<SuspenseLine>,
    /// Totals of earlier statements that details in it explain.
    pub explained: Vec<ExplainedTotal>,
    /// Why it was refused: everything at once.
    pub problems: Vec<Text>,
    /// What a person should look at although the money is right.
    pub warnings: Vec<Text>,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// Something new in it was booked.
    Imported,
    /// Everything in it was booked before; nothing was written.
    Known,
    /// Something is wrong with it; nothing was written.
    Refused,
    /// It does not follow on the last statement of its account; it is kept and nothing of it is booked yet.
    Held,
    /// It was held and a person threw it away.
    Discarded,
}

/// A total that waited, and that a later file explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedTotal {
    /// The total.
    pub bank_line_id: Uuid,
    /// Number of its statement.
    pub statement: u16,
    /// The bank's number of the movement.
    pub sequence: String,
    /// The booking date.
    pub booked_on: NaiveDate,
    /// Positive is money in.
    pub amount: Money,
    /// How many details it has.
    pub details: usize,
}

/// One statement of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementReport {
    /// Code of the fund.
    pub fund: String,
    /// Its number of the year.
    pub sequence: u16,
    /// Its date.
    pub on: NaiveDate,
    /// The balance before.
    pub old_balance: Money,
    /// The balance after.
    pub new_balance: Money,
    /// Booked now, or before.
    pub known: bool,
}

/// What was booked for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookedSum {
    /// Why.
    pub reason: Reason,
    /// How many lines.
    pub lines: usize,
    /// Their sum; positive is money in.
    pub amount: Money,
}

/// A line that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SuspenseLine {
    /// The line.
    pub bank_line_id: Uuid,
    /// Number of its statement.
    pub statement: u16,
    /// The bank's number of the movement.
    pub sequence: String,
    /// The bank's number of the detail.
    pub detail: String,
    /// The booking date.
    pub booked_on: NaiveDate,
    /// Positive is money in.
    pub amount: Money,
    /// Why it waits.
    pub reason: Reason,
}

impl FileReport {
    pub(super) fn new(name: &str, state: FileState) -> Self {
        Self {
            name: name.to_owned(),
            state,
            bank_file_id: None,
            known_since: None,
            statements: Vec::new(),
            lines: 0,
            booked: Vec::new(),
            suspense: Vec::new(),
            explained: Vec::new(),
            problems: Vec::new(),
            warnings: Vec::new(),
        }
    }

    pub(super) fn refused(name: &str, problems: Vec<Text>) -> Self {
        Self { problems, ..Self::new(name, FileState::Refused) }
    }

    /// Counts the lines of a file into the report; `number_of` is the number of a line's statement.
    pub(super) fn count(&mut self, lines: &[LineRow], number_of: impl Fn(Uuid) -> u16) {
        self.lines = lines.len();
        let mut sums: BTreeMap<Reason, (usize, Money)> = BTreeMap::new();
        for line in lines {
            match line.outcome {
                Outcome::Booked => {
                    let (count, amount) = sums.entry(line.reason).or_default();
                    *count += 1;
                    *amount += line.amount;
                }
                Outcome::Suspense => self.suspense.push(SuspenseLine {
                    bank_line_id: line.bank_line_id,
                    statement: number_of(line.bank_statement_id),
                    sequence: line.sequence.clone(),
                    detail: line.detail.clone(),
                    booked_on: line.booked_on,
                    amount: line.amount,
                    reason: line.reason,
                }),
                Outcome::Detailed => {}
            }
        }
        self.booked = sums.into_iter().map(|(reason, (lines, amount))| BookedSum { reason, lines, amount }).collect();
    }
}
