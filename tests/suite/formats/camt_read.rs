//! CAMT.053 and CAMT.054, version by version: the same statement says the same.

use energiehuis::domain::identity::{Iban, Ogm};
use energiehuis::domain::money::Money;
use energiehuis::formats::bank::{self, DebitOutcome, Format, Kind, Line, Reference, ReturnKind, Role, Statement};

use super::camt_files::{CHARGE, COLLECTED, Entry, Message, RECEIVED, SENT, Transaction, UNPAID, entry, received};

pub(super) const VERSIONS: [u8; 5] = [2, 3, 4, 6, 8];

pub(super) fn ogm() -> Ogm {
    Ogm::parse("+++321/9887/30446+++").unwrap()
}

fn euros(euros: i64) -> Money {
    Money::from_euros(euros)
}

/// A day with everything a lender meets: a borrower, a batch of collections, one that came back, an order of ours, a
/// charge, and one that is announced only.
pub(super) fn day(version: u8) -> Message {
    let borrower = Transaction { ogm: Some(ogm()), end_to_end_id: "E2E-1".to_owned(), ..received(euros(150)) };
    let collected = |amount, mandate: &str| Transaction {
        mandate: mandate.to_owned(),
        ogm: Some(ogm()),
        ..received(euros(amount))
    };
    let unpaid = Transaction { reason: "AM04".to_owned(), ..collected(-40, "M-3") };
    let paid =
        Transaction { end_to_end_id: "O-7".to_owned(), name: "DAKWERKEN BV".to_owned(), ..received(euros(-100)) };
    let batch = entry(euros(60), COLLECTED, vec![collected(20, "M-1"), collected(40, "M-2")]);
    let pending = entry(euros(9), RECEIVED, vec![received(euros(9))]);
    Message {
        version,
        iban: "BE43068999999501".to_owned(),
        sequence: 201,
        on: "2026-10-16".parse().unwrap(),
        old_balance: euros(1000),
        entries: vec![
            entry(euros(150), RECEIVED, vec![borrower]),
            Entry { batch: Some("RUN-12".to_owned()), ..batch },
            entry(euros(-40), UNPAID, vec![unpaid]),
            entry(euros(-100), SENT, vec![paid]),
            entry(Money::from_cents(-350), CHARGE, Vec::new()),
            Entry { status: "PDNG", ..pending },
        ],
    }
}

fn read(xml: &str) -> Statement {
    let file = bank::read(xml.as_bytes()).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(file.statements.len(), 1);
    file.statements.into_iter().next().unwrap()
}

/// A statement of one line, whose transaction holds this.
fn with(inner: &str) -> Line {
    let mut message = day(2);
    message.entries = vec![entry(euros(150), RECEIVED, vec![received(euros(150))])];
    let xml = message.statement();
    let (start, rest) = xml.split_once("<RltdPties>").unwrap();
    let (_, end) = rest.split_once("</RltdAgts>").unwrap();
    read(&format!("{start}{inner}{end}")).lines.remove(0)
}

#[test]
fn every_version_says_the_same() {
    let first = read(&day(2).statement());
    for version in VERSIONS {
        let file = bank::read(day(version).statement().as_bytes()).unwrap();
        assert_eq!(file.format, Format::Camt053(version));
        assert_eq!((file.format.to_string(), file.encoding), (format!("camt.053.001.{version:02}"), "utf-8"));
        let statement = &file.statements[0];
        let without_place =
            |lines: &[Line]| -> Vec<Line> { lines.iter().map(|line| Line { line: 0, ..line.clone() }).collect() };
        assert_eq!(without_place(&statement.lines), without_place(&first.lines), "version {version}");
        assert_eq!((statement.balances, statement.sequence, statement.on), (first.balances, 201, first.on));
    }
}

#[test]
fn a_day_is_read_in_full() {
    let statement = read(&day(8).statement());
    assert_eq!(statement.account_number(), "BE43068999999501");
    assert_eq!((statement.holder.as_str(), statement.bic.as_deref()), ("ENERGIEHUIS", Some("KREDBEBB")));
    let balances = statement.balances.unwrap();
    assert_eq!((balances.old, balances.new), (euros(1000), Money::from_cents(106_650)));
    let seen: Vec<_> = statement
        .lines
        .iter()
        .map(|line| (line.position.to_string(), line.role, line.batch_of, line.amount.to_string(), line.kind))
        .collect();
    let line = |position: &str, role, batch_of, amount: &str, kind| {
        (position.to_owned(), role, batch_of, amount.to_owned(), kind)
    };
    assert_eq!(
        seen,
        [
            line("0001/0000", Role::Single, None, "150.00", Kind::TransferReceived),
            line("0002/0000", Role::Total, None, "60.00", Kind::CollectionCredited),
            line("0002/0001", Role::Detail, Some(1), "20.00", Kind::CollectionCredited),
            line("0002/0002", Role::Detail, Some(1), "40.00", Kind::CollectionCredited),
            line("0003/0000", Role::Single, None, "-40.00", Kind::CollectionReturned),
            line("0004/0000", Role::Single, None, "-100.00", Kind::TransferSent),
            line("0005/0000", Role::Single, None, "-3.50", Kind::Charges),
        ]
    );
    let borrower = &statement.lines[0];
    assert_eq!((borrower.reference, borrower.end_to_end_id.as_deref()), (Reference::Given(ogm()), Some("E2E-1")));
    assert_eq!(borrower.counterparty.iban, Some(Iban::parse("BE68539007547034").unwrap()));
    assert_eq!(borrower.counterparty.name.as_deref(), Some("PEETERS AN"));
    assert_eq!(borrower.counterparty.bic.as_deref(), Some("GEBABEBB"));
    assert_eq!((borrower.code.as_str(), borrower.bank_reference.as_str()), ("PMNT-RCDT-ESCT", "REF"));
    assert_eq!(statement.lines[1].batch_reference.as_deref(), Some("RUN-12"));
    let order = &statement.lines[5];
    assert_eq!(
        (order.counterparty.name.as_deref(), order.end_to_end_id.as_deref()),
        (Some("DAKWERKEN BV"), Some("O-7"))
    );
}

#[test]
fn what_is_announced_only_is_shown_and_is_no_money() {
    let file = bank::read(day(4).statement().as_bytes()).unwrap();
    let statement = &file.statements[0];
    let pending: Vec<_> = statement.pending.iter().map(|line| line.amount).collect();
    assert_eq!(pending, [euros(9)]);
    assert!(statement.lines.iter().all(|line| line.amount != euros(9)));
}

#[test]
fn a_direct_debit_brings_its_mandate_and_why_it_came_back() {
    let statement = read(&day(8).statement());
    let paid = statement.lines[2].direct_debit.as_ref().unwrap();
    assert_eq!((paid.mandate.as_str(), paid.creditor.as_str()), ("M-1", "BE89ZZZ0566988259"));
    assert_eq!((paid.outcome, &statement.lines[2].returned), (Some(DebitOutcome::Paid), &None));
    let unpaid = &statement.lines[4];
    let returned = unpaid.returned.as_ref().unwrap();
    assert_eq!((returned.kind, returned.reason.as_deref()), (Some(ReturnKind::Return), Some("AM04")));
    let debit = unpaid.direct_debit.as_ref().unwrap();
    assert_eq!((debit.outcome, debit.mandate.as_str()), (Some(DebitOutcome::DebtorAccount), "M-3"));
    assert_eq!(unpaid.counterparty.name.as_deref(), Some("PEETERS AN"), "the debtor, although money left");
}

#[test]
fn references_are_told_by_issuer_or_check_digits() {
    let reference = |kind: &str, text: &str| {
        with(&format!("<RmtInf><Strd><CdtrRefInf>{kind}<Ref>{text}</Ref></CdtrRefInf></Strd></RmtInf>"))
    };
    let scor = |issuer: &str| format!("<Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry>{issuer}</Tp>");
    let (bba, iso) = (scor("<Issr>BBA</Issr>"), scor("<Issr>ISO</Issr>"));
    assert_eq!(reference(&bba, "321988730446").reference, Reference::Given(ogm()));
    assert_eq!(reference("", "+++321/9887/30446+++").reference, Reference::Given(ogm()), "no issuer: mod 97 tells");
    assert_eq!(reference(&bba, "321988730447").reference, Reference::Invalid);
    let rf = reference(&iso, "RF18 5390 0754 7034");
    assert_eq!((rf.reference, rf.texts()), (Reference::Absent, vec!["RF18 5390 0754 7034", "539007547034"]));
    let wrapped = reference(&iso, "RF48090933755493");
    assert!(wrapped.texts().contains(&"090933755493"), "a Belgian communication inside an RF reference is found");
    let other = reference("", "FACTUUR 2026/12");
    assert_eq!((other.reference, other.texts()), (Reference::Absent, vec!["FACTUUR 2026/12"]));
}

#[test]
fn a_wrong_reference_is_a_doubt_and_never_stops_a_file() {
    let wrong = day(4).statement().replacen("321988730446", "321988730447", 1);
    let file = bank::read(wrong.as_bytes()).unwrap();
    let doubts: Vec<_> = file.warnings.iter().filter(|one| one.severity == bank::Severity::Doubtful).collect();
    assert_eq!(doubts.len(), 1);
    assert_eq!(file.statements[0].lines[0].reference, Reference::Invalid);
}

#[test]
fn several_texts_are_read_joined_with_and_without_a_blank() {
    let line = with("<RmtInf><Ustrd>lening L-2026-000</Ustrd><Ustrd>12 juni</Ustrd></RmtInf>");
    assert_eq!(line.free, "lening L-2026-000 12 juni");
    assert!(line.texts().contains(&"lening L-2026-00012 juni"));
    assert_eq!(line.readable().as_deref(), Some("lening L-2026-000 12 juni"), "people read it once");
    let both = with(
        "<RmtInf><Ustrd>dank u</Ustrd><Strd><CdtrRefInf><Ref>321988730446</Ref></CdtrRefInf><AddtlRmtInf>juni</AddtlRmtInf></Strd></RmtInf>",
    );
    assert_eq!(
        (both.reference, both.free.as_str(), both.more.as_slice()),
        (Reference::Given(ogm()), "dank u", &["juni".to_owned()][..])
    );
}

#[test]
fn an_end_to_end_id_that_was_not_provided_is_none() {
    for absent in ["NOTPROVIDED", "NOT PROVIDED", "notprovided", " "] {
        let xml = day(2).statement().replacen("E2E-1", absent, 1);
        assert_eq!(read(&xml).lines[0].end_to_end_id, None, "{absent}");
    }
}

#[test]
fn dates_may_be_moments_and_a_zone_counts_in_brussels() {
    let on = |text: &str| {
        let day_of_entry = "<BookgDt><Dt>2026-10-16</Dt></BookgDt>";
        read(&day(2).statement().replacen(day_of_entry, &format!("<BookgDt>{text}</BookgDt>"), 1)).lines[0]
            .booked_on
            .to_string()
    };
    assert_eq!(on("<Dt>2026-10-15+02:00</Dt>"), "2026-10-15");
    assert_eq!(on("<DtTm>2026-10-15T23:59:59.999</DtTm>"), "2026-10-15");
    assert_eq!(on("<DtTm>2026-10-15T22:30:00Z</DtTm>"), "2026-10-16", "half past midnight in Brussels");
    assert_eq!(on("<DtTm>2026-10-15T22:30:00+02:00</DtTm>"), "2026-10-15");
}

#[test]
fn charges_that_were_taken_off_are_a_part_of_the_amount() {
    let charges = r#"<Chrgs><Amt Ccy="EUR">2.50</Amt></Chrgs>"#;
    let mut message = day(2);
    message.entries = vec![entry(euros(100), RECEIVED, vec![received(Money::from_cents(10_250))])];
    let xml = message.statement().replacen("</TxAmt></AmtDtls>", &format!("</TxAmt></AmtDtls>{charges}"), 1);
    let lines = read(&xml).lines;
    let seen: Vec<_> = lines.iter().map(|line| (line.role, line.batch_of, line.amount.to_string())).collect();
    assert_eq!(
        seen,
        [
            (Role::Single, None, "100.00".to_owned()),
            (Role::Part, Some(0), "102.50".to_owned()),
            (Role::ChargePart, Some(0), "-2.50".to_owned()),
        ]
    );
}

#[test]
fn a_batch_without_transactions_is_a_total() {
    let mut message = day(4);
    message.entries = vec![Entry { batch: Some("RUN-1".to_owned()), ..entry(euros(60), COLLECTED, Vec::new()) }];
    let lines = read(&message.statement()).lines;
    assert_eq!((lines.len(), lines[0].role), (1, Role::Total));
}

#[test]
fn the_codes_of_iso_become_the_words_of_coda() {
    let kind = |code: [&'static str; 3], amount: i64| {
        let mut message = day(4);
        message.entries = vec![entry(euros(amount), code, Vec::new())];
        read(&message.statement()).lines[0].kind
    };
    assert_eq!(kind(["PMNT", "RRCT", "ESCT"], 1), Kind::TransferReceived);
    assert_eq!(kind(["PMNT", "IRCT", "ESCT"], -1), Kind::TransferSent);
    assert_eq!(kind(["PMNT", "ICDT", "RRTN"], 1), Kind::TransferReturned);
    assert_eq!(kind(["PMNT", "ICDT", "ESCT"], 1), Kind::TransferReturned, "our own order that came in again");
    assert_eq!(kind(["PMNT", "IDDT", "PRDD"], -1), Kind::CollectionReturned);
    assert_eq!(kind(["PMNT", "RDDT", "ESDD"], -1), Kind::CollectedFromUs);
    assert_eq!(kind(["CAMT", "CAPL", "ZABA"], -1), Kind::OwnAccounts);
    assert_eq!(kind(["PMNT", "MCOP", "INTR"], 1), Kind::Closing);
    assert_eq!(kind(["XTND", "NTAV", "NTAV"], 1), Kind::Other);
    let own = day(4).statement().replacen(
        "<Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn>",
        "<Prtry><Cd>00150000</Cd><Issr>BBA</Issr></Prtry>",
        1,
    );
    let line = &read(&own).lines[0];
    assert_eq!((line.kind, line.code.as_str()), (Kind::TransferReceived, "00150000"), "the CODA code in its place");
}

#[test]
fn sent_again_it_is_the_same_and_a_changed_cent_is_another() {
    let first = read(&day(4).statement());
    let again =
        day(4).statement().replace("T20:00:00", "T21:00:00").replace("<Id>S-", "<Id>AGAIN-").replace('\n', "\r\n  ");
    let again = again.replace("</CreDtTm><Acct>", "</CreDtTm><CpyDplctInd>DUPL</CpyDplctInd><Acct>");
    let again = read(&again);
    assert!(again.duplicate && !first.duplicate);
    assert_eq!(again.fingerprint, first.fingerprint);
    let mut other = day(4);
    other.entries[0].amount = Money::from_cents(15_001);
    other.entries[0].transactions[0].amount = Money::from_cents(15_001);
    assert_ne!(read(&other.statement()).fingerprint, first.fingerprint);
}

#[test]
fn prefixes_character_sets_and_cdata_change_nothing() {
    let plain = read(&day(4).statement());
    let prefixed = day(4).statement().replace("</", "</b:").replace('<', "<b:").replace("<b:/b:", "</b:");
    let prefixed = prefixed.replace("<b:?xml", "<?xml").replace("xmlns=", "xmlns:b=");
    assert_eq!(read(&prefixed).lines, plain.lines);
    let named = day(4).statement().replace("PEETERS AN", "Geldhof, H\u{e9}l\u{e8}ne");
    let latin: Vec<u8> =
        named.replace("UTF-8", "ISO-8859-1").chars().map(|sign| u8::try_from(u32::from(sign)).unwrap()).collect();
    let file = bank::read(&latin).unwrap();
    assert_eq!(file.statements[0].lines[0].counterparty.name.as_deref(), Some("Geldhof, Hélène"));
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(named.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(bank::read(&wide).unwrap().statements[0].lines, file.statements[0].lines);
    let escaped = day(4).statement().replace("PEETERS AN", "<![CDATA[J & Z]]> &lt;&#233;&gt;");
    assert_eq!(read(&escaped).lines[0].counterparty.name.as_deref(), Some("J & Z <é>"));
}

#[test]
fn a_notification_is_a_details_feed_without_balances() {
    for version in VERSIONS {
        let file = bank::read(day(version).notification().as_bytes()).unwrap();
        assert_eq!(file.format, Format::Camt054(version));
        let statement = &file.statements[0];
        assert_eq!((statement.details_feed.as_deref(), statement.balances), (Some("camt.054"), None));
        assert_eq!(statement.lines.len(), 7);
    }
}

#[test]
fn numbers_of_the_year_are_read_from_longer_ones() {
    let number = |text: &str| {
        read(&day(4).statement().replace("<ElctrncSeqNb>201<", &format!("<ElctrncSeqNb>{text}<"))).sequence
    };
    assert_eq!((number("2026201"), number("7"), number("999"), number("1000"), number("1001")), (201, 7, 999, 1, 2));
}
