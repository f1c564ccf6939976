//! Transfers of ours that come back: the order waits again, the books say what is owed, and nothing is sent by itself.

mod booked;
mod held_back;
mod placed;
mod redirected;

use energiehuis::domain::matching::{Grounds, Reason};
use energiehuis::domain::money::Money;
use energiehuis::services::Error;
use energiehuis::services::bank::{
    Decided, DecisionRequest, FileReport, ShownAbout, UndoRequest, decide, queued, undo,
};
use energiehuis::services::payments::{Cleared, RunView, confirm};
use serde_json::{Value, json};
use uuid::Uuid;

use super::Office;
use crate::bank::account::executed;
use crate::support::town::Family;

/// Two orders that left in a run, and that the bank executed one by one on 9 February.
async fn paid_run(office: &mut Office) -> (RunView, Family) {
    let (family, _) = office.order(1, 2_000).await;
    office.order(2, 3_000).await;
    let (run, _) = office.sent().await;
    office.town.test.go_to("2022-02-09");
    let lines = run.orders.iter().map(|order| executed(order.amount, &order.end_to_end_id)).collect();
    office.town.import(office.purse.account.file("2022-02-09", lines)).await;
    (office.see(&run).await, family)
}

/// Imports one line on a day.
async fn line(office: &mut Office, day: &str, entry: energiehuis::formats::coda::EntryToWrite) -> FileReport {
    office.town.test.go_to(day);
    office.town.import(office.purse.account.file(day, vec![entry])).await
}

fn booked(report: &FileReport) -> Vec<(Reason, Money)> {
    report.booked.iter().map(|sum| (sum.reason, sum.amount)).collect()
}

fn waits(report: &FileReport) -> Vec<Reason> {
    report.suspense.iter().map(|line| line.reason).collect()
}

/// The latest line of the bank.
async fn latest(office: &Office) -> Uuid {
    let statement = "SELECT bank_line_id FROM bank_lines ORDER BY booked_on DESC, ordinal DESC LIMIT 1";
    sqlx::query_scalar(statement).fetch_one(&office.town.test.pool).await.unwrap()
}

/// The postings of the entry of a line.
async fn postings(office: &Office, bank_line_id: Uuid) -> Vec<(String, i64)> {
    sqlx::query_as(
        "SELECT p.account, p.amount::bigint FROM bank_lines l JOIN postings p USING (entry_id)
         WHERE l.bank_line_id = $1 ORDER BY p.line",
    )
    .bind(bank_line_id)
    .fetch_all(&office.town.test.pool)
    .await
    .unwrap()
}

async fn balance(office: &Office, account: &str) -> i64 {
    sqlx::query_scalar("SELECT coalesce(sum(amount), 0)::bigint FROM postings WHERE account = $1")
        .bind(account)
        .fetch_one(&office.town.test.pool)
        .await
        .unwrap()
}

/// State, identification, and whether it is in a run, of the order that was the first of a run.
async fn order(office: &Office, run: &RunView) -> (String, String, bool) {
    sqlx::query_as(
        "SELECT state, end_to_end_id, payment_run_id IS NOT NULL FROM payment_orders WHERE payment_order_id = $1",
    )
    .bind(run.orders[0].payment_order_id)
    .fetch_one(&office.town.test.pool)
    .await
    .unwrap()
}

async fn place(office: &Office, bank_line_id: Uuid, part: Value) -> Result<Decided, Error> {
    let form = serde_json::from_value(json!({ "reason": "Gebeld met de bank", "parts": [part] })).unwrap();
    decide(office.town.house(), office.maker(), DecisionRequest { bank_line_id, form, once: None }).await
}

async fn undone(office: &Office, id: Uuid) -> Result<Decided, Error> {
    undo(office.town.house(), office.maker(), UndoRequest { id, reason: "Verkeerd".to_owned(), once: None }).await
}

fn key<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    match outcome {
        Err(Error::Refused(text) | Error::Conflict(text)) => text.key,
        Err(Error::Invalid(problems)) => format!("{}: {}", problems[0].field, problems[0].text.key),
        other => panic!("{other:?}"),
    }
}

/// Says of an order that its account is right.
async fn say(office: &Office, order: &str, note: &str) -> Result<Cleared, Error> {
    confirm(office.town.house(), office.maker(), (order, note)).await
}

/// Every row that could be half written.
async fn rows(office: &Office) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in
        ["journal_entries", "payment_order_returns", "payment_order_return_undoings", "bank_decisions", "audit_rows"]
    {
        counts.push(office.town.count(table).await);
    }
    counts
}

/// What is proposed for a line, with the best reason.
async fn proposed(office: &Office, bank_line_id: Uuid) -> Vec<(ShownAbout, Grounds)> {
    let found = queued(office.town.house(), office.maker(), bank_line_id).await.unwrap().proposals;
    found.into_iter().map(|one| (one.about, one.grounds[0])).collect()
}
