//! `arrears_day`: when a step of the ladder is taken, and when it is not.

use energiehuis::jobs::run_by_hand;
use energiehuis::services::job_runs::RunState;
use energiehuis::services::loans::events::{Request, record};
use energiehuis::services::{Actor, arrears};
use serde_json::{Value, json};

use super::street::{Street, job};
use crate::support::town::{Family, KORTRIJK};

fn report(loans: u32, signals: u32, reminders: u32) -> Value {
    json!({ "loans": loans, "signals": signals, "reminders": reminders, "letters_to_print": 0 })
}

#[tokio::test]
async fn the_ladder_counts_from_the_monday_on_which_money_could_move() {
    let mut street = Street::new().await;
    let family = street.family(Some("lotte@borrower.example")).await;
    assert_eq!(street.night("2022-05-08").await, report(1, 0, 0), "six days after Monday 2 May");
    assert_eq!(street.night("2022-05-09").await, report(1, 1, 0), "seven days");
    assert_eq!(street.night("2022-05-11").await, report(1, 0, 0), "nine days");
    assert_eq!(street.night("2022-05-12").await, report(1, 0, 1), "ten days");
    assert_eq!(street.run("arrears_day").await, report(1, 0, 0), "the same night again");
    assert_eq!(street.night("2022-05-13").await, report(1, 0, 0), "the night after");
    let steps = arrears::steps_of(street.town.house(), &street.town.officer, family.loan_id).await.unwrap();
    let steps: Vec<_> = steps
        .iter()
        .map(|step| (step.step.as_str(), step.taken_on.to_string(), step.days_overdue, step.document_id.is_some()))
        .collect();
    assert_eq!(
        steps,
        [("first_reminder", "2022-05-12".to_owned(), 10, true), ("internal_signal", "2022-05-09".to_owned(), 7, false)]
    );
    let elsewhere = Actor { nis_code: Some("34013".to_owned()), ..street.town.officer.clone() };
    let hidden = arrears::steps_of(street.town.house(), &elsewhere, family.loan_id).await.unwrap();
    assert!(hidden.is_empty(), "Harelbeke does not see who is late in {KORTRIJK}");
    assert_eq!(street.town.count("documents").await, 1);
    assert_eq!(street.town.count("outbox_messages").await, 1);
    street.finish().await;
}

#[tokio::test]
async fn who_pays_in_full_before_the_tenth_day_gets_no_letter() {
    let mut street = Street::new().await;
    let family = street.family(Some("lotte@borrower.example")).await;
    assert_eq!(street.night("2022-05-09").await, report(1, 1, 0));
    street.town.test.go_to("2022-05-11");
    street.pays(&family, 150).await;
    assert_eq!(street.night("2022-05-12").await, report(1, 0, 0));
    assert_eq!(street.night("2022-05-31").await, report(1, 0, 0));
    assert_eq!(street.town.count("documents").await, 0);
    street.finish().await;
}

#[tokio::test]
async fn a_house_that_slept_takes_every_step_at_once_when_it_wakes() {
    let mut street = Street::new().await;
    street.family(Some("lotte@borrower.example")).await;
    assert_eq!(street.night("2022-05-20").await, report(1, 1, 1));
    street.finish().await;
}

#[tokio::test]
async fn a_bullet_gets_nothing_in_the_twenty_years_before_its_day() {
    let mut street = Street::new().await;
    street.town.emergency_fund().await;
    street.town.test.go_to("2022-10-03");
    street.emergency_buyers(Some("lotte@borrower.example")).await;
    for year in 2023..=2042 {
        assert_eq!(street.night(&format!("{year}-10-02")).await, report(1, 0, 0), "{year}");
    }
    // Friday 3 October 2042 is the day; ten days later is Monday 13 October.
    assert_eq!(street.night("2042-10-12").await, report(1, 1, 0));
    assert_eq!(street.night("2042-10-13").await, report(1, 0, 1));
    street.finish().await;
}

#[tokio::test]
async fn a_run_for_an_earlier_date_asks_only_what_is_still_open_today() {
    let mut street = Street::new().await;
    let paid = street.family(Some("paid@borrower.example")).await;
    street.family(Some("unpaid@borrower.example")).await;
    street.town.test.go_to("2022-05-18");
    street.pays(&paid, 150).await;
    let day = "2022-05-12".parse().unwrap();
    let run = run_by_hand(&street.tools, &Actor::system(), &job("arrears_day"), day).await.unwrap();
    assert_eq!((run.state, run.report.unwrap()), (RunState::Done, report(2, 1, 1)));
    let step: (String, i32) =
        sqlx::query_as("SELECT taken_on::text, days_overdue FROM arrears_steps WHERE step = 'first_reminder'")
            .fetch_one(&street.town.test.pool)
            .await
            .unwrap();
    assert_eq!(step, ("2022-05-18".to_owned(), 16), "the letter is of the day it was written");
    street.run("outbox_send").await;
    let taken = street.sink.taken();
    assert_eq!(taken.iter().map(|mail| mail.to.clone()).collect::<Vec<_>>(), [["unpaid@borrower.example"]]);
    street.finish().await;
}

#[tokio::test]
async fn every_family_is_followed_up_whatever_the_size_of_the_batch() {
    let mut street = Street::new().await;
    street.families(5).await;
    street.town.test.go_to("2022-05-12");
    let mut pairs = job("arrears_day");
    pairs.batch = 2;
    assert_eq!(street.run_of(&pairs).await.report.unwrap(), report(5, 5, 5));
    let letters: Vec<i64> =
        sqlx::query_scalar("SELECT count(*) FROM arrears_steps WHERE step = 'first_reminder' GROUP BY xmin::text")
            .fetch_all(&street.town.test.pool)
            .await
            .unwrap();
    assert_eq!(letters, [1; 5], "each family in a transaction of its own");
    street.finish().await;
}

async fn happens(street: &Street, family: &Family, event: Value) {
    let form = serde_json::from_value(event).unwrap();
    let request = Request { loan: family.number.clone(), form, once: None };
    record(street.town.house(), &Actor::system(), request).await.unwrap();
}

#[tokio::test]
async fn nobody_is_reminded_while_a_court_settles_their_debts_or_after_a_write_off() {
    let mut street = Street::new().await;
    let (settled, given_up) =
        (street.family(Some("lotte@borrower.example")).await, street.family(Some("jan@borrower.example")).await);
    street.town.test.go_to("2022-05-06");
    happens(&street, &settled, json!({ "kind": "debt_settlement_admitted" })).await;
    happens(&street, &given_up, json!({ "kind": "called_due", "trigger": "death", "due_on": "2022-05-06" })).await;
    happens(&street, &given_up, json!({ "kind": "written_off", "evidence": "file 2022/1" })).await;
    for night in ["2022-05-09", "2022-05-12", "2022-06-13"] {
        let report = street.night(night).await;
        assert_eq!((&report["signals"], &report["reminders"]), (&json!(0), &json!(0)), "{night}: {report}");
        assert_eq!(street.run("instalments_due").await["claims"], 0, "{night}");
    }
    assert_eq!(street.town.count("outbox_messages").await, 0);
    let ruling = json!({
        "kind": "debt_settlement_ruled", "lines": [{ "due_on": "2022-07-01", "amount": "5000" }], "remitted": "4000",
    });
    happens(&street, &settled, ruling).await;
    assert_eq!(street.night("2022-07-11").await["reminders"], 1, "what the court put on a day is asked again");
    street.finish().await;
}

#[tokio::test]
async fn who_owes_the_loan_now_is_reminded_and_nobody_else() {
    let mut street = Street::new().await;
    let family = street.family(Some("lotte@borrower.example")).await;
    let heir = json!({
        "given_name": "Jan", "family_name": "Erfgenaam", "insz": "93.05.18-223.61", "born_on": "1993-05-18",
        "email": "jan@erfgenaam.example",
    });
    street.town.test.go_to("2022-05-06");
    happens(&street, &family, json!({ "kind": "debtor_changed", "cause": "heir", "person": heir })).await;
    assert_eq!(street.night("2022-05-12").await["reminders"], 1);
    let statement = "SELECT recipient_email FROM outbox_messages";
    let to: Vec<String> = sqlx::query_scalar(statement).fetch_all(&street.town.test.pool).await.unwrap();
    assert_eq!(to, ["jan@erfgenaam.example"]);
    street.finish().await;
}
