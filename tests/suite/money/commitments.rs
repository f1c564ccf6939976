//! Money is never promised twice.

use energiehuis::domain::ledger::FundingKind;
use energiehuis::domain::money::Money;
use energiehuis::domain::product::Product;
use energiehuis::storage::commitments;

use super::story::{Story, euros, refusal};

#[tokio::test]
async fn two_approvals_at_once_for_the_last_50_000_leave_exactly_one() {
    let story = Story::on("2022-10-17").await;
    let (fund, _) = story.emergency_fund(50_000).await;
    let (one, other) = (story.application(&fund, 50_000).await, story.application(&fund, 50_000).await);
    let (first, second) = tokio::join!(story.commit(&fund, &one), story.commit(&fund, &other));
    let refused = if first.is_ok() { second } else { first };
    assert_eq!(refusal(refused), "funding-no-room");
    let mut db = story.test.house.read().await.unwrap();
    assert_eq!(commitments::sums(&mut db, None).await.unwrap(), [(fund.fund_id, euros(50_000))]);
    drop(db);
    story.test.finish().await;
}

#[tokio::test]
async fn the_database_refuses_a_promise_that_a_program_forgot_to_ask_about() {
    let story = Story::on("2022-10-17").await;
    let (fund, source) = story.emergency_fund(50_000).await;
    let application = story.application(&fund, 60_000).await;
    let movement = commitments::Movement {
        movement_id: story.test.house.ids.next(),
        application_id: application.application_id,
        fund_id: fund.fund_id,
        source_id: source.source_id,
        kind: energiehuis::domain::fund::CommitmentKind::Committed,
        amount: application.amount,
        effective_on: story.test.clock.today(),
        booked_at: story.test.clock.now(),
        idempotency_key: "forgot".to_owned(),
    };
    let mut db = story.test.house.read().await.unwrap();
    let refused = commitments::insert(&mut db, &[movement]).await.unwrap_err();
    assert_eq!(refused.constraint(), Some("commitment_movements_fund_room"));
    drop(db);
    story.test.finish().await;
}

#[tokio::test]
async fn repaid_money_of_a_line_that_is_passed_back_is_not_promised_again() {
    let story = Story::on("2022-10-17").await;
    let (fund, source) = story.emergency_fund(50_000).await;
    let application = story.application(&fund, 50_000).await;
    story.commit(&fund, &application).await.unwrap();
    let mut db = story.test.house.read().await.unwrap();
    assert_eq!(commitments::source_room(&mut db, source.source_id).await.unwrap(), Money::ZERO);
    drop(db);
    // Even when the fund has money of its own, the line of the municipality is full.
    let gift = story.source(&fund, FundingKind::OwnMeans, None, 90_000).await;
    story.receive(&gift, 90_000).await;
    let other = story.application(&fund, 10_000).await;
    assert_eq!(refusal(story.commit(&fund, &other).await), "funding-no-room-in-line");
    story.test.finish().await;
}

#[tokio::test]
async fn a_rolling_fund_takes_from_its_sources_by_the_weight_of_their_ceilings() {
    let story = Story::on("2022-10-17").await;
    let fund = story.fund("ROL", Product::RollingFund).await;
    for (nis_code, ceiling) in [(None, 100_000), (Some("34013"), 10_000), (Some("34022"), 10_000)] {
        let grant = story.source(&fund, FundingKind::Grant, nis_code, ceiling).await;
        story.receive(&grant, ceiling).await;
    }
    let application = story.application(&fund, 33_000).await;
    story.commit(&fund, &application).await.unwrap();
    let mut db = story.test.house.read().await.unwrap();
    let parts = commitments::left_of(&mut db, application.application_id).await.unwrap();
    drop(db);
    // The grant of Harelbeke is for families of Harelbeke.
    let amounts: Vec<Money> = parts.into_iter().map(|(_, amount)| amount).collect();
    assert_eq!(amounts, [euros(30_000), euros(3_000)]);
    story.test.finish().await;
}
