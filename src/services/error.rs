//! Why a use case did not happen. Every door maps these exhaustively.

use crate::domain::text::{FieldProblem, Text};
use crate::storage;

/// Why a use case did not happen; in every case nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Fields of the input are wrong: all of them, each with what would be right.
    #[error("{} of the fields are not right: {}", .0.len(), fields(.0))]
    Invalid(Vec<FieldProblem>),
    /// The record does not exist, or this actor may not know that it does.
    #[error("there is no {kind} {id}")]
    NotFound {
        /// `application`, `loan`, …
        kind: &'static str,
        /// As it was asked for.
        id: String,
    },
    /// The actor's role does not hold the permission.
    #[error("this is not allowed for your role")]
    Forbidden,
    /// The input is well formed and a rule says no: no room in the fund, maker and approver are one person.
    #[error("refused: {}", .0.key)]
    Refused(Text),
    /// Somebody else was first, or an idempotency key came back with another body.
    #[error("conflict: {}", .0.key)]
    Conflict(Text),
    /// The database did not do what it should.
    #[error(transparent)]
    Storage(storage::Error),
    /// A value of ours could not be made: a letter, a sheet, a fold over impossible facts. A defect, not the input.
    #[error("{0}")]
    Internal(String),
}

impl From<storage::Error> for Error {
    /// Any entry can meet a closed period, whichever use case makes it: that refusal is a sentence everywhere.
    fn from(error: storage::Error) -> Self {
        match storage::periods::refused(&error) {
            Some((fund, closed)) => Self::Refused(closed.text(&fund)),
            None => Self::Storage(error),
        }
    }
}

fn fields(problems: &[FieldProblem]) -> String {
    problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>().join(", ")
}

impl Error {
    /// One wrong field.
    pub fn field(field: &str, value: impl ToString, text: Text) -> Self {
        Self::Invalid(vec![FieldProblem::new(field, value, text)])
    }

    /// No such record, or none that this actor may know of.
    pub fn not_found(kind: &'static str, id: impl ToString) -> Self {
        Self::NotFound { kind, id: id.to_string() }
    }

    /// A rule says no.
    pub fn refused(text: Text) -> Self {
        Self::Refused(text)
    }

    /// A defect of ours, with its cause for the log.
    pub fn internal(cause: impl ToString) -> Self {
        Self::Internal(cause.to_string())
    }
}
