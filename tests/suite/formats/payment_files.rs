//! Lines to pay and to collect, an XML reader of our own, and the schemas of ISO 20022.

use std::io::Write;
use std::process::{Command, Stdio};

use chrono::NaiveDate;
use energiehuis::domain::identity::{EnterpriseNumber, Iban, Ogm};
use energiehuis::domain::money::Money;
use energiehuis::formats::pain::{Collection, Head, Mandate, Remittance, Scheme, Sequence, Transfer};
use quick_xml::Reader;
use quick_xml::events::Event;

pub(super) const TRANSFERS_XSD: &str = "pain.001.001.09.xsd";
pub(super) const COLLECTIONS_XSD: &str = "pain.008.001.08.xsd";

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn head() -> Head {
    Head {
        message_id: "EH-2026-00001".to_owned(),
        created_at: "2026-11-26T10:15:00".parse().unwrap(),
        name: "Energiehuis Zuid-West-Vlaanderen".to_owned(),
        enterprise_number: EnterpriseNumber::parse("0566.988.259").unwrap(),
    }
}

pub(super) fn iban(serial: u64) -> Iban {
    let base = 9_990_000_000 + serial;
    let check = if base.is_multiple_of(97) { 97 } else { base % 97 };
    Iban::from_bban("BE", &format!("{base:010}{check:02}")).unwrap()
}

pub(super) fn transfer(end_to_end_id: &str) -> Transfer {
    Transfer {
        account: iban(1),
        execute_on: day("2026-11-27"),
        end_to_end_id: end_to_end_id.to_owned(),
        amount: Money::from_cents(123_456),
        creditor_name: "Dakwerken Désiré & Zonen".to_owned(),
        creditor_iban: iban(2).to_string(),
        remittance: Remittance::Structured(Ogm::from_base(3_219_887_304).unwrap()),
    }
}

pub(super) fn collection(end_to_end_id: &str) -> Collection {
    Collection {
        account: iban(1),
        collect_on: day("2026-12-01"),
        scheme: Scheme::Core,
        sequence: Sequence::Recurrent,
        end_to_end_id: end_to_end_id.to_owned(),
        amount: Money::from_cents(25_000),
        debtor_name: "Jürgen Łukasz".to_owned(),
        debtor_iban: iban(3).to_string(),
        mandate: Some(Mandate { mandate_id: "M00001".to_owned(), signed_on: day("2026-03-02"), amendment: None }),
        remittance: Remittance::Structured(Ogm::from_base(909_337_554).unwrap()),
    }
}

/// Each text of a file with the names of the elements around it, in order.
pub(super) fn texts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(std::str::from_utf8(bytes).unwrap());
    reader.config_mut().trim_text(true);
    let (mut path, mut found) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => path.push(start.name().0.to_owned()),
            Event::End(_) => drop(path.pop()),
            Event::Text(text) => found.push((path.join("/"), text.to_string())),
            Event::Eof => return found,
            Event::Decl(_) => {}
            other => panic!("{other:?} in a payment file"),
        }
    }
}

/// The texts of one element, by the end of its path.
pub(super) fn all(texts: &[(String, String)], end: &str) -> Vec<String> {
    texts.iter().filter(|(path, _)| path.ends_with(end)).map(|(_, text)| text.clone()).collect()
}

/// Nothing when a file is valid by a schema of ISO 20022; else what `xmllint` has to say.
pub(super) fn against(schema: &str, bytes: &[u8]) -> Option<String> {
    let xsd = format!("{}/tests/suite/fixtures/xsd/{schema}", env!("CARGO_MANIFEST_DIR"));
    let mut lint = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema", &xsd, "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("xmllint of libxml2-utils is installed");
    lint.stdin.take().unwrap().write_all(bytes).unwrap();
    let output = lint.wait_with_output().unwrap();
    (!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned())
}
