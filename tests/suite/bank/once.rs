//! Whole or not at all, and once: whoever brings a file and however often.

use std::sync::Arc;

use energiehuis::services::Error;
use energiehuis::services::bank::{self, BankFile, FileState};
use tokio::sync::Barrier;

use super::account::{Account, file, paid, says};
use super::story::{Story, euros};

#[tokio::test]
async fn a_file_with_one_cent_changed_is_refused_and_nothing_is_written() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let right = account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm), says(euros(3), "?")]);
    let before = story.rows().await;
    let text = String::from_utf8(right.bytes.clone()).unwrap();
    // Record 2.1 of the second movement: 3.00 becomes 3.01.
    let wrong = text.replacen("000000000003000", "000000000003010", 1);
    assert_ne!(wrong, text);
    let report = story.offer(BankFile { bytes: wrong.into_bytes(), ..right.clone() }).await;
    assert_eq!(report.state, FileState::Refused);
    let found: Vec<&str> = report.problems.iter().map(|problem| problem.key.as_str()).collect();
    assert_eq!(found, ["bank-problem-record"; 2], "credit total and new balance: {:#?}", report.problems);
    assert_eq!(story.rows().await, before);
    story.import(right).await;
    story.finish().await;
}

#[tokio::test]
async fn the_same_file_again_books_nothing_and_says_since_when() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let statement = account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)]);
    let received = story.test.clock.now();
    let first = story.import(statement.clone()).await;
    let before = story.rows().await;
    story.test.go_to("2022-01-10");
    let again = story.offer(BankFile { name: "renamed.cod".to_owned(), ..statement }).await;
    assert_eq!((again.state, again.known_since), (FileState::Known, Some(received)));
    assert_eq!(again.bank_file_id, first.bank_file_id);
    assert_eq!(story.rows().await, before);
    story.finish().await;
}

#[tokio::test]
async fn a_statement_in_another_file_is_known_and_what_is_new_beside_it_is_booked() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let first = account.statement("2022-01-03", vec![paid(euros(50_000), story.source.ogm)]);
    story.import(file("first.cod", std::slice::from_ref(&first))).await;
    let mut duplicate = first;
    duplicate.duplicate = true;
    let before = story.rows().await;
    let report = story.offer(file("duplicate.cod", std::slice::from_ref(&duplicate))).await;
    assert_eq!((report.state, report.statements[0].known), (FileState::Known, true));
    assert_eq!(story.rows().await, before);
    story.test.go_to("2022-01-04");
    let second = account.statement("2022-01-04", vec![says(euros(1), "?")]);
    // The second statement also stands twice in the file.
    let report = story.import(file("week.cod", &[duplicate, second.clone(), second])).await;
    assert_eq!(report.statements.iter().map(|s| s.known).collect::<Vec<_>>(), [true, true, false]);
    assert_eq!(report.lines, 1);
    assert_eq!(story.balance("cash_at_bank").await, euros(50_001));
    story.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_imports_of_one_file_at_once_book_it_once() {
    let story = Arc::new(Story::new().await);
    let mut account = Account::of(&story.fund);
    for on in ["2022-01-03", "2022-01-04", "2022-01-05", "2022-01-06"] {
        story.test.go_to(on);
        let lines = (1..40).map(|amount| says(euros(amount), "?")).collect();
        let statement = account.file(on, lines);
        let start = Arc::new(Barrier::new(2));
        let imports = [0, 1].map(|_| {
            let (story, start, file) = (Arc::clone(&story), Arc::clone(&start), statement.clone());
            tokio::spawn(async move {
                start.wait().await;
                story.offer(file).await.state
            })
        });
        let mut states = Vec::new();
        for import in imports {
            states.push(import.await.unwrap());
        }
        states.sort_by_key(|state| *state == FileState::Known);
        assert_eq!(states, [FileState::Imported, FileState::Known]);
    }
    assert_eq!(story.balance("cash_at_bank").await, account.balance);
    let lines: i64 = sqlx::query_scalar("SELECT count(*) FROM bank_lines").fetch_one(&story.test.pool).await.unwrap();
    assert_eq!(lines, 4 * 39);
    Arc::into_inner(story).unwrap().finish().await;
}

#[tokio::test]
async fn who_may_not_manage_the_bank_imports_nothing() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let statement = account.file("2022-01-03", vec![says(euros(1), "?")]);
    let before = story.rows().await;
    let refused = bank::import(story.house(), &story.officer, vec![statement]).await;
    assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
    assert_eq!(story.rows().await, before);
    story.finish().await;
}

#[tokio::test]
async fn a_file_is_kept_as_received_with_who_and_when() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let statement = account.file("2022-01-03", vec![says(euros(1), "?")]);
    let report = story.import(statement.clone()).await;
    let kept: (Vec<u8>, String, uuid::Uuid) =
        sqlx::query_as("SELECT content, name, received_by FROM bank_files WHERE bank_file_id = $1")
            .bind(report.bank_file_id)
            .fetch_one(&story.test.pool)
            .await
            .unwrap();
    assert_eq!(kept, (statement.bytes, "2022-01-03.cod".to_owned(), story.accountant.user_id));
    let deeds: Vec<(String, uuid::Uuid)> =
        sqlx::query_as("SELECT action, user_id FROM audit_rows WHERE subject_id = $1")
            .bind(report.bank_file_id)
            .fetch_all(&story.test.pool)
            .await
            .unwrap();
    assert_eq!(deeds, [("bank_file.imported".to_owned(), story.accountant.user_id)]);
    story.finish().await;
}
