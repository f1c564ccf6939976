//! Reading the source text.

use std::fs;
use std::path::Path;

/// The root of the repository.
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// One file of Rust.
#[derive(Debug)]
pub(super) struct Source {
    /// Its path from the root, with `/`.
    pub(super) path: String,
    text: String,
}

impl Source {
    /// A file that exists only in a test of a rule.
    pub(super) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Every line.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.lines()
    }

    /// Every line of code with its number from 1: comments left out.
    pub(super) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let code = |line: &str| !line.trim_start().starts_with("//");
        self.lines().enumerate().map(|(index, line)| (index + 1, line)).filter(move |(_, line)| code(line))
    }

    /// The code in one text, for what spans lines.
    pub(super) fn code_text(&self) -> String {
        self.code().map(|(_, line)| line).collect::<Vec<_>>().join("\n")
    }

    /// A finding about a line.
    pub(super) fn at(&self, line: usize, problem: &str) -> String {
        format!("{}:{line}: {problem}", self.path)
    }
}

/// Every file of Rust in a folder and the folders inside it.
pub(super) fn read(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    walk(folder, &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn walk(folder: &str, found: &mut Vec<Source>) {
    for name in names(folder) {
        let path = format!("{folder}/{name}");
        let file = Path::new(ROOT).join(&path);
        if file.is_dir() {
            walk(&path, found);
        } else if file.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(file).unwrap();
            found.push(Source { path, text });
        }
    }
}

/// The names in a folder, sorted.
pub(super) fn names(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(Path::new(ROOT).join(folder)).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
