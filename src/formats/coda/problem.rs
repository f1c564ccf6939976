//! What is wrong or odd in a bank file: where, what stands there, what was expected.

use std::fmt;

use crate::domain::text::Text;

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
    pub found: Text,
    /// What should stand there.
    pub expected: Text,
}

/// The record of a line that is no record of CODA.
pub(super) const UNKNOWN: &str = "unknown";

impl Problem {
    /// A problem of the file as a whole.
    pub(super) fn of_file(found: Text, expected: Text) -> Self {
        Self { severity: Severity::Refused, line: None, record: None, field: None, found, expected }
    }

    /// The problem as one line: where, what stands there, what should. `tell` says a sentence in English.
    pub fn in_english(&self, tell: impl Fn(&Text) -> String) -> String {
        let place = self.line.map_or_else(|| "the file".to_owned(), |line| format!("line {line}"));
        let record = self.record.map(|record| format!("record {record}"));
        let whole: Vec<String> = [Some(place), record, self.field.map(str::to_owned)].into_iter().flatten().collect();
        format!("{}: found {}, expected {}", whole.join(", "), tell(&self.found), tell(&self.expected))
    }

    /// The name of the record in words, when it could be told.
    pub fn record_name(&self) -> Option<Text> {
        self.record.map(|record| if record == UNKNOWN { Text::new("coda-record-unknown") } else { as_is(record) })
    }

    /// The name of the field in words.
    pub fn field_name(&self) -> Option<Text> {
        self.field.map(|field| Text::new(&format!("coda-field-{}", field.to_lowercase().replace(' ', "-"))))
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
    pub(super) fn refuse(&mut self, at: Place, field: &'static str, found: (Text, Text)) {
        self.note(Severity::Refused, at, field, found);
    }

    /// Notes that a field holds something that a person should look at.
    pub(super) fn doubt(&mut self, at: Place, field: &'static str, found: (Text, Text)) {
        self.note(Severity::Doubtful, at, field, found);
    }

    /// Notes a habit of a bank.
    pub(super) fn remark(&mut self, at: Place, field: &'static str, found: (Text, Text)) {
        self.note(Severity::Harmless, at, field, found);
    }

    fn note(&mut self, severity: Severity, at: Place, field: &'static str, (found, expected): (Text, Text)) {
        let (line, record) = (Some(at.line), Some(at.record));
        self.problems.push(Problem { severity, line, record, field: Some(field), found, expected });
    }
}

/// What stands there, in no language: a code, an amount.
pub(super) fn as_is(value: impl fmt::Display) -> Text {
    Text::new("coda-as-is").with("text", value)
}

/// A text from the file between quotes.
pub(super) fn quoted(text: &str) -> Text {
    as_is(format!("“{text}”"))
}

/// One of some codes: “0, 1 or 2”; none of none.
pub(super) fn one_of<T: fmt::Display>(codes: &[T]) -> Text {
    match codes {
        [] => as_is(""),
        [only] => as_is(only),
        [firsts @ .., last] => {
            let firsts: Vec<String> = firsts.iter().map(T::to_string).collect();
            Text::new("coda-one-of").with_part("firsts", as_is(firsts.join(", "))).with_part("last", as_is(last))
        }
    }
}
