//! Writes CODA files: for the demo's bank, and to prove that the reader reads what it should.
//!
//! What is written reads back the same: records 0, 1, 2.1 to 2.3, 8, 4 and 9, in ASCII, or in UTF-8 as soon as a
//! name holds an accent.

use chrono::{Datelike, NaiveDate};

use super::code::TransactionType;
use super::statement::ReturnKind;
use super::to_write::{CannotWrite, EntryToWrite, LineToWrite, StatementToWrite, TextToWrite};
use crate::domain::identity::{EnterpriseNumber, Iban};
use crate::domain::money::Money;

/// Writes one file with these statements, one record per line.
///
/// # Errors
/// The first text, number or total that CODA cannot hold.
pub fn write(statements: &[StatementToWrite]) -> Result<Vec<u8>, CannotWrite> {
    let mut file = String::new();
    for (position, statement) in statements.iter().enumerate() {
        for record in records(statement, position + 1 < statements.len())? {
            file.extend(record.signs);
            file.push('\n');
        }
    }
    Ok(file.into_bytes())
}

fn records(statement: &StatementToWrite, follows: bool) -> Result<Vec<Record>, CannotWrite> {
    if !(1..=999).contains(&statement.sequence) {
        return Err(number("the CODA sequence number", statement.sequence.to_string(), "1 to 999"));
    }
    let mut records = vec![header(statement)?, old_balance(statement)?];
    for (sequence, entry) in (1..).zip(&statement.entries) {
        movement(&mut records, sequence, entry)?;
    }
    let counted = records.len();
    let mut new = Record::new("8");
    new.put("the paper statement number", 2, 3, &format!("{:03}", statement.sequence))?;
    account(&mut new, 5, &statement.account)?;
    new.signed(42, 43, statement.new_balance())?;
    new.date(58, statement.new_balance_on)?;
    new.put("the link code", 128, 1, if statement.messages.is_empty() { "0" } else { "1" })?;
    records.push(new);
    for (index, message) in statement.messages.iter().enumerate() {
        let mut record = Record::new("4");
        record.put("the message number", 3, 4, &format!("{:04}", index + 1))?;
        record.put("the message detail", 7, 4, "0000")?;
        record.put("the message", 33, 80, message)?;
        record.put("the link code", 128, 1, if index + 1 < statement.messages.len() { "1" } else { "0" })?;
        records.push(record);
    }
    records.push(trailer(statement, counted, follows)?);
    Ok(records)
}

fn header(statement: &StatementToWrite) -> Result<Record, CannotWrite> {
    let mut record = Record::new("00000");
    record.date(6, statement.created_on)?;
    record.put("the bank", 12, 3, "000")?;
    record.put("the application", 15, 2, "05")?;
    record.put("the duplicate sign", 17, 1, if statement.duplicate { "D" } else { "" })?;
    record.put("the holder", 35, 26, &statement.holder)?;
    record.put("the BIC", 61, 11, &statement.bic)?;
    let number = statement.holder_number.map_or_else(|| "0".repeat(10), EnterpriseNumber::canonical);
    record.put("the enterprise number", 72, 11, &format!("0{number}"))?;
    record.put("the separate application", 84, 5, "00000")?;
    record.put("the version", 128, 1, "2")?;
    Ok(record)
}

fn old_balance(statement: &StatementToWrite) -> Result<Record, CannotWrite> {
    let structure = if statement.account.country() == "BE" { "12" } else { "13" };
    let mut record = Record::new(structure);
    record.put("the paper statement number", 3, 3, &format!("{:03}", statement.sequence))?;
    account(&mut record, 6, &statement.account)?;
    record.signed(43, 44, statement.old_balance)?;
    record.date(59, statement.old_balance_on)?;
    record.put("the holder", 65, 26, &statement.holder)?;
    record.put("the description of the account", 91, 35, &statement.description)?;
    record.put("the CODA sequence number", 126, 3, &format!("{:03}", statement.sequence))?;
    Ok(record)
}

fn trailer(statement: &StatementToWrite, counted: usize, follows: bool) -> Result<Record, CannotWrite> {
    let amounts = || statement.entries.iter().map(|entry| entry.line.amount);
    let mut record = Record::new("9");
    // Records 1, 2 and 8: the header was collected too, the new balance was not.
    record.put("the number of records", 17, 6, &format!("{counted:06}"))?;
    record.amount(23, amounts().filter(|amount| amount.is_negative()).sum())?;
    record.amount(38, amounts().filter(|amount| amount.is_positive()).sum())?;
    record.put("the multiple file code", 128, 1, if follows { "1" } else { "2" })?;
    Ok(record)
}

fn movement(records: &mut Vec<Record>, sequence: usize, entry: &EntryToWrite) -> Result<(), CannotWrite> {
    if sequence > 9999 || entry.details.len() > 9999 {
        return Err(number(
            "the number of movements or details",
            sequence.max(entry.details.len()).to_string(),
            "at most 9999",
        ));
    }
    let details: Money = entry.details.iter().map(|detail| detail.amount).sum();
    if !entry.details.is_empty() && details != entry.line.amount {
        return Err(CannotWrite::Details { total: entry.line.amount, details });
    }
    let total = if entry.details.is_empty() { TransactionType::Simple } else { TransactionType::BankTotal };
    let lines = std::iter::once((&entry.line, total))
        .chain(entry.details.iter().map(|detail| (detail, TransactionType::BankDetail)));
    for (detail, (line, kind)) in lines.enumerate() {
        // A level is opened by its total and closed by its last detail.
        let level = !entry.details.is_empty() && (detail == 0 || detail == entry.details.len());
        let place = format!("{sequence:04}{detail:04}");
        records.extend(line_records(line, kind, &place, level)?);
    }
    Ok(())
}

fn line_records(
    line: &LineToWrite,
    kind: TransactionType,
    place: &str,
    level: bool,
) -> Result<Vec<Record>, CannotWrite> {
    let (structured, text) = match &line.text {
        TextToWrite::Free(text) => ("0", text.clone()),
        TextToWrite::Structured(ogm) => ("1", format!("101{}", ogm.canonical())),
        TextToWrite::Reconstituted(ogm) => ("1", format!("102{}", ogm.canonical())),
    };
    let signs: Vec<char> = text.chars().collect();
    if signs.len() > 149 {
        return Err(CannotWrite::TooLong { field: "the communication", length: signs.len(), room: 149 });
    }
    let part = |from: usize, to: usize| signs.iter().skip(from).take(to - from).collect::<String>();
    let (first, second, third) = (part(0, 53), part(53, 106), part(106, 149));

    let mut main = main_record(line, kind)?;
    main.put("the communication type", 62, 1, structured)?;
    main.put("the communication", 63, 53, &first)?;
    main.put("the globalisation code", 125, 1, if level { "1" } else { "0" })?;
    let mut records = vec![main];
    let referred = !line.customer_reference.is_empty() || !line.counterparty_bic.is_empty() || line.returned.is_some();
    if referred || !second.is_empty() {
        records.push(reference_record(line, &second)?);
    }
    if !third.is_empty() || line.counterparty_iban.is_some() || !line.counterparty_name.is_empty() {
        records.push(party_record(line, &third)?);
    }
    let last = records.len() - 1;
    for (index, record) in records.iter_mut().enumerate() {
        record.put("the place", 3, 8, place)?;
        record.put("the next code", 126, 1, if index < last { "1" } else { "0" })?;
        record.put("the link code", 128, 1, "0")?;
    }
    Ok(records)
}

fn main_record(line: &LineToWrite, kind: TransactionType) -> Result<Record, CannotWrite> {
    let (family, transaction) = line.code;
    if family > 99 || transaction > 99 {
        return Err(number("the transaction code", format!("{family} {transaction}"), "two numbers below 100"));
    }
    let mut record = Record::new("21");
    record.put("the bank reference", 11, 21, &line.bank_reference)?;
    record.signed(32, 33, line.amount)?;
    match line.value_on {
        Some(day) => record.date(48, day)?,
        None => record.put("the value date", 48, 6, "000000")?,
    }
    record.put("the transaction code", 54, 8, &format!("{}{family:02}{transaction:02}000", kind.digit()))?;
    record.date(116, line.booked_on)?;
    record.put("the paper statement number", 122, 3, "000")?;
    Ok(record)
}

fn reference_record(line: &LineToWrite, text: &str) -> Result<Record, CannotWrite> {
    let returned = line.returned.as_ref();
    let mut record = Record::new("22");
    record.put("the communication", 11, 53, text)?;
    record.put("the customer reference", 64, 35, &line.customer_reference)?;
    record.put("the counterparty's BIC", 99, 11, &line.counterparty_bic)?;
    let kind = returned.and_then(|returned| returned.kind).map_or("", ReturnKind::digit);
    record.put("the kind of return", 113, 1, kind)?;
    let reason = returned.and_then(|returned| returned.reason.as_deref()).unwrap_or("");
    record.put("the reason of return", 114, 4, reason)?;
    Ok(record)
}

fn party_record(line: &LineToWrite, text: &str) -> Result<Record, CannotWrite> {
    let mut record = Record::new("23");
    if let Some(iban) = &line.counterparty_iban {
        record.put("the counterparty's account", 11, 34, iban.as_str())?;
        record.put("the currency", 45, 3, "EUR")?;
    }
    record.put("the counterparty's name", 48, 35, &line.counterparty_name)?;
    record.put("the communication", 83, 43, text)?;
    Ok(record)
}

fn account(record: &mut Record, position: usize, iban: &Iban) -> Result<(), CannotWrite> {
    record.put("the account", position, 34, iban.as_str())?;
    record.put("the currency", position + 34, 3, "EUR")
}

fn number(field: &'static str, value: impl Into<String>, allowed: &'static str) -> CannotWrite {
    CannotWrite::Number { field, value: value.into(), allowed }
}

/// 128 positions, blank until something is put there.
struct Record {
    signs: Vec<char>,
}

impl Record {
    fn new(identification: &str) -> Self {
        let mut signs: Vec<char> = identification.chars().collect();
        signs.resize(128, ' ');
        Self { signs }
    }

    fn put(&mut self, field: &'static str, first: usize, room: usize, text: &str) -> Result<(), CannotWrite> {
        let length = text.chars().count();
        if length > room {
            return Err(CannotWrite::TooLong { field, length, room });
        }
        if text.chars().any(|sign| sign.is_control() || sign == '\u{fffd}') {
            return Err(CannotWrite::Control(field));
        }
        for (place, sign) in self.signs.iter_mut().skip(first - 1).zip(text.chars()) {
            *place = sign;
        }
        Ok(())
    }

    fn date(&mut self, first: usize, day: NaiveDate) -> Result<(), CannotWrite> {
        if !(2000..=2099).contains(&day.year()) {
            return Err(number("a date", day.to_string(), "in this century"));
        }
        self.put("a date", first, 6, &day.format("%d%m%y").to_string())
    }

    fn amount(&mut self, first: usize, amount: Money) -> Result<(), CannotWrite> {
        self.put("an amount", first, 15, &format!("{:014}0", amount.abs().cents()))
    }

    fn signed(&mut self, sign: usize, first: usize, amount: Money) -> Result<(), CannotWrite> {
        self.put("a sign", sign, 1, if amount.is_negative() { "1" } else { "0" })?;
        self.amount(first, amount)
    }
}
