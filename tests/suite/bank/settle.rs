//! A person decides what a credit in suspense was for.

use energiehuis::domain::loan::{Payer, Usage};
use energiehuis::domain::money::Money;
use energiehuis::services::Error;
use energiehuis::services::bank::{self, Settlement, settle};
use energiehuis::storage::bank::{LineFilter, Page};

use super::account::{Account, executed, paid, says};
use super::story::{Family, Story, euros};

fn for_loan(bank_line_id: uuid::Uuid, family: &Family) -> Settlement {
    Settlement {
        bank_line_id,
        loan_id: family.loan.loan_id,
        reason: "Telefonisch bevestigd".to_owned(),
        payer: Payer::Borrower,
        usage: Usage::Instalments,
    }
}

fn key(result: Result<(), Error>) -> String {
    match result {
        Err(Error::Refused(text) | Error::Conflict(text)) => text.key,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_credit_in_suspense_goes_to_its_loan_once() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    let (family, _) = story.repaying(12, 1000).await;
    story.test.go_to("2022-06-02");
    let report = story.import(account.file("2022-06-02", vec![says(euros(100), "?")])).await;
    let line = report.suspense[0].bank_line_id;
    story.test.go_to("2022-06-20");
    settle(story.house(), &story.accountant, for_loan(line, &family)).await.unwrap();
    let state = story.state(&family).await;
    assert_eq!(state.repaid, euros(100));
    assert_eq!(state.payments[0].effective_on.to_string(), "2022-06-02", "it counts from the day of the bank");
    assert_eq!(story.balance("unmatched_receipts").await, Money::ZERO);
    assert_eq!(story.balance("due_to_funder").await, euros(-100));
    assert_eq!(story.balance("cash_at_bank").await, account.balance);
    let before = story.rows().await;
    let again = settle(story.house(), &story.accountant, for_loan(line, &family)).await;
    assert_eq!(key(again), "bank-settle-already");
    assert_eq!(story.rows().await, before);
    let listed = bank::line(story.house(), &story.accountant, line).await.unwrap();
    assert_eq!(listed.loan_number.as_deref(), Some("L-2022-00012"));
    assert_eq!(listed.settled_because.as_deref(), Some("Telefonisch bevestigd"));
    let open = LineFilter { suspense_only: true, ..LineFilter::default() };
    assert_eq!(bank::lines(story.house(), &story.accountant, open, Page::of(1, 9)).await.unwrap(), []);
    story.finish().await;
}

#[tokio::test]
async fn two_people_who_settle_one_line_at_once_settle_it_once() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    let (one, _) = story.repaying(12, 1000).await;
    let (other, _) = story.repaying(13, 1000).await;
    story.test.go_to("2022-06-02");
    let report = story.import(account.file("2022-06-02", vec![says(euros(100), "?")])).await;
    let line = report.suspense[0].bank_line_id;
    let (first, second) = tokio::join!(
        settle(story.house(), &story.accountant, for_loan(line, &one)),
        settle(story.house(), &story.accountant, for_loan(line, &other)),
    );
    let failed: Vec<Error> = [first, second].into_iter().filter_map(Result::err).collect();
    assert!(matches!(failed.as_slice(), [Error::Conflict(_)]), "{failed:?}");
    assert_eq!(story.balance("loans_receivable").await, euros(1900));
    story.finish().await;
}

#[tokio::test]
async fn only_a_credit_in_suspense_of_the_same_fund_can_be_settled_by_who_may() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    let (family, _) = story.repaying(12, 1000).await;
    story.test.go_to("2022-06-02");
    let lines = vec![executed(euros(3), "X"), paid(euros(100), family.loan.ogm), says(euros(9), "?")];
    let report = story.import(account.file("2022-06-02", lines)).await;
    let (other, _) = story.other_fund().await;
    let elsewhere = story.import(Account::of(&other).file("2022-06-02", vec![says(euros(8), "?")])).await;
    let listed = bank::lines(story.house(), &story.accountant, LineFilter::default(), Page::of(1, 9)).await.unwrap();
    let booked = listed.iter().find(|line| line.amount == euros(100)).unwrap().bank_line_id;
    let before = story.rows().await;
    let try_it = async |line| settle(story.house(), &story.accountant, for_loan(line, &family)).await;
    assert_eq!(key(try_it(report.suspense[0].bank_line_id).await), "bank-settle-money-out");
    assert_eq!(key(try_it(booked).await), "bank-settle-not-in-suspense");
    assert_eq!(key(try_it(elsewhere.suspense[0].bank_line_id).await), "bank-settle-other-fund");
    let open = report.suspense[1].bank_line_id;
    let unknown = Settlement { loan_id: open, ..for_loan(open, &family) };
    assert!(matches!(
        settle(story.house(), &story.accountant, unknown).await,
        Err(Error::NotFound { kind: "loan", .. })
    ));
    let silent = Settlement { reason: "  ".to_owned(), ..for_loan(open, &family) };
    assert!(matches!(settle(story.house(), &story.accountant, silent).await, Err(Error::Invalid(_))));
    let forbidden = settle(story.house(), &story.officer, for_loan(open, &family)).await;
    assert!(matches!(forbidden, Err(Error::Forbidden)));
    assert_eq!(story.rows().await, before);
    story.finish().await;
}
