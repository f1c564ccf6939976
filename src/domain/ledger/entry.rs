//! Journal entries that balance by construction.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::money::Money;
use super::account::Account;

/// Why an entry was made; one code for each kind of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A funder's money arrived.
    FundingReceived,
    /// An invoice was approved: the borrower owes it, the contractor is owed it.
    TrancheApproved,
    /// The contractor was paid.
    ContractorPaid,
    /// A borrower paid.
    PaymentReceived,
    /// A payment was undone.
    PaymentReversed,
    /// Repaid principal became due to a funder outside a payment.
    PassedOnDue,
    /// Repaid principal was passed on.
    PassedToFunder,
    /// Money moved on the bank account and nobody knows yet why.
    ReceiptUnmatched,
    /// Unmatched money found its loan.
    ReceiptAllocated,
    /// Unmatched money turned out not to be ours.
    ReceiptNotOurs,
    /// Unmatched money was ordered back to whoever sent it.
    ReceiptRefunded,
    /// A receipt and a payment that nobody could place cancel each other out.
    LinesNetted,
    /// What was paid too much was ordered back.
    OverpaymentRefunded,
    /// The bank paid a refund.
    RefundPaid,
    /// What is owed on a loan changed without money: an agreement, a call, or an earlier day that became known late.
    LoanChanged,
    /// A court remitted a part of a loan.
    Remitted,
    /// A loan was given up.
    WrittenOff,
    /// The Flemish Government decided on the debt to the funder.
    DischargeDecided,
    /// An earlier fact of a loan was corrected.
    FactCorrected,
    /// A fee arrived.
    FeeReceived,
    /// The bank took its charge.
    BankCharge,
    /// An earlier entry was wrong; this one undoes it.
    EntryReversed,
}

/// A text that names no reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("reason “{0}” does not exist")]
pub struct UnknownReason(pub String);

/// One line of an entry. The amount is in euro, debit positive, credit negative, never zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// The account.
    pub account: Account,
    /// How much, and on which side.
    pub amount: Money,
    /// The loan it belongs to.
    pub loan_id: Option<Uuid>,
    /// The funding source it belongs to.
    pub source_id: Option<Uuid>,
    /// The payment order it belongs to.
    pub payment_order_id: Option<Uuid>,
}

/// A balanced entry: two postings or more, none of them zero, that sum to zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JournalEntry {
    reason: Reason,
    effective_on: NaiveDate,
    postings: Vec<Posting>,
}

/// Why postings are not an entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unbalanced {
    /// Fewer than two postings.
    #[error("an entry {reason} of {count} postings is none; it takes at least two")]
    TooFew {
        /// Its reason.
        reason: Reason,
        /// How many there were.
        count: usize,
    },
    /// A posting of nothing.
    #[error("an entry {reason} posts 0.00 to {account}")]
    Zero {
        /// Its reason.
        reason: Reason,
        /// The account.
        account: Account,
    },
    /// Debits and credits differ.
    #[error("an entry {reason} is out of balance by {difference}")]
    Difference {
        /// Its reason.
        reason: Reason,
        /// Debits less credits.
        difference: Money,
    },
    /// An account that is kept per loan or per source, without it.
    #[error("an entry {reason} posts to {account} without its {missing}")]
    NoOwner {
        /// Its reason.
        reason: Reason,
        /// The account.
        account: Account,
        /// Loan or source.
        missing: &'static str,
    },
    /// An amount that an event cannot have.
    #[error("an amount of {amount} cannot be booked as {reason}")]
    NotPositive {
        /// The reason.
        reason: Reason,
        /// The amount.
        amount: Money,
    },
}

impl Posting {
    /// A debit, of an amount above zero.
    pub fn debit(account: Account, amount: Money) -> Self {
        Self { account, amount, loan_id: None, source_id: None, payment_order_id: None }
    }

    /// A credit, of an amount above zero.
    pub fn credit(account: Account, amount: Money) -> Self {
        Self::debit(account, -amount)
    }

    /// The same posting, of a loan.
    #[must_use]
    pub fn of_loan(self, loan_id: Uuid) -> Self {
        Self { loan_id: Some(loan_id), ..self }
    }

    /// The same posting, of a funding source.
    #[must_use]
    pub fn of_source(self, source_id: Uuid) -> Self {
        Self { source_id: Some(source_id), ..self }
    }

    /// The same posting, of a payment order.
    #[must_use]
    pub fn of_order(self, payment_order_id: Uuid) -> Self {
        Self { payment_order_id: Some(payment_order_id), ..self }
    }

    /// What an account that is kept per loan or per source lacks.
    fn missing(&self) -> Option<&'static str> {
        match self.account {
            Account::LoansReceivable
            | Account::BorrowerOverpayments
            | Account::InterestIncome
            | Account::GainShareIncome
            | Account::WriteOffLoss
                if self.loan_id.is_none() =>
            {
                Some("loan")
            }
            // What goes back to a sender is about an order and no loan.
            Account::RefundsPayable if self.loan_id.is_none() && self.payment_order_id.is_none() => Some("loan"),
            Account::OwedToFunder | Account::DueToFunder | Account::Grants | Account::OwnMeans
                if self.source_id.is_none() =>
            {
                Some("source")
            }
            _ => None,
        }
    }
}

impl JournalEntry {
    /// An entry, if it balances: debits equal credits (double entry, Code of Economic Law, art. III.84).
    /// Amounts in euro. The database asks the same.
    ///
    /// # Errors
    /// Fewer than two postings, one of 0.00, one without the loan or the source its account is kept by, or a difference.
    pub fn new(reason: Reason, effective_on: NaiveDate, postings: Vec<Posting>) -> Result<Self, Unbalanced> {
        if postings.len() < 2 {
            return Err(Unbalanced::TooFew { reason, count: postings.len() });
        }
        if let Some(posting) = postings.iter().find(|posting| posting.amount.is_zero()) {
            return Err(Unbalanced::Zero { reason, account: posting.account });
        }
        for posting in &postings {
            if let Some(missing) = posting.missing() {
                return Err(Unbalanced::NoOwner { reason, account: posting.account, missing });
            }
        }
        let difference: Money = postings.iter().map(|posting| posting.amount).sum();
        if !difference.is_zero() {
            return Err(Unbalanced::Difference { reason, difference });
        }
        Ok(Self { reason, effective_on, postings })
    }

    /// Why it was made.
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// The day it counts from.
    pub fn effective_on(&self) -> NaiveDate {
        self.effective_on
    }

    /// The same entry, counting from another day.
    #[must_use]
    pub fn landed_on(self, effective_on: NaiveDate) -> Self {
        Self { effective_on, ..self }
    }

    /// Its lines, in order.
    pub fn postings(&self) -> &[Posting] {
        &self.postings
    }

    /// What it does to an account: debits less credits.
    pub fn effect_on(&self, account: Account) -> Money {
        self.postings.iter().filter(|posting| posting.account == account).map(|posting| posting.amount).sum()
    }
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 22] = [
        Self::FundingReceived,
        Self::TrancheApproved,
        Self::ContractorPaid,
        Self::PaymentReceived,
        Self::PaymentReversed,
        Self::PassedOnDue,
        Self::PassedToFunder,
        Self::ReceiptUnmatched,
        Self::ReceiptAllocated,
        Self::ReceiptNotOurs,
        Self::ReceiptRefunded,
        Self::LinesNetted,
        Self::OverpaymentRefunded,
        Self::RefundPaid,
        Self::LoanChanged,
        Self::Remitted,
        Self::WrittenOff,
        Self::DischargeDecided,
        Self::FactCorrected,
        Self::FeeReceived,
        Self::BankCharge,
        Self::EntryReversed,
    ];

    /// The code used in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::FundingReceived => "funding_received",
            Self::TrancheApproved => "tranche_approved",
            Self::ContractorPaid => "contractor_paid",
            Self::PaymentReceived => "payment_received",
            Self::PaymentReversed => "payment_reversed",
            Self::PassedOnDue => "passed_on_due",
            Self::PassedToFunder => "passed_to_funder",
            Self::ReceiptUnmatched => "receipt_unmatched",
            Self::ReceiptAllocated => "receipt_allocated",
            Self::ReceiptNotOurs => "receipt_not_ours",
            Self::ReceiptRefunded => "receipt_refunded",
            Self::LinesNetted => "lines_netted",
            Self::OverpaymentRefunded => "overpayment_refunded",
            Self::RefundPaid => "refund_paid",
            Self::LoanChanged => "loan_changed",
            Self::Remitted => "remitted",
            Self::WrittenOff => "written_off",
            Self::DischargeDecided => "discharge_decided",
            Self::FactCorrected => "fact_corrected",
            Self::FeeReceived => "fee_received",
            Self::BankCharge => "bank_charge",
            Self::EntryReversed => "entry_reversed",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for Reason {
    type Err = UnknownReason;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|reason| reason.code() == text).ok_or_else(|| UnknownReason(text.to_owned()))
    }
}
