//! Broken bank files, each with the exact sentences it must give.

use std::collections::BTreeSet;

use energiehuis::domain::money::Money;
use energiehuis::formats::coda::{self, Severity};
use energiehuis::i18n::{Lang, tell};
use proptest::prelude::*;

use super::records::{english, file, good, record, with};

/// What the reader says to a person about a file, habits of banks left out.
fn problems(bytes: &[u8]) -> Vec<String> {
    let reading = coda::inspect(bytes);
    let parts = reading.statements.iter().flat_map(|part| &part.problems);
    let all = reading.problems.iter().chain(parts).filter(|problem| problem.severity > Severity::Harmless);
    all.map(english).collect()
}

/// The file is refused, for exactly these reasons.
#[track_caller]
fn refused(bytes: &[u8], sentences: &[&str]) {
    assert_eq!(problems(bytes), sentences);
    assert!(coda::read(bytes).is_err());
}

#[test]
fn the_good_file_has_no_problem() {
    assert_eq!(problems(&file(&good())), [""; 0]);
    assert_eq!(coda::read(&file(&good())).unwrap().warnings, []);
}

#[test]
fn one_cent_in_an_amount() {
    refused(
        &with(3, 33, "000000000150010"),
        &[
            "line 10, record 8, new balance: found €\u{a0}1,220.00, expected €\u{a0}1,220.01, the old balance €\u{a0}1,000.00 and movements \
             of €\u{a0}220.01 together",
            "line 11, record 9, credit total: found €\u{a0}220.10, expected €\u{a0}220.11, the sum of its credit movements",
        ],
    );
}

#[test]
fn one_cent_in_a_detail() {
    refused(
        &with(7, 33, "000000000050010"),
        &["line 6, record 2.1, amount: found €\u{a0}70.10, expected €\u{a0}70.11, the sum of its 2 details"],
    );
}

#[test]
fn one_cent_in_the_new_balance() {
    refused(
        &with(10, 43, "000000001220010"),
        &[
            "line 10, record 8, new balance: found €\u{a0}1,220.01, expected €\u{a0}1,220.00, the old balance €\u{a0}1,000.00 and movements \
           of €\u{a0}220.00 together",
        ],
    );
}

#[test]
fn one_cent_in_the_old_balance() {
    refused(
        &with(2, 44, "000000001000010"),
        &[
            "line 10, record 8, new balance: found €\u{a0}1,220.00, expected €\u{a0}1,220.01, the old balance €\u{a0}1,000.01 and movements \
           of €\u{a0}220.00 together",
        ],
    );
}

#[test]
fn a_sign_turned() {
    refused(
        &with(9, 32, "0"),
        &[
            "line 10, record 8, new balance: found €\u{a0}1,220.00, expected €\u{a0}1,220.20, the old balance €\u{a0}1,000.00 and movements \
             of €\u{a0}220.20 together",
            "line 11, record 9, debit total: found €\u{a0}0.10, expected €\u{a0}0.00, the sum of its debit movements",
            "line 11, record 9, credit total: found €\u{a0}220.10, expected €\u{a0}220.20, the sum of its credit movements",
        ],
    );
    refused(&with(9, 32, "2"), &["line 9, record 2.1, sign: found “2”, expected 0 (credit) or 1 (debit)"]);
}

#[test]
fn a_third_decimal() {
    refused(
        &with(3, 33, "000000000150005"),
        &["line 3, record 2.1, amount: found 150.005, expected an amount in whole cents"],
    );
}

#[test]
fn an_amount_that_is_no_number() {
    refused(
        &with(3, 33, "00000000015O000"),
        &["line 3, record 2.1, amount: found “00000000015O000”, expected 15 digits, the last three decimals"],
    );
}

#[test]
fn a_wrong_count() {
    refused(
        &with(11, 17, "000008"),
        &["line 11, record 9, number of records: found 8, expected 9, the records 1, 2, 3 and 8 of this statement"],
    );
}

#[test]
fn a_wrong_total_in_the_trailer() {
    refused(
        &with(11, 23, "000000000000110"),
        &["line 11, record 9, debit total: found €\u{a0}0.11, expected €\u{a0}0.10, the sum of its debit movements"],
    );
}

#[test]
fn a_line_that_is_lost() {
    let mut lines = good();
    lines.remove(8);
    refused(
        &file(&lines),
        &[
            "line 9, record 8, new balance: found €\u{a0}1,220.00, expected €\u{a0}1,220.10, the old balance €\u{a0}1,000.00 and movements \
             of €\u{a0}220.10 together",
            "line 10, record 9, number of records: found 9, expected 8, the records 1, 2, 3 and 8 of this statement",
            "line 10, record 9, debit total: found €\u{a0}0.10, expected €\u{a0}0.00, the sum of its debit movements",
        ],
    );
}

#[test]
fn a_line_that_is_cut() {
    let mut lines = good();
    lines[8].truncate(100);
    refused(&file(&lines), &["line 9, record 2.1, length: found 100 positions, expected 128 positions"]);
}

#[test]
fn a_file_that_stops_in_the_middle() {
    refused(
        &file(&good()[..6]),
        &["line 6, record 2.1, end: found no more records after it, expected a record 9 at the end of the statement"],
    );
}

#[test]
fn another_account_in_record_8() {
    refused(
        &with(10, 5, "BE43068999999501"),
        &["line 10, record 8, account: found “BE43068999999501 EUR”, expected “BE68539007547034 EUR”, as in record 1"],
    );
}

#[test]
fn another_currency_in_record_8() {
    refused(
        &with(10, 39, "USD"),
        &["line 10, record 8, account: found “BE68539007547034 USD”, expected “BE68539007547034 EUR”, as in record 1"],
    );
}

#[test]
fn transaction_type_4() {
    refused(
        &with(3, 54, "4"),
        &["line 3, record 2.1, transaction code: found “40150000”, expected a first digit from 0 to 9 other than 4, \
           which no table of the standard holds"],
    );
}

#[test]
fn a_detail_without_its_total() {
    refused(
        &with(6, 54, "1"),
        &[
            "line 7, record 2.1, transaction code: found “60150000”, expected a total of type 2 before it with the \
             same sequence number",
            "line 8, record 2.1, transaction code: found “60150000”, expected a total of type 2 before it with the \
             same sequence number",
        ],
    );
}

#[test]
fn a_date_that_does_not_exist() {
    refused(
        &with(3, 48, "310226"),
        &["line 3, record 2.1, value date: found “310226”, expected a date as day, month, year (DDMMYY)"],
    );
    refused(
        &with(3, 116, "000000"),
        &["line 3, record 2.1, entry date: found “000000”, expected a date as day, month, year (DDMMYY)"],
    );
}

#[test]
fn a_control_character() {
    refused(
        &with(3, 70, "\u{7}"),
        &["line 3, record 2.1, text: found the control character U+0007 at position 70, expected printable \
           characters only"],
    );
}

#[test]
fn an_unknown_record() {
    refused(
        &with(4, 1, "5"),
        &["line 4, record unknown, identification: found “52”, expected a record that starts with 0, 1, 21, 22, 23, \
           31, 32, 33, 4, 8 or 9"],
    );
}

#[test]
fn a_promised_record_that_is_not_there() {
    refused(&with(5, 128, "1"), &["line 5, record 2.3, link code: found 1, expected 0, for a record 2.1 follows"]);
    refused(
        &with(6, 126, "1"),
        &[
            "line 6, record 2.1, next code: found 1, expected 0, or a record 2.2 or 2.3 before the record 2.1 that follows",
        ],
    );
}

#[test]
fn records_out_of_order() {
    let mut lines = good();
    lines.swap(9, 10);
    let said = problems(&file(&lines));
    assert_eq!(
        said[0],
        "line 10, record 9, order: found it after a record 2.1, expected a record 2.2, 2.3, 3.1, 2.1 or 8"
    );
    assert!(coda::read(&file(&lines)).is_err());
}

#[test]
fn a_continuation_of_another_movement() {
    refused(
        &with(4, 3, "0009"),
        &["line 4, record 2.2, sequence and detail number: found 0009/0000, expected 0001/0000, as in the record 2.1 \
           before"],
    );
}

#[test]
fn every_problem_of_a_file_is_said_at_once() {
    let mut lines = good();
    lines[2] = record(&lines[2], &[(48, "991399")]);
    lines[8].push('x');
    lines[10] = record(&lines[10], &[(17, "00000A")]);
    refused(
        &file(&lines),
        &[
            "line 3, record 2.1, value date: found “991399”, expected a date as day, month, year (DDMMYY)",
            "line 9, record 2.1, length: found 129 positions, expected 128 positions",
            "line 11, record 9, number of records: found “00000A”, expected 6 digits",
        ],
    );
}

#[test]
fn what_is_no_coda_file_is_said_in_one_sentence() {
    const EXPECTED: &str = "expected a CODA file, which starts with 00000 and the date";
    refused(b"", &[&format!("the file: found nothing in it, {EXPECTED}")]);
    refused(b"\r\n\n", &[&format!("the file: found nothing in it, {EXPECTED}")]);
    refused(b"%PDF-1.7\n...", &[&format!("line 1: found a first line that starts with “%PDF-”, {EXPECTED}")]);
    refused(b"<?xml version", &[&format!("line 1: found a first line that starts with “<?xml”, {EXPECTED}")]);
    refused(
        b"\x00\x01\x02",
        &[&format!("line 1: found a first line that starts with “\\0\\u{{1}}\\u{{2}}”, {EXPECTED}")],
    );
}

#[test]
fn version_1_is_refused_in_one_sentence() {
    refused(
        &with(1, 128, "1"),
        &[
            "line 1, record 0, version: found “1”, the layout of before 2007, expected 2; ask the bank for CODA version 2",
        ],
    );
}

#[test]
fn a_wrong_structured_communication_is_shown_but_the_money_is_booked() {
    let bytes = with(3, 63, "101321988730447");
    let sentence = "line 3, record 2.1, communication: found “321988730447”, expected a structured communication \
                    (type 101) whose check digits are right";
    assert_eq!(problems(&bytes), [sentence]);
    let read = coda::read(&bytes).unwrap();
    assert_eq!(read.warnings.len(), 1);
    let movement = &read.statements[0].movements[0];
    assert_eq!((movement.ogm(), movement.free_text()), (None, "321988730447"));
}

#[test]
fn a_gap_in_the_numbers_is_shown_but_the_money_is_booked() {
    let bytes = with(9, 3, "0004");
    let sentence = "line 9, record 2.1, sequence and detail number: found 0004/0000, expected 0003/0000 or 0002/0003";
    assert_eq!(problems(&bytes), [sentence]);
    assert!(coda::read(&bytes).is_ok());
}

#[test]
fn every_problem_is_said_in_dutch_and_in_english() {
    let mut lines = good();
    lines.insert(9, record(&lines[8], &[(1, "31"), (40, "0"), (126, "0")]));
    lines[8] = record(&lines[8], &[(128, "1")]);
    let whole = file(&lines);
    assert_eq!(problems(&with(3, 33, "000000000150005")).len(), 1);
    let (mut seen, mut fields) = (0, BTreeSet::new());
    for (at, sign) in (0..whole.len()).flat_map(|at| b"09X\x07".map(|sign| (at, sign))) {
        let mut bytes = whole.clone();
        bytes[at] = sign;
        let reading = coda::inspect(&bytes);
        let parts = reading.statements.iter().flat_map(|part| &part.problems);
        for problem in reading.problems.iter().chain(parts) {
            let names = [problem.record_name(), problem.field_name()];
            for text in names.iter().flatten().chain([&problem.found, &problem.expected]) {
                for lang in Lang::ALL {
                    let said = tell(lang, text);
                    assert!(!said.starts_with("coda-") && !said.contains("{$"), "{said} in {}", english(problem));
                }
            }
            fields.insert(problem.field);
            seen += 1;
        }
    }
    assert!(seen > 5_000 && fields.len() > 25, "only {seen} problems, of {fields:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let _ = coda::inspect(&bytes);
    }

    #[test]
    fn no_damage_to_a_good_file_makes_the_reader_panic(
        damage in prop::collection::vec((0_usize..1419, any::<u8>()), 1..20), cut in 0_usize..1419
    ) {
        let mut bytes = file(&good());
        for (at, byte) in damage {
            bytes[at] = byte;
        }
        let _ = coda::read(&bytes[..cut]);
        // What is accepted is whole: every statement is there and its movements explain its balances.
        if let Ok(accepted) = coda::read(&bytes) {
            prop_assert_eq!(accepted.statements.len(), coda::inspect(&bytes).statements.len());
            for statement in accepted.statements.iter().filter(|statement| statement.separate_application.is_none()) {
                let moved: Money = statement.balance_movements().map(|movement| movement.amount).sum();
                prop_assert_eq!(statement.old_balance + moved, statement.new_balance);
            }
        }
    }

    #[test]
    fn any_other_digit_in_an_amount_is_refused(line in prop::sample::select(vec![3_usize, 6, 7, 8, 9]), at in 33_usize..48, digit in 0_u8..10) {
        let right = good()[line - 1].as_bytes()[at - 1];
        prop_assume!(right != b'0' + digit);
        prop_assert!(coda::read(&with(line, at, &digit.to_string())).is_err());
    }
}
