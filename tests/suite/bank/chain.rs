//! Statements follow on each other, or are refused with the balance and number that were expected.

use energiehuis::domain::matching::Reason;
use energiehuis::i18n::{Lang, tell};
use energiehuis::services::bank::{self, FileState};

use super::account::{Account, file, paid, says};
use super::story::{Story, euros};

#[tokio::test]
async fn a_broken_chain_is_refused_with_the_balance_and_number_that_were_expected() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    let missing = account.file("2022-01-04", vec![says(euros(100), "?")]);
    let next = account.file("2022-01-05", vec![says(euros(1), "?")]);
    story.test.go_to("2022-01-05");
    let before = story.rows().await;
    let report = story.offer(next.clone()).await;
    assert_eq!(report.state, FileState::Refused);
    let sentences: Vec<String> = report.problems.iter().map(|problem| tell(Lang::Nl, problem)).collect();
    assert_eq!(
        sentences,
        [
            "EL: uittreksel 003 van 05/01/2022 begint met €\u{a0}50.100,00, maar uittreksel 001 van 03/01/2022 eindigde op \
          €\u{a0}50.000,00. Na 001 komt 002. Neem eerst het bestand dat ontbreekt."
        ]
    );
    assert_eq!(story.rows().await, before);
    story.import(missing).await;
    story.import(next).await;
    story.finish().await;
}

#[tokio::test]
async fn a_missing_number_is_refused_even_when_the_balances_meet() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    account.sequence += 1;
    let report = story.offer(account.file("2022-01-03", vec![says(euros(1), "?")])).await;
    assert_eq!(report.state, FileState::Refused);
    assert_eq!(report.problems[0].key, "bank-problem-number-missing");
    let sentence = tell(Lang::En, &report.problems[0]);
    assert!(sentence.contains("002 was expected") && sentence.contains("statement 003"), "{sentence}");
    story.finish().await;
}

#[tokio::test]
async fn files_of_one_import_are_booked_in_the_order_of_their_statements() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let one = account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)]);
    let two = account.file("2022-01-04", vec![says(euros(1), "?")]);
    let three = account.file("2022-01-05", vec![says(euros(2), "?")]);
    story.test.go_to("2022-01-05");
    let report = bank::import(story.house(), &story.accountant, vec![three, one, two]).await.unwrap();
    let seen: Vec<_> = report.files.iter().map(|file| (file.name.as_str(), file.state)).collect();
    assert_eq!(
        seen,
        [
            ("2022-01-05.cod", FileState::Imported),
            ("2022-01-03.cod", FileState::Imported),
            ("2022-01-04.cod", FileState::Imported),
        ]
    );
    story.finish().await;
}

#[tokio::test]
async fn a_new_year_begins_again_at_one() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    account.sequence = 250;
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    account.sequence = 0;
    story.test.go_to("2023-01-02");
    story.import(account.file("2023-01-02", vec![says(euros(1), "?")])).await;
    story.finish().await;
}

#[tokio::test]
async fn what_was_on_the_account_before_the_first_statement_waits_for_a_person() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    account.balance = euros(777);
    account.sequence = 11;
    let report = story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    let waiting: Vec<_> = report.suspense.iter().map(|line| (line.reason, line.amount)).collect();
    assert_eq!(waiting, [(Reason::OpeningBalance, euros(777))]);
    assert_eq!(story.balance("cash_at_bank").await, account.balance);
    story.finish().await;
}

#[tokio::test]
async fn everything_wrong_with_a_file_is_said_at_once() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let mut nobody = account.clone();
    nobody.iban = energiehuis::domain::identity::Iban::from_bban("BE", "000111222333").unwrap();
    let statements = [
        nobody.statement("2022-01-03", vec![says(euros(1), "?")]),
        account.statement("2022-01-04", vec![says(euros(1), "?")]),
    ];
    let before = story.rows().await;
    let report = story.offer(file("two.cod", &statements)).await;
    let keys: Vec<&str> = report.problems.iter().map(|problem| problem.key.as_str()).collect();
    assert_eq!(keys, ["bank-problem-account-unknown", "bank-problem-after-today"]);
    assert_eq!(story.rows().await, before);
    story.finish().await;
}

#[tokio::test]
async fn a_second_feed_and_another_currency_are_never_booked_as_money() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let right = account.file("2022-01-03", vec![says(euros(1), "?")]);
    let text = String::from_utf8(right.bytes.clone()).unwrap();
    let mut feed: Vec<u8> = text.clone().into_bytes();
    // Record 0, positions 84 to 88: the separate application.
    feed[87] = b'1';
    let foreign = text.replace("EUR", "USD").into_bytes();
    for (bytes, key) in [(feed, "bank-problem-no-total-waits"), (foreign, "bank-problem-currency")] {
        let report = story.offer(bank::BankFile { bytes, ..right.clone() }).await;
        assert_eq!(report.state, FileState::Refused);
        assert_eq!(report.problems[0].key, key, "{:#?}", report.problems);
    }
    story.finish().await;
}
