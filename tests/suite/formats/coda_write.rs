//! What is written reads back the same.

use chrono::{Days, NaiveDate};
use energiehuis::domain::identity::{EnterpriseNumber, Iban, Ogm};
use energiehuis::domain::money::Money;
use energiehuis::formats::coda::{
    self, CannotWrite, Communication, EntryToWrite, LineToWrite, Movement, Return, ReturnKind, Statement,
    StatementToWrite, TextToWrite,
};
use proptest::prelude::*;

use super::records::{file, good};

/// A statement that was read, as what was written.
fn as_written(statement: &Statement) -> StatementToWrite {
    let entries = statement.balance_movements().map(|total| EntryToWrite {
        line: line(total),
        details: statement.details_of(total).into_iter().map(line).collect(),
    });
    StatementToWrite {
        created_on: statement.created_on,
        duplicate: statement.duplicate,
        bic: statement.bic.clone().unwrap_or_default(),
        holder_number: statement.holder_number,
        holder: statement.holder.clone(),
        description: statement.description.clone(),
        account: statement.account.iban.clone().unwrap(),
        sequence: statement.sequence,
        old_balance: statement.old_balance,
        old_balance_on: statement.old_balance_on.unwrap(),
        new_balance_on: statement.new_balance_on.unwrap(),
        entries: entries.collect(),
        messages: statement.messages.clone(),
    }
}

fn line(movement: &Movement) -> LineToWrite {
    LineToWrite {
        amount: movement.amount,
        value_on: movement.value_on,
        booked_on: movement.booked_on,
        code: (movement.code.family, movement.code.transaction),
        bank_reference: movement.bank_reference.clone(),
        text: match &movement.communication {
            Communication::Structured(ogm) => TextToWrite::Structured(*ogm),
            Communication::ReconstitutedOgm(ogm) => TextToWrite::Reconstituted(*ogm),
            other => {
                assert!(matches!(other, Communication::Free(_)), "{other:?}");
                TextToWrite::Free(movement.free_text().to_owned())
            }
        },
        customer_reference: movement.customer_reference.clone().unwrap_or_default(),
        counterparty_iban: movement.counterparty.iban.clone(),
        counterparty_bic: movement.counterparty.bic.clone().unwrap_or_default(),
        counterparty_name: movement.counterparty.name.clone().unwrap_or_default(),
        returned: movement.returned.clone(),
    }
}

fn a_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..36_000).prop_map(|days| NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + Days::new(days))
}

/// A text without blanks at its ends, of at most this many signs.
fn a_text(room: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select("ABZaz059 .,-/+&'éèüçÉłœ€".chars().collect::<Vec<_>>()), 0..=room)
        .prop_map(|signs| signs.into_iter().collect::<String>().trim().to_owned())
}

fn an_amount() -> impl Strategy<Value = Money> {
    (-9_999_999_999_i64..9_999_999_999).prop_map(Money::from_cents)
}

fn an_iban() -> impl Strategy<Value = Iban> {
    (1_u64..1_000_000_000_000).prop_map(|number| Iban::from_bban("BE", &format!("{number:012}")).unwrap())
}

fn words() -> impl Strategy<Value = TextToWrite> {
    let ogm = || (0_u64..10_000_000_000).prop_map(|base| Ogm::from_base(base).unwrap());
    prop_oneof![
        a_text(149).prop_map(TextToWrite::Free),
        ogm().prop_map(TextToWrite::Structured),
        ogm().prop_map(TextToWrite::Reconstituted),
    ]
}

fn a_return() -> impl Strategy<Value = Return> {
    let kinds = vec![ReturnKind::Reject, ReturnKind::Return, ReturnKind::Refund, ReturnKind::Reversal];
    let reason = prop::option::of(prop::sample::select(vec!["AM04".to_owned(), "MD06".to_owned()]));
    (prop::sample::select(kinds), reason).prop_map(|(kind, reason)| Return { kind: Some(kind), reason })
}

prop_compose! {
    fn a_line()(
        amount in an_amount(), value_on in prop::option::of(a_day()), booked_on in a_day(),
        code in (0_u8..100, 0_u8..100), bank_reference in a_text(21), text in words(),
        customer_reference in a_text(35), counterparty_iban in prop::option::of(an_iban()),
        counterparty_bic in prop::sample::select(vec![String::new(), "KREDBEBB".to_owned()]),
        counterparty_name in a_text(35), returned in prop::option::of(a_return()),
    ) -> LineToWrite {
        LineToWrite {
            amount, value_on, booked_on, code, bank_reference, text, customer_reference, counterparty_iban,
            counterparty_bic, counterparty_name, returned,
        }
    }
}

prop_compose! {
    fn an_entry()(mut line in a_line(), details in prop::collection::vec(a_line(), 0..4)) -> EntryToWrite {
        if !details.is_empty() {
            line.amount = details.iter().map(|detail| detail.amount).sum();
        }
        EntryToWrite { line, details }
    }
}

prop_compose! {
    fn a_statement()(
        created_on in a_day(), duplicate in any::<bool>(), holder_number in prop::option::of(0_u32..20_000_000),
        holder in a_text(26), description in a_text(35), account in an_iban(), sequence in 1_u16..1000,
        old_balance in an_amount(), old_balance_on in a_day(), new_balance_on in a_day(),
        entries in prop::collection::vec(an_entry(), 0..6), messages in prop::collection::vec(a_text(80), 0..3),
    ) -> StatementToWrite {
        StatementToWrite {
            created_on, duplicate, bic: "GKCCBEBB".to_owned(),
            holder_number: holder_number.filter(|n| *n > 0).map(|n| EnterpriseNumber::from_first_eight(n).unwrap()),
            holder, description, account, sequence, old_balance, old_balance_on, new_balance_on, entries, messages,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_is_written_reads_back_the_same(statements in prop::collection::vec(a_statement(), 1..4)) {
        let bytes = coda::write(&statements).unwrap();
        let read = coda::read(&bytes).unwrap();
        prop_assert_eq!(&read.warnings, &vec![]);
        for (read, written) in read.statements.iter().zip(&statements) {
            prop_assert_eq!(read.new_balance, written.new_balance());
            prop_assert_eq!(&as_written(read), written);
        }
        prop_assert_eq!(read.statements.len(), statements.len());
    }
}

#[test]
fn a_file_of_a_bank_is_written_as_the_bank_wrote_it() {
    let bytes = file(&good());
    let statements: Vec<_> = coda::read(&bytes).unwrap().statements.iter().map(as_written).collect();
    // The paper statement number of a movement is not kept: it says nothing that record 1 does not.
    let without_paper = |bytes: &[u8]| -> Vec<String> {
        let lines = std::str::from_utf8(bytes).unwrap().lines();
        lines
            .map(
                |line| {
                    if line.starts_with("21") { format!("{}{}", &line[..121], &line[124..]) } else { line.to_owned() }
                },
            )
            .collect()
    };
    assert_eq!(without_paper(&coda::write(&statements).unwrap()), without_paper(&bytes));
}

#[test]
fn what_coda_cannot_hold_is_refused() {
    let right = as_written(&coda::read(&file(&good())).unwrap().statements[0]);
    let refused = |change: fn(&mut StatementToWrite)| {
        let mut wrong = right.clone();
        change(&mut wrong);
        coda::write(&[wrong]).unwrap_err()
    };
    let said = refused(|statement| statement.holder = "x".repeat(27));
    assert_eq!(said.to_string(), "the holder is 27 signs long; CODA has room for 26");
    let said = refused(|statement| statement.entries[0].line.text = TextToWrite::Free("y".repeat(150)));
    assert_eq!(said.to_string(), "the communication is 150 signs long; CODA has room for 149");
    let said = refused(|statement| statement.entries[1].details[0].amount += Money::from_cents(1));
    assert_eq!(said.to_string(), "the total is 70.10, but its details add up to 70.11; they must be equal");
    let said = refused(|statement| statement.sequence = 1000);
    assert_eq!(said.to_string(), "the CODA sequence number is 1000; it must be 1 to 999");
    assert_eq!(refused(|statement| statement.holder = "a\nb".to_owned()), CannotWrite::Control("the holder"));
}

#[test]
fn numbers_go_round_after_9999() {
    let mut statement = as_written(&coda::read(&file(&good())).unwrap().statements[0]);
    let single = statement.entries[0].clone();
    let detail = LineToWrite { amount: Money::from_cents(1), ..statement.entries[1].details[0].clone() };
    let mut batch = statement.entries[1].clone();
    batch.details = vec![detail; 10_003];
    batch.line.amount = Money::from_cents(10_003);
    // The same number comes back after ten thousand movements: its details are not those of the first.
    let mut other = statement.entries[1].clone();
    other.line.amount = other.details.iter().map(|detail| detail.amount).sum();
    statement.entries = vec![batch];
    statement.entries.extend(std::iter::repeat_n(single, 9_999));
    statement.entries.push(other);
    let bytes = coda::write(std::slice::from_ref(&statement)).unwrap();
    let read = coda::read(&bytes).unwrap();
    assert_eq!(read.warnings, []);
    let read = &read.statements[0];
    let (first, last) = (&read.movements[0], &read.movements[read.movements.len() - 3]);
    assert_eq!((first.position.sequence, last.position.sequence), (1, 1));
    assert_eq!((read.details_of(first).len(), read.details_of(last).len()), (10_003, 2));
    assert_eq!(read.details_of(first)[9_999].position.detail, 0);
    assert_eq!(as_written(read), statement);
}
