//! What a night leaves behind when it breaks off, and how the next one goes on.

use energiehuis::services::job_runs::RunState;
use energiehuis::services::outbox;
use serde_json::json;

use super::street::Street;

const BREAK_OUTBOX: &str = "CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF NEW.recipient_email = 'family2@borrower.example' THEN RAISE EXCEPTION 'the power went'; END IF;
         RETURN NEW; END $$;
     CREATE TRIGGER break_off BEFORE INSERT ON outbox_messages FOR EACH ROW EXECUTE FUNCTION break_off()";

#[tokio::test]
async fn a_letter_without_its_mail_is_no_letter() {
    let mut street = Street::new().await;
    street.families(3).await;
    street.town.test.go_to("2022-05-12");
    street.town.execute(BREAK_OUTBOX).await;
    let broken = street.try_run("arrears_day").await;
    assert_eq!(broken.state, RunState::Failed);
    // The first family has everything, the second nothing, the third was not reached.
    for (table, rows) in [("documents", 1), ("outbox_messages", 1), ("arrears_steps", 2)] {
        assert_eq!(street.town.count(table).await, rows, "{table}");
    }
    street.town.execute("DROP TRIGGER break_off ON outbox_messages").await;
    let report = street.run("arrears_day").await;
    assert_eq!(report, json!({ "loans": 3, "signals": 2, "reminders": 2, "letters_to_print": 0 }));
    for (table, rows) in [("documents", 3), ("outbox_messages", 3), ("arrears_steps", 6)] {
        assert_eq!(street.town.count(table).await, rows, "{table}");
    }
    street.forget_failures().await;
    street.finish().await;
}

#[tokio::test]
async fn a_letter_that_cannot_be_written_keeps_no_other_family_waiting() {
    let mut street = Street::new().await;
    street.town.emergency_fund().await;
    // One digit wrong: a letter may not name a creditor that does not exist.
    street.town.know_social_service("0207494679").await;
    let bullet = street.emergency_buyers(Some("bullet@borrower.example")).await;
    street.family(Some("other@borrower.example")).await;
    street.town.test.go_to("2042-02-17");
    let broken = street.try_run("arrears_day").await;
    assert_eq!(broken.state, RunState::Failed);
    let error = broken.error.unwrap();
    let names = format!("1 of the reminders could not be written; the first is of {}: ", bullet.number);
    assert!(error.starts_with(&names), "{error}");
    let reminded: Vec<String> = sqlx::query_scalar("SELECT recipient_email FROM outbox_messages")
        .fetch_all(&street.town.test.pool)
        .await
        .unwrap();
    assert_eq!(reminded, ["other@borrower.example"]);
    let signals: i64 =
        sqlx::query_scalar("SELECT count(DISTINCT loan_id) FROM arrears_steps WHERE step = 'internal_signal'")
            .fetch_one(&street.town.test.pool)
            .await
            .unwrap();
    assert_eq!(signals, 2, "the signal to a colleague does not need the letter");
    street.town.execute("UPDATE social_services SET enterprise_number = '0207494678'").await;
    assert_eq!(street.run("arrears_day").await["reminders"], 1);
    street.forget_failures().await;
    street.finish().await;
}

#[tokio::test]
async fn a_mail_that_went_out_before_the_worker_could_say_so_goes_out_once_more_and_is_the_same_mail() {
    let mut street = Street::new().await;
    street.families(1).await;
    street.night("2022-05-12").await;
    street
        .town
        .execute(
            "CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                 RAISE EXCEPTION 'the power went'; END $$;
             CREATE TRIGGER break_off BEFORE UPDATE ON outbox_messages FOR EACH ROW WHEN (NEW.state = 'sent')
             EXECUTE FUNCTION break_off()",
        )
        .await;
    assert_eq!(street.try_run("outbox_send").await.state, RunState::Failed);
    street.town.execute("DROP TRIGGER break_off ON outbox_messages").await;
    street.town.test.hand.advance(chrono::TimeDelta::minutes(14));
    assert_eq!(street.run("outbox_send").await["sent"], 0, "the lease still runs");
    street.town.test.hand.advance(chrono::TimeDelta::minutes(1));
    assert_eq!(street.run("outbox_send").await["sent"], 1);
    let mails = street.sink.taken();
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0], mails[1], "to the byte, Message-ID and all");
    assert_eq!(street.town.count("outbox_messages").await, 1);
    let listed = outbox::latest(street.town.house(), &street.town.officer, None, 10).await.unwrap();
    assert_eq!((listed[0].state.as_str(), listed[0].attempts), ("sent", 2));
    street.forget_failures().await;
    street.finish().await;
}
