//! A loan on a day.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::super::money::Money;
use super::super::schedule::Instalment;
use super::event::{Payer, Usage};
use super::fact::Moment;
use super::terms::{LoanTerms, Pace, Repayment};
use super::trigger::Trigger;

/// Where a loan is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Signed, nothing drawn.
    Signed,
    /// Drawn in part; more may come.
    Drawing,
    /// Draws closed, instalments run.
    Repaying,
    /// Draws closed, nothing due before a date or an event far away.
    Waiting,
    /// Due in full by its date, and not yet paid.
    Matured,
    /// Called due and not yet paid.
    CalledDue,
    /// Given up, and not recovered in full.
    WrittenOff,
    /// Everything drawn was repaid or remitted, nothing can be drawn.
    Closed,
}

impl Status {
    /// The code used in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::Drawing => "drawing",
            Self::Repaying => "repaying",
            Self::Waiting => "waiting",
            Self::Matured => "matured",
            Self::CalledDue => "called_due",
            Self::WrittenOff => "written_off",
            Self::Closed => "closed",
        }
    }
}

/// What a line of the schedule is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// Principal, with interest where the loan bears any.
    #[default]
    Instalment,
    /// Interest only: while draws are open, and during a payment holiday.
    Interest,
    /// Principal that was repaid ahead of the schedule.
    EarlyRepayment,
    /// The fund's share of a gain in value; no principal.
    GainShare,
    /// Principal that a court remitted.
    Remission,
}

/// One line of the schedule and what became of it. Amounts in euro; once it is a claim, `paid + open + forgone` is its
/// total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InstalmentState {
    /// The line of the schedule.
    pub instalment: Instalment,
    /// What it is for.
    pub kind: LineKind,
    /// What was paid on it.
    pub paid: Money,
    /// What may be claimed and is not paid; 0.00 while the schedule is only planned.
    pub open: Money,
    /// What was remitted or written off.
    pub forgone: Money,
    /// The day of the payment that settled it.
    pub settled_on: Option<NaiveDate>,
}

/// A payment on the loan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Payment {
    /// Its id.
    pub payment_id: Uuid,
    /// The day it counts from.
    pub effective_on: NaiveDate,
    /// How much, in euro.
    pub amount: Money,
    /// Who paid.
    pub payer: Payer,
    /// What it did to the instalments that were not due yet.
    pub usage: Usage,
    /// The day it was undone, if it was.
    pub reversed_on: Option<NaiveDate>,
}

/// The loan was called due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Called {
    /// What made it due.
    pub trigger: Trigger,
    /// The day of the call.
    pub called_on: NaiveDate,
    /// When it must be paid.
    pub due_on: NaiveDate,
}

/// Where the request to discharge the house of its debt to the funder stands (Energy Decree, art. 8.6.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Discharge {
    /// Asked, not answered.
    Requested,
    /// The debt to the funder ends.
    Granted,
    /// The house must pay the funder itself.
    Refused,
}

/// Where a collective debt settlement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DebtSettlement {
    /// Admissible since a day: collection stops.
    Admitted(NaiveDate),
    /// Ruled on a day: the plan of the court is paid.
    Ruled(NaiveDate),
}

/// A loan on a day. Amounts in euro; `drawn + undrawn` is the contract amount until draws are closed; `drawn` is
/// `repaid + remitted + written_off + outstanding`; and all payments not reversed are `repaid + interest_paid +
/// gain_paid + recovered + refunded + overpaid`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LoanState {
    /// The day.
    pub as_of: NaiveDate,
    /// Where it is in its life.
    pub status: Status,
    /// What was drawn.
    pub drawn: Money,
    /// What is left of the contract; 0.00 once draws are closed.
    pub undrawn: Money,
    /// Principal repaid, without what was recovered after a write-off.
    pub repaid: Money,
    /// Interest paid.
    pub interest_paid: Money,
    /// Paid of the fund's share of a gain in value.
    pub gain_paid: Money,
    /// Principal owed.
    pub outstanding: Money,
    /// Paid beyond what was owed, and not ordered back.
    pub overpaid: Money,
    /// Ordered back of what was paid too much.
    pub refunded: Money,
    /// Principal that a court remitted.
    pub remitted: Money,
    /// Principal given up.
    pub written_off: Money,
    /// Principal paid after it was given up.
    pub recovered: Money,
    /// True while the instalments are those of the contract, not yet claims.
    pub planned: bool,
    /// The schedule with what was paid on it; empty for a loan without a date.
    pub instalments: Vec<InstalmentState>,
    /// Every payment, reversed ones too, in order.
    pub payments: Vec<Payment>,
    /// The day draws were closed.
    pub draws_closed_on: Option<NaiveDate>,
    /// The call, when it was called due.
    pub called: Option<Called>,
    /// Who owes it, when it is no longer who signed.
    pub debtor_id: Option<Uuid>,
    /// The collective debt settlement, when there is one.
    pub debt_settlement: Option<DebtSettlement>,
    /// The day it was given up.
    pub written_off_on: Option<NaiveDate>,
    /// The request to be discharged of the debt to the funder.
    pub discharge: Option<Discharge>,
    #[serde(skip)]
    pub(super) terms: LoanTerms,
    #[serde(skip)]
    pub(super) inner: Inner,
}

/// What the fold remembers and nobody else needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Inner {
    /// Tranches and refunds that are on the loan.
    pub(super) ids: Vec<Uuid>,
    /// The lines that are claims, in order of their days.
    pub(super) lines: Vec<InstalmentState>,
    /// Money that lies on no line: it repays what was drawn while there are no lines, the rest is too much.
    pub(super) held: Money,
    /// The rhythm of the schedule in force.
    pub(super) pace: Pace,
    /// While interest runs without instalments: since when, and before that the sum of each balance times its days.
    pub(super) meter: Option<(NaiveDate, Money)>,
    /// True once everything drawn is a claim, whatever the contract says of its date.
    pub(super) claimed: bool,
    /// True once what was due in one sum is repaid in parts.
    pub(super) replanned: bool,
    /// True once it is known what the dwelling was worth when it was left.
    pub(super) valued: bool,
    /// Since when interest ran, when draws closed.
    pub(super) runs_since: Option<NaiveDate>,
    /// When draws ended: by their closing, or by what made the loan due.
    pub(super) closed_at: Option<Moment>,
    /// The last fact taken in.
    pub(super) last: Moment,
}

impl InstalmentState {
    /// A claim of which nothing is paid: all of its total is open, in euro.
    pub fn claim(kind: LineKind, instalment: Instalment) -> Self {
        let open = instalment.total;
        Self { instalment, kind, paid: Money::ZERO, open, forgone: Money::ZERO, settled_on: None }
    }

    /// What was paid of its interest, in euro: interest goes before principal (imputation of payments, Civil Code, art.
    /// 5.210; the number of the article is not confirmed).
    pub fn interest_paid(&self) -> Money {
        self.paid.min(self.instalment.interest)
    }

    /// What was paid of its principal, in euro; 0.00 for a share of a gain, which repays nothing.
    pub fn principal_paid(&self) -> Money {
        if self.kind == LineKind::GainShare { Money::ZERO } else { self.paid - self.interest_paid() }
    }

    /// The principal that is still claimed, in euro; what was remitted or written off no longer is.
    pub fn principal_open(&self) -> Money {
        if self.kind == LineKind::GainShare {
            return Money::ZERO;
        }
        let interest_open = (self.instalment.interest - self.interest_paid()).min(self.open);
        self.open - interest_open
    }
}

impl LoanState {
    /// The contract.
    pub fn terms(&self) -> &LoanTerms {
        &self.terms
    }

    /// What could have been paid before a day and was not, in euro: open instalments whose money could move earlier
    /// than that day (a due date on which banks are closed moves to the next banking day, see [`crate::domain::calendar`]).
    pub fn overdue(&self, as_of: NaiveDate) -> Money {
        self.instalments.iter().filter(|line| line.instalment.payable_on < as_of).map(|line| line.open).sum()
    }

    /// Whether somebody may ask the borrower to pay: not while a collective debt settlement is being prepared, not once
    /// the loan was given up, and not after a death until it is known who owes the loan.
    pub fn may_collect(&self) -> bool {
        let died = self.called.is_some_and(|called| called.trigger == Trigger::Death) && self.debtor_id.is_none();
        let settling = matches!(self.debt_settlement, Some(DebtSettlement::Admitted(_)));
        !died && !settling && self.written_off.is_zero()
    }

    /// What was given up or remitted and did not come back.
    pub(super) fn lost(&self) -> Money {
        self.written_off + self.remitted - self.recovered
    }

    /// The payments that were not undone, in order of their days.
    pub fn payments_that_stand(&self) -> impl Iterator<Item = &Payment> {
        self.payments.iter().filter(|payment| payment.reversed_on.is_none())
    }

    /// Whether what was drawn is not claimed yet, line by line.
    pub(super) fn is_planned(&self) -> bool {
        match self.terms.repayment {
            Repayment::Instalments { .. } => self.inner.closed_at.is_none(),
            Repayment::Bullet { .. } => self.drawn.is_zero(),
            Repayment::OnExit { .. } => !self.inner.claimed,
        }
    }

    pub(super) fn bears_interest(&self) -> bool {
        !self.terms.annual_rate().is_zero()
    }

    pub(super) fn status_now(&self) -> Status {
        let settled = self.outstanding.is_zero() && self.inner.lines.iter().all(|line| line.open.is_zero());
        if self.inner.closed_at.is_none() {
            return if self.drawn.is_zero() { Status::Signed } else { Status::Drawing };
        }
        if settled {
            // A share of the gain may still come when the house is sold.
            let gain_may_come = matches!(self.terms.repayment, Repayment::OnExit { gain: Some(_) })
                && !self.inner.valued
                && self.drawn.is_positive();
            let given_up = self.written_off > self.recovered;
            return match (given_up, gain_may_come) {
                (true, _) => Status::WrittenOff,
                (false, true) => Status::Waiting,
                (false, false) => Status::Closed,
            };
        }
        if self.inner.replanned {
            return Status::Repaying;
        }
        match (self.called, &self.terms.repayment) {
            (Some(_), _) => Status::CalledDue,
            (None, Repayment::Instalments { .. }) => Status::Repaying,
            (None, Repayment::Bullet { matures_on, .. }) if *matures_on < self.as_of => Status::Matured,
            (None, Repayment::Bullet { .. } | Repayment::OnExit { .. }) => Status::Waiting,
        }
    }
}
