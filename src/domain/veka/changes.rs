//! What a later version of a report changed, by name.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Figures;

/// One figure that changed; empty where it was not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Where it stands: `emergency_buyer 2022-09-01 34022 outstanding`.
    pub figure: String,
    /// What the earlier version said.
    pub was: String,
    /// What this one says.
    pub is: String,
}

/// Every figure that differs between two versions, in the order of their names.
pub fn changes(before: &Figures, after: &Figures) -> Vec<Change> {
    let (before, after) = (named(before), named(after));
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let value = |figures: &BTreeMap<String, String>, name: &String| figures.get(name).cloned().unwrap_or_default();
    names
        .into_iter()
        .map(|name| Change { figure: name.clone(), was: value(&before, name), is: value(&after, name) })
        .filter(|change| change.was != change.is)
        .collect()
}

fn named(figures: &Figures) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for line in &figures.lines {
        let group = &line.group;
        let generation = group.generation.map(|day| day.to_string()).unwrap_or_default();
        add(&mut all, &format!("{} {generation} {}", group.product, group.nis_code), line);
    }
    for works in &figures.works {
        add(&mut all, &format!("{} {}", works.product, works.kind), works);
    }
    for funder in &figures.funders {
        add(&mut all, &format!("{} {}", funder.fund, funder.reference), funder);
    }
    for tie in &figures.ties {
        add(&mut all, &tie.what, tie);
    }
    all
}

fn add(all: &mut BTreeMap<String, String>, name: &str, row: &impl Serialize) {
    let Ok(Value::Object(fields)) = serde_json::to_value(row) else { return };
    for (field, value) in fields {
        let text = match value {
            Value::String(text) => text,
            Value::Null => continue,
            other => other.to_string(),
        };
        all.insert(format!("{name} {field}"), text);
    }
}
