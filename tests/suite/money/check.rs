//! The check of the ledger finds what does not agree.

use energiehuis::domain::ledger::{Account, JournalEntry, Posting, Reason, receipt_unmatched};
use energiehuis::domain::money::Money;
use energiehuis::services::ledger::check::{DifferenceKind, check};

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
    let found = check(&story.test.house, &story.accountant).await.unwrap().differences;
    let [difference] = &found[..] else { panic!("{found:?}") };
    assert_eq!(difference.kind, DifferenceKind::CashAtBank);
    assert_eq!((difference.expected, difference.found), (euros(40_000), euros(40_005)));
    story.test.finish().await;
}
