//! Makes an event of what was sent, or tells everything that is wrong with it at once.

use chrono::NaiveDate;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::fields::Fields;
use super::kind::Kind;
use crate::domain::application::{Person, PersonForm, Reader, person};
use crate::domain::identity::Iban;
use crate::domain::loan::{LoanEvent, NewDebtor, Payer, Trigger, Usage};
use crate::domain::money::Money;
use crate::domain::text::{FieldProblem, Text};

/// The most instalments there are: 45 years of months. The loan itself may allow fewer.
const INSTALMENTS_MOST: i32 = 540;

/// An event that is well formed.
pub(super) struct Asked {
    pub(super) kind: Kind,
    /// The day from which it counts, where the sender said one.
    pub(super) effective_on: Option<NaiveDate>,
    pub(super) wanted: Wanted,
}

/// What is to happen.
pub(super) enum Wanted {
    /// Something that needs nothing but the loan.
    Event(LoanEvent),
    /// An invoice that waits is approved, and drawn.
    Draw(Uuid),
    /// Somebody else owes it.
    Debtor(Debtor, NewDebtor),
    /// An earlier fact was wrong.
    Correction(Correction),
    /// What was paid too much goes back.
    Refund { amount: Money, iban: Iban, name: String },
    /// A credit in suspense was for this loan.
    Payment { bank_line_id: Uuid, payer: Payer, usage: Usage, reason: Option<String> },
    /// A debit in suspense gives a payment of this loan back.
    Return { bank_line_id: Uuid, payment_id: Uuid, reason: String },
    /// A payment was booked on this loan and belongs to another.
    Move { payment_id: Uuid, to_loan: String, usage: Usage, reason: String },
}

/// Who owes the loan from now on.
pub(super) enum Debtor {
    /// Somebody the house knows.
    Known(Uuid),
    /// Somebody as they were typed.
    New(Box<Person>),
}

/// What should have been recorded.
pub(super) struct Correction {
    pub(super) fact_id: Uuid,
    pub(super) reason: String,
    /// None where nothing had happened.
    pub(super) right: Option<Right>,
}

/// The right fact.
pub(super) struct Right {
    pub(super) effective_on: NaiveDate,
    /// None where only the day was wrong.
    pub(super) event: Option<LoanEvent>,
}

/// The event in what was sent.
pub(super) fn parse(form: &Map<String, Value>, today: NaiveDate) -> Result<Asked, Vec<FieldProblem>> {
    let mut reader = Reader::default();
    let mut fields = Fields::of(&mut reader, String::new(), form);
    let asked = asked(&mut fields, today);
    let problems = reader.into_problems();
    match asked {
        Some(asked) if problems.is_empty() => Ok(asked),
        _ => Err(problems),
    }
}

fn asked(fields: &mut Fields<'_>, today: NaiveDate) -> Option<Asked> {
    let kind = kind(fields, &Kind::codes()).and_then(|code| Kind::of_code(&code))?;
    let effective_on = effective_on(fields, kind, today);
    let wanted = wanted(fields, kind, today);
    fields.end();
    Some(Asked { kind, effective_on, wanted: wanted? })
}

fn kind(fields: &mut Fields<'_>, codes: &[&str]) -> Option<String> {
    fields.word("kind", codes)
}

/// The day that was said, if one was.
fn effective_on(fields: &mut Fields<'_>, kind: Kind, today: NaiveDate) -> Option<NaiveDate> {
    // An invoice is drawn on the day it is approved.
    if kind == Kind::TrancheDrawn || !fields.is_filled("effective_on") {
        return None;
    }
    let day = fields.past_day("effective_on", today)?;
    if kind.is_of_bank() {
        fields.problem("effective_on", day, Text::new("loan-event-problem-bank-day"));
    }
    Some(day)
}

fn wanted(fields: &mut Fields<'_>, kind: Kind, today: NaiveDate) -> Option<Wanted> {
    match kind {
        Kind::TrancheDrawn => fields.id("invoice_id").map(Wanted::Draw),
        Kind::DebtorChanged => {
            let (debtor, cause) = (debtor(fields, today), cause(fields));
            Some(Wanted::Debtor(debtor?, cause?))
        }
        Kind::Corrected => correction(fields, today).map(Wanted::Correction),
        Kind::OverpaymentRefunded => {
            let (amount, iban, name) = (fields.amount("amount"), iban(fields), fields.words("name"));
            Some(Wanted::Refund { amount: amount?, iban: iban?, name: name? })
        }
        Kind::Payment => {
            let (bank_line_id, payer, usage) = (fields.id("bank_line_id"), payer(fields), usage(fields));
            let reason = fields.optional_words("reason");
            Some(Wanted::Payment { bank_line_id: bank_line_id?, payer: payer?, usage: usage?, reason })
        }
        Kind::PaymentReturned => {
            let (bank_line_id, payment_id) = (fields.id("bank_line_id"), fields.id("payment_id"));
            let reason = fields.words("reason");
            Some(Wanted::Return { bank_line_id: bank_line_id?, payment_id: payment_id?, reason: reason? })
        }
        Kind::PaymentMoved => {
            let (payment_id, to_loan) = (fields.id("payment_id"), fields.words("to_loan"));
            let (usage, reason) = (usage(fields), fields.words("reason"));
            let (payment_id, to_loan) = (payment_id?, to_loan?);
            Some(Wanted::Move { payment_id, to_loan, usage: usage?, reason: reason? })
        }
        other => event(fields, other, today).map(Wanted::Event),
    }
}

/// The events that need nothing but the loan.
fn event(fields: &mut Fields<'_>, kind: Kind, today: NaiveDate) -> Option<LoanEvent> {
    match kind {
        Kind::Withdrawn => Some(LoanEvent::Withdrawn),
        Kind::DrawsClosed => Some(LoanEvent::DrawsClosed),
        Kind::DebtSettlementAdmitted => Some(LoanEvent::DebtSettlementAdmitted),
        Kind::HolidayGranted => {
            Some(LoanEvent::HolidayGranted { instalments: fields.count("instalments", INSTALMENTS_MOST)? })
        }
        Kind::Rescheduled => {
            let (instalments, frequency) = (fields.count("instalments", INSTALMENTS_MOST), fields.frequency());
            let first_due_on = fields.day("first_due_on");
            let (instalments, frequency) = (instalments?, frequency?);
            Some(LoanEvent::Rescheduled { instalments, frequency, first_due_on: first_due_on? })
        }
        Kind::PlanAgreed => Some(LoanEvent::PlanAgreed { lines: fields.plan()? }),
        Kind::CalledDue => {
            let (trigger, due_on) = (fields.word("trigger", &Trigger::ALL.map(Trigger::code)), fields.day("due_on"));
            Some(LoanEvent::CalledDue { trigger: trigger?, due_on: due_on? })
        }
        Kind::Accelerated => {
            let (noticed_on, due_on) = (fields.past_day("noticed_on", today), fields.day("due_on"));
            Some(LoanEvent::Accelerated { noticed_on: noticed_on?, due_on: due_on? })
        }
        Kind::Spread => {
            let (amount, instalments) = (fields.amount("amount"), fields.count("instalments", INSTALMENTS_MOST));
            let (frequency, first_due_on) = (fields.frequency(), fields.day("first_due_on"));
            let (amount, instalments, frequency) = (amount?, instalments?, frequency?);
            Some(LoanEvent::Spread { amount, instalments, frequency, first_due_on: first_due_on? })
        }
        other => towards_the_end(fields, other),
    }
}

fn towards_the_end(fields: &mut Fields<'_>, kind: Kind) -> Option<LoanEvent> {
    match kind {
        Kind::ExitValued => {
            let (value_at_exit, valued_by) = (fields.amount("value_at_exit"), fields.words("valued_by"));
            Some(LoanEvent::ExitValued { value_at_exit: value_at_exit?, valued_by: valued_by? })
        }
        Kind::DebtSettlementRuled => {
            let (lines, remitted) = (fields.plan(), fields.amount_or_nothing("remitted"));
            Some(LoanEvent::DebtSettlementRuled { lines: lines?, remitted: remitted? })
        }
        Kind::WrittenOff => Some(LoanEvent::WrittenOff { evidence: fields.words("evidence")? }),
        Kind::DischargeRequested => Some(LoanEvent::DischargeRequested { reference: fields.words("reference")? }),
        Kind::DischargeDecided => {
            let (granted, reference) = (fields.yes_no("granted"), fields.words("reference"));
            Some(LoanEvent::DischargeDecided { granted: granted?, reference: reference? })
        }
        _ => None,
    }
}

fn correction(fields: &mut Fields<'_>, today: NaiveDate) -> Option<Correction> {
    let (fact_id, reason) = (fields.id("fact_id"), fields.words("reason"));
    let right = match fields.value("replacement") {
        Some(Value::Null) => Some(None),
        Some(Value::Object(map)) => fields.within(("replacement", map), |inner| right(inner, today)).map(Some),
        _ => {
            fields.problem("replacement", "", Text::new("loan-event-problem-replacement"));
            None
        }
    };
    Some(Correction { fact_id: fact_id?, reason: reason?, right: right? })
}

fn right(fields: &mut Fields<'_>, today: NaiveDate) -> Option<Right> {
    let effective_on = fields.past_day("effective_on", today);
    let event = if fields.is_filled("event") {
        let map = fields.object("event")?;
        fields.within(("event", map), |inner| recorded(inner, today)).map(Some)
    } else {
        Some(None)
    };
    Some(Right { effective_on: effective_on?, event: event? })
}

/// What stands in place of a fact, written as the fact is shown.
fn recorded(fields: &mut Fields<'_>, today: NaiveDate) -> Option<LoanEvent> {
    let own = [Kind::Corrected, Kind::Payment, Kind::PaymentReturned, Kind::PaymentMoved];
    let shared = |code: &&str| Kind::of_code(code).is_none_or(|kind| !own.contains(&kind));
    let codes: Vec<&str> = Kind::codes().into_iter().chain(["payment_received"]).filter(shared).collect();
    let code = kind(fields, &codes)?;
    match (code.as_str(), Kind::of_code(&code)) {
        ("payment_received", _) => {
            let (payment_id, amount) = (fields.id("payment_id"), fields.amount("amount"));
            let (payer, usage) = (payer(fields), usage(fields));
            let (payment_id, amount) = (payment_id?, amount?);
            Some(LoanEvent::PaymentReceived { payment_id, amount, payer: payer?, usage: usage? })
        }
        ("tranche_drawn", _) => {
            let (tranche_id, amount) = (fields.id("tranche_id"), fields.amount("amount"));
            Some(LoanEvent::TrancheDrawn { tranche_id: tranche_id?, amount: amount? })
        }
        (_, Some(Kind::OverpaymentRefunded)) => {
            let (refund_id, amount) = (fields.id("refund_id"), fields.amount("amount"));
            Some(LoanEvent::OverpaymentRefunded { refund_id: refund_id?, amount: amount? })
        }
        (_, Some(Kind::DebtorChanged)) => {
            let (debtor_id, cause) = (fields.id("debtor_id"), cause(fields));
            Some(LoanEvent::DebtorChanged { debtor_id: debtor_id?, cause: cause? })
        }
        (_, Some(other)) => event(fields, other, today),
        (_, None) => None,
    }
}

fn debtor(fields: &mut Fields<'_>, today: NaiveDate) -> Option<Debtor> {
    match (fields.is_filled("person_id"), fields.is_filled("person")) {
        (true, false) => fields.id("person_id").map(Debtor::Known),
        (false, true) => {
            let map = fields.object("person")?;
            fields.within(("person", map), |inner| typed(inner, today)).map(|person| Debtor::New(Box::new(person)))
        }
        _ => {
            fields.problem("person_id", "", Text::new("loan-event-problem-debtor"));
            None
        }
    }
}

/// Somebody as in an application.
fn typed(fields: &mut Fields<'_>, today: NaiveDate) -> Option<Person> {
    let form = PersonForm {
        given_name: fields.loose("given_name").unwrap_or_default(),
        family_name: fields.loose("family_name").unwrap_or_default(),
        insz: fields.loose("insz").unwrap_or_default(),
        born_on: fields.loose("born_on").unwrap_or_default(),
        email: fields.loose("email").unwrap_or_default(),
        phone: fields.loose("phone").unwrap_or_default(),
        language: fields.loose("language").unwrap_or_default(),
    };
    let (reader, path) = fields.reader("");
    person(reader, path.trim_end_matches('.'), &form, today)
}

fn cause(fields: &mut Fields<'_>) -> Option<NewDebtor> {
    fields.word("cause", &["heir", "ex_partner"])
}

fn payer(fields: &mut Fields<'_>) -> Option<Payer> {
    fields.word_or("payer", &["borrower", "third_party", "grant"], Payer::Borrower)
}

fn usage(fields: &mut Fields<'_>) -> Option<Usage> {
    fields.word_or("usage", &["instalments", "shorten_term", "lower_instalments"], Usage::Instalments)
}

fn iban(fields: &mut Fields<'_>) -> Option<Iban> {
    let loose = fields.loose("iban")?;
    let (reader, path) = fields.reader("iban");
    reader.number(&path, &loose, "application-problem-iban")
}
