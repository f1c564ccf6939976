//! Writing the collections of a month as one pain.008 file, checked before it is handed out.

use std::time::{Duration, Instant};

use chrono::NaiveDate;
use energiehuis::domain::identity::{CreditorId, EnterpriseNumber, Iban, Ogm};
use energiehuis::domain::money::Money;
use energiehuis::formats::pain::{Collection, Head, Mandate, Remittance, Scheme, Sequence, collections};

use crate::report::Report;

/// How many collections.
const COLLECTIONS: u32 = 10_000;

/// Measures writing them.
pub(crate) fn measure(report: &mut Report) {
    let enterprise_number = EnterpriseNumber::parse("0566.988.259").unwrap();
    let head = Head {
        message_id: "FIGURES-1".to_owned(),
        created_at: day().and_hms_opt(9, 0, 0).unwrap(),
        name: "Energiehuis".to_owned(),
        enterprise_number,
    };
    let creditor = CreditorId::of(enterprise_number);
    let lines: Vec<Collection> = (1..=COLLECTIONS).map(collection).collect();
    let start = Instant::now();
    let built = collections(&head, &creditor, &lines).unwrap();
    let took = start.elapsed();
    assert_eq!(built.blocked, []);
    let file = built.file.unwrap();
    assert_eq!(file.count(), COLLECTIONS as usize);
    report.about(&format!("Writing {COLLECTIONS} collections as pain.008"));
    report.figure("written and checked", took, &format!("{} bytes", file.bytes.len()));
    report.at_most("the file takes, of one second", (took, Duration::from_secs(1)), 1);
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()
}

fn collection(serial: u32) -> Collection {
    Collection {
        account: Iban::from_bban("BE", "000123456789").unwrap(),
        collect_on: day(),
        scheme: Scheme::Core,
        sequence: Sequence::Recurrent,
        end_to_end_id: format!("E2E-{serial:010}"),
        amount: Money::from_cents(10_000 + i64::from(serial)),
        debtor_name: format!("Frédérique Nummer {serial}"),
        debtor_iban: Iban::from_bban("BE", &format!("{serial:012}")).unwrap().canonical(),
        mandate: Some(Mandate {
            mandate_id: format!("M-{serial:08}"),
            signed_on: NaiveDate::from_ymd_opt(2024, 3, 1).unwrap(),
            amendment: None,
        }),
        remittance: Remittance::Structured(Ogm::from_base(1_000_000_000 + u64::from(serial)).unwrap()),
    }
}
