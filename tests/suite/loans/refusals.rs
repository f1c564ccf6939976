//! Bad input gets one clear sentence with field and value, and nothing is written.

use energiehuis::i18n::{Lang, tell};
use energiehuis::services::loans::events::{Request, preview};
use energiehuis::services::{Actor, Error};
use serde_json::{Value, json};

use super::Desk;
use crate::support::town::Family;

/// Who may send the kind of an event.
fn sender(event: &Value) -> &'static str {
    match event["kind"].as_str().unwrap_or_default() {
        "accelerated" | "spread" | "debt_settlement_ruled" | "written_off" | "discharge_decided" => "first",
        "overpayment_refunded" | "payment" | "payment_returned" | "payment_moved" => "accountant",
        _ => "officer",
    }
}

const POSITIVE: &str = "The amount must be more than 0.00.";
const AMOUNT: &str = "This is not an amount; write euros and cents, like 1234.50.";
const TWO_WAYS: &str = "This can be read in two ways; write euros and cents, like 12345.00 or 12.35.";
const EMPTY: &str = "This is empty; fill it in.";
const DATE: &str = "This is not a date; write it like 2026-10-16.";
const COUNT: &str = "Write a whole number from 1 to 540.";
const ID: &str = "This is not an identifier. Copy it as it is shown, like 01890a5d-ac96-774b-bcce-b302099a8057.";
const KNOWN: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

/// An event with everything that is wrong with it: field, value, sentence.
type Malformed = (Value, Vec<(&'static str, &'static str, String)>);

fn malformed() -> Vec<Malformed> {
    let say = |text: &str| text.to_owned();
    let kinds = "withdrawn, tranche_drawn, draws_closed, holiday_granted, rescheduled, plan_agreed, called_due, accelerated, \
                 exit_valued, spread, debtor_changed, debt_settlement_admitted, debt_settlement_ruled, written_off, \
                 discharge_requested, discharge_decided, corrected, overpayment_refunded, payment, payment_returned, \
                 payment_moved";
    vec![
        (json!({}), vec![("kind", "", say(EMPTY))]),
        (json!({ "kind": "signed" }), vec![("kind", "signed", format!("Choose one of: {kinds}."))]),
        (
            json!({ "kind": "withdrawn", "effective_on": "2022-05-17" }),
            vec![("effective_on", "2022-05-17", say("This day is after today, 16/05/2022."))],
        ),
        (
            json!({ "kind": "draws_closed", "effective_on": "16-05-2022", "why": "finished" }),
            vec![
                ("effective_on", "16-05-2022", say(DATE)),
                ("why", "", say("This field does not belong here. There are: kind, effective_on.")),
            ],
        ),
        (json!({ "kind": "holiday_granted", "instalments": 0 }), vec![("instalments", "0", say(COUNT))]),
        (
            json!({ "kind": "rescheduled", "instalments": 2.5, "frequency": "weekly", "first_due_on": "2022-02-30" }),
            vec![
                ("instalments", "2.5", say(COUNT)),
                ("frequency", "weekly", say("Choose one of: monthly, quarterly, yearly.")),
                ("first_due_on", "2022-02-30", say(DATE)),
            ],
        ),
        (
            json!({ "kind": "plan_agreed", "lines": [{ "due_on": "x", "amount": "-5" }, 7] }),
            vec![
                ("lines[0].due_on", "x", say(DATE)),
                ("lines[0].amount", "-5.00", say(POSITIVE)),
                ("lines[1]", "", say("Write a list of lines, each with due_on and amount.")),
            ],
        ),
        (
            json!({ "kind": "called_due", "trigger": "acceleration" }),
            vec![
                (
                    "trigger",
                    "acceleration",
                    say(
                        "Choose one of: moved_out, other_property_acquired, rights_transferred, rights_established, death.",
                    ),
                ),
                ("due_on", "", say(EMPTY)),
            ],
        ),
    ]
}

fn malformed_ends() -> Vec<Malformed> {
    let say = |text: &str| text.to_owned();
    vec![
        (
            json!({ "kind": "accelerated", "noticed_on": "2022-06-01", "due_on": "2022-07-01" }),
            vec![("noticed_on", "2022-06-01", say("This day is after today, 16/05/2022."))],
        ),
        (
            json!({ "kind": "exit_valued", "value_at_exit": "100000.005" }),
            vec![("value_at_exit", "100000.005", say(TWO_WAYS)), ("valued_by", "", say(EMPTY))],
        ),
        (
            json!({ "kind": "spread", "amount": 0, "instalments": "many", "first_due_on": [] }),
            vec![
                ("amount", "0.00", say(POSITIVE)),
                ("instalments", "many", say(COUNT)),
                ("first_due_on", "", say("Write a text or a number here, not a list or an object.")),
            ],
        ),
        (
            json!({ "kind": "debt_settlement_ruled", "lines": [], "remitted": -1 }),
            vec![("remitted", "-1.00", say("The amount must be 0.00 or more."))],
        ),
        (json!({ "kind": "written_off", "evidence": "  " }), vec![("evidence", "", say(EMPTY))]),
        (
            json!({ "kind": "discharge_decided", "granted": "perhaps", "reference": "V-1" }),
            vec![("granted", "perhaps", say("Answer yes or no."))],
        ),
        (
            json!({ "kind": "corrected", "fact_id": "7", "reason": "x" }),
            vec![
                ("fact_id", "7", say(ID)),
                ("replacement", "", say("Say what should have been recorded, or null where nothing had happened.")),
            ],
        ),
        (
            json!({
                "kind": "corrected", "fact_id": KNOWN, "reason": "x",
                "replacement": { "effective_on": "2022-06-01", "event": { "kind": "holiday_granted", "instalments": -1 } },
            }),
            vec![
                ("replacement.effective_on", "2022-06-01", say("This day is after today, 16/05/2022.")),
                ("replacement.event.instalments", "-1", say(COUNT)),
            ],
        ),
    ]
}

/// The same for people and money.
fn malformed_money() -> Vec<Malformed> {
    let say = |text: &str| text.to_owned();
    let insz = "This national number is not right: it has eleven digits, and the last two check the others, as in \
                YY.MM.DD-NNN.CC. A digit is wrong or missing.";
    let who = "Say who owes the loan now: the person_id of somebody the house knows, or a person.";
    vec![
        (
            json!({ "kind": "debtor_changed", "cause": "friend" }),
            vec![("person_id", "", say(who)), ("cause", "friend", say("Choose one of: heir, ex_partner."))],
        ),
        (
            json!({
                "kind": "debtor_changed", "cause": "heir",
                "person": { "given_name": "Jan", "insz": "93.05.18-223.62", "born_on": "1993-05-18", "shoe": 43 },
            }),
            vec![
                ("person.family_name", "", say(EMPTY)),
                ("person.insz", "", say(insz)),
                (
                    "person.shoe",
                    "",
                    say("This field does not belong here. There are: given_name, family_name, insz, born_on, email, \
                         phone, language."),
                ),
            ],
        ),
        (
            json!({ "kind": "overpayment_refunded", "amount": "1.2345", "iban": "BE68 5390 0754 7035", "name": "" }),
            vec![
                ("amount", "1.2345", say(AMOUNT)),
                (
                    "iban",
                    "BE68 5390 0754 7035",
                    say(
                        "This account number is not right: its check digits do not agree. A right one looks like BE68 5390 0754 7034.",
                    ),
                ),
                ("name", "", say(EMPTY)),
            ],
        ),
        (
            json!({ "kind": "payment", "bank_line_id": KNOWN, "effective_on": "2022-05-02", "usage": "gift" }),
            vec![
                ("effective_on", "2022-05-02", say("The bank says on which day this counts. Leave the day out.")),
                ("usage", "gift", say("Choose one of: instalments, shorten_term, lower_instalments.")),
            ],
        ),
        (
            json!({ "kind": "payment_moved", "payment_id": KNOWN, "to_loan": "L-2022-00001" }),
            vec![("reason", "", say(EMPTY))],
        ),
    ]
}

#[tokio::test]
async fn every_wrong_field_is_told_at_once_and_nothing_is_written() {
    let mut desk = Desk::open().await;
    let family = desk.family().await;
    desk.town.test.go_to("2022-05-16");
    let before = desk.rows().await;
    for (event, expected) in malformed().into_iter().chain(malformed_ends()).chain(malformed_money()) {
        for answer in
            [desk.foresee(sender(&event), &family, &event).await, desk.send(sender(&event), &family, &event).await]
        {
            assert_eq!(answer.status.as_u16(), 422, "{event}: {}", answer.text);
            let errors = answer.body["errors"].as_array().unwrap();
            let found: Vec<_> = errors
                .iter()
                .map(|error| ["field", "value", "problem"].map(|name| error[name].as_str().unwrap().to_owned()))
                .collect();
            let expected: Vec<_> = expected
                .iter()
                .map(|(field, value, text)| [(*field).to_owned(), (*value).to_owned(), text.clone()])
                .collect();
            assert_eq!(found, expected, "{event}");
        }
    }
    assert_eq!(desk.rows().await, before);
    let unread = desk.send("officer", &family, &json!([1])).await;
    assert_eq!(unread.status.as_u16(), 400, "{unread:?}");
    desk.close().await;
}

async fn refused(desk: &Desk, family: &Family, event: Value, sentence: &str) {
    let answer = desk.send(sender(&event), family, &event).await;
    assert_eq!(answer.status.as_u16(), 422, "{event}: {}", answer.text);
    assert_eq!(answer.body["detail"], sentence, "{event}");
}

/// Events of 16 May 2022 that the loan of a family refuses, and its sentence.
fn senseless_agreements() -> Vec<(Value, &'static str)> {
    vec![
        (
            json!({ "kind": "withdrawn" }),
            "A contract of 07/02/2022 could be taken back until 21/02/2022. 16/05/2022 is too late.",
        ),
        (json!({ "kind": "draws_closed" }), "Draws were closed on 07/02/2022. Nothing more can be drawn."),
        (
            json!({ "kind": "rescheduled", "instalments": 48, "first_due_on": "2022-05-16" }),
            "The first due date is 16/05/2022. It must be after 16/05/2022, the day of the agreement.",
        ),
        (
            json!({ "kind": "rescheduled", "instalments": 181, "frequency": "quarterly", "first_due_on": "2022-06-01" }),
            "The number of instalments is 181. It must be from 1 to 180.",
        ),
        (
            json!({ "kind": "plan_agreed", "lines": [{ "due_on": "2022-06-01", "amount": "8999.99" }] }),
            "The plan adds up to €\u{a0}8,999.99. It must be €\u{a0}9,000.00, which is owed.",
        ),
        (
            json!({ "kind": "plan_agreed", "lines": [
                { "due_on": "2022-06-01", "amount": "1" }, { "due_on": "2022-06-01", "amount": "8999" },
            ] }),
            "Line 2 of the plan is of 01/06/2022, which is not after the line before it.",
        ),
        (
            json!({ "kind": "plan_agreed", "lines": [] }),
            "The plan has no lines. It needs at least one day with its amount.",
        ),
    ]
}

fn senseless_ends() -> Vec<(Value, &'static str)> {
    vec![
        (
            json!({ "kind": "called_due", "trigger": "death", "due_on": "2022-05-15" }),
            "The due date 15/05/2022 is before 16/05/2022, the day it is called due.",
        ),
        (
            json!({ "kind": "accelerated", "noticed_on": "2022-05-04", "due_on": "2022-06-01" }),
            "1 instalment is overdue, €\u{a0}150.00 together. Accelerating takes two unpaid instalments, or a fifth of the €\u{a0}9,000.00 that is to be repaid in all.",
        ),
        (
            json!({ "kind": "exit_valued", "value_at_exit": 1, "valued_by": "deed" }),
            "This contract asks no share of a gain, or the share was settled already.",
        ),
        (
            json!({ "kind": "spread", "amount": 100, "instalments": 2, "first_due_on": "2022-06-01" }),
            "Not possible for an energy loan: spreading what is due.",
        ),
        (
            json!({ "kind": "debt_settlement_ruled", "lines": [], "remitted": 9000 }),
            "Not possible now: the ruling on a collective debt settlement. The loan is being repaid. Record first that the request was admitted.",
        ),
        (
            json!({ "kind": "written_off", "evidence": "file 1" }),
            "Not possible now: a write-off. The loan is being repaid. Accelerate it or call it due first.",
        ),
        (
            json!({ "kind": "discharge_decided", "granted": true, "reference": "V" }),
            "No discharge waits for an answer on this loan.",
        ),
        (
            json!({ "kind": "debt_settlement_admitted", "effective_on": "2022-02-06" }),
            "The date 06/02/2022 is before the signature on 07/02/2022.",
        ),
        (
            json!({ "kind": "overpayment_refunded", "amount": "1", "iban": "BE68539007547034", "name": "An" }),
            "The amount is €\u{a0}1.00. The most is €\u{a0}0.00.",
        ),
    ]
}

#[tokio::test]
async fn what_makes_no_sense_now_is_refused_with_one_sentence() {
    let mut desk = Desk::open().await;
    let family = desk.family().await;
    let young = desk.signed(1500).await;
    desk.town.test.go_to("2022-05-16");
    let before = desk.rows().await;
    for (event, sentence) in senseless_agreements().into_iter().chain(senseless_ends()) {
        refused(&desk, &family, event, sentence).await;
    }
    let waits = "Not possible now: a payment holiday. The loan is signed and not drawn yet. Close its draws or call it due first.";
    refused(&desk, &young, json!({ "kind": "holiday_granted", "instalments": 1 }), waits).await;
    assert_eq!(desk.rows().await, before);
    desk.close().await;
}

#[tokio::test]
async fn a_bank_line_is_of_the_right_fund_the_right_sign_and_settled_once() {
    let mut desk = Desk::open().await;
    let (family, other) = (desk.family().await, desk.family().await);
    desk.town.test.go_to("2022-05-02");
    let (credit, debit) = (desk.strange_credit(150).await, desk.strange_debit(9).await);
    let payment = |line: &str| json!({ "kind": "payment", "bank_line_id": line });
    desk.happens("accountant", &family, &payment(&credit.to_string())).await;
    let before = desk.rows().await;
    let out = "This is money that left the account (€\u{a0}-9.00). Only money that came in can go to a loan.";
    refused(&desk, &family, payment(&debit.to_string()), out).await;
    let back = |line: &str, payment: &str| json!({ "kind": "payment_returned", "bank_line_id": line, "payment_id": payment, "reason": "x" });
    let twice = desk.send("accountant", &other, &payment(&credit.to_string())).await;
    assert_eq!((twice.status.as_u16(), &twice.body["detail"]), (409, &json!("This line was assigned already.")));
    let unknown = desk.send("accountant", &family, &back(&debit.to_string(), KNOWN)).await;
    assert_eq!(unknown.body["errors"][0]["problem"], "This payment is not on the loan.");
    let moved = |to: &str| json!({ "kind": "payment_moved", "payment_id": credit, "to_loan": to, "reason": "x" });
    for (to, problem) in [
        (family.number.as_str(), "The payment is on this loan already. Name the loan it belongs to."),
        ("L-1", "There is no loan “L-1”. Write its number, like L-2026-00012, or its communication of 12 digits."),
    ] {
        let answer = desk.send("accountant", &family, &moved(to)).await;
        assert_eq!(answer.body["errors"][0]["problem"], problem, "{answer:?}");
    }
    assert_eq!(desk.rows().await, before);
    desk.close().await;
}

#[tokio::test]
async fn a_loan_that_is_closed_takes_no_event() {
    let mut desk = Desk::open().await;
    let family = desk.family().await;
    desk.town.test.go_to("2022-05-02");
    let line = desk.strange_credit(9000).await;
    desk.happens("accountant", &family, &json!({ "kind": "payment", "bank_line_id": line })).await;
    let before = desk.rows().await;
    for event in [
        json!({ "kind": "holiday_granted", "instalments": 1 }),
        json!({ "kind": "called_due", "trigger": "death", "due_on": "2022-06-01" }),
        json!({ "kind": "debt_settlement_admitted" }),
    ] {
        refused(&desk, &family, event, "The loan was repaid in full and is closed.").await;
    }
    assert_eq!(desk.rows().await, before);
    desk.close().await;
}

#[tokio::test]
async fn a_refusal_is_whole_in_dutch_too() {
    let mut desk = Desk::open().await;
    let family = desk.family().await;
    desk.town.test.go_to("2022-05-16");
    let tell = async |event: Value| {
        let form = serde_json::from_value(event).unwrap();
        let request = Request { loan: family.number.clone(), form, once: None };
        match preview(desk.town.house(), &Actor::system(), request).await.unwrap_err() {
            Error::Refused(text) => tell(Lang::Nl, &text),
            other => panic!("{other:?}"),
        }
    };
    let table = [
        (
            json!({ "kind": "written_off", "evidence": "dossier 1" }),
            "Dit kan nu niet: een afschrijving. De lening is in aflossing. Eis de lening eerst op.",
        ),
        (
            json!({ "kind": "spread", "amount": 100, "instalments": 2, "first_due_on": "2022-06-01" }),
            "Dit kan niet bij een energielening: gespreid terugbetalen.",
        ),
        (
            json!({ "kind": "holiday_granted", "instalments": 61 }),
            "Het aantal aflossingen is 61. Het moet van 1 tot 60 zijn.",
        ),
        (
            json!({ "kind": "plan_agreed", "lines": [{ "due_on": "2022-05-16", "amount": "9000" }] }),
            "De eerste vervaldag is 16/05/2022. Die moet na 16/05/2022 liggen, de dag van de afspraak.",
        ),
    ];
    for (event, sentence) in table {
        assert_eq!(tell(event).await, sentence);
    }
    desk.close().await;
}
