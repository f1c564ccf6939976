//! Writes CODA files from plain data: for the demo's bank, and for whoever has payments and no statement.

use super::account::Account;
use super::code::{TransactionCode, TransactionType};
use super::communication::Communication;
use super::compose::compose;
use super::record::number;
use super::statement::{Counterparty, Movement, Position, Statement};
use super::to_write::{CannotWrite, EntryToWrite, LineToWrite, StatementToWrite, TextToWrite};
use crate::domain::money::Money;

/// Writes one file with these statements, one record per line.
///
/// # Errors
/// The first text, number or total that CODA cannot hold.
pub fn write(statements: &[StatementToWrite]) -> Result<Vec<u8>, CannotWrite> {
    let statements: Result<Vec<Statement>, CannotWrite> = statements.iter().map(statement).collect();
    compose(&statements?)
}

fn statement(written: &StatementToWrite) -> Result<Statement, CannotWrite> {
    if !(1..=999).contains(&written.sequence) {
        return Err(number("the CODA sequence number", written.sequence, "1 to 999"));
    }
    let mut movements = Vec::with_capacity(written.entries.len());
    for (sequence, entry) in (1..).zip(&written.entries) {
        movements_of(&mut movements, around(sequence), entry)?;
    }
    let iban = &written.account;
    Ok(Statement {
        line: 0,
        fingerprint: String::new(),
        created_on: written.created_on,
        bank: "000".to_owned(),
        duplicate: written.duplicate,
        separate_application: None,
        transaction_reference: None,
        related_reference: None,
        file_reference: None,
        addressee: written.holder.clone(),
        bic: Some(written.bic.clone()),
        holder_number: written.holder_number,
        holder: written.holder.clone(),
        description: written.description.clone(),
        account: Account { iban: Some(iban.clone()), number: iban.canonical(), currency: "EUR".to_owned() },
        sequence: written.sequence,
        paper_sequence: format!("{:03}", written.sequence),
        old_balance: written.old_balance,
        old_balance_on: Some(written.old_balance_on),
        new_balance: written.new_balance(),
        new_balance_on: Some(written.new_balance_on),
        movements,
        messages: written.messages.clone(),
    })
}

/// Numbers have four digits: after 9999 comes 0000.
fn around(number: usize) -> u16 {
    u16::try_from(number % 10_000).unwrap_or_default()
}

fn movements_of(movements: &mut Vec<Movement>, sequence: u16, entry: &EntryToWrite) -> Result<(), CannotWrite> {
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
        let position = Position { sequence, detail: around(detail) };
        movements.push(movement(line, (position, kind, u8::from(level)))?);
    }
    Ok(())
}

fn movement(
    line: &LineToWrite,
    (position, kind, globalisation): (Position, TransactionType, u8),
) -> Result<Movement, CannotWrite> {
    let (family, transaction) = line.code;
    if family > 99 || transaction > 99 {
        return Err(number("the transaction code", format!("{family} {transaction}"), "two numbers below 100"));
    }
    Ok(Movement {
        line: 0,
        position,
        batch_of: None,
        bank_reference: line.bank_reference.clone(),
        amount: line.amount,
        value_on: line.value_on,
        booked_on: line.booked_on,
        code: TransactionCode { kind, family, transaction, category: 0 },
        globalisation,
        communication: match &line.text {
            TextToWrite::Free(text) => Communication::Free(text.clone()),
            TextToWrite::Structured(ogm) => Communication::Structured(*ogm),
            TextToWrite::Reconstituted(ogm) => Communication::ReconstitutedOgm(*ogm),
        },
        customer_reference: Some(line.customer_reference.clone()),
        counterparty: Counterparty {
            iban: line.counterparty_iban.clone(),
            other_account: None,
            bic: Some(line.counterparty_bic.clone()),
            name: Some(line.counterparty_name.clone()),
        },
        returned: line.returned.clone(),
        category_purpose: None,
        purpose: None,
        information: Vec::new(),
    })
}
