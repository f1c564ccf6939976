//! Why an event cannot be: one sentence each.

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::money::Money;
use super::super::schedule::InvalidPlan;
use super::fact::LoanFact;
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
    /// An event that makes no sense where the loan is in its life.
    #[error("{event} makes no sense on a loan that is {status}; {instead}")]
    NotNow {
        /// The kind of the event.
        event: &'static str,
        /// Where the loan is.
        status: &'static str,
        /// What would make sense.
        instead: &'static str,
    },
    /// An event that another product knows.
    #[error("{event} does not exist for a loan of product {product}")]
    NotThisProduct {
        /// The kind of the event.
        event: &'static str,
        /// The product.
        product: &'static str,
    },
    /// A number outside what makes sense.
    #[error("{field} {value} is not between {least} and {most}")]
    Count {
        /// The field.
        field: &'static str,
        /// Its value.
        value: u32,
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// The borrower may take a contract back for fourteen days.
    #[error("a contract of {signed_on} could be withdrawn until {last}; {effective_on} is too late")]
    WithdrawnTooLate {
        /// The day of signature.
        signed_on: NaiveDate,
        /// The last day.
        last: NaiveDate,
        /// The day of the event.
        effective_on: NaiveDate,
    },
    /// An agreement begins after it was made.
    #[error("{field} {date} is not after {effective_on}, the day of the agreement")]
    NotAfter {
        /// The field.
        field: &'static str,
        /// Its value.
        date: NaiveDate,
        /// The day of the event.
        effective_on: NaiveDate,
    },
    /// A plan is a list of sums.
    #[error("the plan has no lines; it needs at least one day with its sum")]
    EmptyPlan,
    /// Days of a plan follow each other.
    #[error("plan line {number} is of {date}, which is not after the line before it")]
    PlanOrder {
        /// Which line, from 1.
        number: usize,
        /// Its day.
        date: NaiveDate,
    },
    /// A plan repays what is owed, no more and no less.
    #[error("the plan adds up to {sum}; it must be {owed}, which is owed")]
    PlanSum {
        /// What its lines add up to.
        sum: Money,
        /// What they should.
        owed: Money,
    },
    /// More than there is.
    #[error("{field} {amount} is more than {most}")]
    MoreThan {
        /// The field.
        field: &'static str,
        /// Its value.
        amount: Money,
        /// The most.
        most: Money,
    },
    /// The call of this loan knows no spreading.
    #[error("this contract allows no spreading of what is due")]
    NoSpreading,
    /// Spread for too long.
    #[error("the last of these instalments falls due on {last}; the contract allows none after {latest}")]
    SpreadTooLong {
        /// When the last falls due.
        last: NaiveDate,
        /// The last day there is.
        latest: NaiveDate,
    },
    /// The contract has no share of a gain, or it is known already.
    #[error("the contract asks no share of a gain in value, or it was settled already")]
    NoGainShare,
    /// What makes the share due comes first.
    #[error("the loan was not called due; record first what made it due")]
    NotExited,
    /// Too little is unpaid to accelerate.
    #[error(
        "{unpaid} instalments and {overdue} are overdue; acceleration takes two unpaid instalments, or a fifth of \
         {total}"
    )]
    TooSoonToAccelerate {
        /// Unpaid instalments.
        unpaid: usize,
        /// What is overdue.
        overdue: Money,
        /// All that is to be repaid, interest included.
        total: Money,
    },
    /// A month after the notice.
    #[error("the notice of {noticed_on} gives until {until}; {effective_on} is too early")]
    NoticeTooShort {
        /// The day of the notice.
        noticed_on: NaiveDate,
        /// The end of its month.
        until: NaiveDate,
        /// The day of the event.
        effective_on: NaiveDate,
    },
    /// There is no evidence or reference.
    #[error("{0} is empty; say where it is kept")]
    NoReference(&'static str),
    /// Nobody asked for what is answered, or it was answered.
    #[error("no discharge is waiting for a decision on this loan")]
    NoDischargeAsked,
    /// Asked before.
    #[error("a discharge was asked for this loan already")]
    DischargeAskedAgain,
    /// A refund of money that, as it turns out, was never too much, nor paid.
    #[error("{0} was refunded that was never paid")]
    RefundNotCovered(Money),
    /// No such fact.
    #[error("fact {0} is not on this loan")]
    UnknownFact(Uuid),
    /// The signature and corrections themselves stand.
    #[error("a fact of kind {0} cannot be corrected; correct the fact it is about")]
    CannotCorrect(&'static str),
    /// A correction says the same thing rightly, not another thing.
    #[error("a fact of kind {was} cannot become one of kind {becomes}; undo it and record the other")]
    OtherKind {
        /// What it was.
        was: &'static str,
        /// What it would become.
        becomes: &'static str,
    },
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

impl FoldError {
    /// A fact that contradicts those before it.
    pub(super) fn of(fact: &LoanFact, reason: Refused) -> Self {
        Self::Refused { kind: fact.event.kind(), effective_on: fact.effective_on, reason }
    }
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
