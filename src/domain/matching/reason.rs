//! Why a line was booked where it was, or waits in suspense: codes in the database, sentences for people.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::domain::text::Text;

/// Why a bank line has the outcome it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Booked: the structured communication of a loan.
    LoanReference,
    /// Booked: the structured communication of a loan, rebuilt by the bank.
    LoanReferenceRebuilt,
    /// Booked: the communication of a loan inside free text.
    LoanReferenceInText,
    /// Booked: a renovation grant from its agency, with the number or the communication of a loan.
    GrantReference,
    /// Booked: the structured communication of a funding source.
    SourceReference,
    /// Booked: the communication of a funding source inside free text.
    SourceReferenceInText,
    /// Booked: a payment order of ours, executed.
    OrderExecuted,
    /// Booked: a transfer of ours came back, and its order waits again.
    OrderReturned,
    /// Booked: a charge or interest of the bank.
    BankCharge,
    /// Booked: a collection of ours was credited.
    CollectionCredited,
    /// Booked: a whole batch of collections of ours was credited.
    CollectionTotal,
    /// Booked: a collection of ours came back, and its payment is undone.
    CollectionReturned,
    /// Nothing to book: the details of this total are booked.
    DetailsBooked,
    /// Nothing to book: the amount is 0.00.
    NothingToBook,
    /// Suspense: the balance that was on the account before the first statement.
    OpeningBalance,
    /// Suspense: no reference at all.
    NoReference,
    /// Suspense: a right reference that is none of ours.
    UnknownReference,
    /// Suspense: the bank rebuilt a reference, and it is none of ours.
    ReconstitutedReferenceUnknown,
    /// Suspense: a structured communication with wrong check digits.
    InvalidReference,
    /// Suspense: two references of ours in one line.
    TwoReferences,
    /// Suspense: no reference, but a text that names a loan by its number.
    LoanNumberInText,
    /// Suspense: the reference of a loan or a funding source of another fund.
    ReferenceOfAnotherFund,
    /// Suspense: the loan was repaid in full and is closed.
    LoanRepaid,
    /// Suspense: nothing was drawn on the loan yet, so there is nothing to repay.
    NothingDrawn,
    /// Suspense: of a day before the loan was signed.
    BeforeSignature,
    /// Suspense: an early repayment on a loan with interest, which needs a new schedule.
    MoreThanClaimable,
    /// Suspense: the loan does not take this payment for another reason.
    LoanRefuses,
    /// Suspense: more than this funder had promised.
    SourcePaidTooMuch,
    /// Suspense: money out without an order of ours.
    DebitWithoutOrder,
    /// Suspense: an order of ours, for another amount.
    AmountDiffersFromOrder,
    /// Suspense: an order of ours that was paid before.
    OrderAlreadyPaid,
    /// Suspense: an order of another fund.
    OrderOfAnotherFund,
    /// Suspense: a transfer of ours came back, and it is not certain which one.
    PaymentReturned,
    /// Suspense: a transfer of ours came back with another amount than its order.
    ReturnedOtherAmount,
    /// Suspense: a transfer of ours that came back before.
    OrderReturnedBefore,
    /// Suspense: a transfer between accounts of our own.
    BetweenOwnAccounts,
    /// Suspense: a total of which the bank sent no details.
    TotalWithoutDetails,
    /// Suspense: it was booked, and a person took that back.
    BookingUndone,
    /// Suspense: a collection of ours came back, and its money had never come.
    CollectionRejected,
    /// Suspense: the amount is not that of our collection.
    CollectionOtherAmount,
    /// Suspense: our collection has not left, was credited before, or it is not certain which one it is.
    CollectionNotExpected,
    /// Suspense: our collection came back before.
    CollectionReturnedBefore,
    /// Suspense: a direct debit came back, and it is none that we know.
    CollectionReturnUnknown,
    /// Suspense: one of the loans of a batch does not take its payment.
    CollectionTotalRefused,
}

/// A code that no rule of ours would have written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a reason of a bank line")]
pub struct UnknownReason(pub String);

impl Reason {
    /// Every reason, for a page that explains them and for a test that each has its sentence.
    pub const ALL: [Self; 44] = [
        Self::LoanReference,
        Self::LoanReferenceRebuilt,
        Self::LoanReferenceInText,
        Self::GrantReference,
        Self::SourceReference,
        Self::SourceReferenceInText,
        Self::OrderExecuted,
        Self::OrderReturned,
        Self::BankCharge,
        Self::CollectionCredited,
        Self::CollectionTotal,
        Self::CollectionReturned,
        Self::DetailsBooked,
        Self::NothingToBook,
        Self::OpeningBalance,
        Self::NoReference,
        Self::UnknownReference,
        Self::ReconstitutedReferenceUnknown,
        Self::InvalidReference,
        Self::TwoReferences,
        Self::LoanNumberInText,
        Self::ReferenceOfAnotherFund,
        Self::LoanRepaid,
        Self::NothingDrawn,
        Self::BeforeSignature,
        Self::MoreThanClaimable,
        Self::LoanRefuses,
        Self::SourcePaidTooMuch,
        Self::DebitWithoutOrder,
        Self::AmountDiffersFromOrder,
        Self::OrderAlreadyPaid,
        Self::OrderOfAnotherFund,
        Self::PaymentReturned,
        Self::ReturnedOtherAmount,
        Self::OrderReturnedBefore,
        Self::BetweenOwnAccounts,
        Self::TotalWithoutDetails,
        Self::BookingUndone,
        Self::CollectionRejected,
        Self::CollectionOtherAmount,
        Self::CollectionNotExpected,
        Self::CollectionReturnedBefore,
        Self::CollectionReturnUnknown,
        Self::CollectionTotalRefused,
    ];

    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::LoanReference => "loan_reference",
            Self::LoanReferenceRebuilt => "loan_reference_rebuilt",
            Self::LoanReferenceInText => "loan_reference_in_text",
            Self::GrantReference => "grant_reference",
            Self::SourceReference => "source_reference",
            Self::SourceReferenceInText => "source_reference_in_text",
            Self::OrderExecuted => "order_executed",
            Self::OrderReturned => "order_returned",
            Self::BankCharge => "bank_charge",
            Self::CollectionCredited => "collection_credited",
            Self::CollectionTotal => "collection_total",
            Self::CollectionReturned => "collection_returned",
            Self::DetailsBooked => "details_booked",
            Self::NothingToBook => "nothing_to_book",
            Self::OpeningBalance => "opening_balance",
            Self::NoReference => "no_reference",
            Self::UnknownReference => "unknown_reference",
            Self::ReconstitutedReferenceUnknown => "reconstituted_reference_unknown",
            Self::InvalidReference => "invalid_reference",
            Self::TwoReferences => "two_references",
            Self::LoanNumberInText => "loan_number_in_text",
            Self::ReferenceOfAnotherFund => "reference_of_another_fund",
            Self::LoanRepaid => "loan_repaid",
            Self::NothingDrawn => "nothing_drawn",
            Self::BeforeSignature => "before_signature",
            Self::MoreThanClaimable => "more_than_claimable",
            Self::LoanRefuses => "loan_refuses",
            Self::SourcePaidTooMuch => "source_paid_too_much",
            Self::DebitWithoutOrder => "debit_without_order",
            Self::AmountDiffersFromOrder => "amount_differs_from_order",
            Self::OrderAlreadyPaid => "order_already_paid",
            Self::OrderOfAnotherFund => "order_of_another_fund",
            Self::PaymentReturned => "payment_returned",
            Self::ReturnedOtherAmount => "returned_other_amount",
            Self::OrderReturnedBefore => "order_returned_before",
            Self::BetweenOwnAccounts => "between_own_accounts",
            Self::TotalWithoutDetails => "total_without_details",
            Self::BookingUndone => "booking_undone",
            Self::CollectionRejected => "collection_rejected",
            Self::CollectionOtherAmount => "collection_other_amount",
            Self::CollectionNotExpected => "collection_not_expected",
            Self::CollectionReturnedBefore => "collection_returned_before",
            Self::CollectionReturnUnknown => "collection_return_unknown",
            Self::CollectionTotalRefused => "collection_total_refused",
        }
    }

    /// The sentence for people.
    pub fn text(self) -> Text {
        Text::new(&format!("bank-reason-{}", self.code().replace('_', "-")))
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for Reason {
    type Err = UnknownReason;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|reason| reason.code() == code).ok_or_else(|| UnknownReason(code.to_owned()))
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
