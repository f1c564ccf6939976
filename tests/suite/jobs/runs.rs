//! Each due time has one run, at the right local hour, and a run that was left behind is taken over.

use chrono::{Duration, TimeDelta};
use energiehuis::jobs::{beat, plan_due, run_by_hand, run_waiting};
use energiehuis::services::Actor;
use energiehuis::services::job_runs::{self, RunState};
use serde_json::json;

use super::street::{Street, job, utc};
use crate::support::TestHouse;

/// Beats every ten minutes through some days; when `arrears_day` was due, and for which date.
async fn planned(from: &str, until: &str) -> Vec<(String, String)> {
    let house = TestHouse::at(utc(from)).await;
    let jobs = [job("arrears_day")];
    while house.clock.now() < utc(until) {
        house.hand.advance(TimeDelta::minutes(10));
        plan_due(&house.house, &jobs).await.unwrap();
    }
    let rows = sqlx::query_as(
        "SELECT to_char(due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), for_date::text FROM job_runs
         WHERE due_at >= $1 ORDER BY due_at",
    )
    .bind(utc(from))
    .fetch_all(&house.pool)
    .await
    .unwrap();
    sqlx::query("DELETE FROM job_runs").execute(&house.pool).await.unwrap();
    house.finish().await;
    rows
}

fn due(rows: &[(&str, &str)]) -> Vec<(String, String)> {
    rows.iter().map(|(at, date)| ((*at).to_owned(), (*date).to_owned())).collect()
}

#[tokio::test]
async fn half_past_two_in_brussels_is_half_past_two_in_january_and_in_july() {
    assert_eq!(
        planned("2022-01-10T12:00:00Z", "2022-01-12T12:00:00Z").await,
        due(&[("2022-01-11 01:30", "2022-01-11"), ("2022-01-12 01:30", "2022-01-12")])
    );
    assert_eq!(
        planned("2022-07-10T12:00:00Z", "2022-07-12T12:00:00Z").await,
        due(&[("2022-07-11 00:30", "2022-07-11"), ("2022-07-12 00:30", "2022-07-12")])
    );
}

#[tokio::test]
async fn a_night_that_skips_half_past_two_or_has_it_twice_has_one_run() {
    let spring = planned("2022-03-26T12:00:00Z", "2022-03-28T12:00:00Z").await;
    assert_eq!(spring.iter().map(|(_, date)| date.as_str()).collect::<Vec<_>>(), ["2022-03-27", "2022-03-28"]);
    assert_eq!(spring[1].0, "2022-03-28 00:30");
    let autumn = planned("2022-10-29T12:00:00Z", "2022-10-31T12:00:00Z").await;
    assert_eq!(autumn, due(&[("2022-10-30 00:30", "2022-10-30"), ("2022-10-31 01:30", "2022-10-31")]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_schedulers_at_once_run_a_due_time_once() {
    let mut street = Street::new().await;
    street.families(2).await;
    street.town.test.go_to("2022-05-12");
    let jobs = energiehuis::jobs::definition::all().unwrap();
    let (one, other) = (street.tools.clone(), street.tools.clone());
    let (one_jobs, other_jobs) = (jobs.clone(), jobs);
    let first = tokio::spawn(async move { beat(&one, &one_jobs).await.unwrap() });
    let second = tokio::spawn(async move { beat(&other, &other_jobs).await.unwrap() });
    let mut ended = first.await.unwrap();
    ended.extend(second.await.unwrap());
    let mut names: Vec<_> = ended.iter().map(|run| (run.job.as_str(), run.attempts, run.state)).collect();
    names.sort_by_key(|(name, ..)| *name);
    let done = RunState::Done;
    assert_eq!(
        names,
        ["arrears_day", "bank_folder", "collections_prepare", "instalments_due", "ledger_check", "outbox_send"]
            .map(|name| (name, 1, done))
    );
    assert_eq!(street.town.count("claims").await, 2);
    assert_eq!(street.town.count("outbox_messages").await, 2);
    street.finish().await;
}

#[tokio::test]
async fn a_house_that_was_off_for_a_week_runs_the_latest_missed_due_time_only() {
    let mut street = Street::new().await;
    street.families(1).await;
    let jobs = [job("instalments_due"), job("arrears_day")];
    street.town.test.go_to("2022-05-05");
    assert_eq!(beat(&street.tools, &jobs).await.unwrap().len(), 2);
    street.town.test.go_to("2022-05-12");
    let ended = beat(&street.tools, &jobs).await.unwrap();
    let runs: Vec<_> = ended.iter().map(|run| (run.job.as_str(), run.for_date.to_string())).collect();
    assert_eq!(runs, [("instalments_due", "2022-05-12".to_owned()), ("arrears_day", "2022-05-12".to_owned())]);
    assert_eq!(ended[1].report.as_ref().unwrap()["reminders"], 1, "and it does the work of the whole week");
    assert_eq!(beat(&street.tools, &jobs).await.unwrap(), []);
    street.finish().await;
}

#[tokio::test]
async fn a_run_whose_worker_died_is_taken_over_when_its_lease_ends() {
    let mut street = Street::new().await;
    street.families(1).await;
    street.town.test.go_to("2022-05-12");
    let jobs = [job("arrears_day")];
    plan_due(street.town.house(), &jobs).await.unwrap();
    // The worker took the run and was never heard of again.
    let lost = job_runs::take(street.town.house(), "arrears_day", Duration::minutes(30)).await.unwrap().unwrap();
    street.town.test.hand.advance(TimeDelta::minutes(30));
    assert_eq!(run_waiting(&street.tools, &jobs).await.unwrap(), [], "the lease still runs");
    street.town.test.hand.advance(TimeDelta::seconds(1));
    let ended = run_waiting(&street.tools, &jobs).await.unwrap();
    assert_eq!((ended[0].job_run_id, ended[0].attempts, ended[0].state), (lost.job_run_id, 2, RunState::Done));
    // It was only slow: what it says now is too late and changes nothing.
    let late = job_runs::finish(street.town.house(), &lost, Err("too late".to_owned()), 3).await.unwrap();
    assert!(!late);
    assert_eq!(job_runs::find(street.town.house(), lost.job_run_id).await.unwrap().unwrap(), ended[0]);
    street.finish().await;
}

#[tokio::test]
async fn a_run_whose_workers_keep_dying_fails_and_says_so() {
    let street = Street::new().await;
    let jobs = [job("arrears_day")];
    plan_due(street.town.house(), &jobs).await.unwrap();
    for _ in 0..3 {
        job_runs::take(street.town.house(), "arrears_day", Duration::minutes(30)).await.unwrap().unwrap();
        street.town.test.hand.advance(TimeDelta::minutes(31));
    }
    let ended = run_waiting(&street.tools, &jobs).await.unwrap();
    assert_eq!(ended[0].state, RunState::Failed);
    let error = ended[0].error.as_deref().unwrap();
    assert_eq!(error, "its workers stopped before they had finished, as often as it may be tried");
    street.forget_failures().await;
    street.finish().await;
}

#[tokio::test]
async fn a_job_that_fails_is_tried_once_a_beat_and_fails_for_good_after_its_last_attempt() {
    let street = Street::new().await;
    street.town.execute("DELETE FROM rule_parameters WHERE key = 'arrears_first_reminder'").await;
    let jobs = [job("arrears_day")];
    for (attempt, state) in [(1, RunState::Waiting), (2, RunState::Waiting), (3, RunState::Failed)] {
        let ended = beat(&street.tools, &jobs).await.unwrap();
        assert_eq!(ended.iter().map(|run| (run.attempts, run.state)).collect::<Vec<_>>(), [(attempt, state)]);
        assert!(ended[0].error.as_ref().unwrap().contains("no figure arrears_first_reminder"), "{ended:?}");
    }
    assert_eq!(beat(&street.tools, &jobs).await.unwrap(), []);
    street.forget_failures().await;
    street.finish().await;
}

#[tokio::test]
async fn a_run_by_hand_waits_for_no_other_run_and_takes_the_place_of_none() {
    let mut street = Street::new().await;
    street.families(1).await;
    // To the second at the due time, before the scheduler has planned it.
    street.town.test.hand.set(utc("2022-05-12T00:30:00Z"));
    let day = street.town.test.clock.today();
    let asked = run_by_hand(&street.tools, &Actor::system(), &job("arrears_day"), day).await.unwrap();
    let again = run_by_hand(&street.tools, &Actor::system(), &job("arrears_day"), day).await.unwrap();
    assert_eq!((asked.state, again.state), (RunState::Done, RunState::Done));
    assert_eq!(asked.report.unwrap()["reminders"], 1);
    assert_eq!(again.report.unwrap()["reminders"], 0);
    // A run that a person leaves to the worker is due at once, also on a clock that stands still.
    for _ in 0..2 {
        job_runs::ask(street.town.house(), &street.town.accountant, "arrears_day", day).await.unwrap();
    }
    let ended = beat(&street.tools, &[job("arrears_day")]).await.unwrap();
    assert_eq!(ended.len(), 3, "the two that were asked and the one of the night");
    assert_eq!(ended[2].due_at, utc("2022-05-12T00:30:00Z"));
    let refused = job_runs::ask(street.town.house(), &street.town.officer, "arrears_day", day).await;
    assert!(matches!(refused, Err(energiehuis::services::Error::Forbidden)));
    let audited: serde_json::Value =
        sqlx::query_scalar("SELECT detail FROM audit_rows WHERE action = 'job.asked' LIMIT 1")
            .fetch_one(&street.town.test.pool)
            .await
            .unwrap();
    assert_eq!(audited, json!({ "job": "arrears_day", "for_date": "2022-05-12" }));
    street.finish().await;
}
