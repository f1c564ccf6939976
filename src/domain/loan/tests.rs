//! Lives of loans, told as facts, and what must hold for every one of them.

mod agreements;
mod corrections;
mod ends;
mod interest;
mod lives;
mod properties;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::super::money::Money;
use super::super::product::Product;
use super::super::schedule::{DayCount, Frequency, Method, PlanLine, Rate, Remainder};
use super::*;

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// Noon in London on the day: a booking time that sorts like its date.
fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(12, 0, 0).unwrap().and_utc()
}

thread_local! {
    static FACTS: std::cell::Cell<u128> = const { std::cell::Cell::new(1) };
}

/// Identifiers that sort by the order in which they were asked for, as those of the house do.
fn next_fact_id() -> Uuid {
    FACTS.with(|last| Uuid::from_u128(last.replace(last.get() + 1)))
}

fn fact(day: &str, event: LoanEvent) -> LoanFact {
    LoanFact::new(next_fact_id(), on(day), noon(on(day)), event)
}

/// The same fact, recorded on another day.
fn known_on(day: &str, fact: LoanFact) -> LoanFact {
    LoanFact { booked_at: noon(on(day)), ..fact }
}

fn drawn(day: &str, tranche: u128, amount: &str) -> LoanFact {
    fact(day, LoanEvent::TrancheDrawn { tranche_id: id(tranche), amount: money(amount) })
}

fn paid(day: &str, payment: u128, amount: &str) -> LoanFact {
    fact(day, LoanEvent::payment(id(payment), money(amount)))
}

fn reversed(day: &str, payment: u128) -> LoanFact {
    fact(day, LoanEvent::PaymentReversed { payment_id: id(payment), reason: "returned direct debit".to_owned() })
}

fn called(day: &str, due_on: &str) -> LoanFact {
    fact(day, LoanEvent::CalledDue { trigger: Trigger::RightsTransferred, due_on: on(due_on) })
}

fn signed() -> LoanFact {
    fact("2026-01-05", LoanEvent::Signed)
}

fn closed(day: &str) -> LoanFact {
    fact(day, LoanEvent::DrawsClosed)
}

/// An energy loan of 6,000 in 60 months, planned from 5 April 2026.
fn energy_loan() -> LoanTerms {
    LoanTerms {
        product: Product::EnergyLoan,
        principal: money("6000"),
        signed_on: on("2026-01-05"),
        repayment: Repayment::Instalments {
            count: 60,
            frequency: Frequency::Monthly,
            due_day: 5,
            first_due_on: on("2026-04-05"),
            method: Method::Linear,
            annual_rate: Rate::ZERO,
            remainder: Remainder::Last,
            day_count: DayCount::Thirty360,
        },
    }
}

/// An emergency-buyer loan of 25,000.
fn emergency_loan() -> LoanTerms {
    LoanTerms {
        product: Product::EmergencyBuyer,
        principal: money("25000"),
        signed_on: on("2026-01-05"),
        repayment: Repayment::Bullet { matures_on: on("2046-01-05"), spread_months_max: 300 },
    }
}

fn at(terms: &LoanTerms, facts: &[LoanFact], day: &str) -> LoanState {
    fold(terms, facts, on(day)).unwrap()
}

fn refusal(state: &LoanState, fact: &LoanFact) -> String {
    state.check(fact).unwrap_err().to_string()
}
