//! Every sentence is there in both languages, and every sentence that the code asks for is there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use energiehuis::domain::access::Role;
use energiehuis::domain::application::{IncomeKind, PriorityGround, SolvencyInquiry, WorkKind};
use energiehuis::domain::collection::{Action, Block, Dropped, Remark, ReturnKind};
use energiehuis::domain::ledger::{Account, FundingKind, Reason};
use energiehuis::domain::loan::Trigger;
use energiehuis::domain::matching::{Confidence, Grounds, PaidBy, PartKind};
use energiehuis::domain::payment_run::RunState;
use energiehuis::domain::product::Product;
use energiehuis::jobs::definition;

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

fn of<T: ToString>(codes: impl IntoIterator<Item = T>) -> Vec<String> {
    codes.into_iter().map(|code| code.to_string()).collect()
}

/// The areas of money that comes in and goes out.
fn codes_of_money() -> Vec<(&'static str, Vec<String>)> {
    vec![
        ("order", of(["ordered", "paid", "cancelled"])),
        ("order-kind", of(["contractor", "funder", "refund", "sender"])),
        ("place", of(PartKind::ALL)),
        ("paid-by", of(PaidBy::ALL)),
        ("usage", of(["instalments", "shorten_term", "lower_instalments"])),
        ("proposal", of(Confidence::ALL.map(Confidence::code))),
        ("proposal-ground", of(Grounds::ALL.map(Grounds::code))),
        ("payments-state", of(RunState::ALL)),
        ("payments-order", of(["ordered", "paid", "cancelled", "left"])),
        ("banking-outcome", of(["booked", "suspense", "detailed"])),
        ("banking-state", of(["imported", "known", "refused", "held", "discarded"])),
        ("collection-block", of(Block::ALL.map(Block::code))),
        ("collection-dropped", of(Dropped::ALL.map(Dropped::code))),
        ("collection-action", of(Action::ALL.map(Action::code))),
        ("undo-remark", of(Remark::ALL.map(Remark::code))),
        ("collection-state", of(["made", "exported", "credited", "returned", "dropped"])),
        ("collection-run-state", of(["made", "released", "exported", "lapsed"])),
        ("mandate-state", of(["active", "stopped", "expired"])),
        ("mandate-kind", of(["recurrent", "one_off"])),
        ("mandate-stop", of(["person", "returned", "used"])),
        ("return-kind", of(ReturnKind::ALL)),
    ]
}

/// Each area of words with the codes that pages show in it.
fn codes() -> Vec<(&'static str, Vec<String>)> {
    let steps = [
        "application.submitted",
        "application.voted",
        "application.approved",
        "application.refused",
        "application.withdrawn",
        "application.signed",
        "loan.signed",
        "loan.draws_closed",
        "invoice.received",
        "invoice.approved",
        "invoice.refused",
        "mandate.registered",
        "mandate.amended",
        "mandate.stopped",
        "collection.return_answered",
        "collection.returned",
        "collection.return_undone",
        "mandate.resumed",
    ];
    let jobs = definition::all().unwrap();
    let mut codes = codes_of_money();
    codes.extend([
        ("product", of(Product::ALL)),
        ("role", of(Role::PEOPLE)),
        ("work", of(WorkKind::ALL.map(WorkKind::code))),
        ("income", of(IncomeKind::ALL.map(IncomeKind::code))),
        ("solvency", of(SolvencyInquiry::ALL.map(SolvencyInquiry::code))),
        ("ground", of(PriorityGround::ALL.map(PriorityGround::code))),
        ("account", of(Account::ALL.map(Account::code))),
        ("entry", of(Reason::ALL.map(Reason::code))),
        ("trigger", of(Trigger::ALL.map(Trigger::code))),
        ("source", of([FundingKind::CreditLine, FundingKind::Grant, FundingKind::OwnMeans].map(FundingKind::code))),
        ("funds-kind", of([FundingKind::CreditLine, FundingKind::Grant, FundingKind::OwnMeans].map(FundingKind::code))),
        ("state", of(["submitted", "approved", "refused", "withdrawn", "signed"])),
        ("outcome", of(["eligible", "not_eligible", "incomplete"])),
        ("met", of(["met", "not_met", "missing"])),
        ("vote", of(["approve", "refuse"])),
        ("person", of(["applicant", "co_applicant"])),
        ("door", of(["page", "api", "csv", "demo"])),
        ("loan-status", of(["signed", "drawing", "repaying", "waiting", "called_due", "closed"])),
        ("instalment", of(["paid", "open", "overdue", "planned"])),
        ("fact", of(["signed", "tranche_drawn", "draws_closed", "payment_received", "payment_reversed", "called_due"])),
        ("invoice-state", of(["received", "approved", "refused"])),
        ("message", of(["queued", "sent", "failed"])),
        ("letter", of(["first_reminder", "collection_notice"])),
        ("letter-rule", of(["first_reminder", "collection_notice"])),
        ("run", of(["waiting", "running", "done", "failed"])),
        ("job", of(jobs.iter().map(|job| job.name))),
        ("jobs-report", of(jobs.iter().map(|job| job.name.replace('_', "-")))),
        ("deed", of(steps.map(|step| step.replace(['.', '_'], "-")))),
    ]);
    codes
}

#[test]
fn every_code_that_a_page_shows_has_its_word() {
    let known = keys("nl");
    let words =
        codes().into_iter().flat_map(|(area, codes)| codes.into_iter().map(move |code| format!("{area}-{code}")));
    let missing: Vec<String> = words.filter(|key| !known.contains(key)).collect();
    assert!(missing.is_empty(), "no word for {missing:?}");
}

/// Sentences by key, without the marks of their values.
fn sentences(lang: &str) -> BTreeMap<String, String> {
    let mut sentences = BTreeMap::new();
    for file in files(&root().join("templates/locales").join(lang), "ftl") {
        let mut key = String::new();
        for line in std::fs::read_to_string(file).unwrap().lines() {
            match line.split_once(" =") {
                Some((name, words)) if line.starts_with(|c: char| c.is_ascii_lowercase()) => {
                    name.clone_into(&mut key);
                    sentences.insert(key.clone(), words.trim().to_owned());
                }
                _ if line.starts_with([' ', '}']) => {
                    sentences.entry(key.clone()).or_default().push_str(line);
                }
                _ => {}
            }
        }
    }
    sentences
}

#[test]
fn no_sentence_was_left_in_the_other_language() {
    // Words that are the same in both, and sentences that are values only.
    const SAME: [&str; 24] = [
        "account-cash_at_bank",
        "application-problem-file",
        "application-sign",
        "banking-problem-record",
        "camt-closing-tag",
        "coda-as-is",
        "decide-by",
        "decide-undone-and",
        "field-credit",
        "field-document",
        "field-email",
        "field-open",
        "field-postcode",
        "field-state",
        "instalment-open",
        "jobs-state",
        "letters-document",
        "letters-state",
        "loan-terms",
        "menu-bank",
        "menu-start",
        "orders-state",
        "role-system",
        "schedule-line-interest",
    ];
    // Small words that the other language does not have.
    const DUTCH: [&str; 12] =
        ["een", "het", "niet", "bij", "voor", "deze", "wordt", "zijn", "van", "naar", "geen", "wij"];
    const ENGLISH: [&str; 12] =
        ["the", "and", "this", "not", "with", "for", "which", "from", "there", "has", "must", "its"];
    let (nl, en) = (sentences("nl"), sentences("en"));
    let same: Vec<&String> = nl.keys().filter(|key| nl.get(*key) == en.get(*key)).collect();
    assert_eq!(same, SAME);
    let stray = |sentences: &BTreeMap<String, String>, others: [&str; 12]| -> Vec<String> {
        let has = |words: &str| {
            let letters = |c: char| !c.is_alphabetic();
            // What stands between braces is a value and no word.
            let bare: Vec<&str> = words.split(['{', '}']).step_by(2).collect();
            bare.join(" ").to_lowercase().split(letters).any(|word| others.contains(&word))
        };
        sentences.iter().filter(|(_, words)| has(words)).map(|(key, words)| format!("{key} = {words}")).collect()
    };
    assert_eq!(stray(&nl, ENGLISH), [""; 0], "English in Dutch");
    assert_eq!(stray(&en, DUTCH), [""; 0], "Dutch in English");
}
