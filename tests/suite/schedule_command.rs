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

/// Number, due date, interest, principal and balance of each line, as one text.
fn shown(arguments: &str) -> Vec<String> {
    let fields = ["due_on", "interest", "principal", "balance"];
    let text = |line: &Value| fields.map(|field| line[field].as_str().unwrap().to_owned()).join(" ");
    lines(arguments).iter().map(|line| format!("{} {}", line["number"], text(line))).collect()
}

#[test]
fn every_example_of_the_help_can_be_copied() {
    let help = String::from_utf8(schedule("--help").stdout).unwrap().replace("\\\n    ", "");
    let examples: Vec<&str> = help.lines().filter_map(|line| line.strip_prefix("  energiehuis schedule ")).collect();
    assert_eq!(examples.len(), 6, "{help}");
    for example in examples {
        assert!(!lines(example.trim_end_matches(" --format json")).is_empty());
    }
}

#[test]
fn every_way_to_repay_has_its_options() {
    let energy = "--product energy_loan --first-due 2026-01-31";
    assert_eq!(totals(&format!("{energy} --principal 1000 --instalments 3 --remainder first"))[0], "333.34");
    assert_eq!(
        shown(&format!("{energy} --principal 900 --instalments 3 --frequency quarterly")),
        ["1 2026-01-31 0.00 300.00 600.00", "2 2026-04-30 0.00 300.00 300.00", "3 2026-07-31 0.00 300.00 0.00"]
    );
    assert_eq!(
        shown(&format!("{energy} --principal 36500 --instalments 2 --rate 1 --day-count act/365")),
        ["1 2026-01-31 31.00 18250.00 18250.00", "2 2026-02-28 14.00 18250.00 0.00"]
    );
    assert_eq!(
        shown(&format!("{energy} --principal 900 --instalments 2 --grace 2")),
        ["1 2026-03-31 0.00 450.00 450.00", "2 2026-04-30 0.00 450.00 0.00"]
    );
    assert_eq!(
        shown(&format!("{energy} --principal 900 --instalments 1 --grace 2 --rate 4")),
        ["1 2026-01-31 3.00 0.00 900.00", "2 2026-02-28 3.00 0.00 900.00", "3 2026-03-31 3.00 900.00 0.00"]
    );
    let buyer = "--product emergency_buyer --principal 25000 --first-due 2046-01-15 --signed-on 2026-01-15";
    assert_eq!(shown(&format!("{buyer} --instalments 1")), ["1 2046-01-15 0.00 25000.00 0.00"]);
    let spread = shown(&format!("{buyer} --spread 300"));
    assert_eq!((spread.len(), spread[0].as_str()), (300, "1 2046-01-15 0.00 83.33 24916.67"));
    assert_eq!(spread[299], "300 2070-12-15 0.00 84.33 0.00");
    assert_eq!(spread, shown(&format!("{buyer} --method bullet_then_spread --instalments 300")));
}

#[test]
fn an_agreed_plan_comes_from_options_or_from_a_file() {
    let said = ["1 2026-01-31 0.00 250.00 350.00", "2 2026-03-05 0.00 350.00 0.00"];
    let family = "--product rolling_fund --principal 600";
    assert_eq!(shown(&format!("{family} --line 2026-01-31=250.00 --line 2026-03-05=350")), said);
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "# agreed on 10 January\n2026-01-31=250.00\n\n 2026-03-05=350\n").unwrap();
    assert_eq!(shown(&format!("{family} --plan {}", file.path().display())), said);
    std::fs::write(file.path(), "2026-01-31=250.00\n\n2026-03-05 350\n").unwrap();
    refused(
        &format!("{family} --plan {}", file.path().display()),
        &format!(
            "plan “{}”, row 3: line “2026-03-05 350” is not a date and an amount; write it as 2026-01-31=250.00",
            file.path().display()
        ),
    );
}

#[test]
fn an_agreed_plan_that_is_not_right_is_refused() {
    for (arguments, sentence) in [
        ("--line 2026-01-31", "line “2026-01-31” is not a date and an amount; write it as 2026-01-31=250.00"),
        ("--line 2026-02-30=600", "line “2026-02-30=600” is not a date and an amount; write it as 2026-01-31=250.00"),
        (
            "--line 2026-01-31=600.001",
            "line “2026-01-31=600.001”: amount “600.001” has more than two decimals; write euros and cents, like 1234.50",
        ),
        ("--line 2026-01-31=-600", "plan line 1 of 2026-01-31: amount -600.00 is not more than 0.00"),
        ("--line 2026-01-31=599.99", "plan lines add up to 599.99; they must add up to the principal, 600.00"),
        (
            "--line 2026-01-31=300 --line 2026-01-30=300",
            "plan line 2: due date 2026-01-30 is not after 2026-01-31, the due date of the line before it",
        ),
        (
            "--line 2026-01-31=600 --rate 2.25",
            "rate “2.25” has no place in an agreed plan, which says its own dates and amounts at 0 %; leave --rate out",
        ),
        (
            "--line 2026-01-31=600 --plan some.txt",
            "plan “some.txt” and line “2026-01-31=600” are two plans; give either --plan or --line",
        ),
        (
            "--line 2026-01-31=600 --signed-on 2026-01-31",
            "first due date 2026-01-31 is not after the signature on 2026-01-31; it must be a later day",
        ),
    ] {
        refused(&format!("--product energy_loan --principal 600 {arguments}"), sentence);
    }
    let output = schedule("--product energy_loan --principal 600 --plan no-such-file.txt");
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("plan “no-such-file.txt” cannot be read"), "{text}");
}

/// One sentence on stderr, nothing on stdout, exit status 2.
fn refused(arguments: &str, sentence: &str) {
    let output = schedule(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments}");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), format!("energiehuis: {sentence}\n"));
    assert!(output.stdout.is_empty());
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
            "method “lump” does not exist; it is linear, annuity, bullet or bullet_then_spread",
        ),
        ("--principal 10", "instalments is missing; give --instalments with a whole number from 1 to 540"),
        ("--principal 10 --instalments +3", "instalments “+3” is not a whole number from 1 to 540"),
        (
            "--principal 10 --instalments 3 --rate 2,25",
            "rate “2,25” is not a percentage; write it with a point, like 2.25",
        ),
        ("--principal 10 --instalments 3 --remainder both", "remainder “both” does not exist; it is last or first"),
        (
            "--principal 10 --instalments 3 --day-count act/360",
            "day count “act/360” does not exist; it is 30/360 or act/365",
        ),
        ("--principal 10 --instalments 3 --grace -1", "grace “-1” is not a whole number from 0 to 540"),
        (
            "--principal 10 --instalments 3 --grace 540",
            "grace of 540 months leaves no instalment within 45 years; it must be at most 539",
        ),
        (
            "--principal 10 --instalments 3 --signed-on 2026-02-01",
            "first due date 2026-01-31 is not after the signature on 2026-02-01; it must be a later day",
        ),
        ("--principal 10 --instalments 3 --signed-on today", "signed-on “today” is not a date; write it as 2026-01-31"),
        ("--principal 10 --spread 0 --method bullet", "spread “0” is not a whole number from 1 to 540"),
        ("--principal 10 --spread x --method bullet", "spread “x” is not a whole number from 1 to 540"),
        ("--principal 10 --spread 3 --method linear", "spread 3 does not fit method linear; only a bullet is spread"),
        (
            "--principal 10 --spread 3 --instalments 36",
            "instalments “36” does not fit spread 3: a bullet is one instalment; leave --instalments out",
        ),
        (
            "--principal 10 --spread 3 --rate 2.25",
            "rate 2.25 does not fit method bullet_then_spread; a sum that waits and is then spread is at 0",
        ),
    ] {
        refused(&format!("--product energy_loan --first-due 2026-01-31 {arguments}"), sentence);
    }
    for (arguments, sentence) in [
        (
            "--product energy_loan --instalments 3 --first-due 2026-02-30",
            "first-due “2026-02-30” is not a date; write it as 2026-01-31",
        ),
        (
            "--product energy_loan --instalments 3 --first-due +2026-1-31",
            "first-due “+2026-1-31” is not a date; write it as 2026-01-31",
        ),
        ("--product energy_loan --instalments 3", "first-due is missing; give --first-due with a date, as 2026-01-31"),
        (
            "--product car_loan --instalments 3 --first-due 2026-01-31",
            "product “car_loan” does not exist; it is emergency_buyer, rolling_fund, energy_loan or renovation_loan",
        ),
    ] {
        refused(&format!("--principal 10 {arguments}"), sentence);
    }
}
