//! `ledger_check`: the ledger is compared every night, and a difference makes the run fail with its loan.

use chrono::{Duration, TimeDelta};
use energiehuis::domain::ledger::{Account, JournalEntry, Posting, Reason};
use energiehuis::domain::money::Money;
use energiehuis::jobs::{beat, plan_due, run_waiting};
use energiehuis::services::Actor;
use energiehuis::services::job_runs::{self, RunState};
use energiehuis::storage::ledger::{NewEntry, insert_entries};
use serde_json::{Value, json};

use super::street::{Street, job};
use crate::support::town::Family;

/// Somebody books a cent on a loan past its facts; the database only asks that debit and credit agree.
async fn plant(street: &Street, family: &Family) {
    let house = street.town.house();
    let cent = Money::from_cents(1);
    let owed = Posting::debit(Account::LoansReceivable, cent).of_loan(family.loan_id);
    let fee = Posting::credit(Account::FeeIncome, cent);
    let entry_id = house.ids.next();
    let planted = NewEntry {
        entry_id,
        fund_id: street.purse.fund.fund_id,
        idempotency_key: format!("planted:{entry_id}"),
        booked_at: house.clock.now(),
        booked_by: Actor::SYSTEM_USER,
        reverses_entry_id: None,
        belongs_on: None,
        entry: JournalEntry::new(Reason::FeeReceived, house.clock.today(), vec![owed, fee]).unwrap(),
    };
    let mut tx = house.begin().await.unwrap();
    insert_entries(&mut tx, &[planted]).await.unwrap();
    house.commit(tx).await.unwrap();
}

fn place(family: &Family) -> Value {
    json!({ "kind": "outstanding", "fund": "EL", "loan": family.number, "expected": "9000.00", "found": "9000.01" })
}

#[tokio::test]
async fn a_ledger_that_agrees_is_said_to_and_a_second_check_says_the_same() {
    let mut street = Street::new().await;
    assert_eq!(street.run("ledger_check").await, json!({ "entries": 1, "differences": 0, "places": [] }));
    street.families(2).await;
    let report = json!({ "entries": 3, "differences": 0, "places": [] });
    for _ in 0..2 {
        assert_eq!(street.run("ledger_check").await, report);
    }
    assert_eq!(street.town.count("journal_entries").await, 3, "a check changes nothing");
    assert_eq!(street.town.count("audit_rows WHERE action LIKE 'ledger.%'").await, 0);
    street.finish().await;
}

#[tokio::test]
async fn a_difference_makes_the_run_fail_at_once_with_its_loan_in_the_report() {
    let mut street = Street::new().await;
    let families = street.families(2).await;
    plant(&street, &families[1]).await;
    street.town.test.go_to("2022-02-08");
    let ended = beat(&street.tools, &[job("ledger_check")]).await.unwrap();
    let [run] = &ended[..] else { panic!("{ended:?}") };
    // What is wrong does not get right by looking again.
    assert_eq!((run.state, run.attempts), (RunState::Failed, 1));
    assert_eq!(run.report, Some(json!({ "entries": 4, "differences": 1, "places": [place(&families[1])] })));
    let said = format!(
        "the ledger does not agree in 1 places: outstanding of {} in EL should be 9000.00 and is 9000.01",
        families[1].number
    );
    assert_eq!(run.error, Some(said));
    assert_eq!(beat(&street.tools, &[job("ledger_check")]).await.unwrap(), []);
    street.forget_failures().await;
    street.finish().await;
}

#[tokio::test]
async fn a_run_names_as_many_differences_as_its_batch_and_counts_them_all() {
    let mut street = Street::new().await;
    let families = street.families(3).await;
    for family in &families {
        plant(&street, family).await;
    }
    let mut short = job("ledger_check");
    short.batch = 2;
    let run = street.run_of(&short).await;
    let report = run.report.unwrap();
    assert_eq!((&report["differences"], report["places"].as_array().unwrap().len()), (&json!(3), 2));
    assert!(run.error.unwrap().ends_with("; and 1 more"));
    street.forget_failures().await;
    street.finish().await;
}

#[tokio::test]
async fn a_check_whose_worker_died_is_done_by_another() {
    let mut street = Street::new().await;
    street.families(1).await;
    let jobs = [job("ledger_check")];
    plan_due(street.town.house(), &jobs).await.unwrap();
    let lost = job_runs::take(street.town.house(), "ledger_check", Duration::minutes(15)).await.unwrap().unwrap();
    street.town.test.hand.advance(TimeDelta::minutes(16));
    let ended = run_waiting(&street.tools, &jobs).await.unwrap();
    assert_eq!((ended[0].job_run_id, ended[0].attempts, ended[0].state), (lost.job_run_id, 2, RunState::Done));
    // The first worker was only slow: what it found then comes too late.
    let late = job_runs::finish_wrong(street.town.house(), &lost, (json!({}), "too late".to_owned())).await.unwrap();
    assert!(!late);
    assert_eq!(job_runs::find(street.town.house(), lost.job_run_id).await.unwrap().unwrap(), ended[0]);
    street.finish().await;
}

#[tokio::test]
async fn the_command_prints_the_difference_and_exits_with_one() {
    let mut street = Street::new().await;
    let family = street.family(None).await;
    plant(&street, &family).await;
    let program = street.town.test.program();
    let answer = program.run(&["job", "run", "ledger_check", "--format", "json"]);
    assert_eq!(answer.status, 1, "{answer:?}");
    let said: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!((&said["done"], &said["report"]["differences"]), (&json!(false), &json!(1)));
    assert_eq!(said["report"]["places"], json!([place(&family)]));
    assert!(answer.err.contains(&format!("outstanding of {} in EL", family.number)), "{}", answer.err);
    let table = program.run(&["job", "run", "ledger_check"]);
    assert!(table.status == 1 && table.out.contains(&family.number) && table.out.contains("9000.01"), "{table:?}");
    street.forget_failures().await;
    street.finish().await;
}
