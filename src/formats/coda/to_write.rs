//! What can be written as a CODA file: plain data, without the positions.

use chrono::NaiveDate;

use super::statement::Return;
use crate::domain::identity::{EnterpriseNumber, Iban, Ogm};
use crate::domain::money::Money;

/// A statement to be written, as plain data. Texts without blanks at their ends.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementToWrite {
    /// The day the file is made.
    pub created_on: NaiveDate,
    /// True to mark it as sent before.
    pub duplicate: bool,
    /// The bank of the account, 8 or 11 signs.
    pub bic: String,
    /// The enterprise number of the holder.
    pub holder_number: Option<EnterpriseNumber>,
    /// The holder, at most 26 signs.
    pub holder: String,
    /// What the bank calls the account, at most 35 signs.
    pub description: String,
    /// The account, in euro.
    pub account: Iban,
    /// The CODA sequence number, 1 to 999.
    pub sequence: u16,
    /// The balance before the movements.
    pub old_balance: Money,
    /// Its date.
    pub old_balance_on: NaiveDate,
    /// The date of the new balance, which follows from the movements.
    pub new_balance_on: NaiveDate,
    /// What happened, in order.
    pub entries: Vec<EntryToWrite>,
    /// Messages of the bank, at most 80 signs each.
    pub messages: Vec<String>,
}

/// A movement, with its details when it is a total of the bank.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryToWrite {
    /// The movement. With details its amount must be their sum.
    pub line: LineToWrite,
    /// Written as type 6 under a total of type 2; none for a simple amount of type 0.
    pub details: Vec<LineToWrite>,
}

/// One movement or detail.
#[derive(Debug, Clone, PartialEq)]
pub struct LineToWrite {
    /// Seen from the account: positive is money in.
    pub amount: Money,
    /// The value date; none for unknown.
    pub value_on: Option<NaiveDate>,
    /// The booking date.
    pub booked_on: NaiveDate,
    /// Family and transaction: (1, 50) transfer received, (1, 1) sent, (1, 54) came back, (2, 50) instant.
    pub code: (u8, u8),
    /// The bank's reference, at most 21 signs.
    pub bank_reference: String,
    /// What the payer said.
    pub text: TextToWrite,
    /// The end-to-end identification, at most 35 signs; empty for none.
    pub customer_reference: String,
    /// The other side's account.
    pub counterparty_iban: Option<Iban>,
    /// The other side's bank; empty for none.
    pub counterparty_bic: String,
    /// The other side's name, at most 35 signs; empty for none.
    pub counterparty_name: String,
    /// Set when this undoes an earlier payment; with a kind, a reason or both.
    pub returned: Option<Return>,
}

/// What the payer said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextToWrite {
    /// Free text of at most 149 signs; may be empty.
    Free(String),
    /// A structured communication (101).
    Structured(Ogm),
    /// A structured communication that the bank rebuilt (102).
    Reconstituted(Ogm),
}

/// Why a statement cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotWrite {
    /// A text does not fit its field. The text itself is not shown: it may be a name.
    #[error("{field} is {length} signs long; CODA has room for {room}")]
    TooLong {
        /// The field.
        field: &'static str,
        /// How long the text is.
        length: usize,
        /// How long it may be.
        room: usize,
    },
    /// A text holds a control character.
    #[error("{0} holds a control character; CODA holds printable characters only")]
    Control(&'static str),
    /// A number is outside what its field can hold.
    #[error("{field} is {value}; it must be {allowed}")]
    Number {
        /// The field.
        field: &'static str,
        /// Its value.
        value: String,
        /// What it may be.
        allowed: &'static str,
    },
    /// The details of a total do not add up to it.
    #[error("the total is {total}, but its details add up to {details}; they must be equal")]
    Details {
        /// The total.
        total: Money,
        /// The sum of its details.
        details: Money,
    },
}

impl StatementToWrite {
    /// The old balance and all movements.
    pub fn new_balance(&self) -> Money {
        self.old_balance + self.entries.iter().map(|entry| entry.line.amount).sum()
    }
}
