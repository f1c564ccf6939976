//! The watched folder: files are taken in and moved aside, each once.

use std::fs::File;
use std::path::Path;
use std::time::{Duration, SystemTime};

use energiehuis::services::bank::{BankFile, FileState, FolderReport, take_in};
use serde_json::json;
use tempfile::TempDir;

use super::account::{Account, paid, says};
use super::story::{Story, euros};

/// Lays a file in the folder as if it had been there for two minutes.
fn lay(folder: &TempDir, name: &str, bytes: &[u8]) {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let two_minutes_ago = SystemTime::UNIX_EPOCH + age(&path) - Duration::from_mins(2);
    File::options().write(true).open(&path).unwrap().set_modified(two_minutes_ago).unwrap();
}

fn age(path: &Path) -> Duration {
    path.metadata().unwrap().modified().unwrap().duration_since(SystemTime::UNIX_EPOCH).unwrap()
}

/// The files below the folder, by name.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(&entry.path()).into_iter().map(|inner| format!("{name}/{inner}")));
        } else {
            found.push(name);
        }
    }
    found.sort();
    found
}

async fn taken(story: &Story, folder: &TempDir, batch: u16) -> FolderReport {
    take_in(story.house(), Some(folder.path()), batch).await.unwrap()
}

fn states(report: &FolderReport) -> Vec<(&str, FileState)> {
    report.files.iter().map(|file| (file.name.as_str(), file.state)).collect()
}

#[tokio::test]
async fn what_lies_in_the_folder_is_taken_in_and_moved_to_where_its_outcome_says() {
    let story = Story::new().await;
    let folder = tempfile::tempdir().unwrap();
    let mut account = Account::of(&story.fund);
    let first = account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm), says(euros(1), "?")]);
    let missing = account.file("2022-01-04", vec![says(euros(2), "?")]);
    let third = account.file("2022-01-05", vec![says(euros(3), "?")]);
    story.test.go_to("2022-01-05");
    for BankFile { name, bytes } in [&first, &third] {
        lay(&folder, name, bytes);
    }
    lay(&folder, "holiday.jpg", b"no bank file");
    std::fs::write(folder.path().join("young.cod"), &missing.bytes).unwrap();

    let report = taken(&story, &folder, 10).await;
    assert_eq!(
        states(&report),
        [
            ("2022-01-03.cod", FileState::Imported),
            ("2022-01-05.cod", FileState::Held),
            ("holiday.jpg", FileState::Refused),
        ]
    );
    assert_eq!((report.imported, report.held, report.refused, report.left), (1, 1, 1, 1));
    assert_eq!((report.files[0].lines, report.files[0].waiting), (2, 1));
    let moved = ["held/2022-01-05.cod", "imported/2022-01-03.cod", "refused/holiday.jpg", "refused/holiday.jpg.txt"];
    assert_eq!(files(folder.path()), [&moved[..], &["young.cod"]].concat());
    let why = std::fs::read_to_string(folder.path().join("refused/holiday.jpg.txt")).unwrap();
    assert!(why.lines().count() == 2 && why.contains("00000"), "{why}");

    // A second time there is nothing to do.
    let rows = story.rows().await;
    assert_eq!(states(&taken(&story, &folder, 10).await), []);
    assert_eq!(story.rows().await, rows);

    // What was missing comes, and what waited for it is booked with it.
    lay(&folder, "young.cod", &missing.bytes);
    lay(&folder, "2022-01-03.cod", &first.bytes);
    let report = taken(&story, &folder, 10).await;
    assert_eq!(
        states(&report),
        [
            ("2022-01-03.cod", FileState::Known),
            ("young.cod", FileState::Imported),
            ("2022-01-05.cod", FileState::Imported),
        ]
    );
    assert_eq!(story.balance("cash_at_bank").await, account.balance);
    assert_eq!(files(&folder.path().join("known")), ["2022-01-03.cod"]);
    story.finish().await;
}

#[tokio::test]
async fn no_more_than_a_batch_is_taken_at_once_and_no_name_is_overwritten() {
    let story = Story::new().await;
    let folder = tempfile::tempdir().unwrap();
    let mut account = Account::of(&story.fund);
    for on in ["2022-01-03", "2022-01-04", "2022-01-05"] {
        story.test.go_to(on);
        let BankFile { bytes, .. } = account.file(on, vec![says(euros(1), "?")]);
        lay(&folder, "daily.cod", &bytes);
        let report = taken(&story, &folder, 1).await;
        assert_eq!(states(&report), [("daily.cod", FileState::Imported)]);
    }
    assert_eq!(files(folder.path()), ["imported/daily.cod", "imported/daily.cod.2", "imported/daily.cod.3"]);
    story.test.go_to("2022-01-08");
    for (name, on) in [("a.cod", "2022-01-06"), ("b.cod", "2022-01-07"), ("c.cod", "2022-01-08")] {
        let BankFile { bytes, .. } = account.file(on, vec![says(euros(1), "?")]);
        lay(&folder, name, &bytes);
    }
    let report = taken(&story, &folder, 2).await;
    assert_eq!(
        (states(&report), report.left),
        (vec![("a.cod", FileState::Imported), ("b.cod", FileState::Imported)], 1)
    );
    story.finish().await;
}

#[tokio::test]
async fn a_file_that_was_booked_and_not_moved_is_found_known() {
    let story = Story::new().await;
    let folder = tempfile::tempdir().unwrap();
    let file = Account::of(&story.fund).file("2022-01-03", vec![says(euros(1), "?")]);
    story.import(file.clone()).await;
    let rows = story.rows().await;
    lay(&folder, &file.name, &file.bytes);
    assert_eq!(states(&taken(&story, &folder, 10).await), [("2022-01-03.cod", FileState::Known)]);
    assert_eq!(files(folder.path()), ["known/2022-01-03.cod"]);
    assert_eq!(story.rows().await, rows);
    story.finish().await;
}

#[tokio::test]
async fn the_job_watches_the_folder_of_the_settings_and_has_no_work_without_one() {
    let story = Story::new().await;
    let folder = tempfile::tempdir().unwrap();
    let file = Account::of(&story.fund).file("2022-01-03", vec![says(euros(1), "?")]);
    lay(&folder, &file.name, &file.bytes);
    let program = story.test.program().env("ENERGIEHUIS_BANK_FOLDER", folder.path().to_str().unwrap());
    let run = program.json(&["job", "run", "bank_folder", "--format", "json"]);
    assert_eq!(
        (&run["done"], &run["report"]),
        (
            &json!(true),
            &json!({ "imported": 1, "known": 0, "held": 0, "refused": 0, "left": 0,
                     "files": [{ "name": "2022-01-03.cod", "state": "imported", "lines": 1, "waiting": 1 }] })
        )
    );
    let run = story.test.program().json(&["job", "run", "bank_folder", "--format", "json"]);
    assert_eq!(run["report"], json!({ "imported": 0, "known": 0, "held": 0, "refused": 0, "left": 0, "files": [] }));
    story.finish().await;
}
