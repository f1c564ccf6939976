//! What a line on the bank account is about, decided by rules in a fixed order.
//!
//! Only what is certain is booked to a loan, a funder or a payment order; everything else waits in suspense
//! with its reason until a person decides. In this order:
//!
//! 1. money in with the structured communication of a loan or a funding source;
//! 2. money in with such a communication inside its free text, when it is also one of ours;
//! 3. money out with the end-to-end identification of a payment order of ours, for exactly its amount; or with the
//!    identification of a payment run of ours, for exactly what it asks of this account; or money in by which the bank
//!    sends exactly the amount of such an order back;
//! 4. money in or out that is one of our direct debits, or gives one back (see `collections`, which is asked first);
//! 5. charges and interest of the bank;
//! 6. suspense, with a suggestion where the text names a loan by its number.

mod batch;
mod came_back;
mod chain;
mod collections;
mod decide;
mod grant;
mod known;
mod place;
mod propose;
mod reason;
mod returned;
#[cfg(test)]
mod tests;

use uuid::Uuid;

use crate::domain::identity::Ogm;
use crate::domain::ledger::FundingKind;
use crate::domain::money::Money;

pub use batch::KnownBatch;
pub use chain::{Break, Link, follows};
pub use collections::{
    Collected, Debit, DebitLine, Debits, KnownCollection, PlacedLine, credited_by, payment_in_total, payment_named,
    returned_by,
};
pub use decide::Matcher;
pub use known::{Known, KnownLoan, KnownOrder, KnownSource, file_numbers, loan_numbers};
pub use place::{PaidBy, PartKind, Undivided, UnknownPaidBy, UnknownPart, divide};
pub use propose::{
    About, BEST, Confidence, Facts, Grounds, LoanFacts, OrderFacts, Proposal, RunFacts, SourceFacts, Waiting,
    family_names, propose, words,
};
pub use reason::Reason;
pub use returned::ReturnKind;

/// What is known of a line when it is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// The amount seen from the account: positive is money in.
    pub amount: Money,
    /// What the bank calls it.
    pub nature: Nature,
    /// The structured communication, as the bank gave it.
    pub reference: Reference,
    /// Every other text in which a reference may stand, best first.
    pub texts: Vec<&'a str>,
    /// The end-to-end identification, or the payer's own reference.
    pub end_to_end_id: Option<&'a str>,
}

/// What the bank calls a line, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// A transfer, or anything that is not one of the others.
    Payment,
    /// A charge or interest of the bank itself.
    Charge,
    /// A transfer of ours that comes back.
    Returned,
    /// A transfer between accounts of our own.
    OwnAccounts,
    /// A total whose details the bank did not send.
    Total,
    /// The balance that was on the account before its first statement.
    Opening,
}

/// The structured communication of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference {
    /// There is none.
    Absent,
    /// Given by the payer (CODA 101).
    Given(Ogm),
    /// Rebuilt by the bank out of a free text (CODA 102): less certain.
    Rebuilt(Ogm),
    /// Twelve positions whose check digits are wrong.
    Invalid,
}

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// A borrower pays.
    Loan {
        /// The loan.
        loan_id: Uuid,
        /// How sure that is.
        certainty: Certainty,
    },
    /// A granting agency pays the renovation grant of a borrower.
    Grant {
        /// The loan.
        loan_id: Uuid,
    },
    /// A funder pays.
    Source {
        /// The funding source.
        source_id: Uuid,
        /// What kind of money it is.
        kind: FundingKind,
        /// How sure that is.
        certainty: Certainty,
    },
    /// The bank has executed a payment order of ours.
    Order {
        /// The payment order.
        order_id: Uuid,
    },
    /// The bank has executed all orders of a payment run from this account, as one amount.
    Batch {
        /// The run.
        payment_run_id: Uuid,
    },
    /// A payment order of ours that was paid came back, in whole.
    Returned {
        /// The payment order.
        order_id: Uuid,
    },
    /// A charge or interest of the bank.
    Charge,
    /// Nobody knows yet: a person decides.
    Suspense {
        /// Why.
        reason: Reason,
        /// A loan that it may be about; never booked without a person.
        suggestion: Option<Uuid>,
    },
}

/// How a reference was found, from most to least certain. All three are certain enough to book, because the
/// reference is also one of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// As structured communication of the payer.
    Structured,
    /// As structured communication that the bank rebuilt.
    Rebuilt,
    /// Inside free text.
    FreeText,
}

impl Match {
    /// The code that is kept with the line and says why it was booked, or was not.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Loan { certainty: Certainty::Structured, .. } => Reason::LoanReference,
            Self::Loan { certainty: Certainty::Rebuilt, .. } => Reason::LoanReferenceRebuilt,
            Self::Loan { certainty: Certainty::FreeText, .. } => Reason::LoanReferenceInText,
            Self::Grant { .. } => Reason::GrantReference,
            Self::Source { certainty: Certainty::FreeText, .. } => Reason::SourceReferenceInText,
            Self::Source { .. } => Reason::SourceReference,
            Self::Order { .. } | Self::Batch { .. } => Reason::OrderExecuted,
            Self::Returned { .. } => Reason::OrderReturned,
            Self::Charge => Reason::BankCharge,
            Self::Suspense { reason, .. } => *reason,
        }
    }
}
