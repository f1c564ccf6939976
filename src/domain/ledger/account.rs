//! The accounts of a fund.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An account; every fund has each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// Money on the fund's bank account.
    CashAtBank,
    /// Principal that borrowers owe, per loan.
    LoansReceivable,
    /// Expected loss on loans receivable, held against them.
    Provision,
    /// Money that left the bank account and nobody knows yet why: gone until it is explained.
    UnexplainedPayments,
    /// Approved invoices not yet paid to the contractor.
    ContractorsPayable,
    /// Credit lines drawn, per source.
    OwedToFunder,
    /// Repaid principal that must now be passed on, per source.
    DueToFunder,
    /// Money on the bank account whose owner is not known yet.
    UnmatchedReceipts,
    /// What borrowers paid too much, per loan.
    BorrowerOverpayments,
    /// What is ordered back to borrowers and not yet paid, per loan.
    RefundsPayable,
    /// What came in and is not ours: stays owed to whoever sent it.
    HeldForSenders,
    /// Grants that revolve, per source.
    Grants,
    /// The house's own money in the fund, per source.
    OwnMeans,
    /// Fees received.
    FeeIncome,
    /// Interest received, per loan.
    InterestIncome,
    /// The fund's share of gains in value, received, per loan.
    GainShareIncome,
    /// What the bank takes.
    BankCharges,
    /// Principal given up or remitted, less what was recovered, per loan.
    WriteOffLoss,
}

/// What an account stands for, which says on which side it grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// What the fund has: grows by debit.
    Asset,
    /// What the fund owes: grows by credit.
    Liability,
    /// What it was given for good: grows by credit.
    Equity,
    /// What it earned: grows by credit.
    Income,
    /// What it spent: grows by debit.
    Expense,
}

/// A text that names no account.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("account “{0}” does not exist")]
pub struct UnknownAccount(pub String);

impl Account {
    /// Every account, by number.
    pub const ALL: [Self; 18] = [
        Self::CashAtBank,
        Self::LoansReceivable,
        Self::Provision,
        Self::UnexplainedPayments,
        Self::ContractorsPayable,
        Self::OwedToFunder,
        Self::DueToFunder,
        Self::UnmatchedReceipts,
        Self::BorrowerOverpayments,
        Self::RefundsPayable,
        Self::HeldForSenders,
        Self::Grants,
        Self::OwnMeans,
        Self::FeeIncome,
        Self::InterestIncome,
        Self::GainShareIncome,
        Self::BankCharges,
        Self::WriteOffLoss,
    ];

    /// The code used in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::CashAtBank => "cash_at_bank",
            Self::LoansReceivable => "loans_receivable",
            Self::Provision => "provision",
            Self::UnexplainedPayments => "unexplained_payments",
            Self::ContractorsPayable => "contractors_payable",
            Self::OwedToFunder => "owed_to_funder",
            Self::DueToFunder => "due_to_funder",
            Self::UnmatchedReceipts => "unmatched_receipts",
            Self::BorrowerOverpayments => "borrower_overpayments",
            Self::RefundsPayable => "refunds_payable",
            Self::HeldForSenders => "held_for_senders",
            Self::Grants => "grants",
            Self::OwnMeans => "own_means",
            Self::FeeIncome => "fee_income",
            Self::InterestIncome => "interest_income",
            Self::GainShareIncome => "gain_share_income",
            Self::BankCharges => "bank_charges",
            Self::WriteOffLoss => "write_off_loss",
        }
    }

    /// The number bookkeepers sort by: 1 assets, 2 liabilities, 3 equity, 4 income, 6 expenses.
    pub fn number(self) -> i16 {
        match self {
            Self::CashAtBank => 1000,
            Self::LoansReceivable => 1100,
            Self::Provision => 1190,
            Self::UnexplainedPayments => 1200,
            Self::ContractorsPayable => 2000,
            Self::OwedToFunder => 2100,
            Self::DueToFunder => 2110,
            Self::UnmatchedReceipts => 2200,
            Self::BorrowerOverpayments => 2210,
            Self::RefundsPayable => 2220,
            Self::HeldForSenders => 2230,
            Self::Grants => 3000,
            Self::OwnMeans => 3010,
            Self::FeeIncome => 4000,
            Self::InterestIncome => 4010,
            Self::GainShareIncome => 4020,
            Self::BankCharges => 6000,
            Self::WriteOffLoss => 6100,
        }
    }

    /// What it stands for.
    pub fn kind(self) -> AccountKind {
        match self {
            Self::CashAtBank | Self::LoansReceivable | Self::Provision | Self::UnexplainedPayments => {
                AccountKind::Asset
            }
            Self::ContractorsPayable
            | Self::OwedToFunder
            | Self::DueToFunder
            | Self::UnmatchedReceipts
            | Self::BorrowerOverpayments
            | Self::RefundsPayable
            | Self::HeldForSenders => AccountKind::Liability,
            Self::Grants | Self::OwnMeans => AccountKind::Equity,
            Self::FeeIncome | Self::InterestIncome | Self::GainShareIncome => AccountKind::Income,
            Self::BankCharges | Self::WriteOffLoss => AccountKind::Expense,
        }
    }
}

impl AccountKind {
    /// The code used in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Asset => "asset",
            Self::Liability => "liability",
            Self::Equity => "equity",
            Self::Income => "income",
            Self::Expense => "expense",
        }
    }

    /// True where a debit makes the account grow.
    pub fn grows_by_debit(self) -> bool {
        matches!(self, Self::Asset | Self::Expense)
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for Account {
    type Err = UnknownAccount;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|account| account.code() == text).ok_or_else(|| UnknownAccount(text.to_owned()))
    }
}
