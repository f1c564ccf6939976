//! What the reader makes of a right file.

use chrono::NaiveDate;
use energiehuis::domain::identity::{Iban, Ogm};
use energiehuis::domain::money::Money;
use energiehuis::formats::coda::{
    self, Communication, DebitOutcome, DebitScheme, DebitSequence, Encoding, InformationContent, Kind, Movement,
    Position, Return, ReturnKind, Severity,
};

use super::records::{english, file, good, record};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, day).unwrap()
}

fn cents(movements: &[Movement]) -> Vec<i64> {
    movements.iter().map(|movement| movement.amount.cents()).collect()
}

/// A statement around these records 2 and 3, with the movements' signed sum in thousandths.
fn around(movements: Vec<String>, moved: i64) -> Vec<u8> {
    let start = good();
    let new = 1_000_000 + moved;
    let (debit, credit) = if moved < 0 { (-moved, 0) } else { (0, moved) };
    let mut lines = vec![start[0].clone(), start[1].clone()];
    lines.extend(movements);
    lines.push(record(&start[9], &[(43, &format!("{new:015}"))]));
    let (count, debit, credit) = (format!("{:06}", lines.len() - 1), format!("{debit:015}"), format!("{credit:015}"));
    lines.push(record(&start[10], &[(17, &count), (23, &debit), (38, &credit)]));
    file(&lines)
}

#[test]
fn a_statement_is_read_in_full() {
    let read = coda::read(&file(&good())).unwrap();
    assert_eq!((read.encoding, read.statements.len()), (Encoding::Ascii, 1));
    let statement = &read.statements[0];
    assert_eq!(statement.account.iban, Some(Iban::parse("BE68 5390 0754 7034").unwrap()));
    assert_eq!((statement.account.currency.as_str(), statement.sequence), ("EUR", 201));
    assert_eq!((statement.created_on, statement.date()), (day(16), day(16)));
    assert_eq!((statement.old_balance, statement.old_balance_on), (Money::from_euros(1000), Some(day(15))));
    assert_eq!(statement.new_balance, Money::from_euros(1220));
    assert_eq!(statement.holder_number.unwrap().to_string(), "0566.988.259");
    assert!(!statement.duplicate && statement.separate_application.is_none());
    assert_eq!(cents(&statement.movements), [15_000, 7_010, 5_000, 2_010, -10]);

    let receipt = &statement.movements[0];
    assert_eq!(receipt.ogm(), Some(Ogm::parse("321988730446").unwrap()));
    assert_eq!(receipt.communication, Communication::Structured(Ogm::parse("321988730446").unwrap()));
    assert_eq!(receipt.counterparty.iban.as_ref().unwrap().to_string(), "BE43 0689 9999 9501");
    assert_eq!(receipt.counterparty.name.as_deref(), Some("AN DE GEVER"));
    assert_eq!(receipt.counterparty.bic.as_deref(), Some("KREDBEBB"));
    assert_eq!(receipt.customer_reference.as_deref(), Some("E2E-77"));
    assert_eq!((receipt.code.meaning(), receipt.code.to_string().as_str()), (Kind::TransferReceived, "00150000"));
    assert_eq!(statement.movements[4].value_on, None, "000000 is a value date the bank does not know");
    assert_eq!(statement.movements[4].code.meaning(), Kind::Charges);
}

#[test]
fn a_total_and_its_details_are_never_both_booked() {
    let read = coda::read(&file(&good())).unwrap();
    let statement = &read.statements[0];
    let booked: Money = statement.balance_movements().map(|movement| movement.amount).sum();
    assert_eq!(statement.old_balance + booked, statement.new_balance);
    let total = &statement.movements[1];
    let details = statement.details_of(total);
    assert_eq!(details.iter().map(|detail| detail.amount).sum::<Money>(), total.amount);
    assert!(total.moves_balance() && details.iter().all(|detail| !detail.moves_balance()));
    assert_eq!(details[0].batch_of, Some(Position { sequence: 2, detail: 0 }));
    assert_eq!(details[0].free_text(), "lening L-12");
    let rebuilt = Ogm::parse("090933755493").unwrap();
    assert_eq!(details[1].communication, Communication::ReconstitutedOgm(rebuilt));
    assert_eq!(details[1].ogm(), Some(rebuilt));
}

#[test]
fn details_of_details_belong_to_their_subtotal() {
    let line = |place: &str, amount: &str, code: &str| {
        let fields = [(3, place), (32, "0"), (33, amount), (48, "161026"), (54, code), (62, "0"), (116, "161026")];
        record("21", &[fields.as_slice(), &[(125, "0"), (126, "0"), (128, "0")]].concat())
    };
    let lines = |last: &str| {
        vec![
            line("00010000", "000000000030000", "20150000"),
            line("00010001", "000000000010000", "60150000"),
            line("00010002", "000000000020000", "70150000"),
            line("00010003", "000000000015000", "90150000"),
            line("00010004", last, "90150000"),
        ]
    };
    let read = coda::read(&around(lines("000000000005000"), 30_000)).unwrap();
    let parents: Vec<_> = read.statements[0].movements.iter().map(|m| m.batch_of.map(|total| total.detail)).collect();
    assert_eq!(parents, [None, Some(0), Some(0), Some(2), Some(2)]);
    let refused = coda::read(&around(lines("000000000005010"), 30_000)).unwrap_err();
    assert_eq!(
        english(&refused[0]),
        "line 5, record 2.1, amount: found €\u{a0}20.00, expected €\u{a0}20.01, the sum of its 2 details"
    );
}

#[test]
fn a_direct_debit_that_came_back_tells_mandate_and_reason() {
    // 127 over 2.1 (50), 2.2 (53) and 2.3 (43); the mandate is cut after six signs.
    let direct_debit = |reason_in_2_2: &[(usize, &'static str)]| {
        vec![
            record(
                "21",
                &[
                    (3, "00010000"),
                    (32, "1"),
                    (33, "000000000125000"),
                    (48, "161026"),
                    (54, "00503000"),
                    (62, "1"),
                    (63, "127"),
                    (66, "151026"),
                    (72, "1"),
                    (73, "1"),
                    (74, "4"),
                    (75, "BE12ZZZ0456810810"),
                    (110, "MANDAT"),
                    (116, "161026"),
                    (125, "0"),
                    (126, "1"),
                    (128, "0"),
                ],
            ),
            record(
                "22",
                &[&[(3, "00010000"), (11, "E-2026-0007"), (40, "321988730446"), (126, "1"), (128, "0")], reason_in_2_2]
                    .concat(),
            ),
            record("23", &[(3, "00010000"), (48, "AN DE GEVER"), (121, "2"), (122, "AM04"), (126, "0"), (128, "0")]),
        ]
    };
    let read = coda::read(&around(direct_debit(&[]), -125_000)).unwrap();
    let movement = &read.statements[0].movements[0];
    let Communication::DirectDebit(debit) = &movement.communication else { panic!("{movement:?}") };
    assert_eq!((debit.creditor.as_str(), debit.mandate.as_str()), ("BE12ZZZ0456810810", "MANDATE-2026-0007"));
    assert_eq!((debit.sequence, debit.scheme), (DebitSequence::Recurrent, DebitScheme::Core));
    assert_eq!((debit.outcome, debit.settled_on), (Some(DebitOutcome::DebtorAccount), Some(day(15))));
    assert_eq!(movement.ogm(), Some(Ogm::parse("321988730446").unwrap()));
    assert_eq!(movement.returned, Some(Return { kind: Some(ReturnKind::Return), reason: Some("AM04".to_owned()) }));
    assert_eq!(movement.code.meaning(), Kind::CollectionReturned);

    let read = coda::read(&around(direct_debit(&[(113, "3"), (114, "MD06")]), -125_000)).unwrap();
    let preferred = Return { kind: Some(ReturnKind::Refund), reason: Some("MD06".to_owned()) };
    assert_eq!(read.statements[0].movements[0].returned, Some(preferred), "record 2.2 knows better");
}

#[test]
fn a_reference_that_is_cut_between_records_is_joined_without_a_blank() {
    let text = format!("{}+++321/98", " ".repeat(44));
    let lines = vec![
        record(
            "21",
            &[
                (3, "00010000"),
                (32, "0"),
                (33, "000000000001000"),
                (48, "161026"),
                (54, "00150000"),
                (62, "0"),
                (63, &text),
                (116, "161026"),
                (125, "0"),
                (126, "1"),
                (128, "0"),
            ],
        ),
        record("22", &[(3, "00010000"), (11, "87/30446+++"), (126, "0"), (128, "0")]),
    ];
    let read = coda::read(&around(lines, 1_000)).unwrap();
    let movement = &read.statements[0].movements[0];
    assert_eq!(Ogm::find_all(movement.free_text()), [Ogm::parse("321988730446").unwrap()]);
}

#[test]
fn information_records_belong_to_the_movement_before_them() {
    let name = format!("{:70}", "AN DE GEVER");
    let lines = vec![
        record(
            "21",
            &[
                (3, "00010000"),
                (11, "REF-1"),
                (32, "0"),
                (33, "000000000001000"),
                (48, "161026"),
                (54, "00150000"),
                (62, "0"),
                (63, "zie bijlage"),
                (116, "161026"),
                (125, "0"),
                (126, "0"),
                (128, "1"),
            ],
        ),
        record(
            "31",
            &[
                (3, "00010001"),
                (11, "REF-1"),
                (32, "00150000"),
                (40, "1"),
                (41, "001"),
                (44, &name),
                (126, "1"),
                (128, "0"),
            ],
        ),
        record("32", &[(3, "00010001"), (11, "DOORNIKSESTRAAT 1"), (46, "8500 KORTRIJK"), (126, "0"), (128, "1")]),
        record(
            "31",
            &[
                (3, "00010002"),
                (11, "REF-1"),
                (32, "00150000"),
                (40, "0"),
                (41, "lening +++321/9887/30446+++"),
                (126, "0"),
                (128, "0"),
            ],
        ),
    ];
    let read = coda::read(&around(lines, 1_000)).unwrap();
    let movement = &read.statements[0].movements[0];
    assert_eq!(movement.information.len(), 2);
    let InformationContent::Counterparty { name, street, locality, .. } = &movement.information[0].content else {
        panic!("{movement:?}")
    };
    assert_eq!(
        (name.as_str(), street.as_str(), locality.as_str()),
        ("AN DE GEVER", "DOORNIKSESTRAAT 1", "8500 KORTRIJK")
    );
    assert_eq!(movement.texts(), ["zie bijlage", "lening +++321/9887/30446+++"]);
}

#[test]
fn a_foreign_amount_carries_the_communication_from_position_46() {
    let content = "000000000001000000000000001100000110000000USD321988730446US";
    let (first, second) = content.split_at(50);
    let lines = vec![
        record(
            "21",
            &[
                (3, "00010000"),
                (32, "0"),
                (33, "000000000001000"),
                (48, "161026"),
                (54, "04150000"),
                (62, "1"),
                (63, "105"),
                (66, first),
                (116, "161026"),
                (125, "0"),
                (126, "1"),
                (128, "0"),
            ],
        ),
        record("22", &[(3, "00010000"), (11, second), (126, "0"), (128, "0")]),
    ];
    let read = coda::read(&around(lines, 1_000)).unwrap();
    assert_eq!(read.statements[0].movements[0].ogm(), Some(Ogm::parse("321988730446").unwrap()));
}

#[test]
fn the_four_structures_of_an_account_are_read() {
    for (structure, block, number, iban) in [
        ("0", "539007547034 EUR0BE                  ", "539007547034", Some("BE68539007547034")),
        ("1", "GB-OLD-12345                      EUR", "GB-OLD-12345", None),
        ("2", "BE68539007547034                  EUR", "BE68539007547034", Some("BE68539007547034")),
        ("3", "LU280019400644750000              EUR", "LU280019400644750000", Some("LU280019400644750000")),
    ] {
        let mut lines = good();
        lines[1] = record(&lines[1], &[(2, structure), (6, block)]);
        lines[9] = record(&lines[9], &[(5, block)]);
        let read = coda::read(&file(&lines)).unwrap();
        assert_eq!(read.warnings, []);
        let account = &read.statements[0].account;
        assert_eq!(account.number, number);
        assert_eq!(account.iban.as_ref().map(Iban::as_str), iban);
    }
}

#[test]
fn several_statements_messages_and_line_ends_are_read() {
    let mut lines = good();
    lines[9] = record(&lines[9], &[(128, "1")]);
    lines.insert(10, record("4", &[(3, "00010000"), (33, "Nieuwe tarieven vanaf"), (128, "1")]));
    lines.insert(11, record("4", &[(3, "00020000"), (33, "1 januari"), (128, "0")]));
    let last = lines.len() - 1;
    lines[last] = record(&lines[last], &[(128, "1")]);
    lines.extend(good());
    let unix = coda::read(&file(&lines)).unwrap();
    assert_eq!((unix.statements.len(), unix.warnings.as_slice()), (2, [].as_slice()));
    assert_eq!(unix.statements[0].messages, ["Nieuwe tarieven vanaf", "1 januari"]);
    let dos = coda::read(lines.join("\r\n").as_bytes()).unwrap();
    assert_eq!(dos, unix);
}

#[test]
fn an_empty_statement_may_lack_its_new_balance() {
    let start = good();
    let trailer = record("9", &[(17, "000001"), (23, &"0".repeat(30)), (128, "2")]);
    let read = coda::read(&file(&[start[0].clone(), start[1].clone(), trailer])).unwrap();
    assert_eq!(read.statements[0].new_balance, read.statements[0].old_balance);
}

#[test]
fn a_second_feed_is_marked_and_its_balances_are_no_balances() {
    let mut lines = good();
    lines[0] = record(&lines[0], &[(84, "00001")]);
    lines[9] = record(&lines[9], &[(43, "000000001000000")]);
    let read = coda::read(&file(&lines)).unwrap();
    assert_eq!(read.statements[0].separate_application.as_deref(), Some("00001"));
}

#[test]
fn a_duplicate_has_the_fingerprint_of_its_original() {
    let mut lines = good();
    lines[0] = record(&lines[0], &[(17, "D")]);
    let (original, duplicate) = (coda::read(&file(&good())).unwrap(), coda::read(&file(&lines)).unwrap());
    assert!(duplicate.statements[0].duplicate);
    assert_eq!(duplicate.statements[0].fingerprint, original.statements[0].fingerprint);
    lines[2] = record(&lines[2], &[(11, "REF-9")]);
    assert_ne!(coda::read(&file(&lines)).unwrap().statements[0].fingerprint, original.statements[0].fingerprint);
}

#[test]
fn habits_of_banks_are_noted_and_do_no_harm() {
    let mut lines = good();
    lines[10] = lines[10][..57].to_owned();
    let read = coda::read(&file(&lines)).unwrap();
    let said: Vec<_> = read.warnings.iter().map(|warning| (warning.severity, english(warning))).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said.iter().all(|(severity, _)| *severity == Severity::Harmless));
    assert_eq!(said[0].1, "line 11, record 9, length: found 57 positions, expected 128 positions");
}

#[test]
fn accents_are_read_in_every_character_set() {
    let name = "FRÉDÉRIQUE D'HAENE-LÈGRAND";
    let mut lines = good();
    lines[4] = record(&lines[4], &[(48, name)]);
    let utf8 = file(&lines);
    let text = String::from_utf8(utf8.clone()).unwrap();
    let single = |high: fn(char) -> u8| -> Vec<u8> {
        text.chars().map(|sign| if sign.is_ascii() { u8::try_from(sign).unwrap() } else { high(sign) }).collect()
    };
    let dos = single(|sign| if sign == 'É' { 0x90 } else { 0xD4 });
    let windows = single(|sign| u8::try_from(u32::from(sign)).unwrap());
    for (bytes, encoding) in [(utf8, Encoding::Utf8), (dos, Encoding::Cp850), (windows, Encoding::Windows1252)] {
        let read = coda::read(&bytes).unwrap();
        assert_eq!(read.encoding, encoding);
        assert_eq!(read.statements[0].movements[0].counterparty.name.as_deref(), Some(name));
    }
}
