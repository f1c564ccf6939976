//! Awkward CAMT files, each with the exact sentence it must give.

use energiehuis::domain::money::Money;
use energiehuis::formats::bank::{self, Problem, Severity};
use energiehuis::i18n::{Lang, tell};
use proptest::prelude::*;

use super::camt_files::Message;
use super::camt_read::{VERSIONS, day};

fn english(problem: &Problem) -> String {
    problem.in_english(|text| tell(Lang::En, text))
}

/// What the reader says to a person about a file, habits of banks left out.
fn problems(bytes: &[u8]) -> Vec<String> {
    let reading = bank::inspect(bytes);
    let parts = reading.statements.iter().flat_map(|part| &part.problems);
    let all = reading.problems.iter().chain(parts).filter(|problem| problem.severity > Severity::Harmless);
    all.map(english).collect()
}

fn good() -> String {
    day(4).statement()
}

/// The good file with the first of one text changed to another.
fn changed(from: &str, to: &str) -> String {
    let good = good();
    assert!(good.contains(from), "{from} is not in the file");
    good.replacen(from, to, 1)
}

/// The file is refused, for exactly these reasons.
#[track_caller]
fn refused(file: &str, sentences: &[&str]) {
    assert_eq!(problems(file.as_bytes()), sentences);
    assert!(bank::read(file.as_bytes()).is_err());
}

#[test]
fn the_good_file_has_no_problem() {
    for version in VERSIONS {
        assert_eq!(problems(day(version).statement().as_bytes()), [""; 0]);
        assert_eq!(problems(day(version).notification().as_bytes()), [""; 0]);
    }
}

#[test]
fn what_is_no_bank_file_is_said_in_one_sentence() {
    let expected =
        "expected a CODA file, which starts with 00000 and the date, or a CAMT.053 or CAMT.054 file, which is XML";
    refused("", &[&format!("the file: found nothing in it, {expected}")]);
    refused(" \r\n\n", &[&format!("the file: found nothing in it, {expected}")]);
    refused("%PDF-1.7", &[&format!("line 1: found a first line that starts with “%PDF-”, {expected}")]);
    refused(
        "PK\u{3}\u{4}",
        &[&format!("line 1: found a first line that starts with “PK\\u{{3}}\\u{{4}}”, {expected}")],
    );
}

#[test]
fn another_message_is_refused_by_its_namespace() {
    let known = "expected urn:iso:std:iso:20022:tech:xsd:camt.053.001 or camt.054.001, version 02, 03, 04, 06 or 08";
    for other in ["camt.053.001.01", "camt.052.001.02", "pain.001.001.09", "camt.053.001.99"] {
        let file = changed("camt.053.001.04", other);
        refused(
            &file,
            &[&format!("line 2, Document: found the namespace “urn:iso:std:iso:20022:tech:xsd:{other}”, {known}")],
        );
    }
    refused("<Document><BkToCstmrStmt/></Document>", &[&format!("line 1, Document: found no namespace, {known}")]);
    refused("<html><body>Sorry</body></html>", &["line 1, html: found “html”, expected Document"]);
    let body = changed("<BkToCstmrStmt>", "<BkToCstmrAcctRpt>");
    refused(
        &body,
        &[
            "line 2, Document/BkToCstmrAcctRpt: found “BkToCstmrAcctRpt”, expected BkToCstmrStmt, as camt.053.001.04 has",
        ],
    );
}

/// What is changed, into what, and the sentences about it.
const AWKWARD: &[(&str, &str, &[&str])] = &[
    (
        ">150.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>",
        ">150,00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>",
        &[
            "line 12, Stmt[1]/Ntry[1]/Amt: found “150,00”, expected an amount in digits with a point and without a sign, like 1234.50",
        ],
    ),
    (
        ">150.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>",
        ">-150.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>",
        &[
            "line 12, Stmt[1]/Ntry[1]/Amt: found “-150.00”, expected an amount in digits with a point and without a sign, like 1234.50",
        ],
    ),
    (
        ">150.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>",
        ">150.005</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>",
        &["line 12, Stmt[1]/Ntry[1]/Amt: found “150.005”, expected an amount in whole cents"],
    ),
    (
        ">150.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>",
        ">1000000000000</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>",
        &["line 12, Stmt[1]/Ntry[1]/Amt: found “1000000000000”, expected an amount below 1,000,000,000,000"],
    ),
    (
        ">150.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>",
        ">1e2</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>",
        &[
            "line 12, Stmt[1]/Ntry[1]/Amt: found “1e2”, expected an amount in digits with a point and without a sign, like 1234.50",
        ],
    ),
    (
        "<Ntry><Amt Ccy=\"EUR\">",
        "<Ntry><Amt>",
        &["line 12, Stmt[1]/Ntry[1]/Amt: found no currency, expected three letters, like EUR"],
    ),
    (
        "<Ntry><Amt Ccy=\"EUR\">",
        "<Ntry><Amt Ccy=\"USD\">",
        &["line 12, Stmt[1]/Ntry[1]/Amt: found “USD”, expected EUR, the currency of the account"],
    ),
    (
        "<CdtDbtInd>CRDT</CdtDbtInd><Sts>",
        "<CdtDbtInd>CREDIT</CdtDbtInd><Sts>",
        &["line 12, Stmt[1]/Ntry[1]/CdtDbtInd: found “CREDIT”, expected CRDT or DBIT"],
    ),
    (
        "<Sts>BOOK</Sts>",
        "<Sts>DONE</Sts>",
        &["line 12, Stmt[1]/Ntry[1]/Sts: found “DONE”, expected BOOK, PDNG or INFO"],
    ),
    ("<Sts>BOOK</Sts>", "", &["line 12, Stmt[1]/Ntry[1]/Sts: found nothing, expected BOOK, PDNG or INFO"]),
    (
        "<BookgDt><Dt>2026-10-16",
        "<BookgDt><Dt>16/10/2026",
        &[
            "line 13, Stmt[1]/Ntry[1]/BookgDt: found “16/10/2026”, expected a date like 2026-10-16, or a moment like 2026-10-16T08:00:00",
        ],
    ),
    (
        "<BookgDt><Dt>2026-10-16",
        "<BookgDt><Dt>2026-02-30",
        &[
            "line 13, Stmt[1]/Ntry[1]/BookgDt: found “2026-02-30”, expected a date like 2026-10-16, or a moment like 2026-10-16T08:00:00",
        ],
    ),
    (
        "<Ntry><Amt Ccy=\"EUR\">150.00",
        "<Ntry><Amt Ccy=\"EUR\">150.01",
        &[
            "line 10, Stmt[1]/Bal[CLBD]/Amt: found €\u{a0}1,066.50, expected €\u{a0}1,066.51, the old balance €\u{a0}1,000.00 and movements of €\u{a0}66.51 together",
            "line 12, Stmt[1]/Ntry[1]/Amt: found €\u{a0}150.01, expected €\u{a0}150.00, the sum of its only detail",
        ],
    ),
    (
        "<Ntry><Amt Ccy=\"EUR\">60.00",
        "<Ntry><Amt Ccy=\"EUR\">61.00",
        &[
            "line 10, Stmt[1]/Bal[CLBD]/Amt: found €\u{a0}1,066.50, expected €\u{a0}1,067.50, the old balance €\u{a0}1,000.00 and movements of €\u{a0}67.50 together",
            "line 19, Stmt[1]/Ntry[2]/Amt: found €\u{a0}61.00, expected €\u{a0}60.00, the sum of its 2 details",
        ],
    ),
    (
        "<NbOfTxs>2<",
        "<NbOfTxs>3<",
        &["line 23, Stmt[1]/Ntry[2]/NtryDtls[1]/Btch/NbOfTxs: found 3, expected 2, the transactions that are in it"],
    ),
    (
        "<NbOfTxs>2<",
        "<NbOfTxs>two<",
        &["line 23, Stmt[1]/Ntry[2]/NtryDtls[1]/Btch/NbOfTxs: found “two”, expected a number"],
    ),
    (
        "<TtlAmt Ccy=\"EUR\">60.00<",
        "<TtlAmt Ccy=\"EUR\">59.00<",
        &[
            "line 23, Stmt[1]/Ntry[2]/NtryDtls[1]/Btch/TtlAmt: found €\u{a0}59.00, expected €\u{a0}60.00, the sum of its 2 details",
        ],
    ),
    (
        "<Cd>OPBD</Cd>",
        "<Cd>OPAV</Cd>",
        &["line 8, Stmt[1]/Bal: found nothing, expected an opening balance (OPBD, or PRCD)"],
    ),
    ("<Cd>CLBD</Cd>", "<Cd>CLAV</Cd>", &["line 8, Stmt[1]/Bal: found nothing, expected a closing balance (CLBD)"]),
    (
        "Amt Ccy=\"EUR\">1000.00",
        "Amt Ccy=\"USD\">1000.00",
        &["line 8, Stmt[1]/Bal[OPBD]/Amt: found “USD”, expected EUR, the currency of the account"],
    ),
    (
        "Amt Ccy=\"EUR\">1066.50",
        "Amt Ccy=\"EUR\">1066.49",
        &[
            "line 10, Stmt[1]/Bal[CLBD]/Amt: found €\u{a0}1,066.49, expected €\u{a0}1,066.50, the old balance €\u{a0}1,000.00 and movements of €\u{a0}66.50 together",
        ],
    ),
    (
        "<Id><IBAN>BE43068999999501</IBAN></Id>",
        "<Id/>",
        &["line 6, Stmt[1]/Acct/Id: found nothing, expected an account, as IBAN or as another number"],
    ),
    (
        "<PgNb>1</PgNb><LastPgInd>true",
        "<PgNb>1</PgNb><LastPgInd>false",
        &[
            "line 4, GrpHdr/MsgPgntn: found page 1, and more pages follow, expected the whole statement in one file: ask the bank for it without pages",
        ],
    ),
    (
        "<PgNb>1</PgNb><LastPgInd>true",
        "<PgNb>2</PgNb><LastPgInd>true",
        &[
            "line 4, GrpHdr/MsgPgntn: found page 2, the last one, expected the whole statement in one file: ask the bank for it without pages",
        ],
    ),
    (
        "<Ntry>",
        "<TxsSummry><TtlNtries><NbOfNtries>7</NbOfNtries><Sum>353.50</Sum></TtlNtries></TxsSummry><Ntry>",
        &["line 12, Stmt[1]/TxsSummry/TtlNtries/NbOfNtries: found 7, expected 5, the booked entries of this statement"],
    ),
    (
        "<Ntry>",
        "<TxsSummry><TtlCdtNtries><NbOfNtries>2</NbOfNtries><Sum>211</Sum></TtlCdtNtries></TxsSummry><Ntry>",
        &[
            "line 12, Stmt[1]/TxsSummry/TtlCdtNtries/Sum: found €\u{a0}211.00, expected €\u{a0}210.00, the sum of its booked entries",
        ],
    ),
    (
        "PEETERS AN",
        "PEETERS &naam;",
        &[
            "line 16, Stmt[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/RltdPties/Dbtr/Nm: found the entity &naam;, expected only the five of XML: amp, lt, gt, quot, apos",
        ],
    ),
    (
        "PEETERS AN",
        "PEETERS &#7; AN",
        &[
            "line 16, Stmt[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/RltdPties/Dbtr/Nm: found the control character U+0007, expected printable characters only",
        ],
    ),
    ("</Ntry>", "</Entry>", &["line 18, Stmt[1]/Ntry[1]: found </Entry>, expected </Ntry>"]),
    (
        "</Document>",
        "</Document><Document/>",
        &["line 54: found a second document, expected one document and nothing around it"],
    ),
];

#[test]
fn awkward_files_say_exactly_what_is_wrong() {
    for (from, to, sentences) in AWKWARD {
        let file = changed(from, to);
        assert_eq!(problems(file.as_bytes()), *sentences, "{from} → {to}");
        assert!(bank::read(file.as_bytes()).is_err(), "{to} is read");
    }
    assert!(AWKWARD.len() >= 30, "{}", AWKWARD.len());
}

#[test]
fn what_could_grow_or_reach_outside_is_refused_unread() {
    let bomb = "<!DOCTYPE Document [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    let outside = "<!DOCTYPE Document SYSTEM \"file:///etc/passwd\">";
    for doctype in [bomb, outside] {
        let file = good().replacen("<Document", &format!("{doctype}<Document"), 1);
        refused(
            &file,
            &[
                "line 2: found a document type definition (DOCTYPE), expected none: a bank file has none, and what it defines is not read",
            ],
        );
    }
    let deep = changed("<Ntry>", &format!("<Ntry>{}", "<a>".repeat(100_000)));
    refused(
        &deep,
        &[&format!(
            "line 12, Stmt[1]/Ntry[1]{}: found more than 64 elements inside each other, expected a message of ISO 20022",
            "/a".repeat(60)
        )],
    );
}

#[test]
fn a_file_that_was_cut_off_shows_what_arrived() {
    let good = good();
    let (whole, _) = good.split_at(good.find("</Ntry>").unwrap() + 8);
    refused(whole, &["line 19, Stmt[1]: found the end of the file, expected </Stmt>"]);
    let reading = bank::inspect(whole.as_bytes());
    assert_eq!(reading.statements[0].statement.as_ref().unwrap().lines.len(), 1, "the entry that was whole");
    let (tag, _) = good.split_at(good.find("<AcctSvcrRef>").unwrap() + 5);
    refused(tag, &["line 14, Stmt[1]/Ntry[1]: found a tag that does not end, expected well-formed XML"]);
}

#[test]
fn every_problem_of_a_file_is_said_at_once() {
    let file = good().replace("<Sts>BOOK</Sts>", "<Sts>DONE</Sts>").replace("<Cd>CLBD</Cd>", "<Cd>CLAV</Cd>");
    assert_eq!(problems(file.as_bytes()).len(), 6);
}

#[test]
fn text_in_another_character_set_than_it_says_is_named() {
    let mut bytes = good().into_bytes();
    let at = bytes.windows(7).position(|window| window == b"PEETERS").unwrap();
    bytes[at] = 0xE9;
    assert_eq!(problems(&bytes), ["line 16: found a byte that is no text, expected text in UTF-8"]);
    let klingon = changed("UTF-8", "KLINGON");
    refused(&klingon, &["line 1: found the character set “KLINGON”, expected a character set that exists, like UTF-8"]);
}

#[test]
fn every_sentence_is_there_in_dutch_and_in_english() {
    let mut seen = 0;
    for (from, to, _) in AWKWARD {
        let reading = bank::inspect(changed(from, to).as_bytes());
        for problem in reading.problems.iter().chain(reading.statements.iter().flat_map(|part| &part.problems)) {
            for text in [&problem.found, &problem.expected, &problem.text()] {
                for lang in Lang::ALL {
                    let said = tell(lang, text);
                    assert!(!said.contains("camt-") && !said.contains("coda-") && !said.contains("{$"), "{said}");
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 150, "{seen}");
}

/// Texts that are put into files to see what happens.
const PIECES: [&str; 24] = [
    "<",
    ">",
    "</",
    "/>",
    "&",
    "&amp;",
    "&#0;",
    "&#x10FFFF;",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?",
    "<!DOCTYPE a>",
    "<Ntry>",
    "</Ntry>",
    "<Amt Ccy=\"EUR\">",
    "<TxDtls/>",
    "<Stmt>",
    "\"",
    "'",
    "9999999999999999999999999999999",
    "\u{0}",
    "é",
];

/// What is accepted is whole: booked lines explain the balances, details their totals.
fn accepted_is_whole(bytes: &[u8]) -> Result<(), TestCaseError> {
    let Ok(file) = bank::read(bytes) else { return Ok(()) };
    for statement in &file.statements {
        let moved: Money = statement.lines.iter().filter(|line| line.moves_balance()).map(|line| line.amount).sum();
        if let Some(balances) = statement.balances {
            prop_assert_eq!(balances.old + moved, balances.new);
        }
        for (index, total) in statement.lines.iter().enumerate() {
            let details: Vec<Money> =
                statement.lines.iter().filter(|line| line.batch_of == Some(index)).map(|line| line.amount).collect();
            prop_assert!(details.is_empty() || details.iter().sum::<Money>() == total.amount);
        }
    }
    Ok(())
}

fn message(version: u8, notification: bool) -> String {
    let message: Message = day(version);
    if notification { message.notification() } else { message.statement() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..1500)) {
        let _ = bank::inspect(&bytes);
        let _ = bank::inspect(&[b"<".as_slice(), &bytes].concat());
    }

    #[test]
    fn no_damage_to_a_good_file_makes_it_a_wrong_one(
        version in prop::sample::select(VERSIONS.to_vec()),
        notification in any::<bool>(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        pieces in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(PIECES.to_vec())), 0..4),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = message(version, notification).into_bytes();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        for (at, piece) in pieces {
            let at = at.index(bytes.len());
            bytes.splice(at..at, piece.bytes());
        }
        accepted_is_whole(&bytes)?;
        let _ = bank::inspect(&bytes[..cut.index(bytes.len())]);
    }

    #[test]
    fn no_other_digit_in_an_amount_of_an_entry_is_read(which in 0_usize..5, digit in 0_u8..10, at in any::<prop::sample::Index>()) {
        let good = message(8, false);
        let (start, _) = good.match_indices("<Ntry><Amt Ccy=\"EUR\">").nth(which).unwrap();
        let from = start + "<Ntry><Amt Ccy=\"EUR\">".len();
        let length = good[from..].find('<').unwrap();
        let at = from + at.index(length);
        let mut bytes = good.into_bytes();
        prop_assume!(bytes[at] != b'.' && bytes[at] != b'0' + digit);
        bytes[at] = b'0' + digit;
        prop_assert!(bank::read(&bytes).is_err());
    }
}
