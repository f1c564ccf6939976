//! Files that real banks made, as far as others have published them.
//!
//! Those of febelfin-coda stand here with their licence. Those of pycoda may not be copied: `CODA_SAMPLES` names a
//! folder that holds the unpacked source package (`.ci/run` fetches it when it can); without it that test says that it
//! proved nothing.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use energiehuis::domain::money::Money;
use energiehuis::formats::coda::{self, Communication, InformationContent, Problem, TransactionType};

use super::records::english;

const FEBELFIN: &[u8] = include_bytes!("samples/febelfin-coda/CODA.txt");
const EMPTY: &[u8] = include_bytes!("samples/febelfin-coda/CODA-empty.txt");

#[test]
fn the_sample_of_febelfin_coda_is_read_in_full() {
    let read = coda::read(FEBELFIN).unwrap();
    let [statement] = read.statements.as_slice() else { panic!("{} statements", read.statements.len()) };
    assert_eq!((statement.account.number.as_str(), statement.account.currency.as_str()), ("435000000080", "EUR"));
    assert_eq!((statement.old_balance, statement.new_balance), (Money::ZERO, Money::from_cents(940_529_699)));
    assert_eq!(statement.new_balance_on, NaiveDate::from_ymd_opt(2006, 12, 7));
    // What its own package says of it: 59 movements, and the details beside them.
    assert_eq!((statement.balance_movements().count(), statement.movements.len()), (59, 111));
    let first = &statement.movements[0];
    assert_eq!((first.amount, first.code.to_string().as_str()), (Money::from_cents(-257_825), "00799000"));
    assert_eq!(first.free_text(), "BORDEREAU DE DECOMPTE AVANCES    015 NUMERO D'OPERATION 495953");
    let kinds = |kind: TransactionType| statement.movements.iter().filter(|one| one.code.kind == kind).count();
    assert!(kinds(TransactionType::CustomerDetail) > 0 && kinds(TransactionType::BankDetail) > 0);
    let counterparty = statement.movements.iter().flat_map(|one| &one.information).find_map(|one| match &one.content {
        InformationContent::Counterparty { name, street, locality, .. } => Some((&**name, &**street, &**locality)),
        _ => None,
    });
    assert_eq!(counterparty, Some(("Olgerdin Egill Skallagrims", "Grjothalsi 7", "11110 Reykjavik")));
    // Every structured communication in it is read in fields, none is left as positions.
    let structured = statement.movements.iter().map(|one| &one.communication);
    for communication in structured.filter(|one| matches!(one, Communication::OtherStructured { .. })) {
        assert!(communication.details().is_some(), "{communication:?}");
    }
}

#[test]
fn the_empty_sample_of_febelfin_coda_has_no_movement_and_no_new_balance() {
    let read = coda::read(EMPTY).unwrap();
    let statement = &read.statements[0];
    assert_eq!((statement.movements.len(), statement.new_balance_on), (0, None));
    assert_eq!((statement.old_balance, statement.new_balance), (Money::ZERO, Money::ZERO));
}

/// A file of pycoda: how many statements and movements it has, and why it is refused. Some were made anonymous by
/// hand, and their two accounts differ since.
type Sample = (&'static str, usize, usize, &'static [&'static str]);

const PYCODA: &[Sample] = &[
    ("Coda_faulty_version.txt", 0, 0, &["line 1, record 0, version", "line 1, record 0, end"]),
    ("Coda_foreign_account.txt", 1, 2, &[]),
    ("Coda_v2_3_faulty_globalisation.txt", 1, 0, &["line 43, record 8, account"]),
    ("Coda_v2_3_faulty_globalisation_2.txt", 1, 2, &[]),
    ("Coda_v2_3_globalisation.txt", 1, 0, &["line 24, record 8, account"]),
    ("Coda_v2_3_globalisation_2.txt", 1, 0, &["line 20, record 8, account", "line 21, record 9, number of records"]),
    ("Coda_v2_3_multi_statements.txt", 2, 0, &["line 136, record 8, account"]),
    ("Coda_v2_3_single_statement.txt", 1, 32, &[]),
];

#[test]
fn the_samples_of_pycoda_are_read_where_they_may_be_had() {
    #[expect(clippy::disallowed_methods, reason = "where the samples are is told to the tests, not to the house")]
    let Some(folder) = std::env::var_os("CODA_SAMPLES").map(PathBuf::from) else {
        println!("CODA_SAMPLES names no folder: no sample of pycoda was read, and this proves nothing");
        return;
    };
    for (name, statements, movements, refused) in PYCODA {
        let path = find(&folder, name).unwrap_or_else(|| panic!("{name} is not under {}", folder.display()));
        let bytes = std::fs::read(&path).unwrap();
        let reading = coda::inspect(&bytes);
        assert_eq!(reading.statements.iter().filter(|part| part.statement.is_some()).count(), *statements, "{name}");
        match coda::read(&bytes) {
            Ok(file) => {
                assert!(refused.is_empty(), "{name} is taken for a right file");
                assert_eq!(file.statements.iter().map(|one| one.movements.len()).sum::<usize>(), *movements, "{name}");
            }
            Err(problems) => assert_eq!(places(&problems), *refused, "{name}"),
        }
    }
}

/// Where each problem is, without what stands there.
fn places(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|problem| english(problem).split(':').next().unwrap_or_default().to_owned()).collect()
}

/// The file with a name, anywhere under a folder.
fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    std::fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|entry| entry.path())
        .find_map(|path| if path.is_dir() { find(&path, name) } else { path.ends_with(name).then_some(path) })
}
