//! Every sentence that rules, fields and steps ask for is there, in both languages.

use std::collections::BTreeSet;
use std::path::Path;

const ROOMS: [&str; 5] = [
    "src/domain/application",
    "src/domain/eligibility",
    "src/services/applications",
    "src/services/contracts",
    "src/web/api",
];

fn keys(language: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/locales").join(language);
    let mut keys = BTreeSet::new();
    for area in ["application", "eligibility", "contract", "api"] {
        let text = std::fs::read_to_string(folder.join(format!("{area}.ftl"))).unwrap();
        let names =
            text.lines().filter(|line| line.starts_with(char::is_alphabetic)).filter_map(|line| line.split_once(" = "));
        keys.extend(names.map(|(name, _)| name.to_owned()));
    }
    keys
}

/// Every literal of a source file that looks like a key of these areas.
fn used(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            used(&path, found);
        } else {
            let text = std::fs::read_to_string(&path).unwrap();
            let literals = text.split('"').filter(|part| {
                let areas = ["application-", "eligibility-", "contract-"];
                areas.iter().any(|area| part.starts_with(area))
                    && part.bytes().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-')
            });
            found.extend(literals.map(str::to_owned));
        }
    }
}

#[test]
fn both_languages_have_the_same_sentences() {
    assert_eq!(keys("nl"), keys("en"));
}

#[test]
fn every_sentence_that_is_asked_for_is_there() {
    let mut asked = BTreeSet::new();
    for room in ROOMS {
        used(&Path::new(env!("CARGO_MANIFEST_DIR")).join(room), &mut asked);
    }
    assert!(asked.len() > 40, "{asked:?}");
    let every = ["met", "not-met", "missing"];
    let declared = ["sole-owner", "main-residence", "no-other-real-estate", "structural-defects", "solvency-inquiry"];
    let three = ["quoted", "instalments-min", "instalments-max", "valid-quotes", "income-ceiling", "priority-group"];
    for rule in declared.into_iter().chain(three) {
        asked.extend(every.map(|result| format!("eligibility-{rule}-{result}")));
    }
    for rule in ["open", "amount-minimum", "amount-ceiling", "energy-works", "only-energy-works", "structural-works"] {
        asked.extend(["met", "not-met"].map(|result| format!("eligibility-{rule}-{result}")));
    }
    asked.extend(
        ["general-group-met", "organisation-met", "organisation-not-met"].map(|end| format!("eligibility-{end}")),
    );
    asked.extend(["approved", "refused", "withdrawn", "signed"].map(|step| format!("application-cannot-be-{step}")));
    let known = keys("nl");
    let missing: Vec<_> = asked.iter().filter(|key| !known.contains(*key) && !key.ends_with('-')).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
