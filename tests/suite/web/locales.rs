//! Every sentence is there in both languages, and every sentence that the code asks for is there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use energiehuis::domain::ledger::{Account, Reason};
use energiehuis::domain::loan::Trigger;

fn files(folder: &Path, ext: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ext));
        } else if path.extension().is_some_and(|own| own == ext) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn keys(lang: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for file in files(&root().join("templates/locales").join(lang), "ftl") {
        for line in std::fs::read_to_string(file).unwrap().lines() {
            let Some((key, _)) = line.split_once('=') else { continue };
            if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                assert!(keys.insert(key.trim().to_owned()), "{key} is there twice in {lang}");
            }
        }
    }
    keys
}

#[test]
fn dutch_and_english_have_the_same_sentences() {
    let (nl, en) = (keys("nl"), keys("en"));
    let missing: Vec<_> = nl.symmetric_difference(&en).collect();
    assert!(missing.is_empty(), "only in one language: {missing:?}");
}

#[test]
fn every_code_that_a_loan_may_show_has_words() {
    let known = keys("nl");
    let accounts = Account::ALL.map(|account| format!("account-{account}"));
    let entries = Reason::ALL.map(|reason| format!("entry-{reason}"));
    let statuses = ["signed", "drawing", "repaying", "waiting", "matured", "called_due", "written_off", "closed"];
    let statuses = statuses.map(|status| format!("loan-status-{status}"));
    let triggers = [Trigger::Acceleration, Trigger::Withdrawal].into_iter().chain(Trigger::ALL);
    let triggers = triggers.map(|trigger| format!("trigger-{trigger}"));
    // The kinds of facts as the code lists them, and what the audit rows of events are called.
    let source = std::fs::read_to_string(root().join("src/domain/loan/event.rs")).unwrap();
    let kinds = source.split(" => \"").skip(1).filter_map(|rest| rest.split_once('"'));
    let kinds: Vec<String> = kinds.map(|(kind, _)| format!("fact-{kind}")).collect();
    assert!(kinds.len() > 15, "only {} kinds of facts were found", kinds.len());
    let source = std::fs::read_to_string(root().join("src/services/loans/events/kind.rs")).unwrap();
    let deeds = source.split("\"loan.").skip(1).filter_map(|rest| rest.split_once('"'));
    let deeds: Vec<String> = deeds.map(|(deed, _)| format!("deed-loan-{}", deed.replace('_', "-"))).collect();
    assert!(deeds.len() >= 20, "only {} deeds were found", deeds.len());
    let all = accounts.into_iter().chain(entries).chain(statuses).chain(triggers).chain(kinds).chain(deeds);
    let missing: Vec<String> = all.filter(|key| !known.contains(key) && key != "deed-loan-event").collect();
    assert!(missing.is_empty(), "no words for {missing:?}");
}

#[test]
fn every_sentence_a_page_asks_for_is_there() {
    let mut missing = BTreeSet::new();
    let mut asked = 0;
    let known = keys("nl");
    let mut note = |key: &str| {
        asked += 1;
        if !known.contains(key) {
            missing.insert(key.to_owned());
        }
    };
    for file in files(&root().join("templates/pages"), "html") {
        let text = std::fs::read_to_string(file).unwrap();
        for call in ["f.t(\"", "f.t1(\"", "f.tn(\""] {
            text.split(call).skip(1).filter_map(|rest| rest.split_once('"')).for_each(|(key, _)| note(key));
        }
    }
    for file in files(&root().join("src"), "rs") {
        let text = std::fs::read_to_string(file).unwrap();
        text.split("Text::new(\"").skip(1).filter_map(|rest| rest.split_once('"')).for_each(|(key, _)| note(key));
    }
    assert!(asked > 200, "only {asked} sentences were found: the search is wrong");
    assert!(missing.is_empty(), "no sentence for {missing:?}");
}
