//! The entries of a fund that are not a loan's own. Every function takes amounts in euro above zero unless it says otherwise, and
//! refuses others by the type of [`JournalEntry`].

use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::money::Money;
use super::account::Account;
use super::entry::{JournalEntry, Posting, Reason, Unbalanced};

/// What kind of money a funding source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FundingKind {
    /// Must be paid back to the funder.
    CreditLine,
    /// Given for good; what is repaid may be lent again.
    Grant,
    /// The house's own.
    OwnMeans,
}

/// A text that names no kind of funding.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("funding kind “{0}” does not exist; it is credit_line, grant or own_means")]
pub struct UnknownFundingKind(pub String);

/// A source's part in a loan, in fixed weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundingShare {
    /// The source.
    pub source_id: Uuid,
    /// Its weight among the shares of the loan.
    pub weight: u64,
    /// True where repaid principal stays in the fund, false where it goes back to the funder.
    pub revolves: bool,
}

impl FundingKind {
    /// The code used in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::CreditLine => "credit_line",
            Self::Grant => "grant",
            Self::OwnMeans => "own_means",
        }
    }

    /// The account that its money is credited to.
    pub fn account(self) -> Account {
        match self {
            Self::CreditLine => Account::OwedToFunder,
            Self::Grant => Account::Grants,
            Self::OwnMeans => Account::OwnMeans,
        }
    }
}

impl FromStr for FundingKind {
    type Err = UnknownFundingKind;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::CreditLine, Self::Grant, Self::OwnMeans]
            .into_iter()
            .find(|kind| kind.code() == text)
            .ok_or_else(|| UnknownFundingKind(text.to_owned()))
    }
}

/// A funder's money arrived: Dr cash at bank / Cr owed to funder, grants or own means.
pub fn funding_received(
    on: NaiveDate,
    source_id: Uuid,
    kind: FundingKind,
    amount: Money,
) -> Result<JournalEntry, Unbalanced> {
    let credit = Posting::credit(kind.account(), amount).of_source(source_id);
    pair(Reason::FundingReceived, on, Posting::debit(Account::CashAtBank, amount), credit)
}

/// The bank paid the contractor: Dr contractors payable / Cr cash at bank.
pub fn contractor_paid(
    on: NaiveDate,
    loan_id: Uuid,
    payment_order_id: Uuid,
    amount: Money,
) -> Result<JournalEntry, Unbalanced> {
    let debit = Posting::debit(Account::ContractorsPayable, amount).of_loan(loan_id).of_order(payment_order_id);
    pair(Reason::ContractorPaid, on, debit, Posting::credit(Account::CashAtBank, amount).of_order(payment_order_id))
}

/// Repaid principal became due to a funder outside a payment: Dr owed to funder / Cr due to funder.
pub fn passed_on_due(on: NaiveDate, source_id: Uuid, amount: Money) -> Result<JournalEntry, Unbalanced> {
    let debit = Posting::debit(Account::OwedToFunder, amount).of_source(source_id);
    pair(Reason::PassedOnDue, on, debit, Posting::credit(Account::DueToFunder, amount).of_source(source_id))
}

/// Repaid principal went back to the funder: Dr due to funder / Cr cash at bank.
pub fn passed_to_funder(
    on: NaiveDate,
    source_id: Uuid,
    payment_order_id: Uuid,
    amount: Money,
) -> Result<JournalEntry, Unbalanced> {
    let debit = Posting::debit(Account::DueToFunder, amount).of_source(source_id).of_order(payment_order_id);
    pair(Reason::PassedToFunder, on, debit, Posting::credit(Account::CashAtBank, amount).of_order(payment_order_id))
}

/// Money moved and nobody knows yet why. Above zero it came in: cash at bank against unmatched receipts. Below
/// zero it went out: cash at bank against unexplained payments, an account of its own, because money that left is
/// not there to lend, whatever came in from strangers.
pub fn receipt_unmatched(on: NaiveDate, amount: Money) -> Result<JournalEntry, Unbalanced> {
    let debit = Posting::debit(Account::CashAtBank, amount);
    let unknown = if amount.is_negative() { Account::UnexplainedPayments } else { Account::UnmatchedReceipts };
    JournalEntry::new(Reason::ReceiptUnmatched, on, vec![debit, Posting::credit(unknown, amount)])
}

/// The bank paid what was ordered back to a borrower: Dr refunds payable / Cr cash at bank.
pub fn refund_paid(
    on: NaiveDate,
    loan_id: Uuid,
    payment_order_id: Uuid,
    amount: Money,
) -> Result<JournalEntry, Unbalanced> {
    let debit = Posting::debit(Account::RefundsPayable, amount).of_loan(loan_id).of_order(payment_order_id);
    pair(Reason::RefundPaid, on, debit, Posting::credit(Account::CashAtBank, amount).of_order(payment_order_id))
}

/// A fee arrived: Dr cash at bank / Cr fee income.
pub fn fee_received(on: NaiveDate, amount: Money) -> Result<JournalEntry, Unbalanced> {
    let credit = Posting::credit(Account::FeeIncome, amount);
    pair(Reason::FeeReceived, on, Posting::debit(Account::CashAtBank, amount), credit)
}

/// The bank took its charge: Dr bank charges / Cr cash at bank.
pub fn bank_charge(on: NaiveDate, amount: Money) -> Result<JournalEntry, Unbalanced> {
    let credit = Posting::credit(Account::CashAtBank, amount);
    pair(Reason::BankCharge, on, Posting::debit(Account::BankCharges, amount), credit)
}

/// An earlier entry was wrong: the same lines on the other side.
pub fn reverse(entry: &JournalEntry, on: NaiveDate) -> Result<JournalEntry, Unbalanced> {
    let postings = entry.postings().iter().map(|posting| Posting { amount: -posting.amount, ..posting.clone() });
    JournalEntry::new(Reason::EntryReversed, on, postings.collect())
}

fn pair(reason: Reason, on: NaiveDate, debit: Posting, credit: Posting) -> Result<JournalEntry, Unbalanced> {
    if debit.amount.is_negative() {
        return Err(Unbalanced::NotPositive { reason, amount: debit.amount });
    }
    JournalEntry::new(reason, on, vec![debit, credit])
}
