//! The fields of every record, position by position (Febelfin, Coded statement of account, version 2).

use chrono::NaiveDate;

use super::account::{self, Account};
use super::code::{TransactionCode, TransactionType};
use super::communication::Communication;
use super::line::{Field, Line};
use super::problem::{Findings, as_is, quoted};
use super::statement::{Counterparty, Movement, Position, Return, ReturnKind};
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
    pub(super) transaction_reference: Option<String>,
    pub(super) related_reference: Option<String>,
}

pub(super) fn header(line: &Line<'_>, findings: &mut Findings) -> Option<Header> {
    let application = line.raw(Field("application code", 15, 2));
    if application != "05" && application != "00" {
        findings.refuse(line.place, "application code", (quoted(application), Text::new("coda-application-code")));
    }
    let version = line.raw(Field("version", 128, 1));
    if version != "2" {
        findings.refuse(line.place, "version", (quoted(version), as_is(2)));
    }
    let separate = line.text(Field("separate application", 84, 5));
    let holder = line.text(Field("identification of the holder", 72, 11));
    Some(Header {
        created_on: line.required_date(Field("creation date", 6, 6), findings)?,
        bank: line.text(Field("bank", 12, 3)).to_owned(),
        duplicate: line.raw(Field("duplicate", 17, 1)) == "D",
        file_reference: line.optional(Field("file reference", 25, 10)),
        addressee: line.text(Field("addressee", 35, 26)).to_owned(),
        bic: line.optional(Field("BIC", 61, 11)),
        holder_number: holder.strip_prefix('0').and_then(|number| EnterpriseNumber::parse(number).ok()),
        separate_application: Some(separate).filter(|code| !matches!(*code, "" | "00000")).map(str::to_owned),
        transaction_reference: line.optional(Field("transaction reference", 89, 16)),
        related_reference: line.optional(Field("related reference", 105, 16)),
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

pub(super) fn old_balance(line: &Line<'_>, findings: &mut Findings) -> Option<OldBalance> {
    let structure = line.code(Field("account structure", 2, 1), &[0, 1, 2, 3], findings);
    let sign = Field("sign of the old balance", 43, 1);
    let balance = line.signed_amount(sign, Field("old balance", 44, 15), findings);
    let balance_on = line.date(Field("old balance date", 59, 6), findings);
    let sequence = line.number(Field("CODA sequence number", 126, 3), findings);
    let account = account::of_statement(structure?, line.raw(Field("account", 6, 37)));
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
        paper_sequence: line.text(Field("paper statement number", 3, 3)).to_owned(),
        holder: line.text(Field("holder", 65, 26)).to_owned(),
        description: line.text(Field("account description", 91, 35)).to_owned(),
        sequence: u16::try_from(sequence?).ok()?,
    })
}

/// Where a record 2 or 3 belongs.
pub(super) fn position(line: &Line<'_>, findings: &mut Findings) -> Option<Position> {
    let (sequence, detail) = (line.number(SEQUENCE, findings), line.number(DETAIL, findings));
    Some(Position { sequence: u16::try_from(sequence?).ok()?, detail: u16::try_from(detail?).ok()? })
}

/// Record 2.1: the movement without what further records say, and whether its communication is structured.
pub(super) fn main(line: &Line<'_>, findings: &mut Findings) -> Option<(Movement, bool)> {
    let position = position(line, findings);
    let amount = line.signed_amount(Field("sign", 32, 1), Field("amount", 33, 15), findings);
    let value_on = line.date(Field("value date", 48, 6), findings);
    let code = transaction_code(line, findings);
    let structured = line.code(Field("communication type", 62, 1), &[0, 1], findings);
    let booked_on = line.required_date(Field("entry date", 116, 6), findings);
    let globalisation = line.code(Field("globalisation code", 125, 1), &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], findings);
    let movement = Movement {
        line: line.place.line,
        position: position?,
        batch_of: None,
        bank_reference: line.text(Field("bank reference", 11, 21)).to_owned(),
        amount: amount?,
        value_on,
        booked_on: booked_on?,
        code: code?,
        globalisation: globalisation?,
        communication: Communication::Free(String::new()),
        customer_reference: None,
        counterparty: Counterparty::default(),
        returned: None,
        category_purpose: None,
        purpose: None,
        information: Vec::new(),
    };
    Some((movement, structured? == 1))
}

/// The communication in a record 2.1, 2.2 or 2.3, with all its blanks.
pub(super) fn communication<'a>(line: &'a Line<'_>) -> &'a str {
    line.raw(match line.place.record {
        "2.1" => Field("communication", 63, 53),
        "2.2" => Field("communication", 11, 53),
        _ => Field("communication", 83, 43),
    })
}

fn transaction_code(line: &Line<'_>, findings: &mut Findings) -> Option<TransactionCode> {
    let field = Field("transaction code", 54, 8);
    let number = line.number(field, findings)?;
    let Some(kind) = TransactionType::of_digit(number / 10_000_000) else {
        findings.refuse(line.place, field.0, (quoted(line.raw(field)), Text::new("coda-transaction-type")));
        return None;
    };
    Some(TransactionCode {
        kind,
        family: u8::try_from(number / 100_000 % 100).ok()?,
        transaction: u8::try_from(number / 1_000 % 100).ok()?,
        category: u16::try_from(number % 1_000).ok()?,
    })
}

/// Record 2.2: whom and what it refers to. Answers how and why the money came back, as far as it says.
pub(super) fn references(line: &Line<'_>, movement: &mut Movement) -> Return {
    movement.customer_reference = line.optional(Field("customer reference", 64, 35));
    movement.counterparty.bic = line.optional(Field("counterparty BIC", 99, 11));
    movement.category_purpose = line.optional(Field("category purpose", 118, 4));
    movement.purpose = line.optional(Field("purpose", 122, 4));
    Return {
        kind: ReturnKind::of_digit(line.raw(Field("type of R-transaction", 113, 1))),
        reason: line.optional(Field("ISO reason", 114, 4)),
    }
}

/// Record 2.3: the other side.
pub(super) fn party(line: &Line<'_>, movement: &mut Movement) {
    if let Some((number, iban)) = account::of_counterparty(line.raw(Field("counterparty account", 11, 37))) {
        movement.counterparty.other_account = if iban.is_none() { Some(number.to_owned()) } else { None };
        movement.counterparty.iban = iban;
    }
    movement.counterparty.name = line.optional(Field("counterparty name", 48, 35));
}

/// Record 3.1: whether it is structured, and its text.
pub(super) fn information<'a>(line: &'a Line<'_>, findings: &mut Findings) -> (bool, &'a str) {
    let structured = line.code(Field("communication type", 40, 1), &[0, 1], findings);
    (structured == Some(1), line.raw(Field("communication", 41, 73)))
}

/// The text of a record 3.2 or 3.3.
pub(super) fn more_information<'a>(line: &'a Line<'_>) -> &'a str {
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

pub(super) fn new_balance(line: &Line<'_>, structure: u8, findings: &mut Findings) -> Option<NewBalance> {
    let sign = Field("sign of the new balance", 42, 1);
    let balance = line.signed_amount(sign, Field("new balance", 43, 15), findings);
    let balance_on = line.date(Field("new balance date", 58, 6), findings);
    let account = account::of_statement(structure, line.raw(Field("account", 5, 37)));
    Some(NewBalance { account, balance: balance?, balance_on })
}

/// Record 4: the number of its message, and its text.
pub(super) fn message<'a>(line: &'a Line<'_>) -> (&'a str, &'a str) {
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

pub(super) fn trailer(line: &Line<'_>, findings: &mut Findings) -> Trailer {
    Trailer {
        records: line.number(Field("number of records", 17, 6), findings),
        debit: line.amount(Field("debit total", 23, 15), findings),
        credit: line.amount(Field("credit total", 38, 15), findings),
        more: match line.raw(Field("multiple file code", 128, 1)) {
            "1" => Some(true),
            "2" => Some(false),
            _ => None,
        },
    }
}
