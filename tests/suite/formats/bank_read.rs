//! `energiehuis bank read`: exit status, and the JSON that other people's scripts read.

use std::process::{Command, Output};

use serde_json::{Value, json};

use super::camt_read::day;
use super::records::{file, good, with};

fn bank_read(bytes: &[u8], format: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("statement.cod");
    std::fs::write(&path, bytes).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_energiehuis"));
    command.args(["bank", "read"]).arg(path).args(["--format", format]).output().unwrap()
}

fn json_of(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_right_file_is_shown_in_full() {
    let output = bank_read(&file(&good()), "json");
    assert_eq!(output.status.code(), Some(0));
    let answer = json_of(&output);
    let statement = &answer["statements"][0];
    let lines = statement["lines"].as_array().unwrap();
    assert_eq!(
        lines[0],
        json!({
            "sequence": "0001", "detail": "0000", "booked_on": "2026-10-16", "value_on": "2026-10-16",
            "amount": "150.00", "kind": "transfer_received",
            "counterparty": {"iban": "BE43068999999501", "bic": "KREDBEBB", "name": "AN DE GEVER"},
            "structured": "+++321/9887/30446+++", "free": "", "bank_reference": "REF-1",
            "direct_debit": null, "batch_of": null,
        })
    );
    assert_eq!((&lines[2]["batch_of"], &lines[2]["free"]), (&json!("0002/0000"), &json!("lening L-12")));
    assert_eq!((&lines[4]["amount"], &lines[4]["value_on"]), (&json!("-0.10"), &Value::Null));
    let mut rest = statement.clone();
    rest.as_object_mut().unwrap().remove("lines");
    assert_eq!(
        rest,
        json!({
            "account": "BE68539007547034", "currency": "EUR", "sequence": "201", "date": "2026-10-16",
            "old_balance": "1000.00", "new_balance": "1220.00", "problems": [],
        })
    );
    assert_eq!(answer.as_object().unwrap().len(), 1);
}

#[test]
fn one_changed_cent_is_exit_1_with_the_statement_and_its_problem() {
    let output = bank_read(&with(10, 43, "000000001220010"), "json");
    assert_eq!(output.status.code(), Some(1));
    let answer = json_of(&output);
    let sentence = "line 10, record 8, new balance: found €\u{a0}1,220.01, expected €\u{a0}1,220.00, the old balance €\u{a0}1,000.00 and \
                    movements of €\u{a0}220.00 together";
    assert_eq!(answer["statements"][0]["problems"], json!([sentence]));
    assert_eq!(answer["statements"][0]["lines"].as_array().unwrap().len(), 5);
    assert_eq!(String::from_utf8(output.stderr).unwrap(), format!("energiehuis: {sentence}\n"));
}

#[test]
fn a_file_that_cannot_be_read_is_exit_2_and_still_json() {
    let output = bank_read(b"%PDF-1.7", "json");
    assert_eq!(output.status.code(), Some(2));
    let sentence = "line 1: found a first line that starts with “%PDF-”, expected a CODA file, which starts with 00000 and the date, or a CAMT.053 or CAMT.054 file, which is XML";
    assert_eq!(json_of(&output), json!({"statements": [], "problems": [sentence]}));
    let missing = Command::new(env!("CARGO_BIN_EXE_energiehuis")).args(["bank", "read", "/nowhere.cod"]).output();
    let missing = missing.unwrap();
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8(missing.stderr).unwrap().contains("/nowhere.cod"));
}

#[test]
fn a_second_feed_is_told_apart_from_money() {
    let output = bank_read(&with(1, 84, "00001"), "json");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(json_of(&output)["statements"][0]["separate_application"], json!("00001"));
    let table = String::from_utf8(bank_read(&with(1, 84, "00001"), "table").stdout).unwrap();
    assert!(table.contains("second feed, never to be booked"), "{table}");
}

#[test]
fn the_table_shows_people_the_same() {
    let output = bank_read(&file(&good()), "table");
    let text = String::from_utf8(output.stdout).unwrap();
    for shown in ["BE68 5390 0754 7034", "+++321/9887/30446+++", "150.00", "transfer received", "1000.00 → 1220.00"] {
        assert!(text.contains(shown), "{shown} in {text}");
    }
}

#[test]
fn a_camt_file_is_shown_in_the_same_shape() {
    let output = bank_read(day(8).statement().as_bytes(), "json");
    assert_eq!(output.status.code(), Some(0));
    let answer = json_of(&output);
    let statement = &answer["statements"][0];
    let lines = statement["lines"].as_array().unwrap();
    assert_eq!(
        lines[0],
        json!({
            "sequence": "0001", "detail": "0000", "booked_on": "2026-10-16", "value_on": "2026-10-16",
            "amount": "150.00", "kind": "transfer_received",
            "counterparty": {"iban": "BE68539007547034", "bic": "GEBABEBB", "name": "PEETERS AN"},
            "structured": "+++321/9887/30446+++", "free": "", "bank_reference": "REF",
            "direct_debit": null, "batch_of": null,
        })
    );
    assert_eq!(
        lines[4]["direct_debit"],
        json!({
            "settled_on": null, "sequence": "unspecified", "scheme": "unspecified", "outcome": "debtor_account",
            "creditor": "BE89ZZZ0566988259", "mandate": "M-3", "communication": "+++321/9887/30446+++",
            "returned": "return", "reason": "AM04",
        })
    );
    assert_eq!(lines[2]["batch_of"], json!("0002/0000"));
    let mut rest = statement.clone();
    let pending = rest.as_object_mut().unwrap().remove("pending").unwrap();
    assert_eq!((pending.as_array().unwrap().len(), &pending[0]["amount"]), (1, &json!("9.00")));
    rest.as_object_mut().unwrap().remove("lines");
    assert_eq!(
        rest,
        json!({
            "account": "BE43068999999501", "currency": "EUR", "sequence": "201", "date": "2026-10-16",
            "old_balance": "1000.00", "new_balance": "1066.50", "problems": [],
        })
    );
}

#[test]
fn a_camt_file_that_does_not_balance_is_exit_1_and_another_message_exit_2() {
    let wrong = day(4).statement().replacen("1066.50", "1066.49", 1);
    let output = bank_read(wrong.as_bytes(), "json");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(json_of(&output)["statements"][0]["problems"].as_array().unwrap().len(), 1);
    let other = day(4).statement().replacen("camt.053", "camt.052", 1);
    let output = bank_read(other.as_bytes(), "json");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(json_of(&output)["statements"], json!([]));
    let feed = bank_read(day(4).notification().as_bytes(), "json");
    assert_eq!(feed.status.code(), Some(0));
    assert_eq!(json_of(&feed)["statements"][0]["separate_application"], json!("camt.054"));
    let table = String::from_utf8(bank_read(day(4).statement().as_bytes(), "table").stdout).unwrap();
    assert!(table.contains("announced and not booked:"), "{table}");
}

#[test]
fn the_table_says_what_a_structured_communication_means() {
    let payment = "113670300******0001100004200001716102612305BAKKERIJ D";
    let bytes = with(9, 62, &format!("1{payment}"));
    let text = String::from_utf8(bank_read(&bytes, "table").stdout).unwrap();
    let words = text.split_whitespace().filter(|word| *word != "┆").collect::<Vec<_>>().join(" ");
    assert!(words.contains("card payment:"), "{text}");
    assert!(words.contains("12:30"), "{text}");
}
