//! The events in the life of a loan.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::money::Money;
use super::super::schedule::{Frequency, PlanLine};
use super::trigger::Trigger;

/// An event in the life of a loan; stored as JSON with its `kind`. Amounts in euro, above zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LoanEvent {
    /// The contract was signed.
    Signed,
    /// The borrower took the contract back within 14 calendar days (Code of Economic Law, art. VII.83): nothing more
    /// can be drawn, and what was drawn is due within 30 calendar days.
    Withdrawn,
    /// A part of the loan was approved for a contractor's invoice.
    TrancheDrawn {
        /// The tranche.
        tranche_id: Uuid,
        /// How much.
        amount: Money,
    },
    /// Nothing more will be drawn; instalments are now claims on what was.
    DrawsClosed,
    /// The borrower, or somebody for them, paid.
    PaymentReceived {
        /// The payment.
        payment_id: Uuid,
        /// How much.
        amount: Money,
        /// Who paid.
        #[serde(default, skip_serializing_if = "is_default")]
        payer: Payer,
        /// What it does to the instalments that are not due yet.
        #[serde(default, skip_serializing_if = "is_default")]
        usage: Usage,
    },
    /// A payment turned out not to be one: a returned direct debit, a receipt booked on the wrong loan.
    PaymentReversed {
        /// The payment that is undone.
        payment_id: Uuid,
        /// Why, in a few words.
        reason: String,
    },
    /// What was paid too much was ordered back to whoever paid it.
    OverpaymentRefunded {
        /// The refund.
        refund_id: Uuid,
        /// How much.
        amount: Money,
    },
    /// A payment holiday: the instalments that are not due yet move, and nothing is lost. Interest, where the loan
    /// bears any, goes on and is due on the dates that are skipped.
    HolidayGranted {
        /// How many due dates are skipped.
        instalments: u32,
    },
    /// What is owed, arrears included, is repaid in another number of instalments.
    Rescheduled {
        /// How many.
        instalments: u32,
        /// How often.
        frequency: Frequency,
        /// When the first falls due.
        first_due_on: NaiveDate,
    },
    /// A plan was agreed: what is owed is repaid in sums and on days of its own.
    PlanAgreed {
        /// The sums, in order of their days.
        lines: Vec<PlanLine>,
    },
    /// The whole loan was called due by something that its contract names.
    CalledDue {
        /// What made it due.
        trigger: Trigger,
        /// When it must be paid.
        due_on: NaiveDate,
    },
    /// A loan in instalments was accelerated: everything is due, after two unpaid instalments or a fifth of the sum,
    /// and a month after a registered notice (Code of Economic Law, art. VII.105).
    Accelerated {
        /// The day of the registered notice.
        noticed_on: NaiveDate,
        /// When everything must be paid.
        due_on: NaiveDate,
    },
    /// The dwelling was valued when the house was sold or its owner had died: what the fund gets of a gain is known.
    ExitValued {
        /// Its value, in euro.
        value_at_exit: Money,
        /// Who valued it: the deed of sale, a surveyor, the tax office.
        valued_by: String,
    },
    /// What was due in one sum, or a part of it, may be paid in instalments: the OCMW decides (from the call of 2022
    /// over at most 25 years).
    Spread {
        /// How much of it.
        amount: Money,
        /// In how many instalments.
        instalments: u32,
        /// How often.
        frequency: Frequency,
        /// When the first falls due.
        first_due_on: NaiveDate,
    },
    /// Somebody else owes the loan from now on.
    DebtorChanged {
        /// The person.
        debtor_id: Uuid,
        /// Why.
        cause: NewDebtor,
    },
    /// A request for collective debt settlement was declared admissible: collection stops (Judicial Code, art. 1675/7).
    DebtSettlementAdmitted,
    /// The court ruled on the collective debt settlement: a plan for a part, the rest is remitted (Judicial Code, art.
    /// 1675/12 and 13). Interest still due is remitted too.
    DebtSettlementRuled {
        /// What is repaid, in order of its days.
        lines: Vec<PlanLine>,
        /// What need not be repaid.
        remitted: Money,
    },
    /// What is owed was given up, with a file that shows why.
    WrittenOff {
        /// Where the evidence is kept.
        evidence: String,
    },
    /// The Flemish Government was asked to discharge the house of its debt for this loan (Energy Decree, art. 8.6.1).
    DischargeRequested {
        /// Reference of the request.
        reference: String,
    },
    /// The Flemish Government answered.
    DischargeDecided {
        /// True where the debt to the funder ends, false where the house must pay it.
        granted: bool,
        /// Reference of the decision.
        reference: String,
    },
    /// An earlier fact was wrong: what should have been recorded, in its place in time. The fact keeps its
    /// identifier, so that it can be corrected again.
    Corrected {
        /// The fact.
        fact_id: Uuid,
        /// What should have been recorded; none where nothing had happened.
        replacement: Option<Replacement>,
        /// Why, in a few words.
        reason: String,
    },
}

/// What should have been recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// The day from which it counts.
    pub effective_on: NaiveDate,
    /// What it was.
    pub event: Box<LoanEvent>,
}

/// Who paid.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payer {
    /// The borrower, or nobody knows better.
    #[default]
    Borrower,
    /// Somebody in their place: family, a budget manager, a debt mediator, a notary.
    ThirdParty,
    /// The agency that grants the renovation premium, paid to the house for the borrower.
    Grant,
}

/// What a payment does to the instalments that are not due yet, once everything due is paid.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Usage {
    /// It pays the next ones ahead of their day.
    #[default]
    Instalments,
    /// Early repayment: the instalments stay as high and end sooner.
    ShortenTerm,
    /// Early repayment: as many instalments, each of them lower.
    LowerInstalments,
}

/// Why somebody else owes the loan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewDebtor {
    /// The borrower died and an heir takes the loan over.
    Heir,
    /// The borrowers parted and one of them keeps the dwelling and the loan.
    ExPartner,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl LoanEvent {
    /// A payment of the borrower on the next instalments: what a bank file brings.
    pub fn payment(payment_id: Uuid, amount: Money) -> Self {
        Self::PaymentReceived { payment_id, amount, payer: Payer::Borrower, usage: Usage::Instalments }
    }

    /// The `kind` under which it is stored.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::Withdrawn => "withdrawn",
            Self::TrancheDrawn { .. } => "tranche_drawn",
            Self::DrawsClosed => "draws_closed",
            Self::PaymentReceived { .. } => "payment_received",
            Self::PaymentReversed { .. } => "payment_reversed",
            Self::OverpaymentRefunded { .. } => "overpayment_refunded",
            Self::HolidayGranted { .. } => "holiday_granted",
            Self::Rescheduled { .. } => "rescheduled",
            Self::PlanAgreed { .. } => "plan_agreed",
            Self::CalledDue { .. } => "called_due",
            Self::Accelerated { .. } => "accelerated",
            Self::ExitValued { .. } => "exit_valued",
            Self::Spread { .. } => "spread",
            Self::DebtorChanged { .. } => "debtor_changed",
            Self::DebtSettlementAdmitted => "debt_settlement_admitted",
            Self::DebtSettlementRuled { .. } => "debt_settlement_ruled",
            Self::WrittenOff { .. } => "written_off",
            Self::DischargeRequested { .. } => "discharge_requested",
            Self::DischargeDecided { .. } => "discharge_decided",
            Self::Corrected { .. } => "corrected",
        }
    }

    /// The sum that it is about, in euro, where it is about one.
    pub fn amount(&self) -> Option<Money> {
        match self {
            Self::TrancheDrawn { amount, .. }
            | Self::PaymentReceived { amount, .. }
            | Self::OverpaymentRefunded { amount, .. }
            | Self::Spread { amount, .. } => Some(*amount),
            Self::DebtSettlementRuled { remitted, .. } => Some(*remitted),
            Self::ExitValued { value_at_exit, .. } => Some(*value_at_exit),
            _ => None,
        }
    }

    /// The order of events of one day: money first, so that an agreement of that day is about what was owed at its
    /// end. Not the order in which they were recorded, so that a fact known late takes the place it would have had.
    pub(super) fn rank(&self) -> u8 {
        match self {
            Self::Signed => 0,
            Self::TrancheDrawn { .. } => 1,
            Self::Withdrawn => 2,
            Self::DrawsClosed => 3,
            Self::CalledDue { .. } => 4,
            Self::Accelerated { .. } => 5,
            Self::ExitValued { .. } => 6,
            Self::PaymentReceived { .. } => 7,
            Self::PaymentReversed { .. } => 8,
            Self::OverpaymentRefunded { .. } => 9,
            Self::HolidayGranted { .. } => 10,
            Self::Rescheduled { .. } => 11,
            Self::Spread { .. } => 12,
            Self::DebtSettlementAdmitted => 13,
            Self::PlanAgreed { .. } => 14,
            Self::DebtSettlementRuled { .. } => 15,
            Self::DebtorChanged { .. } => 16,
            Self::WrittenOff { .. } => 17,
            Self::DischargeRequested { .. } => 18,
            Self::DischargeDecided { .. } => 19,
            Self::Corrected { .. } => 20,
        }
    }
}
