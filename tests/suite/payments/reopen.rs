//! An order that the bank did not execute waits again when a person says so, and never by itself.

use energiehuis::services::payments::Step;

use super::{Office, make_on, refusal};
use crate::bank::account::executed;
use crate::support::town::euros;

fn reopen(order: &str, reason: &str) -> Step {
    Step::Reopen { order: order.to_owned(), reason: reason.to_owned() }
}

#[tokio::test]
async fn an_order_that_was_not_executed_goes_into_another_run_under_a_new_reference() {
    let mut office = Office::open().await;
    office.order(1, 2_000).await;
    office.order(2, 3_000).await;
    let (run, _) = office.sent().await;
    let (refused, done) = (run.orders[0].clone(), run.orders[1].clone());
    office.town.test.go_to("2022-02-09");
    let line = executed(done.amount, &done.end_to_end_id);
    office.town.import(office.purse.account.file("2022-02-09", vec![line])).await;

    let no_reason = office.take(office.maker(), reopen(&refused.end_to_end_id, "")).await;
    assert_eq!(refusal(no_reason), "reason: payments-reason-needed");
    let officer = office.take(&office.town.officer, reopen(&refused.end_to_end_id, "x")).await;
    assert_eq!(refusal(officer), "forbidden");
    let step = reopen(&refused.end_to_end_id, "the bank says: account closed");
    let after = office.take(office.maker(), step).await.unwrap().run;
    let states: Vec<_> = after.orders.iter().map(|order| order.state.as_str()).collect();
    assert_eq!(states, ["left", "paid"]);

    let again = office.take(office.maker(), make_on("2022-02-10")).await.unwrap().run;
    assert_eq!((again.head.count, again.head.sum), (1, euros(2_000)));
    assert_ne!(again.orders[0].end_to_end_id, refused.end_to_end_id);
    assert_eq!(again.orders[0].payment_order_id, refused.payment_order_id);

    // The bank executes the old one after all: a person must look, the new order is not taken for paid.
    let late = executed(refused.amount, &refused.end_to_end_id);
    let report = office.town.import(office.purse.account.file("2022-02-09", vec![late])).await;
    assert_eq!(report.suspense.len(), 1);
    assert_eq!(office.see(&again).await.head.paid, 0);
    office.close().await;
}

#[tokio::test]
async fn an_order_that_waits_or_was_paid_or_has_not_left_is_not_reopened() {
    let mut office = Office::open().await;
    let (_, approved) = office.order(1, 2_000).await;
    let order = approved.order.end_to_end_id.clone();
    assert_eq!(refusal(office.take(office.maker(), reopen(&order, "x")).await), "payments-reopen-waits");
    assert_eq!(refusal(office.take(office.maker(), reopen("EH0", "x")).await), "no payment order");
    let run = office.make().await;
    assert_eq!(refusal(office.take(office.maker(), reopen(&order, "x")).await), "payments-reopen-not-exported");
    office.release(&office.manager, &run, &[]).await.unwrap();
    office.release(&office.second, &run, &[]).await.unwrap();
    office.export(&run).await.unwrap();
    office.town.test.go_to("2022-02-09");
    let line = executed(euros(2_000), &order);
    office.town.import(office.purse.account.file("2022-02-09", vec![line])).await;
    assert_eq!(refusal(office.take(office.maker(), reopen(&order, "x")).await), "payments-reopen-paid");
    office.close().await;
}
