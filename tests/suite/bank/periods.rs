//! What the bank says about a period that is closed.

use chrono::NaiveDate;
use energiehuis::i18n::{Lang, tell};
use energiehuis::services::bank::FileState;
use energiehuis::services::ledger::close::{ClosePeriod, close};

use super::account::{Account, charged, file, paid, says};
use super::story::{Story, day, euros};

/// Closes January 2022, on 2 February.
async fn january_closed(story: &Story) {
    story.test.go_to("2022-02-02");
    let january = ClosePeriod { fund_id: story.fund.fund_id, through: day("2022-01-31") };
    close(story.house(), &story.accountant, january).await.unwrap();
}

#[tokio::test]
async fn a_statement_of_a_closed_day_is_refused_with_the_first_open_day_and_nothing_is_written() {
    let story = Story::new().await;
    january_closed(&story).await;
    let mut account = Account::of(&story.fund);
    let old = account.statement("2022-01-31", vec![paid(euros(50_000), story.source.ogm)]);
    let new = account.statement("2022-02-01", vec![says(euros(1), "?")]);
    let before = story.rows().await;
    let report = story.offer(file("both.cod", &[old, new])).await;
    assert_eq!(report.state, FileState::Refused);
    let [problem] = &report.problems[..] else { panic!("{:?}", report.problems) };
    assert_eq!(
        tell(Lang::Nl, problem),
        "EL: uittreksel 001 van 31/01/2022 is van een dag die afgesloten is. De eerste open dag is 01/02/2022."
    );
    assert_eq!(
        tell(Lang::En, problem),
        "EL: statement 001 of 31/01/2022 is of a day that is closed. The first open day is 01/02/2022."
    );
    assert_eq!(story.rows().await, before);
    story.finish().await;
}

#[tokio::test]
async fn a_file_that_was_booked_before_its_period_was_closed_is_still_known() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let january = account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)]);
    story.import(january.clone()).await;
    story.test.go_to("2022-02-01");
    story.import(account.file("2022-02-01", vec![says(euros(1), "?")])).await;
    january_closed(&story).await;
    let before = story.rows().await;
    assert_eq!(story.offer(january).await.state, FileState::Known);
    assert_eq!(story.rows().await, before);
    story.finish().await;
}

#[tokio::test]
async fn what_an_open_statement_says_of_a_closed_day_lands_on_the_first_open_one() {
    let story = Story::new().await;
    january_closed(&story).await;
    // Ten euros stood on the account, and the charges of January are on the statement of February.
    let mut account = Account::of(&story.fund);
    account.balance = euros(10);
    let mut statement = account.statement("2022-02-01", vec![charged(euros(3)), paid(euros(50_000), story.source.ogm)]);
    statement.old_balance_on = day("2022-01-31");
    statement.entries[0].line.booked_on = day("2022-01-31");
    let report = story.import(file("february.cod", &[statement])).await;
    assert_eq!(report.lines, 3, "{report:#?}");
    let rows: Vec<(String, NaiveDate, Option<NaiveDate>)> =
        sqlx::query_as("SELECT reason, effective_on, belongs_on FROM journal_entries ORDER BY reason")
            .fetch_all(&story.test.pool)
            .await
            .unwrap();
    let late = |reason: &str| (reason.to_owned(), day("2022-02-01"), Some(day("2022-01-31")));
    let in_time = ("funding_received".to_owned(), day("2022-02-01"), None);
    assert_eq!(rows, [late("bank_charge"), in_time, late("receipt_unmatched")]);
    let told: Vec<NaiveDate> = sqlx::query_scalar("SELECT booked_on FROM bank_lines ORDER BY ordinal")
        .fetch_all(&story.test.pool)
        .await
        .unwrap();
    let days = [day("2022-01-31"), day("2022-01-31"), day("2022-02-01")];
    assert_eq!(told, days, "the line keeps the day of the bank");
    assert_eq!(story.balance("cash_at_bank").await, account.balance);
    story.finish().await;
}
