//! Collects what is wrong or odd, each with the element it is about.

use crate::domain::text::Text;
use crate::formats::bank::{Place, Problem, Severity};

/// The problems of one statement, or of a file outside its statements.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) problems: Vec<Problem>,
}

impl Findings {
    /// Notes that an element does not hold what it must.
    pub(super) fn refuse(&mut self, place: Place, found: Text, expected: Text) {
        self.problems.push(problem_at(place, found, expected));
    }

    /// Notes that an element holds something that a person should look at.
    pub(super) fn doubt(&mut self, place: Place, found: Text, expected: Text) {
        self.problems.push(Problem { severity: Severity::Doubtful, ..problem_at(place, found, expected) });
    }

    /// Notes a habit of a bank.
    pub(super) fn remark(&mut self, place: Place, found: Text, expected: Text) {
        self.problems.push(Problem { severity: Severity::Harmless, ..problem_at(place, found, expected) });
    }
}

/// A problem that makes the file unfit for booking.
pub(super) fn problem_at(place: Place, found: Text, expected: Text) -> Problem {
    Problem { severity: Severity::Refused, place, found, expected }
}

/// What stands there, in no language: a code, an amount.
pub(super) fn as_is(value: impl ToString) -> Text {
    Text::new("coda-as-is").with("text", value)
}

/// A text from the file between quotes, not more of it than fits a sentence.
pub(super) fn quoted(text: &str) -> Text {
    let short: String = text.chars().take(60).flat_map(char::escape_debug).collect();
    let more = if text.chars().nth(60).is_some() { "…" } else { "" };
    as_is(format!("“{short}{more}”"))
}

/// Nothing stands there.
pub(super) fn nothing() -> Text {
    Text::new("camt-nothing")
}
