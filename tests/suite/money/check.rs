//! The check of the ledger finds what does not agree.

use energiehuis::domain::fund::CommitmentKind;
use energiehuis::domain::ledger::{Account, JournalEntry, Posting, Reason, receipt_unmatched};
use energiehuis::domain::money::Money;
use energiehuis::services::ledger::check::{DifferenceKind, check};
use energiehuis::storage::commitments::{self, Movement};

use super::story::{Story, euros};

#[tokio::test]
async fn a_planted_difference_is_found_with_its_fund_its_loan_and_both_figures() {
    let story = Story::on("2022-10-17").await;
    let (fund, line) = story.emergency_fund(100_000).await;
    story.receive(&line, 40_000).await;
    let application = story.application(&fund, 40_000).await;
    story.commit(&fund, &application).await.unwrap();
    let loan_id = story.sign(&fund, &application, 7).await;
    story.draw(loan_id, &application, 25_000).await;
    assert!(check(&story.test.house, &story.accountant).await.unwrap().ok);
    // Somebody books on the loan past its facts.
    let wrong = JournalEntry::new(
        Reason::FeeReceived,
        story.test.clock.today(),
        vec![
            Posting::debit(Account::LoansReceivable, Money::from_cents(1)).of_loan(loan_id),
            Posting::credit(Account::FeeIncome, Money::from_cents(1)),
        ],
    );
    story.post(fund.fund_id, wrong.unwrap()).await;
    let found = check(&story.test.house, &story.accountant).await.unwrap();
    assert!(!found.ok);
    let [difference] = &found.differences[..] else { panic!("{:?}", found.differences) };
    assert_eq!(difference.kind, DifferenceKind::Outstanding);
    assert_eq!((difference.fund.as_str(), difference.loan.as_deref()), ("NKF", Some("L-2022-00007")));
    assert_eq!((difference.expected, difference.found), (euros(25_000), Money::from_cents(2_500_001)));
    let answer = story.test.program().run(&["ledger", "check", "--format", "json"]);
    assert_eq!(answer.status, 1);
    assert!(
        answer.out.contains(r#""differences":[{"kind":"outstanding","fund":"NKF","loan":"L-2022-00007","expected":"25000.00","found":"25000.01"}]"#),
        "{}",
        answer.out
    );
    story.test.finish().await;
}

#[tokio::test]
async fn cash_that_the_bank_does_not_know_is_found() {
    let story = Story::on("2022-10-17").await;
    let (fund, line) = story.emergency_fund(100_000).await;
    story.receive(&line, 40_000).await;
    let entry = receipt_unmatched(story.test.clock.today(), euros(5)).unwrap();
    let mut tx = story.test.house.begin().await.unwrap();
    let new = story.new_entry(fund.fund_id, entry);
    energiehuis::storage::ledger::insert_entries(&mut tx, &[new]).await.unwrap();
    story.test.house.commit(tx).await.unwrap();
    assert_eq!(
        found(&story).await,
        [
            (DifferenceKind::CashAtBank, euros(40_000), euros(40_005)),
            (DifferenceKind::UnmatchedReceipts, Money::ZERO, euros(5)),
        ]
    );
    story.test.finish().await;
}

/// What the check finds: what was compared, what it should be, what it is.
async fn found(story: &Story) -> Vec<(DifferenceKind, Money, Money)> {
    let found = check(&story.test.house, &story.accountant).await.unwrap().differences;
    found.into_iter().map(|difference| (difference.kind, difference.expected, difference.found)).collect()
}

#[tokio::test]
async fn money_that_waits_for_a_person_is_what_the_lines_of_the_bank_say() {
    let story = Story::on("2022-10-17").await;
    let (fund, line) = story.emergency_fund(100_000).await;
    story.receive(&line, 40_000).await;
    // Both are on the account and in the ledger, and on no line of the bank.
    for (on, amount) in [("2022-10-18", 70), ("2022-10-19", -30)] {
        story.test.go_to(on);
        story.post(fund.fund_id, receipt_unmatched(story.test.clock.today(), euros(amount)).unwrap()).await;
    }
    assert_eq!(
        found(&story).await,
        [
            (DifferenceKind::UnmatchedReceipts, Money::ZERO, euros(70)),
            (DifferenceKind::UnexplainedPayments, Money::ZERO, euros(30)),
        ]
    );
    story.test.finish().await;
}

#[tokio::test]
async fn what_an_open_loan_has_left_to_draw_is_what_is_committed_to_it() {
    let story = Story::on("2022-10-17").await;
    let (fund, line) = story.emergency_fund(100_000).await;
    story.receive(&line, 40_000).await;
    let application = story.application(&fund, 40_000).await;
    story.commit(&fund, &application).await.unwrap();
    let loan_id = story.sign(&fund, &application, 7).await;
    story.draw(loan_id, &application, 25_000).await;
    assert_eq!(found(&story).await, []);
    // Somebody gives back a part of the promise while the contract still counts on it.
    let released = Movement {
        movement_id: story.test.house.ids.next(),
        application_id: application.application_id,
        fund_id: fund.fund_id,
        source_id: line.source_id,
        kind: CommitmentKind::Released,
        amount: euros(-1_000),
        effective_on: story.test.clock.today(),
        booked_at: story.test.clock.now(),
        idempotency_key: "by mistake".to_owned(),
    };
    let mut db = story.test.house.read().await.unwrap();
    commitments::insert(&mut db, &[released]).await.unwrap();
    drop(db);
    let answer = check(&story.test.house, &story.accountant).await.unwrap();
    let [difference] = &answer.differences[..] else { panic!("{answer:?}") };
    assert_eq!(
        (difference.kind, difference.loan.as_deref()),
        (DifferenceKind::CommitmentUndrawn, Some("L-2022-00007"))
    );
    assert_eq!((difference.expected, difference.found), (euros(15_000), euros(14_000)));
    story.test.finish().await;
}
