//! One debit that executes a whole run: taken back, and attached by a person where the bank did not name the run.

use energiehuis::domain::matching::{Grounds, Reason};
use energiehuis::services::Error;
use energiehuis::services::bank::{
    self, Decided, DecisionRequest, ShownAbout, UndoRequest, decide, preview_decision, queued, undo,
};
use energiehuis::services::ledger::close::{ClosePeriod, close};
use energiehuis::services::payments::RunView;
use serde_json::{Value, json};
use uuid::Uuid;

use super::bank::{as_total, debit};
use super::{Office, make_on, on};
use crate::bank::account::{charged, executed, sent_back};
use crate::bank::camt;
use crate::formats::camt_files::{Entry, SENT, Transaction, entry};
use crate::support::town::euros;

async fn place(office: &Office, line: Uuid, parts: Value) -> Result<Decided, Error> {
    decide(office.town.house(), office.maker(), request(line, parts)).await
}

fn request(bank_line_id: Uuid, parts: Value) -> DecisionRequest {
    let form = serde_json::from_value(json!({ "reason": "Het bedrag van die ronde", "parts": parts })).unwrap();
    DecisionRequest { bank_line_id, form, once: None }
}

fn of_run(run: &RunView) -> Value {
    json!([{ "kind": "run", "run": run.head.number }])
}

async fn undone(office: &Office, id: Uuid) -> Result<Decided, Error> {
    undo(office.town.house(), office.maker(), UndoRequest { id, reason: "Verkeerde ronde".to_owned(), once: None })
        .await
}

fn key(outcome: Result<Decided, Error>) -> String {
    match outcome {
        Err(Error::Refused(text) | Error::Conflict(text)) => text.key,
        Err(Error::Invalid(problems)) => format!("{}: {}", problems[0].field, problems[0].text.key),
        other => panic!("{other:?}"),
    }
}

async fn proposed(office: &Office, line: Uuid) -> Vec<(ShownAbout, Grounds)> {
    let found = queued(office.town.house(), office.maker(), line).await.unwrap().proposals;
    found.into_iter().map(|one| (one.about, one.grounds[0])).collect()
}

/// The one line that a debit on a day becomes; it waits.
async fn waits(office: &mut Office, day: &str, amount: i64, text: &str) -> Uuid {
    office.town.test.go_to(day);
    let file = as_total(office.purse.account.file(day, vec![debit(euros(amount), text)]));
    let report = office.town.import(file).await;
    assert_eq!(report.suspense.len(), 1, "{report:#?}");
    report.suspense[0].bank_line_id
}

async fn balance(office: &Office, account: &str) -> i64 {
    sqlx::query_scalar("SELECT coalesce(sum(amount), 0)::bigint FROM postings WHERE account = $1")
        .bind(account)
        .fetch_one(&office.town.test.pool)
        .await
        .unwrap()
}

/// Two orders that left in a run.
async fn left(office: &Office) -> RunView {
    office.order(1, 2_000).await;
    office.order(2, 3_000).await;
    office.sent().await.0
}

#[tokio::test]
async fn a_run_that_one_debit_executed_is_taken_back_whole_and_can_be_executed_again() {
    let mut office = Office::open().await;
    let run = left(&office).await;
    office.town.test.go_to("2022-02-09");
    let named = format!("VERZAMELBETALING {}", run.funds[0].batch_id);
    let file = as_total(office.purse.account.file("2022-02-09", vec![debit(euros(5_000), &named), charged(euros(1))]));
    office.town.import(file).await;
    let statement = "SELECT bank_line_id FROM payment_run_executions";
    let id: Uuid = sqlx::query_scalar(statement).fetch_one(&office.town.test.pool).await.unwrap();
    let shown = bank::line(office.town.house(), office.maker(), id).await.unwrap();
    assert_eq!(shown.ours.payment_run.as_deref(), Some(run.head.number.as_str()));

    let answer: Value = serde_json::from_str(&undone(&office, id).await.unwrap().answer).unwrap();
    assert_eq!(answer["entries"].as_array().unwrap().len(), 2, "every order has its own: {answer}");
    let after = office.see(&run).await;
    let states: Vec<_> = after.orders.iter().map(|order| (order.state.as_str(), order.end_to_end_id.clone())).collect();
    let sent: Vec<_> = run.orders.iter().map(|order| ("ordered", order.end_to_end_id.clone())).collect();
    assert_eq!(states, sent, "back in the run as they were sent");
    assert_eq!((after.head.paid, after.funds[0].executed_on), (0, None));
    assert_eq!(office.town.count("payment_run_executions").await, 1, "the record stays");
    assert_eq!(office.town.count("payment_run_execution_undoings").await, 1);
    assert_eq!(
        (balance(&office, "unexplained_payments").await, balance(&office, "contractors_payable").await),
        (5_000, -5_000)
    );
    office.agrees().await;
    assert_eq!(key(undone(&office, id).await), "bank-undo-already");

    // It names the run still; a person says that it was right after all, and takes that back too.
    let about = ShownAbout::Run { number: run.head.number.clone() };
    assert_eq!(proposed(&office, id).await, [(about.clone(), Grounds::RunReference)]);
    let decision = place(&office, id, of_run(&run)).await.unwrap().bank_decision_id.unwrap();
    assert_eq!(office.see(&run).await.head.paid, 2);
    office.agrees().await;
    undone(&office, decision).await.unwrap();
    assert_eq!(office.see(&run).await.head.paid, 0);
    office.agrees().await;

    // The bank executes it with another debit.
    office.town.test.go_to("2022-02-10");
    let again = as_total(office.purse.account.file("2022-02-10", vec![debit(euros(5_000), &named)]));
    assert!(office.town.import(again).await.suspense.is_empty());
    assert_eq!(office.see(&run).await.funds[0].executed_on, Some(on("2022-02-10")));
    assert_eq!(key(place(&office, id, of_run(&run)).await), "bank-decide-run-executed");
    office.close().await;
}

#[tokio::test]
async fn a_debit_that_names_no_run_is_proposed_by_its_sum_and_attached_by_a_person() {
    let mut office = Office::open().await;
    let run = left(&office).await;
    let line = waits(&mut office, "2022-02-09", 5_000, "VERZAMELBETALING").await;
    let about = ShownAbout::Run { number: run.head.number.clone() };
    assert_eq!(proposed(&office, line).await, [(about, Grounds::RunOfThatSum)]);
    let preview = preview_decision(office.town.house(), office.maker(), request(line, of_run(&run))).await.unwrap();
    assert_eq!(office.see(&run).await.head.paid, 0, "a preview writes nothing");
    let made = place(&office, line, of_run(&run)).await.unwrap();
    assert_eq!(made.answer, preview);
    let answer: Value = serde_json::from_str(&made.answer).unwrap();
    assert_eq!(answer["entries"].as_array().unwrap().len(), 2, "{answer}");
    let paid = office.see(&run).await;
    assert_eq!((paid.head.paid, paid.funds[0].executed_on), (2, Some(on("2022-02-09"))));
    assert_eq!((balance(&office, "unexplained_payments").await, balance(&office, "contractors_payable").await), (0, 0));
    office.agrees().await;
    undone(&office, made.bank_decision_id.unwrap()).await.unwrap();
    assert_eq!((office.see(&run).await.head.paid, balance(&office, "unexplained_payments").await), (0, 5_000));
    assert_eq!(office.town.count("payment_run_execution_undoings").await, 1);
    office.close().await;
}

#[tokio::test]
async fn a_run_and_what_the_bank_took_with_it_are_two_parts() {
    let mut office = Office::open().await;
    let run = left(&office).await;
    let line = waits(&mut office, "2022-02-09", 5_002, "VERZAMELBETALING").await;
    assert_eq!(proposed(&office, line).await, []);
    assert_eq!(key(place(&office, line, of_run(&run)).await), "bank-decide-run-amount");
    let parts = json!([{ "kind": "run", "run": run.head.payment_run_id, "amount": "5000.00" }, { "kind": "charge" }]);
    let decision = place(&office, line, parts).await.unwrap().bank_decision_id.unwrap();
    assert_eq!((office.see(&run).await.head.paid, balance(&office, "bank_charges").await), (2, 2));
    office.agrees().await;
    undone(&office, decision).await.unwrap();
    assert_eq!((office.see(&run).await.head.paid, balance(&office, "bank_charges").await), (0, 0));
    office.close().await;
}

#[tokio::test]
async fn a_run_is_attached_only_where_all_of_it_fits() {
    let mut office = Office::open().await;
    office.order(1, 2_000).await;
    let run = office.make().await;
    let line = waits(&mut office, "2022-02-08", 2_000, "VERZAMELBETALING").await;
    assert_eq!(
        key(place(&office, line, json!([{ "kind": "run", "run": "P-1999-00001" }])).await),
        "parts[0].run: bank-decide-unknown-run"
    );
    assert_eq!(
        key(place(&office, line, json!([{ "kind": "run" }])).await),
        "parts[0].run: application-problem-required"
    );
    assert_eq!(key(place(&office, line, of_run(&run)).await), "bank-decide-run-not-exported");
    assert!(proposed(&office, line).await.iter().all(|(about, _)| !matches!(about, ShownAbout::Run { .. })));
    office.release(&office.manager, &run, &[]).await.unwrap();
    office.release(&office.second, &run, &[]).await.unwrap();
    office.export(&run).await.unwrap();

    // On the account of another fund.
    let mut other = office.town.emergency_fund().await;
    let elsewhere = as_total(other.account.file("2022-02-08", vec![debit(euros(2_000), "VERZAMELBETALING")]));
    let elsewhere = office.town.import(elsewhere).await.suspense[0].bank_line_id;
    assert_eq!(key(place(&office, elsewhere, of_run(&run)).await), "bank-decide-run-other-fund");

    // Two runs of one sum: the sum alone does not say which.
    office.order(2, 2_000).await;
    let second = office.take(office.maker(), make_on("2022-02-09")).await.unwrap().run;
    for person in [&office.manager, &office.second] {
        office.release(person, &second, &[]).await.unwrap();
    }
    office.export(&second).await.unwrap();
    assert!(proposed(&office, line).await.iter().all(|(about, _)| !matches!(about, ShownAbout::Run { .. })));

    // Of the second one the order was paid by itself.
    office.town.test.go_to("2022-02-09");
    let by_itself = executed(euros(2_000), &second.orders[0].end_to_end_id);
    office.town.import(office.purse.account.file("2022-02-09", vec![by_itself])).await;
    assert_eq!(key(place(&office, line, of_run(&second)).await), "bank-decide-run-order-gone");
    let about = ShownAbout::Run { number: run.head.number.clone() };
    assert_eq!(proposed(&office, line).await, [(about, Grounds::RunOfThatSum)], "the only one that is left");
    place(&office, line, of_run(&run)).await.unwrap();
    office.close().await;
}

#[tokio::test]
async fn a_run_of_which_an_order_came_back_is_taken_back_only_after_that() {
    let mut office = Office::open().await;
    let run = left(&office).await;
    let line = waits(&mut office, "2022-02-09", 5_000, "VERZAMELBETALING").await;
    let decision = place(&office, line, of_run(&run)).await.unwrap().bank_decision_id.unwrap();
    office.town.test.go_to("2022-02-10");
    let back = sent_back(euros(2_000), &run.orders[0].end_to_end_id, "AC04");
    let report = office.town.import(office.purse.account.file("2022-02-10", vec![back])).await;
    assert_eq!(report.booked[0].reason, Reason::OrderReturned);
    office.agrees().await;
    assert_eq!(key(undone(&office, decision).await), "bank-undo-run-order-gone");
    let statement = "SELECT bank_line_id FROM payment_order_returns";
    let returned: Uuid = sqlx::query_scalar(statement).fetch_one(&office.town.test.pool).await.unwrap();
    undone(&office, returned).await.unwrap();
    undone(&office, decision).await.unwrap();
    assert_eq!(office.see(&run).await.head.paid, 0);
    office.close().await;
}

#[tokio::test]
async fn two_people_attach_a_run_once_and_a_closed_period_gets_no_entry() {
    let mut office = Office::open().await;
    let run = left(&office).await;
    let one = waits(&mut office, "2022-02-09", 5_000, "EEN").await;
    let other = waits(&mut office, "2022-02-10", 5_000, "TWEE").await;
    let (first, second) = tokio::join!(place(&office, one, of_run(&run)), place(&office, other, of_run(&run)));
    let refused: Vec<bool> = [&first, &second].map(Result::is_err).to_vec();
    assert!(refused.contains(&true) && refused.contains(&false), "{first:?} {second:?}");
    let (made, lost) = if first.is_ok() { (first, second) } else { (second, first) };
    assert_eq!(key(lost), "bank-decide-run-executed");
    office.agrees().await;

    office.town.test.go_to("2022-03-01");
    office.town.import(office.purse.account.file("2022-03-01", Vec::new())).await;
    office.town.test.go_to("2022-03-02");
    let february = ClosePeriod { fund_id: office.purse.fund.fund_id, through: on("2022-02-28") };
    close(office.town.house(), office.maker(), february).await.unwrap();
    undone(&office, made.unwrap().bank_decision_id.unwrap()).await.unwrap();
    let days: Vec<(chrono::NaiveDate, bool)> = sqlx::query_as(
        "SELECT effective_on, belongs_on < '2022-03-01' FROM journal_entries WHERE idempotency_key LIKE 'undo:%'",
    )
    .fetch_all(&office.town.test.pool)
    .await
    .unwrap();
    assert_eq!(days, [(on("2022-03-01"), true); 2]);
    office.close().await;
}

/// The debit was taken for the whole run; its details say which orders the bank really paid.
#[tokio::test]
async fn details_explain_a_debit_whose_run_was_taken_back() {
    let mut office = Office::open().await;
    let run = left(&office).await;
    office.town.test.go_to("2022-02-09");
    let total = Entry { batch: Some(run.funds[0].batch_id.clone()), ..entry(-euros(5_000), SENT, Vec::new()) };
    let mut message = camt::message(&mut office.purse.account, "2022-02-09", vec![total]);
    let report = office.town.import(camt::file("1.xml", message.statement())).await;
    assert!(report.suspense.is_empty(), "{report:#?}");
    let statement = "SELECT bank_line_id FROM payment_run_executions";
    let id: Uuid = sqlx::query_scalar(statement).fetch_one(&office.town.test.pool).await.unwrap();
    undone(&office, id).await.unwrap();
    let paid = |place: usize| Transaction {
        amount: -run.orders[place].amount,
        end_to_end_id: run.orders[place].end_to_end_id.clone(),
        ..Transaction::default()
    };
    // The second one went to somebody else.
    let stray = Transaction { end_to_end_id: "NOT-OURS".to_owned(), ..paid(1) };
    message.entries[0].transactions = vec![paid(0), stray];
    let report = office.town.import(camt::file("details.xml", message.notification())).await;
    assert_eq!((report.explained.len(), report.suspense.len()), (1, 1), "{report:#?}");
    let states: Vec<String> = office.see(&run).await.orders.into_iter().map(|order| order.state).collect();
    assert_eq!(states, ["paid", "ordered"]);
    assert_eq!(balance(&office, "unexplained_payments").await, 3_000);
    office.close().await;
}
