//! Every type of structured communication and information, with the line that people read.

use energiehuis::domain::identity::Ogm;
use energiehuis::domain::money::Money;
use energiehuis::formats::coda::{self, Communication, InformationContent, Movement, Value};
use rust_decimal::Decimal;

use super::records::{file, good, record};

/// The good file whose first movement has this communication, and this information in records 3 when there is any.
fn read(communication: &str, information: Option<&str>) -> Movement {
    let signs: Vec<char> = format!("{communication:149}").chars().collect();
    let part = |from: usize, to: usize| signs[from..to].iter().collect::<String>();
    let mut lines = good();
    lines[2] = record(&lines[2], &[(62, "1"), (63, &part(0, 53))]);
    lines[3] = record(&lines[3], &[(11, &part(53, 106))]);
    lines[4] = record(&lines[4], &[(83, &part(106, 149))]);
    if let Some(text) = information {
        let signs: Vec<char> = format!("{text:268}").chars().collect();
        let part = |from: usize, to: usize| signs[from..to].iter().collect::<String>();
        let texts = [part(0, 73), part(73, 178), part(178, 268)];
        lines[4] = record(&lines[4], &[(128, "1")]);
        let fields = [(3, "00010001"), (32, "00150000"), (40, "1"), (41, &*texts[0]), (126, "1"), (128, "0")];
        lines.insert(5, record("31", &fields));
        lines.insert(6, record("32", &[(3, "00010001"), (11, &*texts[1]), (126, "1"), (128, "0")]));
        lines.insert(7, record("33", &[(3, "00010001"), (11, &*texts[2]), (126, "0"), (128, "0")]));
        let last = lines.len() - 1;
        lines[last] = record(&lines[last], &[(17, "000012")]);
    }
    let read = coda::read(&file(&lines)).unwrap();
    assert_eq!(read.warnings, [], "{communication}");
    read.statements[0].movements[0].clone()
}

/// Positions of the standard, each with its text: `(length, text)`.
fn laid(fields: &[(usize, &str)]) -> String {
    let fields: Vec<String> = fields.iter().map(|(length, text)| format!("{text:length$}", length = *length)).collect();
    fields.concat()
}

/// The line that people read of a structured communication.
fn shown(movement: &Movement) -> String {
    movement.communication.details().map(|details| details.to_string()).unwrap_or_default()
}

#[test]
fn references_stay_what_they_are() {
    let ogm = Ogm::parse("321988730446").unwrap();
    assert_eq!(read("101321988730446", None).communication, Communication::Structured(ogm));
    assert_eq!(read("102321988730446", None).communication, Communication::ReconstitutedOgm(ogm));
    let rf = "RF18539007547034";
    assert_eq!(read(&format!("100{rf}"), None).communication, Communication::CreditorReference(rf.to_owned()));
}

/// A type, its fields as they stand on the positions, and what people read.
type Shown = (&'static str, &'static [(usize, &'static str)], &'static str);

const AMOUNT: &str = "000000000012340";
const RATE: &str = "000125000000";

const COMMUNICATIONS: &[Shown] = &[
    ("103", &[(12, "000000123456")], "number: of the cheque or card 000000123456"),
    (
        "105",
        &[(15, AMOUNT), (15, AMOUNT), (12, RATE), (3, "USD"), (12, ""), (2, "US"), (15, AMOUNT)],
        "original amount: gross in the currency of the account 12.34, gross in the original currency 12.34, rate \
             1.25, currency USD, country of the principal US, in euro 12.34",
    ),
    (
        "106",
        &[(15, AMOUNT), (15, "000000000058760"), (12, "002100000000"), (1, "2"), (15, AMOUNT)],
        "calculation: amount 12.34, on 58.76, percent 21.00, minimum does not apply, in euro 12.34",
    ),
    (
        "107",
        &[(12, "000123456789"), (6, "161013"), (15, "FACTUUR 17"), (15, "OKTOBER"), (1, "0"), (11, "00123")],
        "domestic direct debit: mandate 000123456789, on 2013-10-16, text FACTUUR 17, further text OKTOBER, \
             creditor 00123",
    ),
    (
        "108",
        &[(15, AMOUNT), (15, "365/365"), (12, RATE), (6, "010926"), (6, "300926")],
        "closing: amount 12.34, rates and basis 365/365, interest 1.25, from 2026-09-01, to 2026-09-30",
    ),
    (
        "111",
        &[
            (1, "1"),
            (6, "004217"),
            (3, "042"),
            (6, "000101"),
            (6, "151026"),
            (6, "000187"),
            (6, "161026"),
            (1, "5"),
            (16, "WOONLOKET"),
            (10, "KORTRIJK"),
        ],
        "card receipts in total: scheme Bancontact, terminal 004217, period 042, first transaction 101, of \
             2026-10-15, last transaction 187, until 2026-10-16, use point of sale, at WOONLOKET, in KORTRIJK",
    ),
    (
        "113",
        &[
            (16, "670300******0001"),
            (1, "2"),
            (6, "004217"),
            (6, "000017"),
            (6, "161026"),
            (4, "1230"),
            (1, "9"),
            (16, "TANKSTATION E17"),
            (10, "DEERLIJK"),
            (15, AMOUNT),
            (12, RATE),
            (3, "EUR"),
            (5, "03550"),
            (2, "03"),
            (5, "01749"),
        ],
        "card payment: card 670300******0001, scheme Maestro, terminal 004217, transaction 17, on 2026-10-16, \
             hour 12:30, use fuel, at TANKSTATION E17, in DEERLIJK, original amount 12.34, rate 1.25, currency EUR, \
             volume 35.50, product diesel, unit price 1.749",
    ),
    (
        "114",
        &[
            (1, "9"),
            (6, "004217"),
            (3, "042"),
            (6, "000101"),
            (6, "151026"),
            (4, "0905"),
            (1, "1"),
            (16, "WOONLOKET"),
            (10, "KORTRIJK"),
            (16, "KAS-7"),
        ],
        "card receipt: scheme other card, terminal 004217, period 042, transaction 101, on 2026-10-15, hour \
             09:05, use withdrawal, at WOONLOKET, in KORTRIJK, reference KAS-7",
    ),
    (
        "115",
        &[
            (16, "670300******0001"),
            (1, "3"),
            (6, "004217"),
            (6, "000017"),
            (6, "161026"),
            (4, "1230"),
            (6, "171026"),
            (6, "000009"),
            (15, AMOUNT),
            (1, "C"),
            (16, "KANTOOR"),
            (10, "MENEN"),
            (12, "DAGOPBRENGST"),
        ],
        "cash deposit: card 670300******0001, scheme private card, terminal 004217, transaction 17, on \
             2026-10-16, hour 12:30, validated on 2026-10-17, validation 9, amount counted 12.34, conformity C, at \
             KANTOOR, in MENEN, message DAGOPBRENGST",
    ),
    (
        "121",
        &[
            (15, AMOUNT),
            (6, "311226"),
            (6, "150127"),
            (6, "011026"),
            (11, "00566988259"),
            (3, "EUR"),
            (3, ""),
            (13, "WISSEL-1"),
            (12, "000100000000"),
        ],
        "bill: amount 12.34, due on 2026-12-31, conventionally due on 2027-01-15, issued on 2026-10-01, company \
             00566988259, currency EUR, number WISSEL-1, rate 1.00",
    ),
    (
        "122",
        &[(4, "0092"), (12, RATE), (15, AMOUNT), (1, "1"), (13, "WISSEL-1"), (6, "311226")],
        "interest on a bill: days 92, rate 1.25, on 12.34, minimum applies, number WISSEL-1, due on 2026-12-31",
    ),
    (
        "123",
        &[(6, "011026"), (6, "999999"), (15, AMOUNT), (12, RATE), (4, "0031"), (1, "0"), (13, "BORG-7")],
        "fees and commissions: from 2026-10-01, to 999999, on 12.34, percent 1.25, days 31, minimum does not \
             apply, guarantee BORG-7",
    ),
    (
        "124",
        &[(20, "5412********1234"), (1, "1"), (12, "FACT-10"), (15, "KLANT-9"), (6, "311026")],
        "credit card: card 5412********1234, issuer Mastercard, invoice FACT-10, identification KLANT-9, on \
             2026-10-31",
    ),
    (
        "125",
        &[
            (12, "726123456789"),
            (15, ""),
            (15, "000000100000000"),
            (15, "000000099000000"),
            (15, "000000001000000"),
            (3, "EUR"),
            (6, "011026"),
            (6, "311026"),
            (12, RATE),
            (13, "KREDIET-3"),
        ],
        "credit: account 726123456789, old balance 100000.00, new balance 99000.00, amount 1000.00, currency EUR, \
             from 2026-10-01, to 2026-10-31, rate 1.25, reference KREDIET-3",
    ),
    (
        "126",
        &[
            (15, "DEP-2026-1"),
            (15, "000000500000000"),
            (15, "000000500000000"),
            (6, "011026"),
            (6, "010127"),
            (12, "000200000000"),
            (15, "000000002520500"),
            (3, "EUR"),
            (12, "000100000000"),
        ],
        "term investment: deposit DEP-2026-1, amount 500000.00, in the currency of the account 500000.00, from \
             2026-10-01, to 2027-01-01, interest rate 2.00, interest 2520.50, currency EUR, rate 1.00",
    ),
];

#[test]
fn every_structured_communication_is_read_for_people() {
    for (code, fields, said) in COMMUNICATIONS {
        assert_eq!(shown(&read(&format!("{code}{}", laid(fields)), None)), *said, "{code}");
    }
}

#[test]
fn amounts_days_and_references_have_types() {
    let text = laid(&[
        (15, "000000000012340"),
        (15, "000000000015000"),
        (12, "000110000000"),
        (3, "USD"),
        (12, "321988730446"),
    ]);
    let movement = read(&format!("105{text}"), None);
    let details = movement.communication.details().unwrap();
    assert_eq!(details.field("gross in the original currency"), Some(&Value::Decimal(Decimal::new(15_000, 3))));
    assert_eq!(details.field("rate"), Some(&Value::Decimal(Decimal::new(110_000_000, 8))));
    assert_eq!(details.field("reference"), Some(&Value::Reference(Ogm::parse("321988730446").unwrap())));
    let Communication::ForeignAmount { gross, .. } = movement.communication else { panic!() };
    assert_eq!(gross, Some(Money::from_cents(1234)));
}

#[test]
fn what_is_not_as_the_standard_says_is_kept_as_it_stands_there() {
    // A date that does not exist, an amount with letters, and more than the type has positions for.
    let text = laid(&[(15, "00000000001234O"), (15, "basis"), (12, ""), (6, "310226"), (6, "300926"), (9, "MEER")]);
    let movement = read(&format!("108{text}"), None);
    assert_eq!(
        shown(&movement),
        "closing: amount 00000000001234O, rates and basis basis, from 310226, to 2026-09-30, further MEER"
    );
    let unknown = read("199wat niemand kent", None);
    assert_eq!((unknown.communication.details(), unknown.free_text()), (None, "wat niemand kent"));
    let code = "199".to_owned();
    assert_eq!(unknown.communication, Communication::OtherStructured { code, text: "wat niemand kent".to_owned() });
}

const INFORMATION: &[Shown] = &[
    ("002", &[(40, "Uw verrichting van 15 oktober")], "text of the bank: says Uw verrichting van 15 oktober"),
    ("003", &[(40, "RBP 2026")], "data of the bank: says RBP 2026"),
    (
        "004",
        &[(35, "BANK VAN HIER"), (35, ""), (35, "MARKT 1"), (35, "8500 KORTRIJK")],
        "bank of the counterparty: line 1 BANK VAN HIER, line 3 MARKT 1, line 4 8500 KORTRIJK",
    ),
    ("005", &[(35, "KORRESPONDENT")], "correspondent: line 1 KORRESPONDENT"),
    (
        "006",
        &[(30, "ZEGELRECHT"), (3, "EUR"), (15, "000000000012340"), (1, "1"), (3, "049")],
        "detail amount: for ZEGELRECHT, currency EUR, amount 12.34, sign debit, category 049",
    ),
    (
        "007",
        &[(7, "0000003"), (6, "050000"), (15, "000000000150000")],
        "notes and coins: number 3, of 50.00, in total 150.00",
    ),
    (
        "010",
        &[
            (13, "ORDER-1"),
            (15, "DOSSIER-1"),
            (13, "KLANT-1"),
            (2, "02"),
            (15, "BE0003470755"),
            (1, "U"),
            (12, "000000100000"),
            (3, "EUR"),
            (4, "0001"),
            (3, "EUR"),
            (12, "000000855000"),
            (12, "000100000000"),
            (40, "AAN SOLVAY"),
            (13, "BORD-1"),
            (8, "00000012"),
            (8, "31122026"),
            (30, "BE BRUSSEL"),
            (8, "16102026"),
            (24, "AANKOOP"),
            (15, "000000000855000"),
        ],
        "securities bought or sold: order ORDER-1, file of the bank DOSSIER-1, customer reference KLANT-1, kind of \
             code ISIN, security BE0003470755, entered by unit, number 10.00, issued in EUR, per transaction unit 1, \
             quoted in EUR, quotation 85.50, exchange rate 1.00, name AAN SOLVAY, bordereau BORD-1, coupon 00000012, \
             coupon paid on 2026-12-31, market BE BRUSSEL, traded on 2026-10-16, nature AANKOOP, nominal value 855.00",
    ),
    (
        "011",
        &[
            (13, "ORDER-2"),
            (15, ""),
            (13, ""),
            (2, "02"),
            (15, "BE0003470755"),
            (12, "000000100000"),
            (40, "AAN SOLVAY"),
            (3, "EUR"),
            (14, "00000003500000"),
            (1, "1"),
            (15, "000000000010500"),
            (24, "DIVIDEND 2025"),
            (6, "000012"),
            (6, "150526"),
            (12, ""),
            (3, "EUR"),
            (15, ""),
        ],
        "coupons: order ORDER-2, kind of code ISIN, security BE0003470755, number 10.00, name AAN SOLVAY, issued in \
             EUR, amount of the coupon 3.50, kind dividend, foreign tax 10.50, nature DIVIDEND 2025, coupon 000012, on \
             2026-05-15, paid in EUR",
    ),
];

#[test]
fn every_structured_information_is_read_for_people() {
    for (code, fields, said) in INFORMATION {
        let movement = read("101321988730446", Some(&format!("{code}{}", laid(fields))));
        let details = movement.information[0].details().unwrap_or_else(|| panic!("{code}"));
        assert_eq!(details.to_string(), *said, "{code}");
    }
}

#[test]
fn people_behind_a_payment_have_types_of_their_own() {
    let of = |text: &str| read("101321988730446", Some(text)).information[0].content.clone();
    let person = laid(&[(70, "AN DE GEVER"), (35, "ID-1")]);
    let (name, identification) = ("AN DE GEVER".to_owned(), "ID-1".to_owned());
    let beneficiary =
        InformationContent::UltimateBeneficiary { name: name.clone(), identification: identification.clone() };
    assert_eq!(of(&format!("008{person}")), beneficiary);
    assert_eq!(of(&format!("009{person}")), InformationContent::UltimatePayer { name, identification });
    let counterparty = of(&format!(
        "001{}",
        laid(&[(70, "AN DE GEVER"), (35, "DOORNIKSESTRAAT 1"), (35, "8500 KORTRIJK"), (35, "ID-1")])
    ));
    let InformationContent::Counterparty { street, locality, identification, .. } = counterparty else { panic!() };
    assert_eq!((&*street, &*locality, &*identification), ("DOORNIKSESTRAAT 1", "8500 KORTRIJK", "ID-1"));
    let unknown = of("888wat niemand kent");
    assert_eq!(unknown, InformationContent::Other { code: "888".to_owned(), text: "wat niemand kent".to_owned() });
}
