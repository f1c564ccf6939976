//! Facts enter a loan once, with what they do to the ledger.

use energiehuis::domain::ledger::Account;
use energiehuis::domain::money::Money;
use energiehuis::services::Error;
use energiehuis::services::loans::book::{Outcome, book_many};
use energiehuis::services::loans::show::show;
use energiehuis::storage::ledger;

use super::story::{Story, euros};

#[tokio::test]
async fn the_same_key_again_books_nothing_and_gives_the_earlier_fact() {
    let story = Story::on("2022-10-17").await;
    let (fund, line) = story.emergency_fund(100_000).await;
    story.receive(&line, 40_000).await;
    let application = story.application(&fund, 40_000).await;
    story.commit(&fund, &application).await.unwrap();
    let loan_id = story.sign(&fund, &application, 1).await;
    story.draw(loan_id, &application, 40_000).await;
    let first = story.import(&fund, vec![story.payment(loan_id, ("line:1", euros(500)))]).await;
    let facts = story.count("loan_facts").await;
    let again = story.import(&fund, vec![story.payment(loan_id, ("line:1", euros(500)))]).await;
    let [Outcome::Booked(first)] = first[..] else { panic!("{first:?}") };
    let [Outcome::Booked(again)] = again[..] else { panic!("{again:?}") };
    assert!(first.is_new && !again.is_new);
    assert_eq!((first.fact_id, first.entry_id), (again.fact_id, again.entry_id));
    assert_eq!(story.count("loan_facts").await, facts);
    // Twice in one batch is once, too.
    let twice = (0..2).map(|_| story.payment(loan_id, ("line:2", euros(100)))).collect();
    story.import(&fund, twice).await;
    assert_eq!(story.count("loan_facts").await, facts + 1);
    story.test.finish().await;
}

#[tokio::test]
async fn a_key_of_another_loan_is_a_conflict() {
    let story = Story::on("2022-10-17").await;
    let (fund, _) = story.emergency_fund(100_000).await;
    let mut loans = Vec::new();
    for serial in [1, 2] {
        let application = story.application(&fund, 30_000).await;
        story.commit(&fund, &application).await.unwrap();
        let loan_id = story.sign(&fund, &application, serial).await;
        story.draw(loan_id, &application, 30_000).await;
        loans.push(loan_id);
    }
    story.import(&fund, vec![story.payment(loans[0], ("line:1", euros(100)))]).await;
    let mut tx = story.test.house.begin().await.unwrap();
    let wrong = vec![story.payment(loans[1], ("line:1", euros(100)))];
    let answer = book_many(&mut tx, (&story.test.house, &story.accountant), wrong).await;
    assert!(matches!(answer, Err(Error::Conflict(_))), "{answer:?}");
    drop(tx);
    story.test.finish().await;
}

#[tokio::test]
async fn a_batch_repays_overpays_and_leaves_out_what_a_loan_refuses() {
    let story = Story::on("2022-10-17").await;
    let (fund, _) = story.emergency_fund(200_000).await;
    let mut loans = Vec::new();
    for serial in 1..=2 {
        let application = story.application(&fund, 30_000).await;
        story.commit(&fund, &application).await.unwrap();
        loans.push((story.sign(&fund, &application, serial).await, application));
    }
    let (drawn, undrawn) = (loans[0].0, loans[1].0);
    story.draw(drawn, &loans[0].1, 30_000).await;
    let outcomes = story
        .import(
            &fund,
            vec![
                story.payment(drawn, ("line:1", euros(29_999))),
                story.payment(undrawn, ("line:2", euros(100))),
                story.payment(drawn, ("line:3", Money::from_cents(150))),
            ],
        )
        .await;
    assert!(matches!(outcomes[..], [Outcome::Booked(_), Outcome::Refused(_), Outcome::Booked(_)]), "{outcomes:?}");
    let loan = show(&story.test.house, &story.officer, &drawn.to_string(), None).await.unwrap();
    assert_eq!((loan.summary.outstanding, loan.state.overpaid), (Money::ZERO, Money::from_cents(50)));
    let mut db = story.test.house.read().await.unwrap();
    let balances = ledger::loan_balances(&mut db, None).await.unwrap();
    drop(db);
    let of = |account| {
        let found = balances.iter().find(|balance| balance.owner_id == Some(drawn) && balance.account == account);
        found.map(|balance| balance.amount)
    };
    assert_eq!(of(Account::LoansReceivable), Some(Money::ZERO));
    assert_eq!(of(Account::BorrowerOverpayments), Some(Money::from_cents(-50)));
    story.test.finish().await;
}
