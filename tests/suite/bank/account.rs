//! The bank of these tests: an account that remembers its balance and number, and writes CODA files.

use chrono::NaiveDate;
use energiehuis::domain::fund::Fund;
use energiehuis::domain::identity::{Iban, Ogm};
use energiehuis::domain::money::Money;
use energiehuis::formats::coda::{self, EntryToWrite, LineToWrite, Return, ReturnKind, StatementToWrite, TextToWrite};
use energiehuis::services::bank::BankFile;

use super::story::day;

/// An account at the bank.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) iban: Iban,
    pub(crate) sequence: u16,
    pub(crate) balance: Money,
}

impl Account {
    pub(crate) fn of(fund: &Fund) -> Self {
        Self { iban: fund.iban.clone(), sequence: 0, balance: Money::ZERO }
    }

    /// The next statement, of a day.
    pub(crate) fn statement(&mut self, on: &str, entries: Vec<EntryToWrite>) -> StatementToWrite {
        self.sequence += 1;
        let on = day(on);
        let entries: Vec<EntryToWrite> = entries.into_iter().map(|entry| dated(entry, on)).collect();
        let statement = StatementToWrite {
            created_on: on,
            duplicate: false,
            bic: "KREDBEBB".to_owned(),
            holder_number: None,
            holder: "ENERGIEHUIS".to_owned(),
            description: "ZICHTREKENING".to_owned(),
            account: self.iban.clone(),
            sequence: self.sequence,
            old_balance: self.balance,
            old_balance_on: on,
            new_balance_on: on,
            entries,
            messages: Vec::new(),
        };
        self.balance = statement.new_balance();
        statement
    }

    /// A file with the next statement.
    pub(crate) fn file(&mut self, on: &str, entries: Vec<EntryToWrite>) -> BankFile {
        let statement = self.statement(on, entries);
        file(&format!("{on}.cod"), &[statement])
    }
}

pub(crate) fn file(name: &str, statements: &[StatementToWrite]) -> BankFile {
    BankFile { name: name.to_owned(), bytes: coda::write(statements).unwrap() }
}

fn dated(mut entry: EntryToWrite, on: NaiveDate) -> EntryToWrite {
    for line in [&mut entry.line].into_iter().chain(&mut entry.details) {
        line.booked_on = on;
        line.value_on = Some(on);
    }
    entry
}

fn line(amount: Money, code: (u8, u8), text: TextToWrite) -> LineToWrite {
    LineToWrite {
        amount,
        value_on: None,
        booked_on: NaiveDate::MIN,
        code,
        bank_reference: "REF".to_owned(),
        text,
        customer_reference: String::new(),
        counterparty_iban: Some(Iban::parse("BE68 5390 0754 7034").unwrap()),
        counterparty_bic: "KREDBEBB".to_owned(),
        counterparty_name: "PEETERS AN".to_owned(),
        returned: None,
    }
}

fn alone(line: LineToWrite) -> EntryToWrite {
    EntryToWrite { line, details: Vec::new() }
}

/// A transfer to us with a structured communication.
pub(crate) fn paid(amount: Money, ogm: Ogm) -> EntryToWrite {
    alone(line(amount, (1, 50), TextToWrite::Structured(ogm)))
}

/// A transfer to us with a communication that the bank rebuilt.
pub(crate) fn rebuilt(amount: Money, ogm: Ogm) -> EntryToWrite {
    alone(line(amount, (1, 50), TextToWrite::Reconstituted(ogm)))
}

/// A transfer to us with free text.
pub(crate) fn says(amount: Money, text: &str) -> EntryToWrite {
    alone(line(amount, (1, 50), TextToWrite::Free(text.to_owned())))
}

/// A transfer of ours, with its end-to-end identification.
pub(crate) fn executed(amount: Money, end_to_end_id: &str) -> EntryToWrite {
    let mut line = line(-amount, (1, 1), TextToWrite::Free(String::new()));
    end_to_end_id.clone_into(&mut line.customer_reference);
    alone(line)
}

/// A transfer of ours that the bank of its beneficiary sent back: its end-to-end identification, and the reason.
pub(crate) fn sent_back(amount: Money, end_to_end_id: &str, reason: &str) -> EntryToWrite {
    let mut line = line(amount, (1, 54), TextToWrite::Free("REKENING AFGESLOTEN".to_owned()));
    end_to_end_id.clone_into(&mut line.customer_reference);
    let reason = (!reason.is_empty()).then(|| reason.to_owned());
    line.returned = Some(Return { kind: Some(ReturnKind::Return), reason });
    alone(line)
}

/// A charge of the bank.
pub(crate) fn charged(amount: Money) -> EntryToWrite {
    alone(line(-amount, (35, 37), TextToWrite::Free("KOSTEN".to_owned())))
}

/// A total of the bank with its details.
pub(crate) fn total(details: Vec<EntryToWrite>) -> EntryToWrite {
    let details: Vec<LineToWrite> = details.into_iter().map(|entry| entry.line).collect();
    let sum = details.iter().map(|detail| detail.amount).sum();
    EntryToWrite { line: line(sum, (1, 50), TextToWrite::Free(String::new())), details }
}

/// A direct debit of ours that the bank credited, with its end-to-end identification; without one it is a whole batch.
pub(crate) fn collected(amount: Money, end_to_end_id: &str) -> EntryToWrite {
    let mut line = line(amount, (5, 50), TextToWrite::Free(String::new()));
    end_to_end_id.clone_into(&mut line.customer_reference);
    alone(line)
}

/// A direct debit of ours that came back: the code of the bank, how, and the reason.
pub(crate) fn came_back(
    amount: Money,
    end_to_end_id: &str,
    code: (u8, u8),
    (kind, reason): (ReturnKind, &str),
) -> EntryToWrite {
    let mut line = line(-amount, code, TextToWrite::Free(String::new()));
    end_to_end_id.clone_into(&mut line.customer_reference);
    line.returned = Some(Return { kind: Some(kind), reason: Some(reason.to_owned()) });
    alone(line)
}
