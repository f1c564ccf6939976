//! A decision as it comes in: from a program, a page or the command line. Everything is text and may be missing.

use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Decision, DecisionRequest, Part, To};
use crate::domain::application::{LONG, Loose, Reader};
use crate::domain::identity::Ogm;
use crate::domain::loan::Usage;
use crate::domain::matching::{PaidBy, PartKind};
use crate::domain::text::Text;
use crate::services::{Actor, Error};
use crate::storage::{loans, payment_runs};

/// A decision as it was sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DecisionForm {
    /// Why, in the words of who decides.
    pub reason: Loose,
    /// Lines that are decided together with the one of the address.
    pub lines: Vec<Loose>,
    /// Where the money goes; nothing where the lines cancel each other out.
    pub parts: Vec<PartForm>,
}

/// A part of the money, as it was sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PartForm {
    /// `loan`, `return`, `source`, `charge`, `order`, `returned_order`, `run`, `not_ours` or `refund`.
    pub kind: Loose,
    /// How much, without a sign; left out, it takes what the other parts leave.
    pub amount: Loose,
    /// Loan: its number, its communication or its identifier.
    pub loan: Loose,
    /// Loan: who paid; the borrower when left out.
    pub paid_by: Loose,
    /// Loan: `instalments`, `shorten_term` or `lower_instalments`.
    pub usage: Loose,
    /// Return: the payment that went back; left out, the latest of that sum.
    pub payment_id: Loose,
    /// Source: the funding source.
    pub source_id: Loose,
    /// Order and returned order: the payment order.
    pub payment_order_id: Loose,
    /// Run: its number or its identifier.
    pub run: Loose,
    /// Refund: whose account it is, where the bank gave no name.
    pub name: Loose,
}

/// Reads a decision, with every mistake at once; looks up the loans it names.
pub(super) async fn read(tx: &mut PgConnection, actor: &Actor, request: &DecisionRequest) -> Result<Decision, Error> {
    let mut reader = Reader::default();
    let form = &request.form;
    if form.reason.text().is_none() {
        reader.problem("reason", "", Text::new("bank-settle-reason-missing"));
    }
    let reason = reader.optional_words("reason", &form.reason, LONG);
    let mut lines = vec![request.bank_line_id];
    for (place, line) in form.lines.iter().enumerate() {
        let field = format!("lines[{place}]");
        let read: Option<Uuid> = reader.read(&field, line, Text::new("loan-event-problem-id"));
        lines.extend(read.filter(|line| !lines.contains(line)));
    }
    let mut parts = Vec::new();
    for (place, part) in form.parts.iter().enumerate() {
        parts.extend(self::part(tx, (actor, &mut reader), (&format!("parts[{place}]"), part)).await?);
    }
    let problems = reader.into_problems();
    match reason {
        Some(reason) if problems.is_empty() => Ok(Decision { lines, parts, reason }),
        _ => Err(Error::Invalid(problems)),
    }
}

async fn part(
    tx: &mut PgConnection,
    (actor, reader): (&Actor, &mut Reader),
    (path, part): (&str, &PartForm),
) -> Result<Option<Part>, Error> {
    let field = |name: &str| format!("{path}.{name}");
    let codes = |codes: &[&str]| Text::new("application-problem-choice").with("choices", codes.join(", "));
    let amount = match part.amount.text() {
        Some(_) => reader.positive_money(&field("amount"), &part.amount),
        None => None,
    };
    if reader.required(&field("kind"), &part.kind).is_none() {
        return Ok(None);
    }
    let kinds = codes(&PartKind::ALL.map(PartKind::code));
    let Some(kind) = reader.read::<PartKind>(&field("kind"), &part.kind, kinds) else { return Ok(None) };
    let mut id = |name: &str, value: &Loose| -> Option<Uuid> {
        reader.required(&field(name), value)?;
        reader.read(&field(name), value, Text::new("loan-event-problem-id"))
    };
    let to = match kind {
        PartKind::Charge => Some(To::Charge),
        PartKind::NotOurs => Some(To::NotOurs),
        PartKind::Refund => Some(To::Refund { name: reader.optional_words(&field("name"), &part.name, 70) }),
        PartKind::Source => id("source_id", &part.source_id).map(To::Source),
        PartKind::Order => id("payment_order_id", &part.payment_order_id).map(To::Order),
        PartKind::ReturnedOrder => id("payment_order_id", &part.payment_order_id).map(To::ReturnedOrder),
        PartKind::Run => run(tx, reader, (&field("run"), &part.run)).await?.map(To::Run),
        PartKind::Return => {
            let payment = part.payment_id.text().and_then(|_| id("payment_id", &part.payment_id));
            let loan = loan(tx, (actor, reader), (&field("loan"), &part.loan)).await?;
            loan.map(|loan_id| To::Return { loan_id, payment_id: payment.unwrap_or_default() })
        }
        PartKind::Loan => {
            let whom = codes(&PaidBy::ALL.map(PaidBy::code));
            let paid_by = reader.read::<PaidBy>(&field("paid_by"), &part.paid_by, whom).unwrap_or_default();
            let usage = usage(reader, &field("usage"), &part.usage);
            let loan = loan(tx, (actor, reader), (&field("loan"), &part.loan)).await?;
            loan.map(|loan_id| To::Loan { loan_id, paid_by, usage })
        }
    };
    Ok(to.map(|to| Part { amount, to }))
}

fn usage(reader: &mut Reader, field: &str, value: &Loose) -> Usage {
    const CODES: [&str; 3] = ["instalments", "shorten_term", "lower_instalments"];
    match value.text() {
        None | Some("instalments") => Usage::Instalments,
        Some("shorten_term") => Usage::ShortenTerm,
        Some("lower_instalments") => Usage::LowerInstalments,
        Some(other) => {
            let text = Text::new("application-problem-choice").with("choices", CODES.join(", "));
            reader.problem(field, other, text);
            Usage::Instalments
        }
    }
}

/// The payment run that is named by its number or its identifier.
async fn run(
    tx: &mut PgConnection,
    reader: &mut Reader,
    (field, value): (&str, &Loose),
) -> Result<Option<Uuid>, Error> {
    let Some(text) = reader.required(field, value) else { return Ok(None) };
    let text = text.to_owned();
    let found = match text.parse::<Uuid>() {
        Ok(payment_run_id) => payment_runs::find(tx, payment_run_id).await?.map(|run| run.payment_run_id),
        Err(_) => payment_runs::by_number(tx, &text.to_uppercase()).await?,
    };
    if found.is_none() {
        reader.problem(field, &text, Text::new("bank-decide-unknown-run").with("value", &text));
    }
    Ok(found)
}

/// The loan that is named by its number, its communication or its identifier. One of another municipality does not
/// exist.
async fn loan(
    tx: &mut PgConnection,
    (actor, reader): (&Actor, &mut Reader),
    (field, value): (&str, &Loose),
) -> Result<Option<Uuid>, Error> {
    let Some(text) = value.text() else {
        reader.problem(field, "", Text::new("loan-named-missing"));
        return Ok(None);
    };
    let found = match (text.parse::<Uuid>(), Ogm::parse(text)) {
        (Ok(loan_id), _) => loans::get(tx, loan_id).await?,
        (_, Ok(ogm)) => loans::by_ogm(tx, &[ogm]).await?.remove(&ogm),
        _ => loans::by_number(tx, &text.to_uppercase()).await?,
    };
    let loan = found.filter(|loan| actor.sees(&loan.nis_code));
    if loan.is_none() {
        reader.problem(field, text, Text::new("loan-named-unknown").with("value", text));
    }
    Ok(loan.map(|loan| loan.loan_id))
}
