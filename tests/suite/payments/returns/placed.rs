//! What a person places, and takes back.

use energiehuis::domain::matching::{Grounds, Reason};
use energiehuis::services::bank::{DecisionRequest, ShownAbout, UndoRequest, decide, undo};
use energiehuis::services::ledger::close::{ClosePeriod, close};
use energiehuis::services::payments::waiting;
use energiehuis::services::{Actor, Error};
use serde_json::json;
use uuid::Uuid;

use super::super::{Office, make_on, on, payer};
use super::{balance, booked, key, latest, line, order, paid_run, place, proposed, rows, undone, waits};
use crate::bank::account::{executed, says, sent_back};
use crate::support::town::euros;

#[tokio::test]
async fn what_is_not_certain_waits_and_a_person_places_it_as_the_import_would_have() {
    let mut office = Office::open().await;
    let (run, _) = paid_run(&mut office).await;
    let (id, order_id) = (run.orders[0].end_to_end_id.clone(), run.orders[0].payment_order_id);
    let part = line(&mut office, "2022-02-10", sent_back(euros(1_995), &id, "AC04")).await;
    assert_eq!(waits(&part), [Reason::ReturnedOtherAmount]);
    let wrong = place(
        &office,
        part.suspense[0].bank_line_id,
        json!({ "kind": "returned_order", "payment_order_id": order_id }),
    );
    assert_eq!(key(wrong.await), "bank-decide-returned-amount");

    // Without an identification: the account and the sum propose it.
    office.town.execute("UPDATE payment_orders SET creditor_iban = 'BE68539007547034'").await;
    let nameless = line(&mut office, "2022-02-11", sent_back(euros(2_000), "", "AC06")).await;
    assert_eq!(waits(&nameless), [Reason::PaymentReturned]);
    let waiting_line = nameless.suspense[0].bank_line_id;
    let about = ShownAbout::ReturnedOrder { payment_order_id: order_id, creditor: "Dakwerken Voorbeeld".to_owned() };
    assert_eq!(proposed(&office, waiting_line).await, [(about.clone(), Grounds::PaidOrderOfThatSum)]);
    // An ordinary transfer from that account is none.
    let usual = line(&mut office, "2022-02-14", says(euros(2_000), "terug")).await;
    assert_eq!(proposed(&office, usual.suspense[0].bank_line_id).await, []);

    let placed = place(&office, waiting_line, json!({ "kind": "returned_order", "payment_order_id": order_id })).await;
    let decision = placed.unwrap().bank_decision_id.unwrap();
    let (state, now, in_run) = order(&office, &run).await;
    assert_eq!((state.as_str(), in_run), ("ordered", false));
    assert_ne!(now, id);
    assert_eq!(office.see(&run).await.orders[0].came_back.clone().unwrap().code.as_deref(), Some("AC06"));
    let list = waiting(office.town.house(), office.maker(), &payer()).await.unwrap();
    assert!(list.blocked.is_empty(), "its contractor has another account by now: {:?}", list.blocked);
    office.agrees().await;
    // Once only.
    let twice = place(
        &office,
        usual.suspense[0].bank_line_id,
        json!({ "kind": "returned_order", "payment_order_id": order_id }),
    );
    assert_eq!(key(twice.await), "bank-decide-order-not-paid");

    undone(&office, decision).await.unwrap();
    assert_eq!(order(&office, &run).await, ("paid".to_owned(), id.clone(), true));
    assert_eq!(proposed(&office, waiting_line).await, [(about, Grounds::PaidOrderOfThatSum)]);
    office.agrees().await;
    place(&office, waiting_line, json!({ "kind": "returned_order", "payment_order_id": order_id })).await.unwrap();
    assert_eq!(office.town.count("payment_order_returns").await, 2, "what was taken back is kept");
    office.close().await;
}

#[tokio::test]
async fn taking_a_return_back_restores_the_order_unless_it_has_gone_on() {
    let mut office = Office::open().await;
    let (run, _) = paid_run(&mut office).await;
    let sent = run.orders[0].end_to_end_id.clone();
    let payment: Uuid = sqlx::query_scalar("SELECT bank_line_id FROM bank_lines WHERE end_to_end_id = $1")
        .bind(&sent)
        .fetch_one(&office.town.test.pool)
        .await
        .unwrap();
    line(&mut office, "2022-02-10", sent_back(euros(2_000), &sent, "MS03")).await;
    let id = latest(&office).await;
    assert_eq!(key(undone(&office, payment).await), "bank-undo-order-came-back");
    let again = office.take(office.maker(), make_on("2022-02-11")).await.unwrap().run;
    let before = rows(&office).await;
    assert_eq!(key(undone(&office, id).await), "bank-undo-return-in-run");
    assert_eq!(rows(&office).await, before, "nothing is half written");
    office.cancel(&again, "the bank was wrong").await.unwrap();

    undone(&office, id).await.unwrap();
    assert_eq!(order(&office, &run).await, ("paid".to_owned(), sent.clone(), true));
    let seen = office.see(&run).await;
    assert_eq!((seen.head.paid, seen.orders[0].came_back.clone()), (2, None));
    assert_eq!(
        (balance(&office, "unmatched_receipts").await, balance(&office, "contractors_payable").await),
        (-2_000, 0)
    );
    office.agrees().await;
    assert_eq!(key(undone(&office, id).await), "bank-undo-already");

    // The line names it still; a person can say that it was right after all.
    let order_id = run.orders[0].payment_order_id;
    let about = ShownAbout::ReturnedOrder { payment_order_id: order_id, creditor: "Dakwerken Voorbeeld".to_owned() };
    assert_eq!(proposed(&office, id).await, [(about, Grounds::OrderReference)]);
    let part = json!({ "kind": "returned_order", "payment_order_id": order_id });
    let decision = place(&office, id, part).await.unwrap().bank_decision_id.unwrap();
    // It leaves again and is paid: from then on the return stands.
    let run_2 = office.take(office.maker(), make_on("2022-02-11")).await.unwrap().run;
    office.release(&office.manager, &run_2, &[]).await.unwrap();
    office.release(&office.second, &run_2, &[]).await.unwrap();
    office.export(&run_2).await.unwrap();
    line(&mut office, "2022-02-11", executed(euros(2_000), &run_2.orders[0].end_to_end_id)).await;
    let second_payment = latest(&office).await;
    assert_eq!(key(undone(&office, decision).await), "bank-undo-return-in-run");
    assert_eq!(key(undone(&office, payment).await), "bank-undo-order-came-back");
    undone(&office, second_payment).await.unwrap();
    assert_eq!(office.see(&run_2).await.head.paid, 0);
    office.close().await;
}

#[tokio::test]
async fn a_refund_to_a_sender_that_comes_back_can_be_cancelled_and_then_stays_so() {
    let mut office = Office::open().await;
    let stray = line(&mut office, "2022-02-08", says(euros(75), "voor het dak")).await.suspense[0].bank_line_id;
    let body = json!({ "reason": "Niet van ons", "parts": [{ "kind": "refund" }] });
    let mut decision = None;
    for person in [office.maker(), &office.second] {
        let form = serde_json::from_value(body.clone()).unwrap();
        let request = DecisionRequest { bank_line_id: stray, form, once: None };
        decision = decide(office.town.house(), person, request).await.unwrap().bank_decision_id;
    }
    let sent: String =
        sqlx::query_scalar("SELECT end_to_end_id FROM payment_orders").fetch_one(&office.town.test.pool).await.unwrap();
    line(&mut office, "2022-02-09", executed(euros(75), &sent)).await;
    assert_eq!(key(undone(&office, decision.unwrap()).await), "bank-undo-refund-paid");
    let report = line(&mut office, "2022-02-10", sent_back(euros(75), &sent, "AC06")).await;
    assert_eq!(booked(&report), [(Reason::OrderReturned, euros(75))]);
    assert_eq!(balance(&office, "refunds_payable").await, -75, "owed to its sender again");
    office.agrees().await;
    let returned = latest(&office).await;
    undone(&office, decision.unwrap()).await.unwrap();
    assert_eq!((balance(&office, "refunds_payable").await, balance(&office, "unmatched_receipts").await), (0, -75));
    office.agrees().await;
    assert_eq!(key(undone(&office, returned).await), "bank-undo-return-gone");
    office.close().await;
}

#[tokio::test]
async fn a_closed_period_gets_no_entry_and_the_first_open_day_says_where_it_belongs() {
    let mut office = Office::open().await;
    let (run, _) = paid_run(&mut office).await;
    line(&mut office, "2022-02-10", sent_back(euros(2_000), &run.orders[0].end_to_end_id, "AM09")).await;
    let id = latest(&office).await;
    office.town.test.go_to("2022-03-01");
    office.town.import(office.purse.account.file("2022-03-01", Vec::new())).await;
    office.town.test.go_to("2022-03-02");
    let february = ClosePeriod { fund_id: office.purse.fund.fund_id, through: on("2022-02-28") };
    close(office.town.house(), office.maker(), february).await.unwrap();
    undone(&office, id).await.unwrap();
    let part = json!({ "kind": "returned_order", "payment_order_id": run.orders[0].payment_order_id });
    place(&office, id, part).await.unwrap();
    let days: Vec<(chrono::NaiveDate, Option<chrono::NaiveDate>)> = sqlx::query_as(
        "SELECT effective_on, belongs_on FROM journal_entries WHERE idempotency_key LIKE 'undo:%' OR idempotency_key LIKE 'decision:%'",
    )
    .fetch_all(&office.town.test.pool)
    .await
    .unwrap();
    assert_eq!(days, [(on("2022-03-01"), Some(on("2022-02-10"))); 2]);
    assert_eq!(office.see(&run).await.orders[0].came_back.clone().unwrap().on, on("2022-02-10"));
    office.close().await;
}

#[tokio::test]
async fn who_works_for_one_town_places_no_order() {
    let mut office = Office::open().await;
    let (run, _) = paid_run(&mut office).await;
    let report = line(&mut office, "2022-02-10", sent_back(euros(2_000), "", "")).await;
    let desk = Actor { nis_code: Some("34022".to_owned()), ..office.town.accountant.clone() };
    let body = json!({ "reason": "x", "parts": [{ "kind": "returned_order", "payment_order_id": run.orders[0].payment_order_id }] });
    let form = serde_json::from_value(body).unwrap();
    let request = DecisionRequest { bank_line_id: report.suspense[0].bank_line_id, form, once: None };
    assert!(matches!(decide(office.town.house(), &desk, request).await, Err(Error::Forbidden)));
    // Nor takes back what the whole house did with orders, though they are for a loan of that town.
    let before = rows(&office).await;
    let request = |id| UndoRequest { id, reason: "x".to_owned(), once: None };
    line(&mut office, "2022-02-11", sent_back(euros(2_000), &run.orders[0].end_to_end_id, "MS03")).await;
    let booked = latest(&office).await;
    assert!(matches!(undo(office.town.house(), &desk, request(booked)).await, Err(Error::Forbidden)));
    undone(&office, booked).await.unwrap();
    let part = json!({ "kind": "returned_order", "payment_order_id": run.orders[0].payment_order_id });
    let decision = place(&office, booked, part).await.unwrap().bank_decision_id.unwrap();
    let refused = undo(office.town.house(), &desk, request(decision)).await;
    assert!(matches!(refused, Err(Error::Forbidden | Error::NotFound { .. })), "{refused:?}");
    assert_ne!(rows(&office).await, before, "the whole house did");
    office.close().await;
}

/// What the bank says of a return is kept with the order: of the line that brought it, not of another one beside it.
#[tokio::test]
async fn a_return_among_other_lines_keeps_the_reason_of_its_own() {
    let mut office = Office::open().await;
    let (run, _) = paid_run(&mut office).await;
    let first = line(&mut office, "2022-02-10", says(euros(100), "zonder mededeling")).await;
    let second = line(&mut office, "2022-02-11", sent_back(euros(2_000), "", "AC04")).await;
    let parts = json!([
        { "kind": "not_ours", "amount": "100.00" },
        { "kind": "returned_order", "payment_order_id": run.orders[0].payment_order_id },
    ]);
    let lines = [second.suspense[0].bank_line_id];
    let form = serde_json::from_value(json!({ "reason": "twee samen", "lines": lines, "parts": parts })).unwrap();
    let request = DecisionRequest { bank_line_id: first.suspense[0].bank_line_id, form, once: None };
    decide(office.town.house(), office.maker(), request).await.unwrap();
    let back = office.see(&run).await.orders[0].came_back.clone().unwrap();
    assert_eq!(back.code.as_deref(), Some("AC04"));
    let list = waiting(office.town.house(), office.maker(), &payer()).await.unwrap();
    assert_eq!(list.blocked.len(), 1, "its account is closed: {list:#?}");
    office.close().await;
}
