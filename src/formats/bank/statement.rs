//! What a bank file says, in types that no format owns.

use std::fmt;

use chrono::NaiveDate;

pub use super::super::coda::{Account, DebitOutcome, DebitScheme, DebitSequence, Kind};
pub use crate::domain::matching::{Reference, ReturnKind};

use crate::domain::identity::{Iban, Ogm};
use crate::domain::money::Money;

/// One statement of one account, or one message with details of totals.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The line on which it begins, counted from 1.
    pub line: usize,
    /// SHA-256 over what it says, in hexadecimal. It stays the same when the bank sends the statement again, as a
    /// duplicate or in another layout of the same format; another format gives another one.
    pub fingerprint: String,
    /// The day the bank made it.
    pub created_on: NaiveDate,
    /// The bank says that it sent this before.
    pub duplicate: bool,
    /// Set when this is a second feed with details of totals (a CODA separate application, `00001` and so on, or
    /// `camt.054`): it is outside the chain of balances and never is money of its own.
    pub details_feed: Option<String>,
    /// The bank of the account.
    pub bic: Option<String>,
    /// The holder of the account.
    pub holder: String,
    /// The account.
    pub account: Account,
    /// The number of the year, from 1; 0 when the bank does not number.
    pub sequence: u16,
    /// The date of the statement: of its new balance, else the day it was made.
    pub on: NaiveDate,
    /// The balances; none in a details feed that has none, and where they could not be read.
    pub balances: Option<Balances>,
    /// Every line and every detail, in the order of the file.
    pub lines: Vec<Line>,
    /// What the bank has announced and not booked: shown to people, never money. None in CODA.
    pub pending: Vec<Line>,
    /// Free messages of the bank.
    pub messages: Vec<String>,
}

/// The balances around a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balances {
    /// Before the lines.
    pub old: Money,
    /// Its date; none when the bank does not say.
    pub old_on: Option<NaiveDate>,
    /// After the lines.
    pub new: Money,
    /// Its date; none in an empty file without a new balance.
    pub new_on: Option<NaiveDate>,
}

impl Statement {
    /// The account as IBAN where there is one, else as the bank wrote it.
    pub fn account_number(&self) -> String {
        self.account.iban.as_ref().map_or_else(|| self.account.number.clone(), Iban::canonical)
    }
}

/// The place of a line in its statement. Both numbers run to 9999 and then go on from 0000.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The continuous sequence number.
    pub sequence: u16,
    /// The detail number.
    pub detail: u16,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}/{:04}", self.sequence, self.detail)
    }
}

/// What an amount is among the amounts of its statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// An amount of its own.
    Single,
    /// A total, whose details may follow.
    Total,
    /// A detail that has details itself.
    Subtotal,
    /// A detail of a total.
    Detail,
    /// A part of an amount: gross or net.
    Part,
    /// A part of an amount: charges, VAT, interest.
    ChargePart,
}

impl Role {
    /// True for what changes the balance; what is inside another amount never does.
    pub fn moves_balance(self) -> bool {
        matches!(self, Self::Single | Self::Total)
    }
}

/// One line, or one detail of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The line of the file on which it begins, counted from 1.
    pub line: usize,
    /// Its place in the statement.
    pub position: Position,
    /// What it is among the amounts.
    pub role: Role,
    /// The index of the total that it is a detail of, among the lines of its statement.
    pub batch_of: Option<usize>,
    /// The amount, seen from the account: positive is money in.
    pub amount: Money,
    /// The booking date.
    pub booked_on: NaiveDate,
    /// The value date; none when the bank does not know it yet.
    pub value_on: Option<NaiveDate>,
    /// The code of the bank: `00150000` in CODA, `PMNT-RCDT-ESCT` in CAMT.
    pub code: String,
    /// What it is to a lender.
    pub kind: Kind,
    /// The other side.
    pub counterparty: Counterparty,
    /// The structured communication, with how sure it is.
    pub reference: Reference,
    /// The free text of the payer; empty when there is none.
    pub free: String,
    /// What a structured communication that is more than a reference means, in one line for people (a card payment,
    /// a calculation of VAT): `free` then holds its bare positions. None elsewhere.
    pub details: Option<String>,
    /// Other texts of payer or bank, best first.
    pub more: Vec<String>,
    /// The same texts joined or cut in another way, in which a reference may be found. Not for people.
    pub hints: Vec<String>,
    /// The end-to-end identification or the payer's own reference.
    pub end_to_end_id: Option<String>,
    /// The direct debit, when it is one.
    pub direct_debit: Option<DirectDebit>,
    /// Set when this undoes or refuses an earlier payment.
    pub returned: Option<Return>,
    /// Category purpose, four letters (SALA, SUPP).
    pub category_purpose: Option<String>,
    /// Purpose, four letters.
    pub purpose: Option<String>,
    /// The bank's reference: informative, not unique.
    pub bank_reference: String,
    /// Our own name of the payment file that this is the total of (`PmtInfId`).
    pub batch_reference: Option<String>,
}

impl Line {
    /// True when the amount is part of the balance.
    pub fn moves_balance(&self) -> bool {
        self.role.moves_balance()
    }

    /// The total that this is a detail of, among all lines of its statement.
    pub fn total<'a>(&self, all: &'a [Self]) -> Option<&'a Self> {
        self.batch_of.and_then(|index| all.get(index))
    }

    /// The structured communication, given or rebuilt by the bank, when its check digits are right.
    pub fn ogm(&self) -> Option<Ogm> {
        match self.reference {
            Reference::Given(ogm) | Reference::Rebuilt(ogm) => Some(ogm),
            Reference::Absent | Reference::Invalid => None,
        }
    }

    /// Every text in which a reference may stand, best first: free text, end-to-end identification, the rest.
    pub fn texts(&self) -> Vec<&str> {
        let mut texts = vec![self.free.as_str()];
        texts.extend(self.end_to_end_id.as_deref());
        texts.extend(self.more.iter().chain(&self.hints).map(String::as_str));
        texts.retain(|text| !text.is_empty());
        texts
    }

    /// What people read of it: what its fields mean, free text and the other texts, one a line; none when there is
    /// nothing.
    pub fn readable(&self) -> Option<String> {
        let words = self.details.as_deref().into_iter().chain([self.free.as_str()]);
        let texts = words.chain(self.more.iter().map(String::as_str));
        let text = texts.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n");
        Some(text).filter(|text| !text.is_empty())
    }
}

/// The other side of a line, as far as the bank tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counterparty {
    /// The account, when it is an IBAN or stands for one.
    pub iban: Option<Iban>,
    /// The account as the bank wrote it, when it is no IBAN.
    pub other_account: Option<String>,
    /// The bank, 8 or 11 signs.
    pub bic: Option<String>,
    /// The name. Banks sometimes fill in the holder's own: never match on it alone.
    pub name: Option<String>,
    /// For whom the other side paid or collected, when the bank says it.
    pub ultimate: Option<String>,
}

/// What happened to an earlier payment or collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Return {
    /// How it came back; none when the bank gives the reason alone.
    pub kind: Option<ReturnKind>,
    /// The ISO reason (AM04, MD06); none when the bank does not say.
    pub reason: Option<String>,
}

/// A SEPA direct debit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectDebit {
    /// The settlement date.
    pub settled_on: Option<NaiveDate>,
    /// Its place in a series.
    pub sequence: DebitSequence,
    /// Core or business to business.
    pub scheme: DebitScheme,
    /// Paid, or why not; none when the bank does not say.
    pub outcome: Option<DebitOutcome>,
    /// The identifier of the creditor; empty when the bank does not say.
    pub creditor: String,
    /// The reference of the mandate; empty when the bank does not say.
    pub mandate: String,
    /// What the creditor said: a structured communication or a text.
    pub communication: String,
}
