//! The fields of every record, position by position (Febelfin, Coded statement of account, version 2).

use chrono::NaiveDate;

use super::account::{self, Account};
use super::code::{TransactionCode, TransactionType};
use super::line::{Field, Line};
use super::problem::{Findings, as_is, quoted};
use super::statement::{Position, ReturnKind};
use crate::domain::identity::EnterpriseNumber;
use crate::domain::money::Money;
use crate::domain::text::Text;

const SEQUENCE: Field = Field("sequence number", 3, 4);
const DETAIL: Field = Field("detail number", 7, 4);
pub(super) const NEXT: Field = Field("next code", 126, 1);
pub(super) const LINK: Field = Field("link code", 128, 1);

/// Record 0.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) created_on: NaiveDate,
    pub(super) bank: String,
    pub(super) duplicate: bool,
    pub(super) file_reference: Option<String>,
    pub(super) addressee: String,
    pub(super) bic: Option<String>,
    pub(super) holder_number: Option<EnterpriseNumber>,
    pub(super) separate_application: Option<String>,
}

pub(super) fn header(line: &Line, findings: &mut Findings) -> Option<Header> {
    let application = line.raw(Field("application code", 15, 2));
    if application != "05" && application != "00" {
        findings.refuse(line.place, "application code", (quoted(&application), Text::new("coda-application-code")));
    }
    let version = line.raw(Field("version", 128, 1));
    if version != "2" {
        findings.refuse(line.place, "version", (quoted(&version), as_is(2)));
    }
    let separate = line.text(Field("separate application", 84, 5));
    let holder = line.text(Field("identification of the holder", 72, 11));
    Some(Header {
        created_on: line.required_date(Field("creation date", 6, 6), findings)?,
        bank: line.text(Field("bank", 12, 3)),
        duplicate: line.raw(Field("duplicate", 17, 1)) == "D",
        file_reference: line.optional(Field("file reference", 25, 10)),
        addressee: line.text(Field("addressee", 35, 26)),
        bic: line.optional(Field("BIC", 61, 11)),
        holder_number: holder.strip_prefix('0').and_then(|number| EnterpriseNumber::parse(number).ok()),
        separate_application: Some(separate).filter(|code| !code.is_empty() && code != "00000"),
    })
}

/// Record 1.
#[derive(Debug)]
pub(super) struct OldBalance {
    pub(super) structure: u8,
    pub(super) account: Account,
    pub(super) balance: Money,
    pub(super) balance_on: Option<NaiveDate>,
    pub(super) paper_sequence: String,
    pub(super) holder: String,
    pub(super) description: String,
    pub(super) sequence: u16,
}

pub(super) fn old_balance(line: &Line, findings: &mut Findings) -> Option<OldBalance> {
    let structure = line.code(Field("account structure", 2, 1), &[0, 1, 2, 3], findings);
    let sign = Field("sign of the old balance", 43, 1);
    let balance = line.signed_amount(sign, Field("old balance", 44, 15), findings);
    let balance_on = line.date(Field("old balance date", 59, 6), findings);
    let sequence = line.number(Field("CODA sequence number", 126, 3), findings);
    let account = account::of_statement(structure?, &line.raw(Field("account", 6, 37)));
    if account.currency.len() != 3 || !account.currency.bytes().all(|b| b.is_ascii_uppercase()) {
        findings.refuse(line.place, "currency", (quoted(&account.currency), Text::new("coda-three-letters")));
    }
    if account.iban.is_none() && structure != Some(1) {
        findings.doubt(line.place, "account", (quoted(&account.number), Text::new("coda-account-number")));
    }
    Some(OldBalance {
        structure: structure?,
        account,
        balance: balance?,
        balance_on,
        paper_sequence: line.text(Field("paper statement number", 3, 3)),
        holder: line.text(Field("holder", 65, 26)),
        description: line.text(Field("account description", 91, 35)),
        sequence: u16::try_from(sequence?).ok()?,
    })
}

/// Where a record 2 or 3 belongs.
pub(super) fn position(line: &Line, findings: &mut Findings) -> Option<Position> {
    let (sequence, detail) = (line.number(SEQUENCE, findings), line.number(DETAIL, findings));
    Some(Position { sequence: u16::try_from(sequence?).ok()?, detail: u16::try_from(detail?).ok()? })
}

/// Record 2.1.
#[derive(Debug)]
pub(super) struct Main {
    pub(super) position: Position,
    pub(super) bank_reference: String,
    pub(super) amount: Money,
    pub(super) value_on: Option<NaiveDate>,
    pub(super) code: TransactionCode,
    pub(super) structured: bool,
    pub(super) communication: String,
    pub(super) booked_on: NaiveDate,
    pub(super) globalisation: u8,
}

pub(super) fn main(line: &Line, findings: &mut Findings) -> Option<Main> {
    let position = position(line, findings);
    let amount = line.signed_amount(Field("sign", 32, 1), Field("amount", 33, 15), findings);
    let value_on = line.date(Field("value date", 48, 6), findings);
    let code = transaction_code(line, findings);
    let structured = line.code(Field("communication type", 62, 1), &[0, 1], findings);
    let booked_on = line.required_date(Field("entry date", 116, 6), findings);
    let globalisation = line.code(Field("globalisation code", 125, 1), &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], findings);
    Some(Main {
        position: position?,
        bank_reference: line.text(Field("bank reference", 11, 21)),
        amount: amount?,
        value_on,
        code: code?,
        structured: structured? == 1,
        communication: line.raw(Field("communication", 63, 53)),
        booked_on: booked_on?,
        globalisation: globalisation?,
    })
}

fn transaction_code(line: &Line, findings: &mut Findings) -> Option<TransactionCode> {
    let field = Field("transaction code", 54, 8);
    let number = line.number(field, findings)?;
    let Some(kind) = TransactionType::of_digit(number / 10_000_000) else {
        findings.refuse(line.place, field.0, (quoted(&line.raw(field)), Text::new("coda-transaction-type")));
        return None;
    };
    Some(TransactionCode {
        kind,
        family: u8::try_from(number / 100_000 % 100).ok()?,
        transaction: u8::try_from(number / 1_000 % 100).ok()?,
        category: u16::try_from(number % 1_000).ok()?,
    })
}

/// Record 2.2.
#[derive(Debug)]
pub(super) struct References {
    pub(super) communication: String,
    pub(super) customer_reference: Option<String>,
    pub(super) bic: Option<String>,
    pub(super) return_kind: Option<ReturnKind>,
    pub(super) reason: Option<String>,
    pub(super) category_purpose: Option<String>,
    pub(super) purpose: Option<String>,
}

pub(super) fn references(line: &Line) -> References {
    References {
        communication: line.raw(Field("communication", 11, 53)),
        customer_reference: line.optional(Field("customer reference", 64, 35)),
        bic: line.optional(Field("counterparty BIC", 99, 11)),
        return_kind: ReturnKind::of_digit(&line.raw(Field("type of R-transaction", 113, 1))),
        reason: line.optional(Field("ISO reason", 114, 4)),
        category_purpose: line.optional(Field("category purpose", 118, 4)),
        purpose: line.optional(Field("purpose", 122, 4)),
    }
}

/// Record 2.3.
#[derive(Debug)]
pub(super) struct Party {
    pub(super) account: Option<Account>,
    pub(super) name: Option<String>,
    pub(super) communication: String,
}

pub(super) fn party(line: &Line) -> Party {
    Party {
        account: account::of_counterparty(&line.raw(Field("counterparty account", 11, 37))),
        name: line.optional(Field("counterparty name", 48, 35)),
        communication: line.raw(Field("communication", 83, 43)),
    }
}

/// Record 3.1: whether it is structured, and its text.
pub(super) fn information(line: &Line, findings: &mut Findings) -> (bool, String) {
    let structured = line.code(Field("communication type", 40, 1), &[0, 1], findings);
    (structured == Some(1), line.raw(Field("communication", 41, 73)))
}

/// The text of a record 3.2 or 3.3.
pub(super) fn more_information(line: &Line) -> String {
    match line.place.record {
        "3.2" => line.raw(Field("communication", 11, 105)),
        _ => line.raw(Field("communication", 11, 90)),
    }
}

/// Record 8.
#[derive(Debug)]
pub(super) struct NewBalance {
    pub(super) account: Account,
    pub(super) balance: Money,
    pub(super) balance_on: Option<NaiveDate>,
}

pub(super) fn new_balance(line: &Line, structure: u8, findings: &mut Findings) -> Option<NewBalance> {
    let sign = Field("sign of the new balance", 42, 1);
    let balance = line.signed_amount(sign, Field("new balance", 43, 15), findings);
    let balance_on = line.date(Field("new balance date", 58, 6), findings);
    let account = account::of_statement(structure, &line.raw(Field("account", 5, 37)));
    Some(NewBalance { account, balance: balance?, balance_on })
}

/// Record 4: the number of its message, and its text.
pub(super) fn message(line: &Line) -> (String, String) {
    (line.raw(SEQUENCE), line.raw(Field("text", 33, 80)))
}

/// Record 9.
#[derive(Debug)]
pub(super) struct Trailer {
    pub(super) records: Option<u64>,
    pub(super) debit: Option<Money>,
    pub(super) credit: Option<Money>,
    /// True when the bank says that another statement follows in this file.
    pub(super) more: Option<bool>,
}

pub(super) fn trailer(line: &Line, findings: &mut Findings) -> Trailer {
    Trailer {
        records: line.number(Field("number of records", 17, 6), findings),
        debit: line.amount(Field("debit total", 23, 15), findings),
        credit: line.amount(Field("credit total", 38, 15), findings),
        more: match line.raw(Field("multiple file code", 128, 1)).as_str() {
            "1" => Some(true),
            "2" => Some(false),
            _ => None,
        },
    }
}
