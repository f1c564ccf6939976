//! `outbox_send`: one message, one row, one outcome, whatever the mail server does.

use chrono::{DateTime, TimeDelta, Utc};
use energiehuis::services::outbox;
use serde_json::json;

use super::street::{Street, job};
use crate::support::smtp::Manner;

/// A street where `count` reminders wait to be sent, on 12 May 2022.
async fn with_reminders(count: u32) -> Street {
    let mut street = Street::new().await;
    street.families(count).await;
    street.night("2022-05-12").await;
    street
}

async fn next_attempt(street: &Street) -> DateTime<Utc> {
    sqlx::query_scalar("SELECT next_attempt_at FROM outbox_messages").fetch_one(&street.town.test.pool).await.unwrap()
}

#[tokio::test]
async fn what_waits_is_sent_once() {
    let street = with_reminders(3).await;
    assert_eq!(street.run("outbox_send").await, json!({ "sent": 3, "later": 0, "failed": 0 }));
    assert_eq!(street.run("outbox_send").await, json!({ "sent": 0, "later": 0, "failed": 0 }));
    let mut to: Vec<String> = street.sink.taken().into_iter().flat_map(|mail| mail.to).collect();
    to.sort_unstable();
    assert_eq!(to, ["family1@borrower.example", "family2@borrower.example", "family3@borrower.example"]);
    let listed = outbox::latest(street.town.house(), &street.town.officer, None, 10).await.unwrap();
    assert!(listed.iter().all(|line| line.state == "sent" && line.sent_at == Some(street.town.test.clock.now())));
    street.finish().await;
}

#[tokio::test]
async fn no_more_are_taken_at_once_than_the_batch() {
    let street = with_reminders(5).await;
    street
        .town
        .execute(
            "CREATE TABLE taken (messages bigint NOT NULL);
             CREATE FUNCTION count_taken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                 INSERT INTO taken SELECT count(*) FROM later l JOIN earlier e USING (message_id)
                     WHERE l.attempts > e.attempts HAVING count(*) > 0;
                 RETURN NULL; END $$;
             CREATE TRIGGER count_taken AFTER UPDATE ON outbox_messages
                 REFERENCING OLD TABLE AS earlier NEW TABLE AS later FOR EACH STATEMENT EXECUTE FUNCTION count_taken()",
        )
        .await;
    let mut pairs = job("outbox_send");
    pairs.batch = 2;
    assert_eq!(street.run_of(&pairs).await.report.unwrap()["sent"], 5);
    let taken: Vec<i64> = sqlx::query_scalar("SELECT messages FROM taken ORDER BY messages DESC")
        .fetch_all(&street.town.test.pool)
        .await
        .unwrap();
    assert_eq!(taken, [2, 2, 1]);
    street.finish().await;
}

#[tokio::test]
async fn a_busy_server_is_tried_again_with_growing_patience_and_at_last_a_person_must_look() {
    let street = with_reminders(1).await;
    street.sink.behave(Manner::Later);
    for minutes in [15, 30, 60, 120, 240, 480, 960] {
        assert_eq!(street.run("outbox_send").await, json!({ "sent": 0, "later": 1, "failed": 0 }));
        let again = next_attempt(&street).await;
        assert_eq!(again - street.town.test.clock.now(), TimeDelta::minutes(minutes));
        street.town.test.hand.set(again - TimeDelta::seconds(1));
        assert_eq!(street.run("outbox_send").await["later"], 0, "not before its time");
        street.town.test.hand.set(again);
    }
    assert_eq!(street.run("outbox_send").await, json!({ "sent": 0, "later": 0, "failed": 1 }));
    let listed = outbox::latest(street.town.house(), &street.town.officer, None, 10).await.unwrap();
    assert_eq!((listed[0].state.as_str(), listed[0].attempts), ("failed", 8));
    assert_eq!(listed[0].last_error.as_deref(), Some("the server answered 451 4.3.0 try again later"));
    assert!(street.sink.taken().is_empty());
    street.forget_failures().await;
    street.finish().await;
}

#[tokio::test]
async fn an_address_that_does_not_exist_fails_at_once_with_the_reason_and_without_the_address() {
    let street = with_reminders(1).await;
    street.sink.behave(Manner::Refuse);
    assert_eq!(street.run("outbox_send").await, json!({ "sent": 0, "later": 0, "failed": 1 }));
    street.sink.behave(Manner::Accept);
    street.town.test.hand.advance(TimeDelta::days(2));
    assert_eq!(street.run("outbox_send").await["sent"], 0, "what was refused for good is not sent later");
    let listed = outbox::latest(street.town.house(), &street.town.officer, None, 10).await.unwrap();
    assert_eq!(listed[0].state, "failed");
    assert_eq!(listed[0].last_error.as_deref(), Some("the server answered 550 5.1.1 (address) user unknown"));
    street.forget_failures().await;
    street.finish().await;
}

#[tokio::test]
async fn a_server_that_hangs_up_is_tried_again_and_then_takes_the_mail() {
    let street = with_reminders(1).await;
    street.sink.behave(Manner::HangUp);
    assert_eq!(street.run("outbox_send").await["later"], 1);
    street.sink.behave(Manner::Accept);
    street.town.test.hand.set(next_attempt(&street).await);
    assert_eq!(street.run("outbox_send").await, json!({ "sent": 1, "later": 0, "failed": 0 }));
    let listed = outbox::latest(street.town.house(), &street.town.officer, None, 10).await.unwrap();
    assert_eq!((listed[0].state.as_str(), listed[0].attempts, &listed[0].last_error), ("sent", 2, &None));
    assert_eq!(street.sink.taken().len(), 1);
    street.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_workers_at_once_send_each_message_once() {
    let street = with_reminders(6).await;
    let mut one = job("outbox_send");
    one.batch = 1;
    let (first, second) = tokio::join!(street.run_of(&one), street.run_of(&one));
    let sent = |run: energiehuis::services::job_runs::JobRun| run.report.unwrap()["sent"].as_u64().unwrap();
    assert_eq!(sent(first) + sent(second), 6);
    assert_eq!(street.sink.taken().len(), 6);
    street.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_that_is_killed_while_it_sends_loses_nothing_and_sends_nothing_new() {
    let street = with_reminders(1).await;
    street.sink.behave(Manner::Silent);
    let program = street
        .town
        .test
        .program()
        .env("ENERGIEHUIS_SMTP_URL", &street.sink.url())
        .env("ENERGIEHUIS_MAIL_FROM", "Energiehuis W13 <leningen@energiehuis.example>")
        .env("ENERGIEHUIS_ORGANISATION_NAME", "Energiehuis W13")
        .env("ENERGIEHUIS_ORGANISATION_EMAIL", "vragen@energiehuis.example");
    let mut worker = program.command(&["job", "run", "outbox_send"]).spawn().unwrap();
    street.sink.left_waiting().await;
    worker.kill().unwrap();
    worker.wait().unwrap();
    street.sink.behave(Manner::Accept);
    // The killed run and its message are free again when their leases end, by the clock of the machine.
    let free: DateTime<Utc> = sqlx::query_scalar(
        "SELECT greatest((SELECT max(lease_until) FROM job_runs), (SELECT max(next_attempt_at) FROM outbox_messages))",
    )
    .fetch_one(&street.town.test.pool)
    .await
    .unwrap();
    street.town.test.hand.set(free + TimeDelta::seconds(1));
    let ended = energiehuis::jobs::run_waiting(&street.tools, &[job("outbox_send")]).await.unwrap();
    assert_eq!(ended.len(), 1);
    assert_eq!(
        (ended[0].attempts, ended[0].report.clone().unwrap()),
        (2, json!({ "sent": 1, "later": 0, "failed": 0 }))
    );
    let mails = street.sink.taken();
    assert_eq!(mails.len(), 2, "the server had it and could not say so: it comes once more");
    assert_eq!(mails[0], mails[1], "as the same mail, to the byte");
    assert_eq!(street.town.count("outbox_messages").await, 1);
    street.finish().await;
}
