//! `energiehuis bank import`: what a script sees.

use std::path::PathBuf;

use energiehuis::services::bank::BankFile;
use serde_json::{Value, json};

use super::account::{Account, paid, says};
use super::story::{Story, euros};

fn save(folder: &tempfile::TempDir, file: &BankFile) -> String {
    let path: PathBuf = folder.path().join(&file.name);
    std::fs::write(&path, &file.bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_good_files_are_imported_and_the_bad_one_is_named_with_its_problems() {
    let story = Story::new().await;
    let folder = tempfile::tempdir().unwrap();
    let mut account = Account::of(&story.fund);
    let good =
        save(&folder, &account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm), says(euros(1), "?")]));
    let bad = save(&folder, &BankFile { name: "bad.cod".to_owned(), bytes: b"geen bankbestand".to_vec() });
    let program = story.test.program();
    let answer = program.run(&["bank", "import", &bad, &good, "--format", "json"]);
    assert_eq!(answer.status, 2, "{answer:?}");
    assert!(answer.err.contains("1 of 2 files refused, nothing of it was written; 1 imported"), "{}", answer.err);
    let said: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(said["files"][0]["state"], "refused");
    assert!(said["files"][0]["problems"][0]["sentence"].as_str().unwrap().contains("00000"), "{said}");
    let imported = &said["files"][1];
    assert_eq!((&imported["state"], &imported["lines"]), (&json!("imported"), &json!(2)));
    assert_eq!(imported["booked"], json!([{ "reason": "source_reference", "lines": 1, "amount": "50000.00" }]));
    assert_eq!(imported["suspense"][0]["reason"], "no_reference");
    assert_eq!(
        imported["statements"],
        json!([{ "fund": "EL", "sequence": 1, "on": "2022-01-03", "old_balance": "0.00", "new_balance": "50001.00",
                 "known": false }])
    );
    let again = program.json(&["bank", "import", &good, "--format", "json"]);
    assert_eq!(again["files"][0]["state"], "known");
    let table = program.run(&["bank", "import", &good]);
    assert_eq!(table.status, 0);
    assert!(table.out.contains("2022-01-03.cod: known since"), "{}", table.out);
    story.finish().await;
}

#[tokio::test]
async fn a_file_that_cannot_be_opened_writes_nothing() {
    let story = Story::new().await;
    let folder = tempfile::tempdir().unwrap();
    let good = save(&folder, &Account::of(&story.fund).file("2022-01-03", vec![says(euros(1), "?")]));
    let before = story.rows().await;
    let answer = story.test.program().run(&["bank", "import", &good, "/nowhere/at-all.cod"]);
    assert_eq!(answer.status, 2);
    assert!(answer.err.contains("/nowhere/at-all.cod") && answer.err.contains("can be opened"), "{}", answer.err);
    assert_eq!(story.rows().await, before);
    story.finish().await;
}
