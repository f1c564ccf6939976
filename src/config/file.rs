//! The optional TOML file: read into flat keys and texts.

use std::collections::BTreeMap;
use std::path::Path;

use toml::{Table, Value};

use super::Mistake;

/// The keys of a file as `table.key`, with their values as text.
pub(super) fn read(path: &Path) -> Result<BTreeMap<String, String>, Mistake> {
    let mistake = |reason: String| Mistake::File { path: path.display().to_string(), reason };
    let text = std::fs::read_to_string(path).map_err(|error| mistake(format!("cannot be read: {error}")))?;
    let table: Table = text.parse().map_err(|error: toml::de::Error| mistake(format!("is not TOML: {error}")))?;
    let mut keys = BTreeMap::new();
    flatten("", &table, &mut keys);
    Ok(keys)
}

fn flatten(prefix: &str, table: &Table, keys: &mut BTreeMap<String, String>) {
    for (key, value) in table {
        let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            Value::Table(inner) => flatten(&name, inner, keys),
            Value::String(text) => drop(keys.insert(name, text.clone())),
            other => drop(keys.insert(name, other.to_string())),
        }
    }
}
