//! An earlier fact was wrong: what is put in its place makes the loan what it would have been.

use energiehuis::services::Actor;
use energiehuis::services::ledger::close::{ClosePeriod, close};
use serde_json::{Value, json};

use super::Desk;
use crate::bank::account::paid;
use crate::support::town::{Family, euros};

/// Both families pay on the same day.
async fn pay(desk: &mut Desk, day: &str, families: &[&Family], amount: i64) {
    desk.town.test.go_to(day);
    let entries = families.iter().map(|family| paid(euros(amount), family.ogm)).collect();
    let file = desk.purse.account.file(day, entries);
    assert!(desk.town.import(file).await.suspense.is_empty());
}

/// Where a loan stands, without the identifiers that no two loans share.
async fn state(desk: &Desk, family: &Family) -> Value {
    let mut state = desk.loan(family).await["state"].clone();
    for payment in state["payments"].as_array_mut().unwrap() {
        payment["payment_id"] = Value::Null;
    }
    state
}

#[tokio::test]
async fn a_backdated_correction_makes_the_loan_that_was_right_in_time() {
    let mut desk = Desk::open().await;
    let (wrong, twin) = (desk.family().await, desk.family().await);
    desk.town.test.go_to("2022-05-16");
    desk.happens("officer", &wrong, &json!({ "kind": "holiday_granted", "instalments": 3 })).await;
    desk.happens("officer", &twin, &json!({ "kind": "holiday_granted", "instalments": 2 })).await;
    pay(&mut desk, "2022-06-02", &[&wrong, &twin], 150).await;
    pay(&mut desk, "2022-09-05", &[&wrong, &twin], 450).await;
    assert_ne!(state(&desk, &wrong).await, state(&desk, &twin).await);
    let correction = json!({
        "kind": "corrected", "fact_id": desk.fact(&wrong, "holiday_granted").await, "reason": "two were agreed",
        "replacement": { "effective_on": "2022-05-16", "event": { "kind": "holiday_granted", "instalments": 2 } },
    });
    desk.happens("officer", &wrong, &correction).await;
    assert_eq!(state(&desk, &wrong).await, state(&desk, &twin).await);
    desk.close().await;
}

#[tokio::test]
async fn a_fact_that_is_undone_leaves_the_loan_as_if_it_had_never_been() {
    let mut desk = Desk::open().await;
    let (wrong, twin) = (desk.family().await, desk.family().await);
    desk.town.test.go_to("2022-05-16");
    let death = json!({ "kind": "called_due", "trigger": "death", "due_on": "2022-08-01" });
    desk.happens("officer", &wrong, &death).await;
    pay(&mut desk, "2022-06-02", &[&wrong, &twin], 300).await;
    let fact_id = desk.fact(&wrong, "called_due").await;
    let undo = json!({ "kind": "corrected", "fact_id": fact_id, "reason": "another family", "replacement": null });
    desk.happens("officer", &wrong, &undo).await;
    assert_eq!(state(&desk, &wrong).await, state(&desk, &twin).await);
    desk.close().await;
}

#[tokio::test]
async fn the_day_of_a_payment_is_corrected_and_its_amount_is_not() {
    let mut desk = Desk::open().await;
    let (wrong, twin) = (desk.family().await, desk.family().await);
    pay(&mut desk, "2022-05-02", &[&twin], 150).await;
    pay(&mut desk, "2022-05-12", &[&wrong], 150).await;
    let fact_id = desk.fact(&wrong, "payment_received").await;
    let payment_id = desk.loan(&wrong).await["state"]["payments"][0]["payment_id"].clone();
    let with = |replacement: Value| json!({ "kind": "corrected", "fact_id": fact_id, "reason": "value date", "replacement": replacement });
    let before = desk.rows().await;
    let more = json!({ "kind": "payment_received", "payment_id": payment_id, "amount": "151.00" });
    for replacement in [Value::Null, json!({ "effective_on": "2022-05-02", "event": more })] {
        let answer = desk.send("accountant", &wrong, &with(replacement)).await;
        assert_eq!(answer.status.as_u16(), 422);
        let sentence = "A payment is what the bank says: its amount stands, and it cannot be undone. If it belongs \
                        to another loan, record payment_moved; if the bank gave it back, payment_returned.";
        assert_eq!(answer.body["detail"], sentence);
    }
    assert_eq!(desk.rows().await, before);
    let answer = desk.happens("accountant", &wrong, &with(json!({ "effective_on": "2022-05-02" }))).await;
    let entries: Vec<_> = answer["entries"].as_array().unwrap().iter().map(|entry| &entry["effective_on"]).collect();
    assert_eq!(entries, ["2022-05-02", "2022-05-12"], "the books of both days say so");
    assert_eq!(state(&desk, &wrong).await, state(&desk, &twin).await);
    desk.close().await;
}

#[tokio::test]
async fn a_tranche_and_a_reversal_stand_and_the_day_of_a_tranche_does_not() {
    let mut desk = Desk::open().await;
    let family = desk.signed(9000).await;
    desk.town.test.go_to("2022-02-14");
    desk.town.draw(&family, ("F-1", euros(4000))).await;
    let fact_id = desk.fact(&family, "tranche_drawn").await;
    let with = |fact_id: &str, replacement: Value| json!({ "kind": "corrected", "fact_id": fact_id, "reason": "x", "replacement": replacement });
    let refused = desk.send("officer", &family, &with(&fact_id, Value::Null)).await;
    let sentence = "A tranche belongs to its invoice: its amount stands, and it cannot be undone. Only its day can be \
                    corrected.";
    assert_eq!(refused.body["detail"], sentence);
    let answer = desk.happens("officer", &family, &with(&fact_id, json!({ "effective_on": "2022-02-10" }))).await;
    assert_eq!(answer["entries"].as_array().unwrap().len(), 2);
    let signed = desk.fact(&family, "signed").await;
    let refused = desk.send("officer", &family, &with(&signed, Value::Null)).await;
    assert_eq!(refused.body["detail"], "This cannot be corrected: signing. Correct the fact that it is about.");
    desk.close().await;
}

#[tokio::test]
async fn draws_that_had_not_ended_are_promised_again_while_the_fund_has_room() {
    let mut desk = Desk::with(10_000).await;
    let family = desk.signed(9000).await;
    desk.town.draw(&family, ("F-1", euros(4000))).await;
    let closing = json!({ "kind": "draws_closed" });
    desk.happens("officer", &family, &closing).await;
    let undo = |fact_id: String| json!({ "kind": "corrected", "fact_id": fact_id, "reason": "works go on", "replacement": null });
    let fact_id = desk.fact(&family, "draws_closed").await;
    desk.happens("officer", &family, &undo(fact_id)).await;
    assert_eq!(desk.promised(&family).await, "5000.00");
    assert_eq!(desk.town.finish_works(&family).await, euros(5000), "they can end a second time");
    let neighbours = desk.signed(6000).await;
    assert_eq!(desk.promised(&neighbours).await, "6000.00");
    let before = desk.rows().await;
    let facts = desk.loan(&family).await["facts"].as_array().unwrap().clone();
    let last = facts.iter().filter(|fact| fact["event"]["kind"] == "draws_closed").map(|fact| &fact["fact_id"]);
    let last = last.max_by_key(|id| id.as_str().unwrap().to_owned()).unwrap().as_str().unwrap().to_owned();
    let refused = desk.send("officer", &family, &undo(last)).await;
    assert_eq!(refused.body["detail"], "The fund can still lend €\u{a0}0.00, which is less than €\u{a0}5,000.00.");
    assert_eq!(desk.rows().await, before);
    desk.close().await;
}

#[tokio::test]
async fn a_closed_period_refuses_a_new_event_and_a_correction_of_it_lands_in_the_open_one() {
    let mut desk = Desk::open().await;
    let family = desk.family().await;
    pay(&mut desk, "2022-05-12", &[&family], 150).await;
    pay(&mut desk, "2022-06-02", &[&family], 150).await;
    let period = ClosePeriod { fund_id: desk.purse.fund.fund_id, through: "2022-05-31".parse().unwrap() };
    close(desk.town.house(), &Actor::system(), period).await.unwrap();
    let event = json!({ "kind": "holiday_granted", "instalments": 1, "effective_on": "2022-05-16" });
    let refused = desk.send("officer", &family, &event).await;
    let fund = &desk.purse.fund.code;
    let closed = format!("Nothing can be booked in {fund} on 16/05/2022 any more: the first open day is 01/06/2022.");
    assert_eq!(refused.body["detail"], closed);
    let facts = desk.loan(&family).await["facts"].clone();
    let paid = facts.as_array().unwrap().iter().find(|fact| fact["effective_on"] == "2022-05-12").unwrap();
    let correction = json!({
        "kind": "corrected", "fact_id": paid["fact_id"], "reason": "value date",
        "replacement": { "effective_on": "2022-05-02" },
    });
    let answer = desk.happens("accountant", &family, &correction).await;
    let entries = answer["entries"].as_array().unwrap();
    let days: Vec<_> = entries.iter().map(|entry| (&entry["effective_on"], &entry["belongs_on"])).collect();
    let open = json!("2022-06-01");
    assert_eq!(days, [(&open, &json!("2022-05-02")), (&open, &json!("2022-05-12"))]);
    desk.close().await;
}
