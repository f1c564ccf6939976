//! Files that do not follow are refused or held, by choice; what is held is shown until it is resolved.

use energiehuis::domain::text::Text;
use energiehuis::i18n::{Lang, tell};
use energiehuis::services::Error;
use energiehuis::services::bank::{self, BankFile, FileReport, FileState, HeldDecision, OnGap};
use uuid::Uuid;

use super::account::{Account, paid, says};
use super::story::{Story, euros};

/// A house of which the first statement is in, and three more files; the middle one of them is `files[1]`.
async fn with_files() -> (Story, Account, [BankFile; 3]) {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    let files = ["2022-01-04", "2022-01-05", "2022-01-06"].map(|on| account.file(on, vec![says(euros(7), "?")]));
    story.test.go_to("2022-01-06");
    (story, account, files)
}

async fn offer(story: &Story, file: &BankFile) -> Vec<FileReport> {
    let files = vec![file.clone()];
    bank::import_with(story.house(), &story.accountant, files, OnGap::Hold).await.unwrap().files
}

fn states(reports: &[FileReport]) -> Vec<(&str, FileState)> {
    reports.iter().map(|file| (file.name.as_str(), file.state)).collect()
}

async fn waiting(story: &Story) -> Vec<(Uuid, String)> {
    let held = bank::held(story.house(), &story.accountant).await.unwrap();
    held.into_iter().map(|file| (file.held_file_id, file.name)).collect()
}

fn why(text: &str) -> String {
    text.to_owned()
}

async fn decide(story: &Story, id: Uuid, decision: HeldDecision) -> Result<Vec<FileReport>, Error> {
    bank::release(story.house(), &story.accountant, (id, decision)).await
}

#[tokio::test]
async fn a_file_that_does_not_follow_is_held_and_booked_as_soon_as_what_is_missing_has_come() {
    let (story, account, [second, third, fourth]) = with_files().await;
    assert_eq!(states(&offer(&story, &fourth).await), [("2022-01-06.cod", FileState::Held)]);
    let held = offer(&story, &third).await;
    assert_eq!(states(&held), [("2022-01-05.cod", FileState::Held)]);
    assert_eq!(held[0].problems[0].key, "bank-problem-balance-breaks");
    assert_eq!(story.balance("cash_at_bank").await, euros(50_000), "nothing of them is booked");
    // Again, under another name: it waits already.
    let rows = story.rows().await;
    let again = offer(&story, &BankFile { name: "again.cod".to_owned(), ..third.clone() }).await;
    assert_eq!((again[0].state, again[0].known_since.is_some()), (FileState::Held, true));
    assert_eq!(story.rows().await, rows);
    assert_eq!(
        waiting(&story).await.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(),
        ["2022-01-06.cod", "2022-01-05.cod"]
    );

    let report = offer(&story, &second).await;
    assert_eq!(
        states(&report),
        [
            ("2022-01-04.cod", FileState::Imported),
            ("2022-01-05.cod", FileState::Imported),
            ("2022-01-06.cod", FileState::Imported),
        ]
    );
    assert_eq!(story.balance("cash_at_bank").await, account.balance);
    assert_eq!(waiting(&story).await, []);
    let ended: Vec<String> =
        sqlx::query_scalar("SELECT outcome FROM bank_files_released ORDER BY released_at, outcome")
            .fetch_all(&story.test.pool)
            .await
            .unwrap();
    assert_eq!(ended, ["imported", "imported"]);
    story.finish().await;
}

#[tokio::test]
async fn without_the_choice_to_hold_it_is_refused_and_not_kept() {
    let (story, _, [_, third, _]) = with_files().await;
    let rows = story.rows().await;
    assert_eq!(story.offer(third).await.state, FileState::Refused);
    assert_eq!((waiting(&story).await, story.rows().await), (vec![], rows));
    story.finish().await;
}

#[tokio::test]
async fn what_is_wrong_in_another_way_is_refused_and_never_held() {
    let (story, mut account, _) = with_files().await;
    account.iban = energiehuis::domain::identity::Iban::from_bban("BE", "000111222333").unwrap();
    let foreign = account.file("2022-01-06", vec![says(euros(1), "?")]);
    let report = offer(&story, &foreign).await;
    assert_eq!(
        (report[0].state, report[0].problems[0].key.as_str()),
        (FileState::Refused, "bank-problem-account-unknown")
    );
    assert_eq!(waiting(&story).await, []);
    story.finish().await;
}

#[tokio::test]
async fn a_person_may_accept_a_missing_number_and_never_a_balance_that_breaks() {
    let (story, mut account, [second, third, _]) = with_files().await;
    offer(&story, &third).await;
    let [(id, _)] = waiting(&story).await.try_into().unwrap();
    let reports = decide(&story, id, HeldDecision::Accept { reason: why("lost by the bank") }).await.unwrap();
    assert_eq!(
        (reports[0].state, reports[0].problems[0].key.as_str()),
        (FileState::Refused, "bank-problem-balance-breaks")
    );
    assert_eq!(waiting(&story).await.len(), 1, "it goes on waiting");
    offer(&story, &second).await;

    account.balance = story.balance("cash_at_bank").await;
    account.sequence = 40;
    let jumped = account.file("2022-01-06", vec![says(euros(9), "?")]);
    let held = offer(&story, &jumped).await;
    assert_eq!(held[0].problems[0].key, "bank-problem-number-missing");
    let [(id, _)] = waiting(&story).await.try_into().unwrap();
    let nothing_said = decide(&story, id, HeldDecision::Accept { reason: why("  ") }).await;
    let Err(Error::Invalid(problems)) = nothing_said else { panic!("{nothing_said:?}") };
    assert_eq!(
        (problems[0].field.as_str(), tell(Lang::En, &problems[0].text)),
        ("reason", why("Say why, in a few words."))
    );
    let reports = decide(&story, id, HeldDecision::Accept { reason: why("the bank numbers anew") }).await.unwrap();
    assert_eq!(states(&reports), [("2022-01-06.cod", FileState::Imported)]);
    let kept: (String, String) =
        sqlx::query_as("SELECT outcome, reason FROM bank_files_released WHERE held_file_id = $1")
            .bind(id)
            .fetch_one(&story.test.pool)
            .await
            .unwrap();
    assert_eq!(kept, ("accepted".to_owned(), why("the bank numbers anew")));
    assert_eq!(story.balance("cash_at_bank").await, account.balance);
    assert!(matches!(decide(&story, id, HeldDecision::Again).await, Err(Error::NotFound { .. })));
    story.finish().await;
}

#[tokio::test]
async fn a_file_that_is_thrown_away_waits_no_more_and_its_bytes_are_kept() {
    let (story, _, [_, third, _]) = with_files().await;
    offer(&story, &third).await;
    let [(id, _)] = waiting(&story).await.try_into().unwrap();
    let refused = bank::release(story.house(), &story.officer, (id, HeldDecision::Again)).await;
    assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
    let reports = decide(&story, id, HeldDecision::Discard { reason: why("of another house") }).await.unwrap();
    assert_eq!(states(&reports), [("2022-01-05.cod", FileState::Discarded)]);
    assert_eq!(waiting(&story).await, []);
    let kept: Vec<u8> = sqlx::query_scalar("SELECT content FROM bank_files_held WHERE held_file_id = $1")
        .bind(id)
        .fetch_one(&story.test.pool)
        .await
        .unwrap();
    assert_eq!(kept, third.bytes);
    assert_eq!(story.balance("cash_at_bank").await, euros(50_000));
    story.finish().await;
}

#[tokio::test]
async fn a_script_holds_lists_and_releases() {
    let (story, _, [_, third, _]) = with_files().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(&third.name);
    std::fs::write(&path, &third.bytes).unwrap();
    let program = story.test.program();
    let answer = program.run(&["bank", "import", "--hold", path.to_str().unwrap()]);
    assert_eq!(answer.status, 1, "{answer:?}");
    assert!(answer.out.contains("2022-01-05.cod: held"), "{}", answer.out);
    let listed = program.json(&["bank", "held", "--format", "json"]);
    let id = listed[0]["held_file_id"].as_str().unwrap().to_owned();
    let problem: Text = serde_json::from_value(listed[0]["problems"][0].clone()).unwrap();
    assert_eq!(problem.key, "bank-problem-balance-breaks");
    let waits = program.run(&["bank", "release", &id, "--again"]);
    assert!(waits.status == 1 && waits.err.contains("it goes on waiting"), "{waits:?}");
    let silent = program.run(&["bank", "release", &id, "--discard"]);
    assert!(silent.status == 2 && silent.err.contains("--reason"), "{silent:?}");
    let gone = program.run(&["bank", "release", &id, "--discard", "--reason", "of another house"]);
    assert!(gone.status == 0 && gone.out.contains("thrown away"), "{gone:?}");
    assert_eq!(program.json(&["bank", "held", "--format", "json"]), serde_json::json!([]));
    story.finish().await;
}
