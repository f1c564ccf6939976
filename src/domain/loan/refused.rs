//! Why an event cannot be: one sentence each.

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::money::Money;
use super::super::schedule::InvalidPlan;
use super::terms::InvalidTerms;

/// Why an event is not allowed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A contract is signed once, on the day it names.
    #[error("the contract was signed on {signed_on}; it cannot be signed again on {effective_on}")]
    SignedAgain {
        /// The day in the contract.
        signed_on: NaiveDate,
        /// The day of the event.
        effective_on: NaiveDate,
    },
    /// Nothing happens to a loan before it exists.
    #[error("date {effective_on} is before the signature on {signed_on}")]
    BeforeSignature {
        /// The day of the event.
        effective_on: NaiveDate,
        /// The day of signature.
        signed_on: NaiveDate,
    },
    /// What has not happened is not a fact.
    #[error("date {effective_on} is after today, {today}")]
    InFuture {
        /// The day of the event.
        effective_on: NaiveDate,
        /// The business date.
        today: NaiveDate,
    },
    /// Zero or less.
    #[error("amount {0} is not more than 0.00")]
    NotPositive(Money),
    /// More than the contract.
    #[error("a draw of {amount} is more than the {undrawn} that is left of the contract")]
    AboveContract {
        /// What was asked.
        amount: Money,
        /// What is left.
        undrawn: Money,
    },
    /// After the last draw.
    #[error("draws were closed on {0}; nothing more can be drawn")]
    DrawsClosed(NaiveDate),
    /// The same tranche or payment twice.
    #[error("{what} {id} is already on this loan")]
    Twice {
        /// Tranche or payment.
        what: &'static str,
        /// Its id.
        id: Uuid,
    },
    /// There is nothing to close, call or repay.
    #[error("nothing has been drawn on this loan yet")]
    NothingDrawn,
    /// More was paid than drawn, and a draw would mix the two.
    #[error("{0} was paid too much; refund it before anything is drawn")]
    Overpaid(Money),
    /// No such payment.
    #[error("payment {0} is not on this loan")]
    UnknownPayment(Uuid),
    /// Reversed before.
    #[error("payment {0} was already reversed")]
    AlreadyReversed(Uuid),
    /// Undone before it was done.
    #[error("payment {payment_id} is of {paid_on}; it cannot be reversed on {effective_on}")]
    ReversedBeforePaid {
        /// The payment.
        payment_id: Uuid,
        /// Its day.
        paid_on: NaiveDate,
        /// The day of the reversal.
        effective_on: NaiveDate,
    },
    /// Called due before.
    #[error("the loan was already called due for {0}")]
    AlreadyCalled(NaiveDate),
    /// A term that ended before it began.
    #[error("due date {due_on} is before {effective_on}, the day the loan is called due")]
    DueInPast {
        /// The due date.
        due_on: NaiveDate,
        /// The day of the event.
        effective_on: NaiveDate,
    },
    /// Repaid in full.
    #[error("the loan is closed: everything drawn was repaid")]
    Closed,
    /// Interest that has not run is not owed, and how the schedule changes must be chosen first.
    #[error(
        "a payment of {amount} is more than the {claimable} of this and the next instalment; a loan with interest \
         takes early repayment only with a new schedule"
    )]
    EarlyWithInterest {
        /// What was paid.
        amount: Money,
        /// What can be taken.
        claimable: Money,
    },
}

/// Why facts do not make a loan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    /// There is no loan on that day.
    #[error("the loan was not signed on {0}")]
    NotSigned(NaiveDate),
    /// A fact contradicts those before it.
    #[error("{kind} of {effective_on}: {reason}")]
    Refused {
        /// The kind of the event.
        kind: &'static str,
        /// Its day.
        effective_on: NaiveDate,
        /// The contradiction.
        reason: Refused,
    },
    /// An earlier fact came after a later one; fold all facts again.
    #[error("{kind} of {effective_on} is earlier than what was already applied")]
    OutOfOrder {
        /// The kind of the event.
        kind: &'static str,
        /// Its day.
        effective_on: NaiveDate,
    },
    /// The contract is not one.
    #[error(transparent)]
    Terms(#[from] InvalidTerms),
    /// What was drawn makes no schedule.
    #[error(transparent)]
    Plan(#[from] InvalidPlan),
}
