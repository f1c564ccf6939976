//! `instalments_due`: every instalment is claimed on the day it falls due, once.

use chrono::NaiveDate;
use energiehuis::domain::money::Money;
use energiehuis::jobs::run_by_hand;
use energiehuis::services::Actor;
use energiehuis::services::job_runs::RunState;
use rust_decimal::Decimal;
use serde_json::json;

use super::street::{Street, job};
use crate::support::town::{energy_loan, euros};

/// Number, due date, payable date and amount of every claim, by loan and number.
async fn claims(street: &Street) -> Vec<(i32, String, String, Money)> {
    let rows: Vec<(i32, NaiveDate, NaiveDate, Decimal)> =
        sqlx::query_as("SELECT number, due_on, payable_on, amount FROM claims ORDER BY loan_id, number")
            .fetch_all(&street.town.test.pool)
            .await
            .unwrap();
    rows.into_iter()
        .map(|(number, due, payable, amount)| {
            (number, due.to_string(), payable.to_string(), Money::exact(amount).unwrap())
        })
        .collect()
}

#[tokio::test]
async fn an_instalment_is_claimed_on_its_day_and_a_second_run_claims_nothing() {
    let mut street = Street::new().await;
    street.family(None).await;
    street.town.test.go_to("2022-04-30");
    assert_eq!(street.run("instalments_due").await, json!({ "loans": 1, "claims": 0, "amount": "0.00" }));
    street.town.test.go_to("2022-05-01");
    assert_eq!(street.run("instalments_due").await, json!({ "loans": 1, "claims": 1, "amount": "150.00" }));
    assert_eq!(street.run("instalments_due").await, json!({ "loans": 1, "claims": 0, "amount": "0.00" }));
    assert_eq!(claims(&street).await, [(1, "2022-05-01".to_owned(), "2022-05-02".to_owned(), euros(150))]);
    street.finish().await;
}

#[tokio::test]
async fn what_was_paid_before_its_day_is_not_claimed() {
    let mut street = Street::new().await;
    let family = street.family(None).await;
    street.town.test.go_to("2022-04-20");
    street.pays(&family, 200).await;
    street.town.test.go_to("2022-06-01");
    assert_eq!(street.run("instalments_due").await["claims"], 1);
    assert_eq!(claims(&street).await, [(2, "2022-06-01".to_owned(), "2022-06-01".to_owned(), euros(100))]);
    street.finish().await;
}

#[tokio::test]
async fn a_loan_in_works_and_a_bullet_before_its_day_owe_nothing_yet() {
    let mut street = Street::new().await;
    let in_works = street.town.contract(energy_loan(50, 9000, None)).await;
    street.town.draw(&in_works, ("F-50", euros(4000))).await;
    street.town.emergency_fund().await;
    street.town.test.go_to("2022-10-03");
    street.emergency_buyers(None).await;
    street.town.test.go_to("2042-10-02");
    assert_eq!(street.run("instalments_due").await, json!({ "loans": 2, "claims": 0, "amount": "0.00" }));
    street.town.test.go_to("2042-10-03");
    assert_eq!(street.run("instalments_due").await, json!({ "loans": 2, "claims": 1, "amount": "20000.00" }));
    street.finish().await;
}

#[tokio::test]
async fn each_transaction_takes_as_many_loans_as_the_batch_and_no_more() {
    let mut street = Street::new().await;
    street.families(5).await;
    street.town.test.go_to("2022-05-02");
    let mut pairs = job("instalments_due");
    pairs.batch = 2;
    assert_eq!(street.run_of(&pairs).await.report.unwrap()["claims"], 5);
    // The transaction that wrote a row is kept in its xmin.
    let sizes: Vec<i64> = sqlx::query_scalar("SELECT count(*) FROM claims GROUP BY xmin::text ORDER BY 1 DESC")
        .fetch_all(&street.town.test.pool)
        .await
        .unwrap();
    assert_eq!(sizes, [2, 2, 1]);
    street.finish().await;
}

#[tokio::test]
async fn a_run_that_broke_off_goes_on_where_it_stopped() {
    let mut street = Street::new().await;
    street.families(3).await;
    street.town.test.go_to("2022-05-02");
    street
        .town
        .execute(
            "CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                 IF (SELECT count(*) FROM claims) >= 2 THEN RAISE EXCEPTION 'the disk is full'; END IF;
                 RETURN NEW; END $$;
             CREATE TRIGGER break_off BEFORE INSERT ON claims FOR EACH ROW EXECUTE FUNCTION break_off()",
        )
        .await;
    let mut one = job("instalments_due");
    one.batch = 1;
    assert_eq!(street.run_of(&one).await.state, RunState::Failed);
    assert_eq!(street.town.count("claims").await, 2);
    street.town.execute("DROP TRIGGER break_off ON claims").await;
    assert_eq!(street.run("instalments_due").await, json!({ "loans": 3, "claims": 1, "amount": "150.00" }));
    street.forget_failures().await;
    street.finish().await;
}

#[tokio::test]
async fn a_run_by_hand_works_for_the_date_that_was_asked() {
    let mut street = Street::new().await;
    let family = street.family(None).await;
    street.town.test.go_to("2022-06-20");
    street.pays(&family, 60).await;
    let day = "2022-05-15".parse().unwrap();
    let run = run_by_hand(&street.tools, &Actor::system(), &job("instalments_due"), day).await.unwrap();
    assert_eq!((run.for_date, run.state), (day, RunState::Done));
    // On 15 May nothing was paid, and the instalment of June was not due.
    assert_eq!(claims(&street).await, [(1, "2022-05-01".to_owned(), "2022-05-02".to_owned(), euros(150))]);
    let tomorrow = "2022-06-21".parse().unwrap();
    let early = run_by_hand(&street.tools, &Actor::system(), &job("instalments_due"), tomorrow).await.unwrap_err();
    assert!(
        matches!(&early, energiehuis::services::Error::Invalid(problems) if problems[0].field == "date"),
        "{early}"
    );
    street.finish().await;
}
