//! The sentences for what a loan does not allow.

use crate::domain::loan::{FoldError, Refused};
use crate::domain::text::Text;
use crate::services::Error;

/// What a loan says no to, as the error of a use case.
pub fn refused(error: &FoldError) -> Error {
    match error {
        FoldError::Refused { .. } | FoldError::NotSigned(_) => Error::Refused(refusal(error)),
        FoldError::OutOfOrder { .. } | FoldError::Terms(_) | FoldError::Plan(_) => Error::internal(error),
    }
}

/// What a loan says no to, as a sentence for people.
pub fn refusal(error: &FoldError) -> Text {
    match error {
        FoldError::Refused { reason, .. } => sentence(reason),
        FoldError::NotSigned(on) => Text::new("booking-not-signed").with("on", on),
        FoldError::OutOfOrder { .. } | FoldError::Terms(_) | FoldError::Plan(_) => Text::new("booking-impossible"),
    }
}

fn sentence(reason: &Refused) -> Text {
    match reason {
        Refused::SignedAgain { signed_on, .. } => Text::new("booking-signed-again").with("signedOn", signed_on),
        Refused::BeforeSignature { effective_on, signed_on } => {
            Text::new("booking-before-signature").with("on", effective_on).with("signedOn", signed_on)
        }
        Refused::InFuture { effective_on, today } => {
            Text::new("booking-in-future").with("on", effective_on).with("today", today)
        }
        Refused::NotPositive(amount) => Text::new("booking-not-positive").with("amount", amount),
        Refused::AboveContract { amount, undrawn } => {
            Text::new("booking-above-contract").with("amount", amount).with("undrawn", undrawn)
        }
        Refused::DrawsClosed(on) => Text::new("booking-draws-closed").with("on", on),
        Refused::Twice { what, .. } => Text::new("booking-twice").with("what", what),
        Refused::NothingDrawn => Text::new("booking-nothing-drawn"),
        Refused::Overpaid(amount) => Text::new("booking-overpaid").with("amount", amount),
        Refused::UnknownPayment(_) => Text::new("booking-unknown-payment"),
        Refused::AlreadyReversed(_) => Text::new("booking-already-reversed"),
        Refused::ReversedBeforePaid { paid_on, effective_on, .. } => {
            Text::new("booking-reversed-before-paid").with("paidOn", paid_on).with("on", effective_on)
        }
        Refused::AlreadyCalled(due_on) => Text::new("booking-already-called").with("dueOn", due_on),
        Refused::DueInPast { due_on, effective_on } => {
            Text::new("booking-due-in-past").with("dueOn", due_on).with("on", effective_on)
        }
        Refused::Closed => Text::new("booking-loan-closed"),
        Refused::EarlyWithInterest { amount, claimable } => {
            Text::new("booking-early-with-interest").with("amount", amount).with("claimable", claimable)
        }
    }
}
