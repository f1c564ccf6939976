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
        Refused::NotNow { event, status, instead } => {
            Text::new("booking-not-now").with("event", event).with("status", status).with("instead", code_of(instead))
        }
        Refused::NotThisProduct { event, product } => {
            Text::new("booking-not-this-product").with("event", event).with("product", product)
        }
        Refused::Count { field, value, least, most } => Text::new("booking-count")
            .with("field", field_code(field))
            .with("value", value)
            .with("least", least)
            .with("most", most),
        Refused::WithdrawnTooLate { signed_on, last, effective_on } => Text::new("booking-withdrawn-too-late")
            .with("signedOn", signed_on)
            .with("last", last)
            .with("on", effective_on),
        Refused::NotAfter { field, date, effective_on } => {
            Text::new("booking-not-after").with("field", field_code(field)).with("date", date).with("on", effective_on)
        }
        Refused::EmptyPlan => Text::new("booking-empty-plan"),
        Refused::PlanOrder { number, date } => {
            Text::new("booking-plan-order").with("number", number).with("date", date)
        }
        Refused::PlanSum { sum, owed } => Text::new("booking-plan-sum").with("sum", sum).with("owed", owed),
        Refused::MoreThan { field, amount, most } => {
            Text::new("booking-more-than").with("field", field).with("amount", amount).with("most", most)
        }
        _ => towards_the_end(reason),
    }
}

/// The sentences for the end of a loan, and for corrections.
fn towards_the_end(reason: &Refused) -> Text {
    match reason {
        Refused::SpreadTooLong { last, latest } => {
            Text::new("booking-spread-too-long").with("last", last).with("latest", latest)
        }
        Refused::NoSpreading => Text::new("booking-no-spreading"),
        Refused::NoGainShare => Text::new("booking-no-gain-share"),
        Refused::NotExited => Text::new("booking-not-exited"),
        Refused::TooSoonToAccelerate { unpaid, overdue, outstanding } => Text::new("booking-too-soon-to-accelerate")
            .with("unpaid", unpaid)
            .with("overdue", overdue)
            .with("outstanding", outstanding),
        Refused::NoticeTooShort { noticed_on, until, effective_on } => Text::new("booking-notice-too-short")
            .with("noticedOn", noticed_on)
            .with("until", until)
            .with("on", effective_on),
        Refused::NoReference(field) => Text::new("booking-no-reference").with("field", field),
        Refused::NoDischargeAsked => Text::new("booking-no-discharge-asked"),
        Refused::DischargeAskedAgain => Text::new("booking-discharge-asked-again"),
        Refused::RefundNotCovered(amount) => Text::new("booking-refund-not-covered").with("amount", amount),
        Refused::UnknownFact(fact_id) => Text::new("booking-unknown-fact").with("fact", fact_id),
        Refused::CannotCorrect(kind) => Text::new("booking-cannot-correct").with("event", kind),
        Refused::OtherKind { was, .. } => Text::new("booking-other-kind").with("event", was),
        other => Text::new("booking-impossible").with("cause", other),
    }
}

/// The code of what would make sense instead, as sentences name it.
fn code_of(instead: &str) -> &'static str {
    match instead {
        "agree on a plan" => "plan",
        "what is paid after a write-off is recovered" => "recover",
        "call it due or close its draws first" => "claim",
        "record first that the request was admitted" => "admit",
        "it can be decided in the year before it is due" => "year-before",
        "nothing is owed on it" => "nothing-owed",
        "accelerate it or call it due first" => "accelerate",
        "write it off first" => "write-off",
        _ => "other",
    }
}

/// The code of a field, as sentences name it.
fn field_code(field: &str) -> &str {
    match field {
        "first due date" => "first_due_on",
        "number of plan lines" => "lines",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_would_make_sense_instead_has_words() {
        let source = include_str!("../../domain/loan/check.rs");
        let calls: Vec<&str> = source.split("self.not_now(").skip(1).collect();
        assert!(calls.len() > 5, "{} calls", calls.len());
        for call in calls {
            let arguments = call.split_once(')').map_or(call, |(arguments, _)| arguments);
            let instead = arguments.split('"').rev().nth(1).unwrap_or_default();
            assert_ne!(code_of(instead), "other", "“{instead}” has no words in booking.ftl");
        }
    }
}
