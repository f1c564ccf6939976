//! Two approvals in one fund at the same moment: both lock the fund before anything that points to it, so one waits
//! for the other and neither waits for ever.

use std::time::Duration;

use energiehuis::domain::money::Money;
use energiehuis::services::Error;
use energiehuis::services::applications::{Ballot, Vote, vote};
use energiehuis::services::invoices::approve::approve;
use energiehuis::storage::commitments;
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::town::{Family, Purse, Town, energy_loan, euros};

const ROUNDS: u32 = 4;

/// Kortrijk with money to lend and two families with a contract.
async fn street() -> (Town, Purse, [Family; 2]) {
    let town = Town::on("2022-02-07").await;
    let purse = town.energy_fund(100_000).await;
    let families = [town.contract(energy_loan(1, 9000, None)).await, town.contract(energy_loan(2, 9000, None)).await];
    (town, purse, families)
}

/// Does two things at once. The fund is held until both wait for it, and then they go at the same moment: whoever
/// has taken a weaker lock on the fund before the real one stands in the way of the other, every time.
async fn at_once(
    (pool, fund_id): (&PgPool, Uuid),
    one: impl Future<Output = Result<(), Error>>,
    other: impl Future<Output = Result<(), Error>>,
) -> (Result<(), Error>, Result<(), Error>) {
    let mut gate = pool.begin().await.unwrap();
    sqlx::query("SELECT 1 FROM funds WHERE fund_id = $1 FOR UPDATE").bind(fund_id).execute(&mut *gate).await.unwrap();
    let (first, second, ()) = tokio::join!(one, other, async {
        both_wait(pool).await;
        gate.commit().await.unwrap();
    });
    (first, second)
}

async fn both_wait(pool: &PgPool) {
    let waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let mut pause = tokio::time::interval(Duration::from_millis(10));
    for _ in 0..1_000 {
        pause.tick().await;
        let waiting: i64 = sqlx::query_scalar(waiting).fetch_one(pool).await.unwrap();
        if waiting == 2 {
            return;
        }
    }
    panic!("the two did not come to wait for the fund");
}

/// An application with one yes, and the place in the committee of whoever did not vote yet.
async fn half_approved(town: &Town, n: u32, voted: usize) -> (Uuid, usize) {
    let application_id = town.apply(energy_loan(n, 5000, None)).await.application_id;
    yes(town, (application_id, voted)).await.unwrap();
    (application_id, 1 - voted)
}

async fn yes(town: &Town, (application_id, member): (Uuid, usize)) -> Result<(), Error> {
    let ballot = Ballot { application_id, vote: Vote::Approve, reason: String::new() };
    vote(town.house(), &town.committee[member], ballot).await.map(|_| ())
}

async fn draw(town: &Town, invoice_id: Uuid) -> Result<(), Error> {
    approve(town.house(), &town.committee[0], invoice_id).await.map(|_| ())
}

async fn committed(town: &Town) -> Vec<(Uuid, Money)> {
    commitments::sums(&mut town.house().read().await.unwrap(), None).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_invoices_approved_at_the_same_moment_are_both_approved() {
    let (town, purse, families) = street().await;
    let fund_id = purse.fund.fund_id;
    for round in 0..ROUNDS {
        let number = format!("F-{round}");
        let one = town.invoice(&families[0], (&number, euros(1000))).await;
        let number = format!("G-{round}");
        let other = town.invoice(&families[1], (&number, euros(1000))).await;
        let (first, second) =
            at_once((&town.test.pool, fund_id), Box::pin(draw(&town, one)), Box::pin(draw(&town, other))).await;
        assert!(first.is_ok() && second.is_ok(), "round {round}: {first:?}, {second:?}");
    }
    assert_eq!(town.count("tranches").await, i64::from(2 * ROUNDS));
    assert_eq!(committed(&town).await, [(fund_id, euros(18_000 - 2000 * i64::from(ROUNDS)))]);
    town.test.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_applications_approved_at_the_same_moment_are_both_approved() {
    let (town, purse, _) = street().await;
    let fund_id = purse.fund.fund_id;
    for round in 0..ROUNDS {
        let one = half_approved(&town, 10 + 2 * round, 0).await;
        let other = half_approved(&town, 11 + 2 * round, 1).await;
        let (first, second) =
            at_once((&town.test.pool, fund_id), Box::pin(yes(&town, one)), Box::pin(yes(&town, other))).await;
        assert!(first.is_ok() && second.is_ok(), "round {round}: {first:?}, {second:?}");
    }
    assert_eq!(town.count("applications WHERE state = 'approved'").await, i64::from(2 * ROUNDS));
    assert_eq!(committed(&town).await, [(fund_id, euros(18_000 + 10_000 * i64::from(ROUNDS)))]);
    town.test.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_and_an_invoice_approved_at_the_same_moment_are_both_approved() {
    let (town, purse, families) = street().await;
    let fund_id = purse.fund.fund_id;
    for round in 0..ROUNDS {
        let application = half_approved(&town, 10 + round, 0).await;
        let number = format!("F-{round}");
        let invoice = town.invoice(&families[0], (&number, euros(1000))).await;
        let (first, second) =
            at_once((&town.test.pool, fund_id), Box::pin(yes(&town, application)), Box::pin(draw(&town, invoice)))
                .await;
        assert!(first.is_ok() && second.is_ok(), "round {round}: {first:?}, {second:?}");
    }
    assert_eq!(committed(&town).await, [(fund_id, euros(18_000 + 4000 * i64::from(ROUNDS)))]);
    town.test.finish().await;
}
