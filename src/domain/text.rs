//! Sentences that people read, named by a key and filled with values, so that one rule speaks Dutch and English.

use serde::{Deserialize, Serialize};

/// A sentence in the language of whoever reads it: the key of a Fluent message and its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Key of the message in `templates/locales/*/…ftl`.
    pub key: String,
    /// Values by name, already in a neutral form (`25000.00`, `2026-01-31`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<(String, String)>,
    /// Values by name that are sentences themselves, told in the same language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<(String, Text)>,
}

impl Text {
    /// A sentence without values.
    pub fn new(key: &str) -> Self {
        Self { key: key.to_owned(), values: Vec::new(), parts: Vec::new() }
    }

    /// The same sentence with one more value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.values.push((name.to_owned(), value.to_string()));
        self
    }

    /// The same sentence with one more sentence in it.
    #[must_use]
    pub fn with_part(mut self, name: &str, part: Self) -> Self {
        self.parts.push((name.to_owned(), part));
        self
    }
}

/// What is wrong with one field of what somebody sent: the field, the value, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldProblem {
    /// Path of the field as it was sent: `people[0].insz`, `amount`.
    pub field: String,
    /// The value as it was sent; empty where it was missing or must not be repeated (a national number).
    pub value: String,
    /// What would be right.
    pub text: Text,
}

impl FieldProblem {
    /// A problem of a field and its value.
    pub fn new(field: impl Into<String>, value: impl ToString, text: Text) -> Self {
        Self { field: field.into(), value: value.to_string(), text }
    }
}

/// Collects every problem of an input, so that a person corrects them all at once.
#[derive(Debug, Default)]
pub struct Problems(Vec<FieldProblem>);

impl Problems {
    /// Notes a problem.
    pub fn add(&mut self, field: impl Into<String>, value: impl ToString, text: Text) {
        self.0.push(FieldProblem::new(field, value, text));
    }

    /// Keeps the value of a check, or notes its problem.
    pub fn take<T>(&mut self, checked: Result<T, FieldProblem>) -> Option<T> {
        checked.map_err(|problem| self.0.push(problem)).ok()
    }

    /// True when nothing is wrong so far.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Fine, or everything that is wrong.
    pub fn into_result(self) -> Result<(), Vec<FieldProblem>> {
        if self.0.is_empty() { Ok(()) } else { Err(self.0) }
    }

    /// Everything that is wrong.
    pub fn into_vec(self) -> Vec<FieldProblem> {
        self.0
    }
}
