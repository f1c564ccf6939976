//! `energiehuis job list` and `job run`, as people and scripts use them.

use chrono::{DateTime, Timelike};
use serde_json::json;

use crate::support::TestHouse;

#[tokio::test]
async fn the_list_names_every_job_with_its_rhythm_and_next_due_time() {
    let house = TestHouse::new().await;
    let listed = house.program().json(&["job", "list", "--format", "json"]);
    let listed = listed.as_array().unwrap();
    let rhythm: Vec<_> =
        listed.iter().map(|job| (job["name"].as_str().unwrap(), job["cron"].as_str().unwrap())).collect();
    assert_eq!(
        rhythm,
        [
            ("arrears_day", "30 2 * * *"),
            ("bank_folder", "*/15 5-22 * * *"),
            ("collections_prepare", "15 1 * * *"),
            ("instalments_due", "5 0 * * *"),
            ("ledger_check", "30 3 * * *"),
            ("outbox_send", "*/10 7-20 * * *"),
        ]
    );
    let due = DateTime::parse_from_rfc3339(listed[0]["next_due"].as_str().unwrap()).unwrap();
    assert_eq!((due.hour(), due.minute()), (2, 30), "local time, summer and winter");
    assert!(listed.iter().all(|job| job.as_object().unwrap().len() == 3));
    let table = house.program().run(&["job", "list"]);
    assert!(table.status == 0 && table.out.contains("Follows up arrears"), "{table:?}");
    house.finish().await;
}

#[tokio::test]
async fn a_job_runs_by_hand_and_says_what_it_did() {
    let house = TestHouse::new().await;
    let run = house.program().json(&["job", "run", "instalments_due", "--date", "2026-02-01", "--format", "json"]);
    assert_eq!(
        run,
        json!({
            "job": "instalments_due", "for_date": "2026-02-01", "done": true,
            "report": { "loans": 0, "claims": 0, "amount": "0.00" }, "error": null,
        })
    );
    let table = house.program().run(&["job", "run", "arrears_day"]);
    assert!(table.status == 0 && table.out.contains("letters to print"), "{table:?}");
    house.finish().await;
}

#[tokio::test]
async fn a_job_that_cannot_do_its_work_says_why_and_exits_with_one() {
    let house = TestHouse::new().await;
    sqlx::query("DELETE FROM rule_parameters WHERE key = 'arrears_first_reminder'").execute(&house.pool).await.unwrap();
    let answer = house.program().run(&["job", "run", "arrears_day", "--format", "json"]);
    assert_eq!(answer.status, 1, "{answer:?}");
    let said: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!((&said["done"], &said["report"]), (&json!(false), &json!(null)));
    assert!(answer.err.contains("no figure arrears_first_reminder"), "{answer:?}");
    sqlx::query("DELETE FROM job_runs").execute(&house.pool).await.unwrap();
    house.finish().await;
}

#[tokio::test]
async fn wrong_input_is_one_sentence_and_nothing_is_written() {
    let house = TestHouse::new().await;
    for (arguments, says) in [
        (
            &["job", "run", "arrears"][..],
            "name is “arrears”, which is not a job; use one of arrears_day, bank_folder, collections_prepare, instalments_due, ledger_check, outbox_send",
        ),
        (&["job", "run", "arrears_day", "--date", "2026-2-1"], "--date is “2026-2-1”, which is not a date"),
        (&["job", "run", "arrears_day", "--date", "-1"], "--date is “-1”, which is not a date"),
        (
            &["job", "run", "arrears_day", "--date", "2199-01-01"],
            "--date is 2199-01-01: A job cannot run for a date after today",
        ),
    ] {
        let answer = house.program().run(arguments);
        assert_eq!(answer.status, 2, "{answer:?}");
        assert!(answer.err.contains(says) && answer.out.is_empty(), "{answer:?}");
    }
    let runs: i64 = sqlx::query_scalar("SELECT count(*) FROM job_runs").fetch_one(&house.pool).await.unwrap();
    assert_eq!(runs, 0);
    house.finish().await;
}
