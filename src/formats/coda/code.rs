//! The transaction code: type, family, transaction and category.

use std::fmt;

/// The eight digits that say what a movement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TransactionCode {
    /// Its first digit: total, detail or simple amount.
    pub kind: TransactionType,
    /// Two digits: 01 SEPA transfer, 02 instant, 05 direct debit, 35 closing, 80 charges.
    pub family: u8,
    /// Two digits: below 50 the debit side of the account, from 50 the credit side. Trust the sign instead.
    pub transaction: u8,
    /// Three digits: 000 net amount, 100 gross, 011 VAT, 006 charges.
    pub category: u16,
}

/// The place of an amount between totals and details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransactionType {
    /// 0: a simple amount.
    Simple,
    /// 1: a total made by the customer (a payment file, a collection file).
    CustomerTotal,
    /// 2: a total made by the bank.
    BankTotal,
    /// 3: a simple amount with its parts (gross, charges, VAT).
    WithParts,
    /// 5: a detail of a total made by the customer.
    CustomerDetail,
    /// 6: a detail of a total made by the bank.
    BankDetail,
    /// 7: a detail of a total made by the bank that has details itself.
    BankSubtotal,
    /// 8: a part of a simple amount.
    Part,
    /// 9: a detail of a subtotal.
    SubtotalDetail,
}

impl TransactionType {
    /// The type of a digit; 4 is not in any table.
    pub(super) fn of_digit(digit: u64) -> Option<Self> {
        match digit {
            0 => Some(Self::Simple),
            1 => Some(Self::CustomerTotal),
            2 => Some(Self::BankTotal),
            3 => Some(Self::WithParts),
            5 => Some(Self::CustomerDetail),
            6 => Some(Self::BankDetail),
            7 => Some(Self::BankSubtotal),
            8 => Some(Self::Part),
            9 => Some(Self::SubtotalDetail),
            _ => None,
        }
    }

    /// Its digit in the file.
    pub fn digit(self) -> u8 {
        match self {
            Self::Simple => 0,
            Self::CustomerTotal => 1,
            Self::BankTotal => 2,
            Self::WithParts => 3,
            Self::CustomerDetail => 5,
            Self::BankDetail => 6,
            Self::BankSubtotal => 7,
            Self::Part => 8,
            Self::SubtotalDetail => 9,
        }
    }

    /// True for an amount of its own (0 to 3), false for a detail (5 to 9).
    pub fn moves_balance(self) -> bool {
        self.digit() <= 3
    }

    /// The total that a detail belongs to; none for what is no detail.
    pub fn parent(self) -> Option<Self> {
        match self {
            Self::Simple | Self::CustomerTotal | Self::BankTotal | Self::WithParts => None,
            Self::CustomerDetail => Some(Self::CustomerTotal),
            Self::BankDetail | Self::BankSubtotal => Some(Self::BankTotal),
            Self::Part => Some(Self::WithParts),
            Self::SubtotalDetail => Some(Self::BankSubtotal),
        }
    }
}

/// What a movement is to a lender, told from family and transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A transfer in our favour.
    TransferReceived,
    /// Our own order, also a standing one or a payment file.
    TransferSent,
    /// Our own order came back.
    TransferReturned,
    /// Between accounts of our own, cash pooling included.
    OwnAccounts,
    /// A collection of ours, credited.
    CollectionCredited,
    /// A collection of ours that was not paid, or was given back.
    CollectionReturned,
    /// A creditor collected from us.
    CollectedFromUs,
    /// Interest and costs of the account.
    Closing,
    /// A charge of the bank, or one given back.
    Charges,
    /// Anything else: a person decides.
    Other,
}

impl TransactionCode {
    /// What the movement is to a lender. Unknown codes are [`Kind::Other`].
    pub fn meaning(self) -> Kind {
        match (self.family, self.transaction) {
            (1 | 2, 50..=52) | (41, 50) => Kind::TransferReceived,
            (1 | 2, 54) => Kind::TransferReturned,
            (1 | 2, 13 | 17 | 64 | 66) => Kind::OwnAccounts,
            (_, 37 | 87) | (80, _) => Kind::Charges,
            (1 | 2, 1..=36) | (41, 1) => Kind::TransferSent,
            (5, 50 | 52) => Kind::CollectionCredited,
            (5, 3 | 5 | 56) => Kind::CollectionReturned,
            (5, 1) => Kind::CollectedFromUs,
            (35, _) => Kind::Closing,
            _ => Kind::Other,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::TransferReceived => "transfer received",
            Self::TransferSent => "transfer sent",
            Self::TransferReturned => "transfer returned",
            Self::OwnAccounts => "between own accounts",
            Self::CollectionCredited => "collection credited",
            Self::CollectionReturned => "collection returned",
            Self::CollectedFromUs => "collected from us",
            Self::Closing => "interest and costs",
            Self::Charges => "charges",
            Self::Other => "other",
        })
    }
}

impl fmt::Display for TransactionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:02}{:02}{:03}", self.kind.digit(), self.family, self.transaction, self.category)
    }
}
