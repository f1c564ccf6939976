//! What is wrong or odd in a bank file of any format: where, what stands there, what was expected.

pub use super::super::coda::Severity;

use super::super::coda;
use crate::domain::text::Text;

/// One finding in a bank file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How much it weighs.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What stands there.
    pub found: Text,
    /// What should stand there.
    pub expected: Text,
}

/// A place in a bank file. Lines are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A line, when no more can be told.
    Line(usize),
    /// A field of a record of CODA.
    Record {
        /// The line.
        line: usize,
        /// The record as the standard calls it (`2.1`), and its name in words.
        record: (&'static str, Text),
        /// The field, and its name in words.
        field: (&'static str, Text),
    },
    /// An element of an XML file.
    Element {
        /// The line on which it begins.
        line: usize,
        /// Where it stands: `Stmt/Ntry[3]/Amt`; a number counts elements of that name, from 1.
        path: String,
    },
}

impl Place {
    /// The line, when it is not about the file as a whole.
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::File => None,
            Self::Line(line) | Self::Record { line, .. } | Self::Element { line, .. } => Some(*line),
        }
    }
}

impl Problem {
    /// The problem as one line: where, what stands there, what should. `tell` says a sentence in English.
    pub fn in_english(&self, tell: impl Fn(&Text) -> String) -> String {
        let place = match &self.place {
            Place::File => "the file".to_owned(),
            Place::Line(line) => format!("line {line}"),
            Place::Record { line, record, field } => format!("line {line}, record {}, {}", record.0, field.0),
            Place::Element { line, path } => format!("line {line}, {path}"),
        };
        format!("{place}: found {}, expected {}", tell(&self.found), tell(&self.expected))
    }

    /// The problem as a sentence; its parts have names, for who shows them in columns.
    pub fn text(&self) -> Text {
        let text = match &self.place {
            Place::File => Text::new("bank-problem-file"),
            Place::Line(line) => Text::new("bank-problem-line").with("line", line),
            Place::Record { line, record, field } => Text::new("bank-problem-record")
                .with("line", line)
                .with_part("record", record.1.clone())
                .with_part("field", field.1.clone()),
            Place::Element { line, path } => {
                let element = Text::new("coda-as-is").with("text", path);
                Text::new("bank-problem-element").with("line", line).with_part("element", element)
            }
        };
        text.with_part("found", self.found.clone()).with_part("expected", self.expected.clone())
    }
}

impl From<coda::Problem> for Problem {
    fn from(problem: coda::Problem) -> Self {
        let names = (problem.record_name(), problem.field_name());
        let place = match (problem.line, problem.record.zip(problem.field), names) {
            (Some(line), Some((record, field)), (Some(record_name), Some(field_name))) => {
                Place::Record { line, record: (record, record_name), field: (field, field_name) }
            }
            (Some(line), ..) => Place::Line(line),
            (None, ..) => Place::File,
        };
        Self { severity: problem.severity, place, found: problem.found, expected: problem.expected }
    }
}
