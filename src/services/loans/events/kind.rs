//! The kinds of events that a person or a program may record, and who may.

use serde_json::{Map, Value};

use crate::domain::access::Permission;
use crate::domain::loan::LoanEvent;

/// A kind of event, as it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Withdrawn,
    TrancheDrawn,
    DrawsClosed,
    HolidayGranted,
    Rescheduled,
    PlanAgreed,
    CalledDue,
    Accelerated,
    ExitValued,
    Spread,
    DebtorChanged,
    DebtSettlementAdmitted,
    DebtSettlementRuled,
    WrittenOff,
    DischargeRequested,
    DischargeDecided,
    Corrected,
    OverpaymentRefunded,
    Payment,
    PaymentReturned,
    PaymentMoved,
}

impl Kind {
    /// Every kind, with its code and what the audit row calls it.
    const ALL: [(Self, &'static str, &'static str); 21] = [
        (Self::Withdrawn, "withdrawn", "loan.withdrawn"),
        (Self::TrancheDrawn, "tranche_drawn", "loan.tranche_drawn"),
        (Self::DrawsClosed, "draws_closed", "loan.draws_closed"),
        (Self::HolidayGranted, "holiday_granted", "loan.holiday_granted"),
        (Self::Rescheduled, "rescheduled", "loan.rescheduled"),
        (Self::PlanAgreed, "plan_agreed", "loan.plan_agreed"),
        (Self::CalledDue, "called_due", "loan.called_due"),
        (Self::Accelerated, "accelerated", "loan.accelerated"),
        (Self::ExitValued, "exit_valued", "loan.exit_valued"),
        (Self::Spread, "spread", "loan.spread"),
        (Self::DebtorChanged, "debtor_changed", "loan.debtor_changed"),
        (Self::DebtSettlementAdmitted, "debt_settlement_admitted", "loan.debt_settlement_admitted"),
        (Self::DebtSettlementRuled, "debt_settlement_ruled", "loan.debt_settlement_ruled"),
        (Self::WrittenOff, "written_off", "loan.written_off"),
        (Self::DischargeRequested, "discharge_requested", "loan.discharge_requested"),
        (Self::DischargeDecided, "discharge_decided", "loan.discharge_decided"),
        (Self::Corrected, "corrected", "loan.corrected"),
        (Self::OverpaymentRefunded, "overpayment_refunded", "loan.overpayment_refunded"),
        (Self::Payment, "payment", "loan.payment"),
        (Self::PaymentReturned, "payment_returned", "loan.payment_returned"),
        (Self::PaymentMoved, "payment_moved", "loan.payment_moved"),
    ];

    /// The codes of every kind.
    pub(super) fn codes() -> Vec<&'static str> {
        Self::ALL.iter().map(|(_, code, _)| *code).collect()
    }

    /// The kind of a code.
    pub(super) fn of_code(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, code, _)| *code == text).map(|(kind, ..)| *kind)
    }

    /// The kind that an object says it is of, if it is one.
    pub(super) fn of(form: &Map<String, Value>) -> Option<Self> {
        form.get("kind").and_then(Value::as_str).and_then(|text| Self::of_code(text.trim()))
    }

    /// What the audit row calls it.
    pub(super) fn action(self) -> &'static str {
        Self::ALL.iter().find(|(kind, ..)| *kind == self).map_or("loan.event", |(.., action)| action)
    }

    /// What somebody must be allowed to record it. A correction also asks for what it corrects.
    pub(super) fn permission(self) -> Permission {
        match self {
            Self::TrancheDrawn
            | Self::Accelerated
            | Self::Spread
            | Self::DebtSettlementRuled
            | Self::WrittenOff
            | Self::DischargeDecided => Permission::Decide,
            Self::OverpaymentRefunded | Self::Payment | Self::PaymentReturned | Self::PaymentMoved => {
                Permission::ManageBank
            }
            _ => Permission::ManageLoans,
        }
    }

    /// Whether draws may end by it, or turn out not to have ended.
    pub(super) fn may_end_draws(self) -> bool {
        matches!(
            self,
            Self::Withdrawn
                | Self::DrawsClosed
                | Self::CalledDue
                | Self::Accelerated
                | Self::DebtSettlementRuled
                | Self::Corrected
        )
    }

    /// Whether the bank says on which day it counts.
    pub(super) fn is_of_bank(self) -> bool {
        matches!(self, Self::Payment | Self::PaymentReturned | Self::PaymentMoved)
    }
}

/// What somebody must be allowed to correct a fact: what the committee decides, only the committee undoes.
pub(super) fn permission_to_correct(event: &LoanEvent) -> Permission {
    if matches!(event, LoanEvent::TrancheDrawn { .. }) {
        return Permission::ManageLoans;
    }
    // On which day money moved is what the bank says.
    if matches!(event, LoanEvent::PaymentReceived { .. } | LoanEvent::OverpaymentRefunded { .. }) {
        return Permission::ManageBank;
    }
    Kind::of_code(event.kind()).map_or(Permission::ManageLoans, |kind| match kind.permission() {
        Permission::Decide => Permission::Decide,
        _ => Permission::ManageLoans,
    })
}
