//! From statements to the bytes of a CODA file: whatever the reader can read, this can write.
//!
//! What is written reads back the same, in ASCII, or in UTF-8 as soon as a text holds an accent.

use super::account::Account;
use super::communication::{Communication, DebitOutcome, DebitScheme, DebitSequence, DirectDebit};
use super::information::{Information, InformationContent};
use super::record::{Record, number};
use super::statement::{Movement, ReturnKind, Statement};
use super::to_write::CannotWrite;
use crate::domain::identity::{EnterpriseNumber, Iban};
use crate::domain::money::Money;

/// Writes one file with these statements, one record per line. Positions, types and globalisation codes are those
/// of the movements; totals, counts and the codes that say what follows are worked out. `line`, `fingerprint` and
/// `batch_of` are what the reader makes of the file, and are not looked at.
///
/// # Errors
/// The first text or number that CODA cannot hold.
pub fn compose(statements: &[Statement]) -> Result<Vec<u8>, CannotWrite> {
    let mut file = String::new();
    for (position, statement) in statements.iter().enumerate() {
        for record in records(statement, position + 1 < statements.len())? {
            record.line(&mut file);
        }
    }
    Ok(file.into_bytes())
}

fn records(statement: &Statement, follows: bool) -> Result<Vec<Record>, CannotWrite> {
    let mut records = vec![header(statement)?, old_balance(statement)?];
    for movement in &statement.movements {
        movement_records(&mut records, movement)?;
    }
    // Records 1, 2, 3 and 8: the header was collected too, the new balance was not.
    let counted = records.len();
    let messages: Vec<Vec<char>> = statement.messages.iter().map(|text| text.chars().collect()).collect();
    let mut new = Record::new("8");
    new.put("the paper statement number", 2, 3, &statement.paper_sequence)?;
    account(&mut new, 5, &statement.account)?;
    new.signed(42, 43, statement.new_balance)?;
    new.date(58, statement.new_balance_on)?;
    new.put("the link code", 128, 1, if messages.is_empty() { "0" } else { "1" })?;
    records.push(new);
    for (index, message) in messages.iter().enumerate() {
        // An empty message is a record too.
        let parts = if message.is_empty() { vec![[].as_slice()] } else { message.chunks(80).collect() };
        for (detail, part) in parts.iter().enumerate() {
            let more = index + 1 < messages.len() || detail + 1 < parts.len();
            let mut record = Record::new("4");
            record.put("the message number", 3, 4, &format!("{:04}", index + 1))?;
            record.put("the message detail", 7, 4, &format!("{detail:04}"))?;
            record.put("the message", 33, 80, &part.iter().collect::<String>())?;
            record.put("the link code", 128, 1, if more { "1" } else { "0" })?;
            records.push(record);
        }
    }
    records.push(trailer(statement, counted, follows)?);
    Ok(records)
}

fn header(statement: &Statement) -> Result<Record, CannotWrite> {
    let mut record = Record::new("00000");
    record.date(6, Some(statement.created_on))?;
    record.put("the bank", 12, 3, &statement.bank)?;
    record.put("the application", 15, 2, "05")?;
    record.put("the duplicate sign", 17, 1, if statement.duplicate { "D" } else { "" })?;
    record.put("the file reference", 25, 10, text(statement.file_reference.as_ref()))?;
    record.put("the holder", 35, 26, &statement.addressee)?;
    record.put("the BIC", 61, 11, text(statement.bic.as_ref()))?;
    let number = statement.holder_number.map_or_else(|| "0".repeat(10), EnterpriseNumber::canonical);
    record.put("the enterprise number", 72, 11, &format!("0{number}"))?;
    let separate = statement.separate_application.as_deref().unwrap_or("00000");
    record.put("the separate application", 84, 5, separate)?;
    record.put("the transaction reference", 89, 16, text(statement.transaction_reference.as_ref()))?;
    record.put("the related reference", 105, 16, text(statement.related_reference.as_ref()))?;
    record.put("the version", 128, 1, "2")?;
    Ok(record)
}

fn old_balance(statement: &Statement) -> Result<Record, CannotWrite> {
    let mut record = Record::new("1");
    record.put("the account structure", 2, 1, structure(&statement.account))?;
    record.put("the paper statement number", 3, 3, &statement.paper_sequence)?;
    account(&mut record, 6, &statement.account)?;
    record.signed(43, 44, statement.old_balance)?;
    record.date(59, statement.old_balance_on)?;
    record.put("the holder", 65, 26, &statement.holder)?;
    record.put("the description of the account", 91, 35, &statement.description)?;
    if statement.sequence > 999 {
        return Err(number("the CODA sequence number", statement.sequence, "0 to 999"));
    }
    record.put("the CODA sequence number", 126, 3, &format!("{:03}", statement.sequence))?;
    Ok(record)
}

fn trailer(statement: &Statement, counted: usize, follows: bool) -> Result<Record, CannotWrite> {
    let amounts = || statement.balance_movements().map(|movement| movement.amount);
    let mut record = Record::new("9");
    record.put("the number of records", 17, 6, &format!("{counted:06}"))?;
    record.amount(23, amounts().filter(|amount| amount.is_negative()).sum::<Money>())?;
    record.amount(38, amounts().filter(|amount| amount.is_positive()).sum::<Money>())?;
    record.put("the multiple file code", 128, 1, if follows { "1" } else { "2" })?;
    Ok(record)
}

/// Records 2.1 to 2.3 and 3.1 to 3.3 of a movement.
fn movement_records(records: &mut Vec<Record>, movement: &Movement) -> Result<(), CannotWrite> {
    let place = format!("{:04}{:04}", movement.position.sequence, movement.position.detail);
    let (structured, text) = communication(&movement.communication)?;
    let parts = pieces("the communication", &text, &[53, 53, 43])?;
    let mut main = main_record(movement)?;
    main.put("the communication type", 62, 1, structured)?;
    main.put("the communication", 63, 53, &parts[0])?;
    let mut group = vec![main];
    group.extend(reference_record(movement, &parts[1])?);
    group.extend(party_record(movement, &parts[2])?);
    promise(&mut group, &place, !movement.information.is_empty())?;
    records.append(&mut group);
    for (index, information) in movement.information.iter().enumerate() {
        let place = format!("{:04}{:04}", movement.position.sequence, information.detail);
        let mut group = information_records(movement, information)?;
        promise(&mut group, &place, index + 1 < movement.information.len())?;
        records.append(&mut group);
    }
    Ok(())
}

/// Numbers the records of a group, and says on each what follows.
fn promise(group: &mut [Record], place: &str, linked: bool) -> Result<(), CannotWrite> {
    let last = group.len().saturating_sub(1);
    for (index, record) in group.iter_mut().enumerate() {
        record.put("the sequence and detail number", 3, 8, place)?;
        record.put("the next code", 126, 1, if index < last { "1" } else { "0" })?;
        record.put("the link code", 128, 1, if index == last && linked { "1" } else { "0" })?;
    }
    Ok(())
}

fn main_record(movement: &Movement) -> Result<Record, CannotWrite> {
    let mut record = Record::new("21");
    record.put("the bank reference", 11, 21, &movement.bank_reference)?;
    record.signed(32, 33, movement.amount)?;
    record.date(48, movement.value_on)?;
    record.put("the transaction code", 54, 8, &movement.code.to_string())?;
    record.date(116, Some(movement.booked_on))?;
    record.put("the paper statement number", 122, 3, "000")?;
    record.put("the globalisation code", 125, 1, &movement.globalisation.to_string())?;
    Ok(record)
}

fn reference_record(movement: &Movement, communication: &str) -> Result<Option<Record>, CannotWrite> {
    let returned = movement.returned.as_ref();
    let mut record = Record::new("22");
    let empty = record.clone();
    record.put("the communication", 11, 53, communication)?;
    record.put("the customer reference", 64, 35, text(movement.customer_reference.as_ref()))?;
    record.put("the counterparty's BIC", 99, 11, text(movement.counterparty.bic.as_ref()))?;
    let kind = returned.and_then(|returned| returned.kind).map_or("", ReturnKind::digit);
    record.put("the kind of return", 113, 1, kind)?;
    let reason = returned.and_then(|returned| returned.reason.as_deref()).unwrap_or("");
    record.put("the reason of return", 114, 4, reason)?;
    record.put("the category purpose", 118, 4, text(movement.category_purpose.as_ref()))?;
    record.put("the purpose", 122, 4, text(movement.purpose.as_ref()))?;
    Ok((record != empty).then_some(record))
}

fn party_record(movement: &Movement, communication: &str) -> Result<Option<Record>, CannotWrite> {
    let party = &movement.counterparty;
    let mut record = Record::new("23");
    let empty = record.clone();
    let account = party.iban.as_ref().map(Iban::as_str).or(party.other_account.as_deref());
    if let Some(account) = account {
        record.put("the counterparty's account", 11, 34, account)?;
        record.put("the currency", 45, 3, "EUR")?;
    }
    record.put("the counterparty's name", 48, 35, text(party.name.as_ref()))?;
    record.put("the communication", 83, 43, communication)?;
    Ok((record != empty).then_some(record))
}

fn information_records(movement: &Movement, information: &Information) -> Result<Vec<Record>, CannotWrite> {
    let (structured, text) = match &information.content {
        InformationContent::Free(text) => ("0", text.clone()),
        InformationContent::Counterparty { name, street, locality, identification } => {
            ("1", fields("001", &[(name, 70), (street, 35), (locality, 35), (identification, 35)])?)
        }
        InformationContent::UltimateBeneficiary { name, identification } => {
            ("1", fields("008", &[(name, 70), (identification, 35)])?)
        }
        InformationContent::UltimatePayer { name, identification } => {
            ("1", fields("009", &[(name, 70), (identification, 35)])?)
        }
        InformationContent::Other { code, text } => ("1", format!("{code:3}{text}")),
    };
    let parts = pieces("the information", &text, &[73, 105, 90])?;
    let mut first = Record::new("31");
    first.put("the bank reference", 11, 21, &movement.bank_reference)?;
    first.put("the transaction code", 32, 8, &movement.code.to_string())?;
    first.put("the communication type", 40, 1, structured)?;
    first.put("the information", 41, 73, &parts[0])?;
    let mut group = vec![first];
    let needed = 1 + parts.iter().skip(1).rposition(|part| !part.is_empty()).map_or(0, |last| last + 1);
    for (index, part) in parts.iter().enumerate().take(needed).skip(1) {
        let mut record = Record::new(if index == 1 { "32" } else { "33" });
        record.put("the information", 11, 105, part)?;
        group.push(record);
    }
    Ok(group)
}

/// Whether a communication is structured, and its positions.
fn communication(communication: &Communication) -> Result<(&'static str, String), CannotWrite> {
    Ok(match communication {
        Communication::Free(text) => ("0", text.clone()),
        Communication::Structured(ogm) => ("1", format!("101{}", ogm.canonical())),
        Communication::ReconstitutedOgm(ogm) => ("1", format!("102{}", ogm.canonical())),
        Communication::InvalidOgm { text, reconstituted } => {
            ("1", format!("{}{text}", if *reconstituted { "102" } else { "101" }))
        }
        Communication::CreditorReference(text) => ("1", format!("100{text}")),
        Communication::ForeignAmount { text, .. } => ("1", format!("105{text}")),
        Communication::DirectDebit(debit) => ("1", direct_debit(debit)?),
        Communication::OtherStructured { code, text } => ("1", format!("{code:3}{text}")),
    })
}

fn direct_debit(debit: &DirectDebit) -> Result<String, CannotWrite> {
    let settled = debit.settled_on.map_or_else(|| "000000".to_owned(), |day| day.format("%d%m%y").to_string());
    let sequence = match debit.sequence {
        DebitSequence::Unspecified => "0",
        DebitSequence::Recurrent => "1",
        DebitSequence::OneOff => "2",
        DebitSequence::First => "3",
        DebitSequence::Last => "4",
    };
    let scheme = match debit.scheme {
        DebitScheme::Unspecified => "0",
        DebitScheme::Core => "1",
        DebitScheme::BusinessToBusiness => "2",
    };
    let outcome = match debit.outcome {
        None => " ",
        Some(DebitOutcome::Paid) => "0",
        Some(DebitOutcome::Technical) => "1",
        Some(DebitOutcome::NotSpecified) => "2",
        Some(DebitOutcome::DebtorDisagrees) => "3",
        Some(DebitOutcome::DebtorAccount) => "4",
    };
    let returned = debit.returned.map_or("0", ReturnKind::digit);
    let reason = debit.reason.as_deref().unwrap_or("");
    let start = format!("127{settled}{sequence}{scheme}{outcome}");
    fields(
        &start,
        &[(&debit.creditor, 35), (&debit.mandate, 35), (&debit.communication, 62), (returned, 1), (reason, 4)],
    )
}

/// Texts behind each other, each on positions of its own.
fn fields(start: &str, fields: &[(&str, usize)]) -> Result<String, CannotWrite> {
    let mut text = start.to_owned();
    for (field, room) in fields {
        let length = field.chars().count();
        if length > *room {
            return Err(CannotWrite::TooLong { field: "a part of the communication", length, room: *room });
        }
        text.push_str(field);
        text.extend(std::iter::repeat_n(' ', room - length));
    }
    Ok(text)
}

/// A text cut into the positions that records have for it, without blanks at the end.
fn pieces(field: &'static str, text: &str, rooms: &[usize; 3]) -> Result<[String; 3], CannotWrite> {
    let signs: Vec<char> = text.trim_end().chars().collect();
    let room = rooms.iter().sum();
    if signs.len() > room {
        return Err(CannotWrite::TooLong { field, length: signs.len(), room });
    }
    let mut rest = signs.as_slice();
    Ok(rooms.map(|room| {
        let (piece, after) = rest.split_at(room.min(rest.len()));
        rest = after;
        piece.iter().collect()
    }))
}

/// The structure of an account: 0 Belgian number, 1 foreign number, 2 Belgian IBAN, 3 foreign IBAN.
fn structure(account: &Account) -> &'static str {
    match &account.iban {
        _ if belgian(account) => "0",
        None => "1",
        Some(iban) if iban.country() == "BE" => "2",
        Some(_) => "3",
    }
}

fn belgian(account: &Account) -> bool {
    account.number.len() == 12 && account.number.bytes().all(|sign| sign.is_ascii_digit())
}

fn account(record: &mut Record, position: usize, account: &Account) -> Result<(), CannotWrite> {
    record.put("the account", position, 34, &account.number)?;
    let currency = if belgian(account) { 13 } else { 34 };
    record.put("the currency", position + currency, 3, &account.currency)
}

/// A text that may be absent.
fn text(text: Option<&String>) -> &str {
    text.map_or("", String::as_str)
}
