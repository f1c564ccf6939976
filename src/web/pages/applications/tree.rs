//! Names of form fields as paths into a document: `people[0].given_name` is `{"people": [{"given_name": …}]}`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// The document of all fields. Places in a list that were left empty close up at the end only, so that a problem's
/// path still names the field it came from.
pub(super) fn of<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Value {
    let mut root = Node::default();
    for (name, value) in fields {
        root.put(&steps(name), value);
    }
    root.into_value()
}

#[derive(Default)]
struct Node {
    leaf: Option<String>,
    below: BTreeMap<Step, Node>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Place(usize),
    Name(String),
}

/// The most places of a list that a form can name; a larger one is no form of ours.
const MOST: usize = 20;

fn steps(name: &str) -> Vec<Step> {
    name.split(['.', '[']).map(|part| part.trim_end_matches(']')).filter(|part| !part.is_empty()).map(step).collect()
}

fn step(part: &str) -> Step {
    part.parse().ok().filter(|place| *place < MOST).map_or_else(|| Step::Name(part.to_owned()), Step::Place)
}

impl Node {
    fn put(&mut self, steps: &[Step], value: &str) {
        match steps.split_first() {
            None => self.leaf = Some(value.to_owned()),
            Some((first, rest)) => self.below.entry(first.clone()).or_default().put(rest, value),
        }
    }

    fn into_value(self) -> Value {
        if let Some(text) = self.leaf {
            return Value::String(text);
        }
        let places = self.below.keys().filter_map(|step| match step {
            Step::Place(place) => Some(*place),
            Step::Name(_) => None,
        });
        let Some(last) = places.max() else {
            let named = self.below.into_iter().filter_map(|(step, node)| match step {
                Step::Name(name) => Some((name, node.into_value())),
                Step::Place(_) => None,
            });
            return Value::Object(named.collect::<Map<_, _>>());
        };
        let mut below = self.below;
        let list = (0..=last).map(|place| below.remove(&Step::Place(place)).unwrap_or_default().into_value());
        Value::Array(list.collect())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_of_fields_become_a_document() {
        let fields = [
            ("amount", "30000"),
            ("people[0].given_name", "An"),
            ("works[0].quotes[0].contractor.iban", "BE68"),
            ("answers.priority_grounds[0]", "raised_allowance"),
        ];
        assert_eq!(
            of(fields.into_iter()),
            json!({
                "amount": "30000",
                "people": [{ "given_name": "An" }],
                "works": [{ "quotes": [{ "contractor": { "iban": "BE68" } }] }],
                "answers": { "priority_grounds": ["raised_allowance"] },
            })
        );
    }

    #[test]
    fn a_place_that_was_left_empty_keeps_its_number() {
        assert_eq!(of([("works[1].kind", "roof")].into_iter()), json!({ "works": [{}, { "kind": "roof" }] }));
    }
}
