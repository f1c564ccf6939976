//! Decisions about lines that wait: each as a table of what it books, and the way back of each.

use chrono::NaiveDate;
use energiehuis::domain::access::Role;
use energiehuis::domain::money::Money;
use energiehuis::services::Once;
use energiehuis::services::bank::{
    self, DecisionRequest, LineFilter, Page, UndoRequest, decide, preview_decision, undo,
};
use energiehuis::services::ledger::check::{DifferenceKind, check};
use energiehuis::services::ledger::close::{ClosePeriod, close};
use energiehuis::services::{Actor, Error};
use serde_json::{Value, json};
use uuid::Uuid;

use super::account::{Account, charged, executed, paid, says};
use super::story::{Family, Story, day, euros};

pub(super) fn request(bank_line_id: Uuid, body: &Value) -> DecisionRequest {
    DecisionRequest { bank_line_id, form: serde_json::from_value(body.clone()).unwrap(), once: None }
}

/// A story with money in its fund and an account that goes on.
async fn begun() -> (Story, Account) {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    (story, account)
}

/// Decides, and answers the decision and its entries.
async fn decided(story: &Story, line: Uuid, body: Value) -> (Uuid, Vec<Vec<String>>) {
    let decided = decide(story.house(), &story.accountant, request(line, &body)).await.unwrap();
    (decided.bank_decision_id.unwrap(), table(&decided.answer))
}

async fn refused(story: &Story, line: Uuid, body: Value) -> String {
    let before = story.rows().await;
    let error = decide(story.house(), &story.accountant, request(line, &body)).await.unwrap_err();
    assert_eq!(story.rows().await, before, "nothing is half written");
    match error {
        Error::Refused(text) | Error::Conflict(text) => text.key,
        Error::Invalid(problems) => format!("{}: {}", problems[0].field, problems[0].text.key),
        other => panic!("{other:?}"),
    }
}

pub(super) async fn undone(story: &Story, id: Uuid) -> Vec<Vec<String>> {
    let request = UndoRequest { id, reason: "Verkeerd".to_owned(), once: None };
    table(&undo(story.house(), &story.accountant, request).await.unwrap().answer)
}

async fn undo_refused(story: &Story, id: Uuid) -> String {
    let before = story.rows().await;
    let request = UndoRequest { id, reason: "Verkeerd".to_owned(), once: None };
    let error = undo(story.house(), &story.accountant, request).await.unwrap_err();
    assert_eq!(story.rows().await, before, "nothing is half written");
    match error {
        Error::Refused(text) | Error::Conflict(text) => text.key,
        other => panic!("{other:?}"),
    }
}

/// The entries of an answer, each with its lines as `account side amount`.
fn table(answer: &str) -> Vec<Vec<String>> {
    let answer: Value = serde_json::from_str(answer).unwrap();
    let line = |line: &Value| {
        let (side, amount) =
            if line["debit"].is_string() { ("debit", &line["debit"]) } else { ("credit", &line["credit"]) };
        format!("{} {side} {}", line["account"].as_str().unwrap(), amount.as_str().unwrap())
    };
    let entry = |entry: &Value| entry["lines"].as_array().unwrap().iter().map(line).collect();
    answer["entries"].as_array().unwrap().iter().map(entry).collect()
}

/// A line that waits, of a day.
async fn waits(story: &Story, account: &mut Account, on: &str, amount: i64) -> Uuid {
    story.test.go_to(on);
    let entry = if amount > 0 { says(euros(amount), "?") } else { executed(euros(-amount), "X") };
    story.import(account.file(on, vec![entry])).await.suspense[0].bank_line_id
}

async fn waiting(story: &Story) -> Vec<Uuid> {
    let open = LineFilter { suspense_only: true, ..LineFilter::default() };
    let lines = bank::lines(story.house(), &story.accountant, open, Page::of(1, 50)).await.unwrap();
    lines.into_iter().map(|line| line.bank_line_id).collect()
}

fn number(family: &Family) -> String {
    family.loan.number.clone()
}

/// A second accountant.
async fn colleague(story: &Story) -> Actor {
    let user_id = story.house().ids.next();
    sqlx::query("INSERT INTO users (user_id, email, name, role, created_at) VALUES ($1, 'second@example.org', 'Second', 'accountant', $2)")
        .bind(user_id)
        .bind(story.test.clock.now())
        .execute(&story.test.pool)
        .await
        .unwrap();
    Actor { user_id, role: Role::Accountant, nis_code: None }
}

#[tokio::test]
async fn a_credit_is_split_over_two_loans_and_what_the_bank_gave_back_and_undone_as_one() {
    let (story, mut account) = begun().await;
    let (one, other) = (story.repaying(12, 1000).await.0, story.repaying(13, 1000).await.0);
    let line = waits(&story, &mut account, "2022-06-02", 103).await;
    let body = json!({ "reason": "Telefonisch bevestigd", "parts": [
        { "kind": "loan", "loan": number(&one), "amount": "60.00" },
        { "kind": "loan", "loan": other.loan.ogm.to_string(), "amount": 40 },
        { "kind": "charge" },
    ] });
    let preview = preview_decision(story.house(), &story.accountant, request(line, &body)).await.unwrap();
    let before = story.rows().await;
    let made = decide(story.house(), &story.accountant, request(line, &body)).await.unwrap();
    assert_ne!(story.rows().await, before);
    assert_eq!(made.answer, preview, "what is previewed is what is recorded, to the byte");
    let on_loan = |amount: &str| {
        ["unmatched_receipts debit", "loans_receivable credit", "owed_to_funder debit", "due_to_funder credit"]
            .map(|line| format!("{line} {amount}"))
            .to_vec()
    };
    let charge = vec!["unmatched_receipts debit 3.00".to_owned(), "bank_charges credit 3.00".to_owned()];
    assert_eq!(table(&made.answer), [on_loan("60.00"), on_loan("40.00"), charge]);
    assert_eq!((story.state(&one).await.repaid, story.state(&other).await.repaid), (euros(60), euros(40)));
    assert_eq!(story.balance("unmatched_receipts").await, Money::ZERO);
    assert!(waiting(&story).await.is_empty());

    story.test.go_to("2022-06-20");
    undone(&story, made.bank_decision_id.unwrap()).await;
    assert_eq!((story.state(&one).await.repaid, story.state(&other).await.repaid), (Money::ZERO, Money::ZERO));
    assert_eq!(story.balance("unmatched_receipts").await, euros(-103));
    assert_eq!((story.balance("bank_charges").await, story.balance("due_to_funder").await), (Money::ZERO, Money::ZERO));
    assert_eq!(waiting(&story).await, [line], "it waits again");
    assert_eq!(undo_refused(&story, made.bank_decision_id.unwrap()).await, "bank-undo-already");
    // Decided otherwise: a new decision, on a loan that knew this line before.
    let (_, entries) =
        decided(&story, line, json!({ "reason": "Toch", "parts": [{ "kind": "loan", "loan": number(&one) }] })).await;
    assert_eq!(entries[0][0], "unmatched_receipts debit 103.00");
    assert_eq!(story.state(&one).await.repaid, euros(103));
    assert_eq!(story.balance("cash_at_bank").await, account.balance);
    story.finish().await;
}

#[tokio::test]
async fn parts_that_do_not_add_up_or_cannot_take_the_money_write_nothing() {
    let (story, mut account) = begun().await;
    let family = story.repaying(12, 1000).await.0;
    let credit = waits(&story, &mut account, "2022-06-02", 100).await;
    let debit = waits(&story, &mut account, "2022-06-03", -7).await;
    let loan = |amount: &str| json!({ "kind": "loan", "loan": number(&family), "amount": amount });
    let because = |parts: Value| json!({ "reason": "Omdat", "parts": parts });
    let cases = [
        (credit, because(json!([loan("60"), { "kind": "charge", "amount": "39.99" }])), "parts: bank-decide-other-sum"),
        (credit, because(json!([])), "parts: bank-decide-no-parts"),
        (credit, because(json!([loan("60"), loan("40")])), "parts[1].loan: bank-decide-loan-twice"),
        (credit, because(json!([{ "kind": "loan", "loan": "L-1999-00001" }])), "parts[0].loan: loan-named-unknown"),
        (credit, because(json!([{ "kind": "gift" }])), "parts[0].kind: application-problem-choice"),
        (credit, because(json!([{ "kind": "order", "payment_order_id": Uuid::nil() }])), "bank-decide-money-in"),
        (debit, because(json!([loan("7")])), "bank-settle-money-out"),
        (debit, because(json!([{ "kind": "not_ours" }])), "bank-decide-money-out"),
        (debit, because(json!([{ "kind": "source", "source_id": story.source.source_id }])), "bank-decide-source-due"),
        (debit, because(json!([{ "kind": "return", "loan": number(&family) }])), "payment_id: booking-unknown-payment"),
        (
            debit,
            because(json!([{ "kind": "order", "payment_order_id": Uuid::nil() }])),
            "payment_order_id: bank-decide-unknown-order",
        ),
        (credit, json!({ "parts": [loan("100")] }), "reason: bank-settle-reason-missing"),
    ];
    for (line, body, expected) in cases {
        assert_eq!(refused(&story, line, body.clone()).await, expected, "{body}");
    }
    let stranger = request(Uuid::nil(), &because(json!([loan("100")])));
    assert!(matches!(decide(story.house(), &story.accountant, stranger).await, Err(Error::NotFound { .. })));
    let forbidden = request(credit, &because(json!([loan("100")])));
    assert!(matches!(decide(story.house(), &story.officer, forbidden).await, Err(Error::Forbidden)));
    story.finish().await;
}

#[tokio::test]
async fn a_payment_and_its_return_cancel_each_other_out_and_two_parts_become_one_payment() {
    let (story, mut account) = begun().await;
    let family = story.repaying(12, 1000).await.0;
    let (came, went) =
        (waits(&story, &mut account, "2022-06-02", 80).await, waits(&story, &mut account, "2022-06-03", -80).await);
    let (id, entries) = decided(&story, came, json!({ "reason": "Vergissing", "lines": [went] })).await;
    assert_eq!(entries, [["unmatched_receipts debit 80.00", "unexplained_payments credit 80.00"]]);
    assert!(waiting(&story).await.is_empty());
    let back = undone(&story, id).await;
    assert_eq!(back, [["unmatched_receipts credit 80.00", "unexplained_payments debit 80.00"]]);
    let mut both = waiting(&story).await;
    both.sort_unstable();
    let mut expected = vec![came, went];
    expected.sort_unstable();
    assert_eq!(both, expected);
    decided(&story, went, json!({ "reason": "Toch vergissing", "lines": [came] })).await;

    let (half, rest) =
        (waits(&story, &mut account, "2022-06-04", 60).await, waits(&story, &mut account, "2022-06-07", 40).await);
    let parts = json!([{ "kind": "loan", "loan": number(&family) }]);
    decided(&story, half, json!({ "reason": "In twee keer", "lines": [rest], "parts": parts })).await;
    let state = story.state(&family).await;
    assert_eq!((state.repaid, state.payments.len()), (euros(100), 1));
    assert_eq!(state.payments[0].effective_on, day("2022-06-07"), "it was paid when the last part came");

    let (other, _) = story.other_fund().await;
    let here = waits(&story, &mut account, "2022-06-08", 1).await;
    let there = story.import(Account::of(&other).file("2022-06-08", vec![says(euros(8), "?")])).await;
    let together =
        json!({ "reason": "Samen", "lines": [there.suspense[0].bank_line_id], "parts": [{ "kind": "not_ours" }] });
    assert_eq!(refused(&story, here, together).await, "lines: bank-decide-two-funds");
    story.finish().await;
}

#[tokio::test]
async fn what_is_not_ours_stays_owed_to_its_sender_apart_from_what_waits() {
    let (story, mut account) = begun().await;
    let line = waits(&story, &mut account, "2022-06-02", 70).await;
    let (id, entries) =
        decided(&story, line, json!({ "reason": "Voor de buren", "parts": [{ "kind": "not_ours" }] })).await;
    assert_eq!(entries, [["unmatched_receipts debit 70.00", "held_for_senders credit 70.00"]]);
    assert_eq!(story.balance("held_for_senders").await, euros(-70));
    assert!(check(story.house(), &story.accountant).await.unwrap().ok, "free to lend counts it out, here and in SQL");
    assert_eq!(undone(&story, id).await, [["unmatched_receipts credit 70.00", "held_for_senders debit 70.00"]]);
    assert_eq!((story.balance("held_for_senders").await, waiting(&story).await), (Money::ZERO, vec![line]));
    story.finish().await;
}

#[tokio::test]
async fn money_goes_back_to_its_sender_when_two_people_ask_and_comes_off_the_account_when_the_bank_paid() {
    let (story, mut account) = begun().await;
    let second = colleague(&story).await;
    let line = waits(&story, &mut account, "2022-06-02", 70).await;
    let body = json!({ "reason": "Niet van ons", "parts": [{ "kind": "refund" }] });
    let asked = decide(story.house(), &story.accountant, request(line, &body)).await.unwrap();
    assert_eq!((asked.bank_decision_id, waiting(&story).await), (None, vec![line]), "it waits for a second person");
    assert!(asked.answer.contains(r#""waits_for_second_person":true"#), "{}", asked.answer);
    assert_eq!(refused(&story, line, body.clone()).await, "bank-refund-second");
    let made = decide(story.house(), &second, request(line, &body)).await.unwrap();
    assert_eq!(table(&made.answer), [["unmatched_receipts debit 70.00", "refunds_payable credit 70.00"]]);

    // Undone before the bank has paid: the order is cancelled, and both must ask again.
    undone(&story, made.bank_decision_id.unwrap()).await;
    assert_eq!((story.balance("refunds_payable").await, waiting(&story).await), (Money::ZERO, vec![line]));
    assert!(decide(story.house(), &second, request(line, &body)).await.unwrap().bank_decision_id.is_none());
    let made = decide(story.house(), &story.accountant, request(line, &body)).await.unwrap();
    let orders: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT state, creditor_iban, end_to_end_id FROM payment_orders WHERE kind = 'sender' ORDER BY created_at, state",
    )
    .fetch_all(&story.test.pool)
    .await
    .unwrap();
    let states: Vec<&str> = orders.iter().map(|(state, ..)| state.as_str()).collect();
    assert_eq!(states, ["cancelled", "ordered"]);
    assert!(orders.iter().all(|(_, iban, _)| iban == "BE68539007547034"), "to where it came from");
    assert!(check(story.house(), &story.accountant).await.unwrap().ok);

    story.test.go_to("2022-06-09");
    let ordered = &orders[1].2;
    story.import(account.file("2022-06-09", vec![executed(euros(70), ordered)])).await;
    assert_eq!(
        (story.balance("refunds_payable").await, story.balance("cash_at_bank").await),
        (Money::ZERO, account.balance)
    );
    assert_eq!(undo_refused(&story, made.bank_decision_id.unwrap()).await, "bank-undo-refund-paid");
    story.finish().await;
}

#[tokio::test]
async fn a_returned_payment_is_owed_again_and_undoing_that_lets_it_stand() {
    let (story, mut account) = begun().await;
    let family = story.repaying(12, 1000).await.0;
    story.test.go_to("2022-06-02");
    story.import(account.file("2022-06-02", vec![paid(euros(100), family.loan.ogm)])).await;
    let line = waits(&story, &mut account, "2022-06-06", -100).await;
    let parts = json!([{ "kind": "return", "loan": number(&family) }]);
    let (id, entries) = decided(&story, line, json!({ "reason": "Geweigerd", "parts": parts.clone() })).await;
    assert_eq!(
        entries,
        [[
            "loans_receivable debit 100.00",
            "unexplained_payments credit 100.00",
            "owed_to_funder credit 100.00",
            "due_to_funder debit 100.00"
        ]]
    );
    assert_eq!(story.state(&family).await.repaid, Money::ZERO);
    story.test.go_to("2022-06-20");
    undone(&story, id).await;
    assert_eq!(story.state(&family).await.repaid, euros(100), "the payment stands");
    assert_eq!((story.balance("unexplained_payments").await, waiting(&story).await), (euros(100), vec![line]));
    decided(&story, line, json!({ "reason": "Toch geweigerd", "parts": parts })).await;
    assert_eq!(story.state(&family).await.repaid, Money::ZERO);
    story.finish().await;
}

#[tokio::test]
async fn what_the_import_booked_by_itself_can_be_taken_back_and_decided_otherwise() {
    let (story, mut account) = begun().await;
    let ((wrong, order), right) = (story.repaying(12, 1000).await, story.repaying(13, 1000).await.0);
    story.test.go_to("2022-06-02");
    let lines = vec![
        paid(euros(100), wrong.loan.ogm),
        paid(euros(500), story.source.ogm),
        executed(euros(1000), &order.order.end_to_end_id),
        charged(euros(3)),
    ];
    let report = story.import(account.file("2022-06-02", lines)).await;
    assert_eq!(report.suspense, []);
    let listed = bank::lines(story.house(), &story.accountant, LineFilter::default(), Page::of(1, 4)).await.unwrap();
    let of = |amount: i64| listed.iter().find(|line| line.amount == euros(amount)).unwrap().bank_line_id;
    story.test.go_to("2022-06-20");

    let payment = undone(&story, of(100)).await;
    assert_eq!(
        payment,
        [[
            "loans_receivable debit 100.00",
            "unmatched_receipts credit 100.00",
            "owed_to_funder credit 100.00",
            "due_to_funder debit 100.00"
        ]]
    );
    assert_eq!(undone(&story, of(500)).await, [["unmatched_receipts credit 500.00", "owed_to_funder debit 500.00"]]);
    assert_eq!(
        undone(&story, of(-1000)).await,
        [["contractors_payable credit 1000.00", "unexplained_payments debit 1000.00"]]
    );
    assert_eq!(undone(&story, of(-3)).await, [["bank_charges credit 3.00", "unexplained_payments debit 3.00"]]);
    assert_eq!(undo_refused(&story, of(-3)).await, "bank-undo-already");
    assert_eq!(waiting(&story).await.len(), 4);
    assert_eq!(story.balance("cash_at_bank").await, account.balance, "the bank still has it");
    assert!(check(story.house(), &story.accountant).await.unwrap().ok);

    let reason = "Toch";
    let part = |part: Value| json!({ "reason": reason, "parts": [part] });
    decided(&story, of(100), part(json!({ "kind": "loan", "loan": number(&right) }))).await;
    let (again, _) =
        decided(&story, of(500), part(json!({ "kind": "source", "source_id": story.source.source_id }))).await;
    let order_id = order.order.payment_order_id;
    decided(&story, of(-1000), part(json!({ "kind": "order", "payment_order_id": order_id }))).await;
    decided(&story, of(-3), part(json!({ "kind": "charge" }))).await;
    assert_eq!((story.state(&wrong).await.repaid, story.state(&right).await.repaid), (Money::ZERO, euros(100)));
    assert_eq!(story.balance("owed_to_funder").await, euros(-50_400));
    undone(&story, again).await;
    assert_eq!(waiting(&story).await, [of(500)]);
    story.finish().await;
}

#[tokio::test]
async fn a_payment_that_went_elsewhere_since_is_not_taken_back_twice() {
    let (story, mut account) = begun().await;
    let family = story.repaying(12, 1000).await.0;
    let line = waits(&story, &mut account, "2022-06-02", 100).await;
    let parts = json!([{ "kind": "loan", "loan": number(&family) }]);
    let (id, _) = decided(&story, line, json!({ "reason": "Telefoon", "parts": parts })).await;
    let back = waits(&story, &mut account, "2022-06-06", -100).await;
    decided(&story, back, json!({ "reason": "Geweigerd", "parts": [{ "kind": "return", "loan": number(&family) }] }))
        .await;
    assert_eq!(undo_refused(&story, id).await, "booking-already-reversed");
    story.finish().await;
}

#[tokio::test]
async fn the_balance_of_before_the_first_statement_becomes_means_of_a_source() {
    let story = Story::new().await;
    let mut account = Account { balance: euros(900), ..Account::of(&story.fund) };
    let report = story.import(account.file("2022-01-03", vec![says(euros(1), "?")])).await;
    let opening = report.suspense.iter().find(|line| line.amount == euros(900)).unwrap().bank_line_id;
    let parts = json!([{ "kind": "source", "source_id": story.source.source_id }]);
    let (_, entries) = decided(&story, opening, json!({ "reason": "Stond er al", "parts": parts })).await;
    assert_eq!(entries, [["unmatched_receipts debit 900.00", "owed_to_funder credit 900.00"]]);
    story.finish().await;
}

#[tokio::test]
async fn two_people_decide_about_one_line_at_once_and_one_of_them_gets_a_sentence() {
    let (story, mut account) = begun().await;
    let (one, other) = (story.repaying(12, 1000).await.0, story.repaying(13, 1000).await.0);
    let second = colleague(&story).await;
    let line = waits(&story, &mut account, "2022-06-02", 100).await;
    let body =
        |family: &Family| json!({ "reason": "Ik weet het", "parts": [{ "kind": "loan", "loan": number(family) }] });
    let (first, last) = tokio::join!(
        decide(story.house(), &story.accountant, request(line, &body(&one))),
        decide(story.house(), &second, request(line, &body(&other))),
    );
    let (won, lost): (Vec<_>, Vec<_>) = [first, last].into_iter().partition(Result::is_ok);
    assert!(matches!(&lost[..], [Err(Error::Conflict(text))] if text.key == "bank-settle-already"), "{lost:?}");
    assert_eq!(story.balance("loans_receivable").await, euros(1900));
    let id = won.into_iter().next().unwrap().unwrap().bank_decision_id.unwrap();
    let undoing = || UndoRequest { id, reason: "Samen bekeken".to_owned(), once: None };
    let (first, last) =
        tokio::join!(undo(story.house(), &story.accountant, undoing()), undo(story.house(), &second, undoing()));
    let lost: Vec<Error> = [first, last].into_iter().filter_map(Result::err).collect();
    assert!(matches!(&lost[..], [Error::Conflict(text)] if text.key == "bank-undo-already"), "{lost:?}");
    decided(&story, line, body(&other)).await;
    assert_eq!((story.state(&one).await.repaid, story.state(&other).await.repaid), (Money::ZERO, euros(100)));
    story.finish().await;
}

#[tokio::test]
async fn the_same_key_decides_once_and_answers_the_same() {
    let (story, mut account) = begun().await;
    let family = story.repaying(12, 1000).await.0;
    let line = waits(&story, &mut account, "2022-06-02", 100).await;
    let body = json!({ "reason": "Telefoon", "parts": [{ "kind": "loan", "loan": number(&family) }] });
    let once = |hash: u8| Some(Once { key: "desk-17".to_owned(), body_sha256: [hash; 32] });
    let ask = |hash: u8| DecisionRequest { once: once(hash), ..request(line, &body) };
    let (first, second) = tokio::join!(
        decide(story.house(), &story.accountant, ask(1)),
        decide(story.house(), &story.accountant, ask(1))
    );
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!((&first.answer, first.bank_decision_id), (&second.answer, second.bank_decision_id));
    assert_ne!(first.is_new, second.is_new);
    let other = decide(story.house(), &story.accountant, ask(2)).await;
    assert!(matches!(other, Err(Error::Conflict(text)) if text.key == "conflict-key"));
    let id = first.bank_decision_id.unwrap();
    let undoing = || UndoRequest {
        id,
        reason: "Fout".to_owned(),
        once: Some(Once { key: "u".to_owned(), body_sha256: [3; 32] }),
    };
    let first = undo(story.house(), &story.accountant, undoing()).await.unwrap();
    let again = undo(story.house(), &story.accountant, undoing()).await.unwrap();
    assert_eq!((first.answer, again.is_new), (again.answer, false));
    story.finish().await;
}

#[tokio::test]
async fn what_is_undone_of_a_closed_period_lands_in_the_open_one() {
    let (story, mut account) = begun().await;
    let line = waits(&story, &mut account, "2022-01-20", 70).await;
    let (id, _) = decided(&story, line, json!({ "reason": "Buren", "parts": [{ "kind": "not_ours" }] })).await;
    story.test.go_to("2022-02-01");
    story.import(account.file("2022-02-01", Vec::new())).await;
    story.test.go_to("2022-02-02");
    let january = ClosePeriod { fund_id: story.fund.fund_id, through: day("2022-01-31") };
    close(story.house(), &story.accountant, january).await.unwrap();
    undone(&story, id).await;
    let days: Vec<(NaiveDate, Option<NaiveDate>)> =
        sqlx::query_as("SELECT effective_on, belongs_on FROM journal_entries WHERE reverses_entry_id IS NOT NULL")
            .fetch_all(&story.test.pool)
            .await
            .unwrap();
    assert_eq!(days, [(day("2022-02-01"), Some(day("2022-01-20")))]);
    story.finish().await;
}

#[tokio::test]
async fn the_check_names_the_line_whose_money_is_not_where_its_decision_says() {
    let (story, mut account) = begun().await;
    let line = waits(&story, &mut account, "2022-06-02", 70).await;
    let (id, _) = decided(&story, line, json!({ "reason": "Buren", "parts": [{ "kind": "not_ours" }] })).await;
    // Somebody takes the decision out of the books and not out of the records.
    let entry = energiehuis::domain::ledger::held_for_sender(day("2022-06-02"), euros(70)).unwrap();
    let back = energiehuis::domain::ledger::back_to_suspense(&entry, day("2022-06-02")).unwrap();
    let new = energiehuis::storage::ledger::NewEntry {
        entry_id: story.house().ids.next(),
        fund_id: story.fund.fund_id,
        idempotency_key: format!("undo:{id}:1"),
        booked_at: story.test.clock.now(),
        booked_by: story.accountant.user_id,
        reverses_entry_id: None,
        belongs_on: None,
        entry: back,
    };
    let mut tx = story.house().begin().await.unwrap();
    energiehuis::storage::ledger::insert_entries(&mut tx, &[new]).await.unwrap();
    story.house().commit(tx).await.unwrap();
    let found = check(story.house(), &story.accountant).await.unwrap().differences;
    let of_line: Vec<_> = found.iter().filter(|one| one.line == Some(line)).collect();
    let [one] = &of_line[..] else { panic!("{found:#?}") };
    assert_eq!((one.kind, one.expected, one.found), (DifferenceKind::UnmatchedReceipts, euros(70), Money::ZERO));
    story.test.finish().await;
}
