//! The bank of the demo: it executes orders, receives what people pay, and writes it all in CODA files.
//!
//! It knows nothing of the house: what it is told is what a bank is told, and what it gives back is a file.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::numbers;
use crate::cli::Failure;
use crate::domain::calendar::next_banking_day;
use crate::domain::identity::{Iban, Ogm};
use crate::domain::money::Money;
use crate::formats::coda::{self, EntryToWrite, LineToWrite, Return, StatementToWrite, TextToWrite};

/// The bank that does not exist.
pub(super) const BIC: &str = "DEMOBEBB";

/// What somebody pays, or is paid.
#[derive(Debug, Clone)]
pub(super) struct Movement {
    /// Seen from the account of the fund: positive is money in.
    pub(super) amount: Money,
    /// The other side; none for the bank itself.
    pub(super) other: Option<OtherSide>,
    /// What the payer said.
    pub(super) text: TextToWrite,
    /// Of an order of the house.
    pub(super) end_to_end_id: String,
    /// Booked in one total with the others of that day that have the same payer here.
    pub(super) in_total_of: Option<OtherSide>,
    /// Family and transaction, where they do not follow from the rest.
    pub(super) code: Option<(u8, u8)>,
    /// Set when it undoes an earlier one.
    pub(super) returned: Option<Return>,
}

/// The other side of a payment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OtherSide {
    /// Its name.
    pub(super) name: String,
    /// Its account, as written.
    pub(super) iban: String,
}

impl OtherSide {
    /// Somebody with an account.
    pub(super) fn new(name: &str, iban: &Iban) -> Self {
        Self { name: name.chars().take(35).collect(), iban: iban.canonical() }
    }
}

impl Movement {
    /// A borrower pays, with a reference or with words.
    pub(super) fn paid_in(amount: Money, from: OtherSide, text: TextToWrite) -> Self {
        let end_to_end_id = String::new();
        Self { amount, other: Some(from), text, end_to_end_id, in_total_of: None, code: None, returned: None }
    }

    /// A funder pays with the reference of its source.
    pub(super) fn funding(amount: Money, from: OtherSide, reference: Ogm) -> Self {
        Self::paid_in(amount, from, TextToWrite::Structured(reference))
    }

    /// The same payment, inside a total of somebody who pays for several.
    pub(super) fn inside_total_of(self, payer: OtherSide) -> Self {
        Self { in_total_of: Some(payer), ..self }
    }

    /// An order of the house.
    pub(super) fn ordered(amount: Money, to: OtherSide, (remittance, end_to_end_id): (&str, &str)) -> Self {
        let text = Ogm::parse(remittance)
            .map_or_else(|_| TextToWrite::Free(remittance.chars().take(140).collect()), TextToWrite::Structured);
        let end_to_end_id = end_to_end_id.to_owned();
        Self { end_to_end_id, ..Self::paid_in(-amount, to, text) }
    }

    /// What the bank takes for itself.
    pub(super) fn charge(amount: Money, words: &str) -> Self {
        Self {
            amount: -amount,
            other: None,
            text: TextToWrite::Free(words.to_owned()),
            end_to_end_id: String::new(),
            in_total_of: None,
            code: None,
            returned: None,
        }
    }

    fn code(&self) -> (u8, u8) {
        match (self.code, &self.other, self.amount.is_negative()) {
            (Some(code), ..) => code,
            (None, None, _) => (80, 7),
            (None, Some(_), true) => (1, 1),
            (None, Some(_), false) => (1, 50),
        }
    }
}

/// A file of the bank, ready to be read.
#[derive(Debug)]
pub(super) struct CodaBytes {
    /// Its bytes.
    pub(super) content: Vec<u8>,
    /// How many statements it holds.
    pub(super) statements: usize,
}

/// The account of a fund at the bank.
#[derive(Debug)]
pub(super) struct BankAccount {
    /// Code of the fund; part of the file's name.
    pub(super) code: String,
    iban: Iban,
    balance: Money,
    balance_on: NaiveDate,
    /// The number of the last statement, and its year.
    last: (i32, u16),
    movements: u32,
    coming: BTreeMap<NaiveDate, Vec<Movement>>,
}

impl BankAccount {
    /// An account that is opened on a day, without money.
    pub(super) fn opened(code: &str, iban: Iban, on: NaiveDate) -> Self {
        Self {
            code: code.to_owned(),
            iban,
            balance: Money::ZERO,
            balance_on: on,
            last: (on.year(), 0),
            movements: 0,
            coming: BTreeMap::new(),
        }
    }

    /// Something will happen on a day, or on the first banking day after it.
    pub(super) fn expect(&mut self, on: NaiveDate, movement: Movement) {
        self.coming.entry(next_banking_day(on)).or_default().push(movement);
    }

    /// One statement for every day with movements until a day, as one file; none when nothing moved.
    pub(super) fn file_until(&mut self, until: NaiveDate) -> Result<Option<CodaBytes>, Failure> {
        let later = self.coming.split_off(&(until + chrono::Days::new(1)));
        let days = std::mem::replace(&mut self.coming, later);
        let mut statements = Vec::new();
        for (day, movements) in days {
            statements.push(self.statement(day, movements)?);
        }
        if statements.is_empty() {
            return Ok(None);
        }
        let content = coda::write(&statements).map_err(Failure::unavailable)?;
        Ok(Some(CodaBytes { content, statements: statements.len() }))
    }

    fn statement(&mut self, day: NaiveDate, mut movements: Vec<Movement>) -> Result<StatementToWrite, Failure> {
        // Money in before money out, as a bank does that wants its customers to keep above zero.
        movements.sort_by_key(|movement| movement.amount.is_negative());
        let sequence = if self.last.0 == day.year() { self.last.1 + 1 } else { 1 };
        let entries = self.entries(day, movements);
        let statement = StatementToWrite {
            created_on: day,
            duplicate: false,
            bic: BIC.to_owned(),
            holder_number: Some(numbers::enterprise_number(0)?),
            holder: "ENERGIEHUIS W13 DEMO".to_owned(),
            description: format!("Rekening {}", self.code),
            account: self.iban.clone(),
            sequence,
            old_balance: self.balance,
            old_balance_on: self.balance_on,
            new_balance_on: day,
            entries,
            messages: Vec::new(),
        };
        self.balance = statement.new_balance();
        self.balance_on = day;
        self.last = (day.year(), sequence);
        Ok(statement)
    }

    fn entries(&mut self, day: NaiveDate, movements: Vec<Movement>) -> Vec<EntryToWrite> {
        let mut totals: BTreeMap<OtherSide, Vec<LineToWrite>> = BTreeMap::new();
        let mut entries = Vec::new();
        for movement in movements {
            let line = self.line(day, &movement);
            match movement.in_total_of {
                Some(payer) => totals.entry(payer).or_default().push(line),
                None => entries.push(EntryToWrite { line, details: Vec::new() }),
            }
        }
        for (payer, details) in totals {
            let amount = details.iter().map(|detail| detail.amount).sum();
            let code = details.first().map(|detail| detail.code).filter(|code| code.0 == 5);
            let what = if code.is_some() { "inningen" } else { "overschrijvingen" };
            let words = TextToWrite::Free(format!("{} {what}", details.len()));
            let mut line = self.line(day, &Movement { code, ..Movement::paid_in(amount, payer, words) });
            if let [only] = details.as_slice() {
                line = LineToWrite { bank_reference: line.bank_reference, ..only.clone() };
                entries.insert(0, EntryToWrite { line, details: Vec::new() });
            } else {
                entries.insert(0, EntryToWrite { line, details });
            }
        }
        entries
    }

    fn line(&mut self, day: NaiveDate, movement: &Movement) -> LineToWrite {
        self.movements += 1;
        let iban = movement.other.as_ref().and_then(|other| Iban::parse(&other.iban).ok());
        LineToWrite {
            amount: movement.amount,
            value_on: Some(day),
            booked_on: day,
            code: movement.code(),
            bank_reference: format!("D{}{:08}", self.code.replace('-', ""), self.movements),
            text: movement.text.clone(),
            customer_reference: movement.end_to_end_id.clone(),
            counterparty_bic: if iban.is_some() { BIC.to_owned() } else { String::new() },
            counterparty_iban: iban,
            counterparty_name: movement.other.as_ref().map(|other| other.name.clone()).unwrap_or_default(),
            returned: movement.returned.clone(),
        }
    }
}
