//! What is wrong or odd in a bank file: where, what stands there, what was expected.

use std::fmt;

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A habit of a bank that loses nothing.
    Harmless,
    /// The money is right; a person should look at this detail.
    Doubtful,
    /// The file is incomplete or contradicts itself: nothing of it may be booked.
    Refused,
}

/// One finding in a bank file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How much it weighs.
    pub severity: Severity,
    /// The line in the file, counted from 1; none when it concerns the file as a whole.
    pub line: Option<usize>,
    /// The record of that line (`2.1`, `8`), when it could be told.
    pub record: Option<&'static str>,
    /// The field of that record.
    pub field: Option<&'static str>,
    /// What stands there.
    pub value: String,
    /// What should stand there.
    pub expected: String,
}

impl Problem {
    /// A problem of the file as a whole.
    pub(super) fn of_file(value: impl Into<String>, expected: impl Into<String>) -> Self {
        Self {
            severity: Severity::Refused,
            line: None,
            record: None,
            field: None,
            value: value.into(),
            expected: expected.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}")?,
            None => f.write_str("the file")?,
        }
        if let Some(record) = self.record {
            write!(f, ", record {record}")?;
        }
        if let Some(field) = self.field {
            write!(f, ", {field}")?;
        }
        write!(f, ": found {}, expected {}", self.value, self.expected)
    }
}

/// Collects problems at a place in the file.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) problems: Vec<Problem>,
}

/// A place in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) record: &'static str,
}

impl Findings {
    /// Notes that a field does not hold what it must.
    pub(super) fn refuse(&mut self, at: Place, field: &'static str, found: (String, String)) {
        self.note(Severity::Refused, at, field, found);
    }

    /// Notes that a field holds something that a person should look at.
    pub(super) fn doubt(&mut self, at: Place, field: &'static str, found: (String, String)) {
        self.note(Severity::Doubtful, at, field, found);
    }

    /// Notes a habit of a bank.
    pub(super) fn remark(&mut self, at: Place, field: &'static str, found: (String, String)) {
        self.note(Severity::Harmless, at, field, found);
    }

    fn note(&mut self, severity: Severity, at: Place, field: &'static str, (value, expected): (String, String)) {
        let (line, record) = (Some(at.line), Some(at.record));
        self.problems.push(Problem { severity, line, record, field: Some(field), value, expected });
    }
}

/// What was found and what was expected, as a pair.
pub(super) fn found(value: impl fmt::Display, expected: impl Into<String>) -> (String, String) {
    (value.to_string(), expected.into())
}

/// A text from the file between quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("“{text}”")
}
