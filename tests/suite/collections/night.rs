//! What the night announces, changes and lets go.

use energiehuis::domain::application::Loose;
use energiehuis::services::collections::{StopForm, stop};
use mailparse::{MailHeaderMap, parse_mail};
use serde_json::{Value, json};

use super::till::{CREDITOR, Till};
use crate::letters::first_reminder::{pdf_text, solid};
use crate::letters::post::leaves;

fn figures(report: &Value) -> [i64; 5] {
    ["loans", "made", "notices", "letters_to_print", "dropped"].map(|name| report[name].as_i64().unwrap())
}

#[tokio::test]
async fn the_night_announces_what_falls_due_and_the_mail_says_how_much_when_under_what_and_by_whom() {
    let mut till = Till::new().await;
    let family = till.family(Some("lotte@borrower.example")).await;
    assert_eq!(figures(&till.night("2022-04-09").await), [1, 0, 0, 0, 0], "22 days before");
    assert_eq!(figures(&till.night("2022-04-11").await), [1, 1, 1, 0, 0]);
    assert_eq!(figures(&till.night("2022-04-12").await), [1, 0, 0, 0, 0], "a second night changes nothing");
    till.street.run("outbox_send").await;
    let mails = till.street.sink.taken();
    assert_eq!(mails.len(), 1);
    let mail = parse_mail(&mails[0].raw).unwrap();
    let subject = mail.headers.get_first_value("Subject").unwrap();
    assert_eq!(subject, format!("Inning van uw aflossing op 2 mei 2022, lening {}", family.number));
    let parts = leaves(&mail);
    let html = parts[1].get_body().unwrap().replace("&#160;", " ").replace("&nbsp;", " ");
    let texts = [parts[0].get_body().unwrap(), html, pdf_text(&parts[2].get_body_raw().unwrap())];
    for text in texts.map(|text| solid(&text)) {
        for word in ["€ 150,00", "2 mei 2022", "1 mei 2022", "ML202200001", CREDITOR, "Energiehuis W13", "7034"] {
            assert!(text.contains(&solid(word)), "“{word}” is missing in: {text}");
        }
        assert!(!text.contains("BE68539007547034"), "the account is not repeated: {text}");
    }
    let lines = till.collections(&family).await;
    let told = lines[0].notified_on.map(|day| day.to_string());
    assert_eq!((lines.len(), told.as_deref()), (1, Some("2022-04-11")));
    till.finish().await;
}

#[tokio::test]
async fn a_borrower_without_a_mail_address_gets_a_letter_to_print() {
    let mut till = Till::new().await;
    till.family(None).await;
    assert_eq!(figures(&till.night("2022-04-11").await), [1, 1, 1, 1, 0]);
    assert_eq!(till.count("documents WHERE kind = 'collection_notice'").await, 1);
    assert_eq!(till.count("outbox_messages").await, 0);
    till.finish().await;
}

#[tokio::test]
async fn an_amount_that_changed_is_told_again_and_collected_later() {
    let mut till = Till::new().await;
    let family = till.family(Some("lotte@borrower.example")).await;
    till.night("2022-04-11").await;
    till.go_to("2022-04-20");
    till.street.pays(&family, 40).await;
    till.go_to("2022-04-27");
    let blocked = till.make().await;
    assert_eq!(blocked["run"], Value::Null, "{blocked}");
    assert_eq!(blocked["blocked"][0]["because"], "amount_changed");
    assert_eq!(till.overview().await.waiting[0].blocked_because.as_deref(), Some("amount_changed"));
    assert_eq!(figures(&till.night("2022-04-28").await), [1, 0, 1, 0, 0], "the same collection, a new notice");
    let line = till.collections(&family).await.remove(0);
    let (day, amount) = (line.collect_on.to_string(), line.amount.to_string());
    assert_eq!((day.as_str(), amount.as_str(), line.blocked_because), ("2022-05-12", "110.00", None));
    assert_eq!(till.count("collection_notices").await, 2);
    till.go_to("2022-05-09");
    let file = till.leave(&till.make().await).await;
    assert_eq!(super::till::texts(&file, "ReqdColltnDt"), ["2022-05-12"]);
    till.street.run("outbox_send").await;
    let mails = till.street.sink.taken();
    let body = |raw: &[u8]| leaves(&parse_mail(raw).unwrap())[0].get_body().unwrap();
    assert!(
        mails.iter().any(|mail| body(&mail.raw).contains("veranderd")),
        "one of the mails says that something changed"
    );
    till.finish().await;
}

#[tokio::test]
async fn what_was_paid_otherwise_is_let_go() {
    let mut till = Till::new().await;
    let family = till.family(None).await;
    till.night("2022-04-11").await;
    till.go_to("2022-04-20");
    till.street.pays(&family, 150).await;
    assert_eq!(figures(&till.night("2022-04-21").await), [1, 0, 0, 0, 1]);
    let line = till.collections(&family).await.remove(0);
    assert_eq!((line.state.as_str(), line.dropped_because.as_deref()), ("dropped", Some("nothing_due")));
    till.finish().await;
}

#[tokio::test]
async fn nothing_is_collected_where_nobody_may_ask_or_the_mandate_was_stopped() {
    let mut till = Till::new().await;
    let (settled, stopped) = (till.family(None).await, till.family(None).await);
    till.night("2022-04-11").await;
    till.go_to("2022-04-20");
    let event = serde_json::from_value(json!({ "kind": "debt_settlement_admitted" })).unwrap();
    let request =
        energiehuis::services::loans::events::Request { loan: settled.number.clone(), form: event, once: None };
    energiehuis::services::loans::events::record(till.house(), &till.street.town.officer, request).await.unwrap();
    let mandate_id = till.mandate_of(&stopped).await.mandate_id;
    let form = StopForm { reason: Loose::from("dispute") };
    stop(till.house(), &till.street.town.officer, (mandate_id, &form, None)).await.unwrap();
    till.go_to("2022-04-27");
    let made = till.make().await;
    let mut because: Vec<&str> =
        made["blocked"].as_array().unwrap().iter().map(|line| line["because"].as_str().unwrap()).collect();
    because.sort_unstable();
    assert_eq!((&made["run"], because.as_slice()), (&Value::Null, &["mandate_stopped", "may_not_collect"][..]));
    assert_eq!(till.night("2022-04-28").await["dropped"], 2);
    for (family, why) in [(&settled, "may_not_collect"), (&stopped, "mandate_ended")] {
        let line = till.collections(family).await.remove(0);
        assert_eq!(line.dropped_because.as_deref(), Some(why));
    }
    till.finish().await;
}

#[tokio::test]
async fn a_fund_without_an_identifier_collects_nothing_and_the_night_says_so() {
    let mut till = Till::new().await;
    till.family(None).await;
    till.street.town.execute("ALTER TABLE creditors DISABLE TRIGGER USER; DELETE FROM creditors").await;
    let report = till.night("2022-04-11").await;
    assert_eq!((&report["without_creditor"], &report["made"]), (&json!(1), &json!(0)));
    till.finish().await;
}
