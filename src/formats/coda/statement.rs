//! What a CODA file says, in types.

use std::fmt;

use chrono::NaiveDate;

use super::account::Account;
use super::code::TransactionCode;
use super::communication::Communication;
use super::encoding::Encoding;
use super::information::Information;
use super::problem::Problem;
use crate::domain::identity::{EnterpriseNumber, Iban, Ogm};
use crate::domain::money::Money;

/// A file that passed every check.
#[derive(Debug, Clone, PartialEq)]
pub struct CodaFile {
    /// The character set it was read in.
    pub encoding: Encoding,
    /// Its statements, in the order of the file; also of different accounts.
    pub statements: Vec<Statement>,
    /// What a person should look at, and habits of the bank; nothing here makes the money wrong.
    pub warnings: Vec<Problem>,
}

/// One statement of one account.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The line of its record 0, counted from 1.
    pub line: usize,
    /// SHA-256 over its records, in hexadecimal, that does not change when the bank sends it again as a
    /// duplicate or with other line ends.
    pub fingerprint: String,
    /// The day the bank made the file; the same in a duplicate.
    pub created_on: NaiveDate,
    /// The bank's protocol number, or `000`.
    pub bank: String,
    /// The bank says that it sent this before.
    pub duplicate: bool,
    /// Set when this is no ordinary statement but a second feed with details of totals (`00001` and so on): it
    /// is outside the chain of balances and must never be booked as money.
    pub separate_application: Option<String>,
    /// The reference of the transaction that a second feed explains, or of the message that the statement was made
    /// of.
    pub transaction_reference: Option<String>,
    /// The reference that belongs to it.
    pub related_reference: Option<String>,
    /// The bank's own name of the file.
    pub file_reference: Option<String>,
    /// Who the file is for.
    pub addressee: String,
    /// The bank of the account.
    pub bic: Option<String>,
    /// The enterprise number of the holder, when the bank gives a valid one.
    pub holder_number: Option<EnterpriseNumber>,
    /// The holder of the account.
    pub holder: String,
    /// What the bank calls the account.
    pub description: String,
    /// The account.
    pub account: Account,
    /// The CODA sequence number: from 001 each year, one more per file.
    pub sequence: u16,
    /// The number of the paper statement, or a day of the year.
    pub paper_sequence: String,
    /// The balance before the movements.
    pub old_balance: Money,
    /// Its date; none when the bank does not say.
    pub old_balance_on: Option<NaiveDate>,
    /// The balance after the movements.
    pub new_balance: Money,
    /// Its date; none in an empty file without a new balance.
    pub new_balance_on: Option<NaiveDate>,
    /// Every movement and every detail, in the order of the file.
    pub movements: Vec<Movement>,
    /// Free messages of the bank (records 4).
    pub messages: Vec<String>,
}

impl Statement {
    /// The date of the statement: of its new balance, else the day the file was made.
    pub fn date(&self) -> NaiveDate {
        self.new_balance_on.unwrap_or(self.created_on)
    }

    /// The movements that change the balance: totals and simple amounts, never the details of a total.
    pub fn balance_movements(&self) -> impl Iterator<Item = &Movement> {
        self.movements.iter().filter(|movement| movement.moves_balance())
    }

    /// The details directly under a total of this statement, in order; none when the bank sent the total alone.
    pub fn details_of(&self, total: &Movement) -> Vec<&Movement> {
        // They follow it with the same number; further on, the same number may come back.
        let after = self.movements.partition_point(|movement| movement.line <= total.line);
        let group = self.movements.iter().skip(after);
        let group = group.take_while(|movement| movement.position.sequence == total.position.sequence);
        group.filter(|movement| movement.batch_of == Some(total.position)).collect()
    }
}

/// The place of a movement in its statement. Both numbers run to 9999 and then go on from 0000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// One movement, or one detail of a movement (records 2.1 to 2.3 with the records 3 that belong to it).
#[derive(Debug, Clone, PartialEq)]
pub struct Movement {
    /// The line of its record 2.1, counted from 1.
    pub line: usize,
    /// Its place in the statement.
    pub position: Position,
    /// The total that this is a detail of; none for what moves the balance itself.
    pub batch_of: Option<Position>,
    /// The bank's reference: informative, not unique.
    pub bank_reference: String,
    /// The amount, seen from the account: positive is money in.
    pub amount: Money,
    /// The value date; none when the bank does not know it yet.
    pub value_on: Option<NaiveDate>,
    /// The booking date.
    pub booked_on: NaiveDate,
    /// What kind of transaction it is.
    pub code: TransactionCode,
    /// 0, or the level of details that this record opens or closes. Informative: banks do not always close.
    pub globalisation: u8,
    /// What the payer said.
    pub communication: Communication,
    /// The end-to-end identification or the payer's own reference.
    pub customer_reference: Option<String>,
    /// The other side.
    pub counterparty: Counterparty,
    /// Set when this undoes or refuses an earlier payment.
    pub returned: Option<Return>,
    /// Category purpose, four letters (SALA, SUPP).
    pub category_purpose: Option<String>,
    /// Purpose, four letters.
    pub purpose: Option<String>,
    /// What records 3 add.
    pub information: Vec<Information>,
}

impl Movement {
    /// True when the amount is part of the balance; a detail of a total never is.
    pub fn moves_balance(&self) -> bool {
        self.code.kind.moves_balance()
    }

    /// The structured communication, wherever the bank put it: as such, rebuilt by the bank, in a direct debit
    /// or beside a foreign amount.
    pub fn ogm(&self) -> Option<Ogm> {
        match &self.communication {
            Communication::Structured(ogm) | Communication::ReconstitutedOgm(ogm) => Some(*ogm),
            Communication::DirectDebit(debit) => debit.ogm,
            Communication::ForeignAmount { ogm, .. } => *ogm,
            _ => None,
        }
    }

    /// The free text of the payer; empty when the communication is structured.
    pub fn free_text(&self) -> &str {
        match &self.communication {
            Communication::Free(text)
            | Communication::CreditorReference(text)
            | Communication::InvalidOgm { text, .. }
            | Communication::OtherStructured { text, .. } => text,
            Communication::DirectDebit(debit) if debit.ogm.is_none() => &debit.communication,
            _ => "",
        }
    }

    /// Every text in which a reference may stand, best first: free text, customer reference, records 3.
    pub fn texts(&self) -> Vec<&str> {
        let mut texts = vec![self.free_text()];
        texts.extend(self.customer_reference.as_deref());
        texts.extend(self.information.iter().map(Information::text));
        texts.retain(|text| !text.is_empty());
        texts
    }
}

/// The other side of a movement, as far as the bank tells.
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
}

/// What happened to an earlier payment or collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Return {
    /// How it came back; none when the bank gives the reason alone.
    pub kind: Option<ReturnKind>,
    /// The ISO reason (AM04, MD06); none when the bank does not say.
    pub reason: Option<String>,
}

/// The five ways in which a payment or collection comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnKind {
    /// Before settlement, by a bank.
    Reject,
    /// After settlement, by the other bank, within five business days.
    Return,
    /// Asked back by the debtor.
    Refund,
    /// Undone by the creditor.
    Reversal,
    /// Cancelled before it was sent.
    Cancellation,
}

impl ReturnKind {
    /// The kind of a CODA digit: 1 reject, 2 return, 3 refund, 4 reversal, 5 cancellation.
    pub(super) fn of_digit(digit: &str) -> Option<Self> {
        match digit {
            "1" => Some(Self::Reject),
            "2" => Some(Self::Return),
            "3" => Some(Self::Refund),
            "4" => Some(Self::Reversal),
            "5" => Some(Self::Cancellation),
            _ => None,
        }
    }

    /// Its digit in the file.
    pub(super) fn digit(self) -> &'static str {
        match self {
            Self::Reject => "1",
            Self::Return => "2",
            Self::Refund => "3",
            Self::Reversal => "4",
            Self::Cancellation => "5",
        }
    }
}
