//! Files of others, and the schemas of ISO 20022: do our own test files keep to the standard?

use std::path::{Path, PathBuf};
use std::process::Command;

use energiehuis::formats::bank::{self, Severity};

use super::camt_read::day;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/fixtures/camt").join(name)
}

/// What is read of a file, in one line.
fn summary(name: &str) -> String {
    let reading = bank::inspect(&std::fs::read(folder("samples").join(name)).unwrap());
    let statements: Vec<_> = reading.statements.iter().filter_map(|part| part.statement.as_ref()).collect();
    let lines: usize = statements.iter().map(|statement| statement.lines.len()).sum();
    let problems = reading.problems.iter().chain(reading.statements.iter().flat_map(|part| &part.problems));
    let count = |severity| problems.clone().filter(|problem| problem.severity == severity).count();
    let (refused, doubtful) = (count(Severity::Refused), count(Severity::Doubtful));
    format!("{name}: {} statements, {lines} lines, {refused} refused, {doubtful} doubtful", statements.len())
}

#[test]
fn samples_of_others_are_read_line_by_line() {
    let mut names: Vec<String> = std::fs::read_dir(folder("samples"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let read: Vec<String> = names.iter().map(|name| summary(name)).collect();
    insta::assert_snapshot!(read.join("\n"));
}

#[test]
fn our_own_test_files_keep_to_the_schemas() {
    if Command::new("xmllint").arg("--version").output().is_err() {
        eprintln!("xmllint is not installed; nothing was checked");
        return;
    }
    let here = tempfile::tempdir().unwrap();
    for version in [2, 3, 4, 8] {
        for (message, xml) in [("053", day(version).statement()), ("054", day(version).notification())] {
            let schema = folder("xsd").join(format!("camt.{message}.001.{version:02}.xsd"));
            if !schema.exists() {
                continue;
            }
            let file = here.path().join("file.xml");
            std::fs::write(&file, xml).unwrap();
            let output =
                Command::new("xmllint").arg("--noout").arg("--schema").arg(schema).arg(&file).output().unwrap();
            assert!(output.status.success(), "{message} {version}: {}", String::from_utf8_lossy(&output.stderr));
        }
    }
}
