//! `energiehuis schedule`, as other people's scripts call it.

use std::process::{Command, Output};

use serde_json::Value;

fn schedule(arguments: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_energiehuis")).arg("schedule").args(arguments.split(' ')).output().unwrap()
}

fn lines(arguments: &str) -> Vec<Value> {
    let output = schedule(&format!("{arguments} --format json"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn totals(arguments: &str) -> Vec<String> {
    lines(arguments).iter().map(|line| line["total"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_energy_loan_prints_the_lines_that_scripts_lean_on() {
    let output =
        schedule("--product energy_loan --principal 10000 --instalments 36 --first-due 2026-01-31 --format json");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.starts_with(
            r#"[{"number":1,"due_on":"2026-01-31","payable_on":"2026-02-02","principal":"277.78","interest":"0.00","total":"277.78","balance":"9722.22"},"#
        ),
        "{text}"
    );
    let all = lines("--product energy_loan --principal 10000 --instalments 36 --first-due 2026-01-31");
    assert_eq!((all.len(), all[35]["balance"].as_str()), (36, Some("0.00")));
}

#[test]
fn each_product_comes_back_in_its_own_way_unless_told_otherwise() {
    assert_eq!(
        totals("--product renovation_loan --principal 10000 --instalments 3 --first-due 2026-01-31 --rate 12"),
        ["3400.22", "3400.22", "3400.23"]
    );
    assert_eq!(
        totals("--product energy_loan --principal 1000 --instalments 3 --first-due 2026-01-31"),
        ["333.33", "333.33", "333.34"]
    );
    assert_eq!(
        totals("--product emergency_buyer --principal 25000 --instalments 1 --first-due 2046-01-15"),
        ["25000.00"]
    );
    assert_eq!(
        totals(
            "--product rolling_fund --principal 30 --instalments 2 --first-due 2046-01-15 --method linear --frequency yearly"
        ),
        ["15.00", "15.00"]
    );
}

#[test]
fn a_table_for_people_ends_with_the_totals() {
    let output = schedule("--product energy_loan --principal 1000 --instalments 3 --first-due 2026-01-31");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.lines().any(|line| line.contains("total") && line.contains("1000.00")), "{text}");
}

#[test]
fn bad_input_gets_one_sentence_and_exit_status_two() {
    for (arguments, sentence) in [
        ("--principal -10 --instalments 3", "principal -10.00 is not more than 0.00"),
        (
            "--principal 10.005 --instalments 3",
            "principal “10.005” has more than two decimals; write euros and cents, like 1234.50",
        ),
        ("--principal 10 --instalments 0", "instalments 0 is not a schedule; it must be at least 1"),
        ("--principal 10 --instalments 1.5", "instalments “1.5” is not a whole number from 1 to 540"),
        ("--principal 9000 --instalments 541", "instalments 541 monthly run for more than 45 years; at most 540"),
        ("--principal 10 --instalments 3 --rate -1", "rate “-1” is outside 0 to 100 percent"),
        (
            "--principal 10 --instalments 3 --frequency daily",
            "frequency “daily” does not exist; it is monthly, quarterly or yearly",
        ),
        (
            "--principal 10 --instalments 3 --method lump",
            "method “lump” does not exist; it is linear, annuity or bullet",
        ),
    ] {
        let output = schedule(&format!("--product energy_loan --first-due 2026-01-31 {arguments}"));
        assert_eq!(output.status.code(), Some(2), "{arguments}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), format!("energiehuis: {sentence}\n"));
        assert!(output.stdout.is_empty());
    }
    let late = schedule("--product energy_loan --principal 10 --instalments 3 --first-due 2026-02-30");
    assert_eq!(
        String::from_utf8(late.stderr).unwrap(),
        "energiehuis: first-due “2026-02-30” is not a date; write it as 2026-01-31\n"
    );
}
