//! What was typed on a form, kept so that a form with a mistake comes back as it was sent.

use std::collections::BTreeMap;

use crate::domain::text::{FieldProblem, Text};

/// Values and problems of a form, by the name of the field: `people[0].given_name`.
#[derive(Debug, Clone, Default)]
pub(super) struct Form {
    values: BTreeMap<String, String>,
    problems: Vec<FieldProblem>,
}

impl Form {
    /// A form as it was sent. Fields that were left empty are as if they were not there.
    pub(super) fn sent(pairs: Vec<(String, String)>) -> Self {
        let filled = pairs.into_iter().map(|(name, value)| (name, value.trim().to_owned()));
        Self { values: filled.filter(|(_, value)| !value.is_empty()).collect(), problems: Vec::new() }
    }

    /// A fresh form with values to begin with.
    pub(super) fn fresh(values: &[(&str, &str)]) -> Self {
        let values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { values, problems: Vec::new() }
    }

    /// The same form with what is wrong with it.
    pub(super) fn with_problems(mut self, problems: Vec<FieldProblem>) -> Self {
        self.problems = problems;
        self
    }

    /// The value of a field; nothing where it was left empty.
    pub(super) fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// Whether a field of a choice has this value.
    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.value(name) == value
    }

    /// Every field that was filled in.
    pub(super) fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The `id` of a field: its name without brackets and dots, which a link would have to escape.
    #[expect(clippy::unused_self, reason = "templates reach it through the form")]
    pub(super) fn id(&self, name: &str) -> String {
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
    }

    /// Whether anything was typed, or is wrong, in a part of the form: `people[1]`.
    pub(super) fn touches(&self, part: &str) -> bool {
        let inside = |name: &str| name.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        self.values.keys().any(|name| inside(name)) || self.problems.iter().any(|problem| inside(&problem.field))
    }

    /// What is wrong with a field.
    pub(super) fn problem(&self, name: &str) -> Option<&Text> {
        self.problems.iter().find(|problem| problem.field == name).map(|problem| &problem.text)
    }

    /// Everything that is wrong, for the list on top.
    pub(super) fn problems(&self) -> &[FieldProblem] {
        &self.problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_keeps_what_was_typed_and_knows_what_was_left_empty() {
        let form = Form::sent(vec![
            ("people[0].given_name".to_owned(), " An ".to_owned()),
            ("people[1].given_name".to_owned(), "  ".to_owned()),
        ]);
        assert_eq!(form.value("people[0].given_name"), "An");
        assert_eq!(form.values().count(), 1);
        assert_eq!(form.id("people[0].given_name"), "people-0--given-name");
        assert!(form.touches("people[0]") && !form.touches("people[1]") && !form.touches("people"));
    }
}
