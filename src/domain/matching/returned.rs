//! How an earlier payment or collection comes back.

use std::fmt;

use serde::{Serialize, Serializer};

/// The five ways in which a payment or collection comes back (EPC, SEPA direct debit and credit transfer rulebooks).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Reject, Self::Return, Self::Refund, Self::Reversal, Self::Cancellation];

    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reject => "reject",
            Self::Return => "return",
            Self::Refund => "refund",
            Self::Reversal => "reversal",
            Self::Cancellation => "cancellation",
        }
    }

    /// The kind of a code; none of an unknown one.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl fmt::Display for ReturnKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl Serialize for ReturnKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
