//! What the import books by itself, once, and what it leaves to a person.

use energiehuis::domain::matching::Reason;
use energiehuis::services::bank::{self, BankFile, FileState};
use energiehuis::services::funds::pass_on::pass_on;
use energiehuis::services::payments::waiting;
use serde_json::json;
use uuid::Uuid;

use super::super::{Office, on, payer};
use super::{balance, booked, key, latest, line, order, paid_run, place, postings, rows, undone, waits};
use crate::bank::account::{executed, file, paid, sent_back};
use crate::bank::camt;
use crate::formats::camt_files::{Entry, RECEIVED, SENT_BACK, Transaction, entry, received};
use crate::support::town::{emergency_loan, euros};

#[tokio::test]
async fn a_transfer_that_comes_back_reopens_its_order_in_the_import_and_is_owed_as_before() {
    let mut office = Office::open().await;
    let (run, family) = paid_run(&mut office).await;
    let before = office.town.state(&family).await;
    assert_eq!(balance(&office, "contractors_payable").await, 0);
    let sent = run.orders[0].end_to_end_id.clone();
    let report = line(&mut office, "2022-02-10", sent_back(euros(2_000), &sent, "AC04")).await;
    assert_eq!(booked(&report), [(Reason::OrderReturned, euros(2_000))]);
    assert_eq!(waits(&report), []);

    let id = latest(&office).await;
    let expected = [("cash_at_bank".to_owned(), 2_000), ("contractors_payable".to_owned(), -2_000)];
    let mut found = postings(&office, id).await;
    found.sort();
    assert_eq!(found, expected);
    assert_eq!(balance(&office, "contractors_payable").await, -2_000, "owed to the contractor again");
    let after = office.town.state(&family).await;
    assert_eq!((after.drawn, after.outstanding), (before.drawn, before.outstanding), "nothing changed for the family");
    assert_eq!(after.drawn, euros(2_000));

    let (state, now, in_run) = order(&office, &run).await;
    assert_eq!((state.as_str(), in_run), ("ordered", false));
    assert_ne!(now, sent, "under a new identification");
    let seen = office.see(&run).await;
    assert_eq!(seen.head.paid, 1);
    let states: Vec<_> = seen.orders.iter().map(|order| order.state.as_str()).collect();
    assert_eq!(states, ["left", "paid"]);
    let back = seen.orders[0].came_back.clone().unwrap();
    assert_eq!((back.on, back.code.as_deref(), back.bank_line_id), (on("2022-02-10"), Some("AC04"), id));
    assert_eq!(back.words.as_deref(), Some("REKENING AFGESLOTEN"));
    assert_eq!(seen.orders[1].came_back, None);
    let shown = bank::line(office.town.house(), office.maker(), id).await.unwrap();
    assert_eq!(shown.ours.return_reason.as_deref(), Some("AC04"));
    assert_eq!((shown.ours.creditor.as_deref(), shown.loan_number), (Some("Dakwerken Voorbeeld"), Some(family.number)));
    let deeds: i64 = sqlx::query_scalar("SELECT count(*) FROM audit_rows WHERE action = 'payment_order.returned'")
        .fetch_one(&office.town.test.pool)
        .await
        .unwrap();
    assert_eq!(deeds, 1);
    office.close().await;
}

#[tokio::test]
async fn camt_says_it_with_its_code_or_with_the_reason_alone() {
    let mut office = Office::open().await;
    let (run, _) = paid_run(&mut office).await;
    let back = |place: usize, reason: &str| Transaction {
        end_to_end_id: run.orders[place].end_to_end_id.clone(),
        reason: reason.to_owned(),
        ..received(run.orders[place].amount)
    };
    let entries = vec![
        entry(euros(2_000), SENT_BACK, vec![back(0, "AC01")]),
        // The code of an ordinary transfer, and the reason of a return.
        entry(euros(3_000), RECEIVED, vec![back(1, "AM09")]),
    ];
    office.town.test.go_to("2022-02-10");
    let message = camt::message(&mut office.purse.account, "2022-02-10", entries);
    let report = office.town.import(camt::file("1.xml", message.statement())).await;
    assert_eq!(booked(&report), [(Reason::OrderReturned, euros(5_000))]);
    assert_eq!(waits(&report), []);
    let codes: Vec<_> =
        office.see(&run).await.orders.into_iter().map(|order| order.came_back.and_then(|back| back.code)).collect();
    assert_eq!(codes, [Some("AC01".to_owned()), Some("AM09".to_owned())]);
    assert_eq!(balance(&office, "contractors_payable").await, -5_000);
    office.close().await;
}

#[tokio::test]
async fn the_same_return_is_booked_once_however_often_the_bank_says_it() {
    let mut office = Office::open().await;
    let (run, _) = paid_run(&mut office).await;
    let back = Transaction {
        end_to_end_id: run.orders[0].end_to_end_id.clone(),
        reason: "AC04".to_owned(),
        ..received(euros(2_000))
    };
    office.town.test.go_to("2022-02-10");
    let coda = office.purse.account.clone();
    let message =
        camt::message(&mut office.purse.account, "2022-02-10", vec![entry(euros(2_000), SENT_BACK, vec![back])]);
    office.town.import(camt::file("1.xml", message.statement())).await;
    let before = rows(&office).await;
    let offer = |one: BankFile| {
        let house = office.town.house();
        let maker = office.maker();
        async move { bank::import(house, maker, vec![one]).await.unwrap().files.remove(0) }
    };
    // The same bytes, the same statement as CODA, and the same entry in a feed with details.
    assert_eq!(offer(camt::file("1.xml", message.statement())).await.state, FileState::Known);
    let mut coda = coda;
    let as_coda = coda.statement("2022-02-10", vec![sent_back(euros(2_000), &run.orders[0].end_to_end_id, "AC04")]);
    assert_eq!(offer(file("1.cod", &[as_coda])).await.state, FileState::Known);
    let feed = offer(camt::file("details.xml", message.notification())).await;
    assert_eq!((feed.problems.len(), feed.suspense.len(), feed.booked.len()), (0, 0, 0), "{feed:#?}");
    assert_eq!(rows(&office).await, before);

    // Another line that names it is money that came in once more: a person must look.
    let again = line(&mut office, "2022-02-11", sent_back(euros(2_000), &run.orders[0].end_to_end_id, "AC04")).await;
    assert_eq!(waits(&again), [Reason::OrderReturnedBefore]);
    assert_eq!(office.town.count("payment_order_returns").await, 1);
    office.close().await;
}

#[tokio::test]
async fn details_that_come_later_take_it_out_of_suspense() {
    let mut office = Office::open().await;
    let (run, _) = paid_run(&mut office).await;
    let total = Entry { batch: Some("RETURNS".to_owned()), ..entry(euros(5_000), SENT_BACK, Vec::new()) };
    office.town.test.go_to("2022-02-10");
    let message = camt::message(&mut office.purse.account, "2022-02-10", vec![total]);
    let first = office.town.import(camt::file("1.xml", message.statement())).await;
    assert_eq!(waits(&first), [Reason::PaymentReturned]);
    let cash = balance(&office, "cash_at_bank").await;
    let back = |place: usize| Transaction {
        end_to_end_id: run.orders[place].end_to_end_id.clone(),
        reason: "AC04".to_owned(),
        ..received(run.orders[place].amount)
    };
    let mut details = message.clone();
    details.entries[0].transactions = vec![back(0), back(1)];
    let report = office.town.import(camt::file("details.xml", details.notification())).await;
    assert_eq!(booked(&report), [(Reason::OrderReturned, euros(5_000))]);
    assert_eq!(balance(&office, "cash_at_bank").await, cash, "no money came in");
    assert_eq!(
        (balance(&office, "unmatched_receipts").await, balance(&office, "contractors_payable").await),
        (0, -5_000)
    );
    // One of them is taken back, and its money waits.
    let statement = "SELECT bank_line_id FROM bank_lines WHERE reason = 'order_returned' AND amount = 2000";
    let id: Uuid = sqlx::query_scalar(statement).fetch_one(&office.town.test.pool).await.unwrap();
    undone(&office, id).await.unwrap();
    assert_eq!(
        (balance(&office, "unmatched_receipts").await, balance(&office, "contractors_payable").await),
        (-2_000, -3_000)
    );
    office.close().await;
}

#[tokio::test]
async fn a_return_on_the_account_of_another_fund_or_of_an_order_that_waits_is_not_booked() {
    let mut office = Office::open().await;
    let (run, _) = paid_run(&mut office).await;
    let (_, approved) = office.order(3, 2_500).await;
    let open = line(&mut office, "2022-02-10", sent_back(euros(2_500), &approved.order.end_to_end_id, "AC04")).await;
    assert_eq!(waits(&open), [Reason::PaymentReturned]);
    let mut other = office.town.emergency_fund().await;
    let elsewhere =
        other.account.file("2022-02-10", vec![sent_back(euros(2_000), &run.orders[0].end_to_end_id, "AC04")]);
    let report = office.town.import(elsewhere).await;
    assert_eq!(waits(&report), [Reason::OrderOfAnotherFund]);
    let part = json!({ "kind": "returned_order", "payment_order_id": run.orders[0].payment_order_id });
    let refused = place(&office, report.suspense[0].bank_line_id, part).await;
    assert_eq!(key(refused), "payment_order_id: bank-decide-unknown-order");
    assert_eq!(office.see(&run).await.head.paid, 2);
    office.close().await;
}

#[tokio::test]
async fn an_order_is_paid_and_comes_back_in_one_file_and_again_the_next_time() {
    let mut office = Office::open().await;
    office.order(1, 2_000).await;
    let (run, _) = office.sent().await;
    let sent = run.orders[0].end_to_end_id.clone();
    office.town.test.go_to("2022-02-09");
    let both = vec![executed(euros(2_000), &sent), sent_back(euros(2_000), &sent, "AM09")];
    let report = office.town.import(office.purse.account.file("2022-02-09", both)).await;
    assert_eq!(booked(&report), [(Reason::OrderExecuted, euros(-2_000)), (Reason::OrderReturned, euros(2_000))]);
    office.agrees().await;
    let next = order(&office, &run).await.1;
    line(&mut office, "2022-02-10", executed(euros(2_000), &next)).await;
    let second = line(&mut office, "2022-02-11", sent_back(euros(2_000), &next, "AM09")).await;
    assert_eq!(booked(&second), [(Reason::OrderReturned, euros(2_000))]);
    assert_eq!(office.town.count("payment_order_returns").await, 2);
    office.close().await;
}

#[tokio::test]
async fn what_a_funder_gets_back_is_due_to_it_again() {
    let office = Office::open().await;
    let mut credit = office.town.emergency_fund().await;
    let family = office.town.contract(emergency_loan(2, 20_000, None)).await;
    let drawn = office.town.draw(&family, ("F-2", euros(20_000))).await;
    office.town.test.go_to("2022-02-09");
    let in_and_out = vec![paid(euros(20_000), credit.source.ogm), executed(euros(20_000), &drawn.order.end_to_end_id)];
    office.town.import(credit.account.file("2022-02-09", in_and_out)).await;
    office.town.finish_works(&family).await;
    office.town.test.go_to("2022-02-10");
    office.town.import(credit.account.file("2022-02-10", vec![paid(euros(500), family.ogm)])).await;
    let orders = pass_on(office.town.house(), office.maker(), credit.fund.fund_id).await.unwrap();
    let id = orders[0].end_to_end_id.clone();
    office.town.test.go_to("2022-02-11");
    office.town.import(credit.account.file("2022-02-11", vec![executed(euros(500), &id)])).await;
    assert_eq!(balance(&office, "due_to_funder").await, 0);
    office.town.test.go_to("2022-02-14");
    let report = office.town.import(credit.account.file("2022-02-14", vec![sent_back(euros(500), &id, "AC04")])).await;
    assert_eq!(booked(&report), [(Reason::OrderReturned, euros(500))]);
    assert_eq!(balance(&office, "due_to_funder").await, -500);
    // It is ordered already: nothing is passed on twice.
    let again = pass_on(office.town.house(), office.maker(), credit.fund.fund_id).await;
    assert!(again.is_ok_and(|orders| orders.is_empty()));
    let list = waiting(office.town.house(), office.maker(), &payer()).await.unwrap();
    assert_eq!(list.blocked.len(), 1, "{list:?}");
    office.close().await;
}

#[tokio::test]
async fn two_imports_and_two_people_at_once_book_a_return_once() {
    let mut office = Office::open().await;
    let (run, _) = paid_run(&mut office).await;
    office.town.test.go_to("2022-02-10");
    let one =
        office.purse.account.file("2022-02-10", vec![sent_back(euros(2_000), &run.orders[0].end_to_end_id, "AC04")]);
    let import = |one: BankFile| bank::import(office.town.house(), office.maker(), vec![one]);
    let (first, second) = tokio::join!(import(one.clone()), import(one));
    let mut states = [first.unwrap().files[0].state, second.unwrap().files[0].state];
    states.sort_by_key(|state| *state == FileState::Known);
    assert_eq!(states, [FileState::Imported, FileState::Known]);
    assert_eq!(office.town.count("payment_order_returns").await, 1);

    // Two lines that two people take for the return of one order.
    let two = vec![sent_back(euros(3_000), "", ""), sent_back(euros(3_000), "", "")];
    office.town.test.go_to("2022-02-11");
    let report = office.town.import(office.purse.account.file("2022-02-11", two)).await;
    let part = || json!({ "kind": "returned_order", "payment_order_id": run.orders[1].payment_order_id });
    let (first, second) = tokio::join!(
        place(&office, report.suspense[0].bank_line_id, part()),
        place(&office, report.suspense[1].bank_line_id, part())
    );
    let refused: Vec<String> = [first, second].into_iter().filter(Result::is_err).map(key).collect();
    assert_eq!(refused, ["bank-decide-order-not-paid"]);
    assert_eq!(office.town.count("payment_order_returns").await, 2);
    office.close().await;
}
