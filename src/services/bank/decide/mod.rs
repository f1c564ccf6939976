//! What a person decides about lines that wait: where their money goes, all of it or nothing, and how that is taken
//! back.
//!
//! A decision is about one line or about some together, and has parts that add up to their sum to the cent. Undoing it
//! reverses each part, and its lines wait again. Nothing is ever removed.

mod answer;
mod back;
mod fit;
mod form;
mod orders;
mod parts;
mod refund;
mod undo;
mod undo_orders;

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use self::fit::{amounts, name_payments, only_own, waiting};
use crate::domain::access::Permission;
use crate::domain::collection::Remark;
use crate::domain::loan::Usage;
use crate::domain::matching::{PaidBy, PartKind};
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::services::bank::collections::Moves;
use crate::services::once::{Asked, Own, before, keep, own};
use crate::services::{Actor, Answered, Deed, Error, House, Once};
use crate::storage::bank::{self, DecisionRow, LearnedRow, OpenLine};
use crate::storage::{self, funds, loans};

pub use form::{DecisionForm, PartForm};
pub use undo::{UndoRequest, undo};

/// What a person decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::services) struct Decision {
    /// The lines it is about.
    pub(in crate::services) lines: Vec<Uuid>,
    /// Where their money goes; nothing where they cancel each other out.
    pub(in crate::services) parts: Vec<Part>,
    /// Why, in the person's words.
    pub(in crate::services) reason: String,
}

/// A part of the money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::services) struct Part {
    /// How much, without a sign; none takes what the others leave.
    pub(in crate::services) amount: Option<Money>,
    /// Where it goes.
    pub(in crate::services) to: To,
}

/// Where money goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::services) enum To {
    /// A payment on a loan.
    Loan { loan_id: Uuid, paid_by: PaidBy, usage: Usage },
    /// A payment on a loan that the bank gave back.
    Return { loan_id: Uuid, payment_id: Uuid },
    /// A funder's money, or money passed on to one.
    Source(Uuid),
    /// A charge of the bank.
    Charge,
    /// A payment order of ours that was executed.
    Order(Uuid),
    /// A payment order of ours that came back.
    ReturnedOrder(Uuid),
    /// Every order of a payment run on this account.
    Run(Uuid),
    /// Not ours: it stays owed to its sender.
    NotOurs,
    /// Back to its sender; the name, where the bank gave none.
    Refund { name: Option<String> },
}

impl To {
    fn kind(&self) -> PartKind {
        match self {
            Self::Loan { .. } => PartKind::Loan,
            Self::Return { .. } => PartKind::Return,
            Self::Source(_) => PartKind::Source,
            Self::Charge => PartKind::Charge,
            Self::Order(_) => PartKind::Order,
            Self::ReturnedOrder(_) => PartKind::ReturnedOrder,
            Self::Run(_) => PartKind::Run,
            Self::NotOurs => PartKind::NotOurs,
            Self::Refund { .. } => PartKind::Refund,
        }
    }

    fn loan_id(&self) -> Option<Uuid> {
        match self {
            Self::Loan { loan_id, .. } | Self::Return { loan_id, .. } => Some(*loan_id),
            _ => None,
        }
    }
}

/// A decision on its way in.
#[derive(Debug, Clone)]
pub struct DecisionRequest {
    /// The line.
    pub bank_line_id: Uuid,
    /// What is decided, as it was sent.
    pub form: DecisionForm,
    /// Set by whoever may send the same decision twice.
    pub once: Option<Once>,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The decision, by which it can be undone; none where it waits for a second person.
    pub bank_decision_id: Option<Uuid>,
    /// The answer as JSON: the lines, the parts and the entries they made.
    pub answer: String,
    /// False when the same request had been decided before.
    pub is_new: bool,
    /// Of what is taken back: what that did, or left, beside its entries.
    pub remarks: Vec<Remark>,
}

impl From<Answered> for Decided {
    fn from(answered: Answered) -> Self {
        let Answered { json: answer, subject_id: bank_decision_id, is_new } = answered;
        Self { bank_decision_id, answer, is_new, remarks: Vec::new() }
    }
}

/// What became of a decision within a transaction.
pub(in crate::services) enum Became {
    /// It is booked.
    Made(Made),
    /// It is asked for, and waits for a second person.
    Asked,
}

/// A decision that is booked.
pub(in crate::services) struct Made {
    pub(in crate::services) bank_decision_id: Uuid,
    /// The keys under which its entries were booked.
    pub(in crate::services) keys: Vec<String>,
    /// The fact of its first part, where that is about a loan.
    pub(in crate::services) fact_id: Option<Uuid>,
}

/// Decides about a line, and about others with it: every part is booked, or none. The same key with the same body
/// answers the same, with another body it is a conflict.
///
/// # Errors
/// The actor may not; no such line or loan; every field that is wrong; a line that does not wait; parts that do not
/// add up; or the one sentence with which a loan, a source or an order refuses.
pub async fn decide(house: &House, actor: &Actor, request: DecisionRequest) -> Result<Decided, Error> {
    actor.require(Permission::ManageBank)?;
    let own = own(request.once.as_ref(), actor, (Asked::BankDecision, request.bank_line_id))?;
    if let Some(known) = before(&mut *house.read().await?, own.as_ref()).await? {
        return Ok(known.into());
    }
    match decided(house, actor, (&request, own.as_ref())).await {
        // The same request at the same moment: the other one has won and is committed by now.
        Err(Error::Conflict(text)) => match before(&mut *house.read().await?, own.as_ref()).await? {
            Some(known) => Ok(known.into()),
            None => Err(Error::Conflict(text)),
        },
        other => other,
    }
}

async fn decided(
    house: &House,
    actor: &Actor,
    (request, own): (&DecisionRequest, Option<&Own>),
) -> Result<Decided, Error> {
    let mut tx = house.begin().await?;
    let (became, answer) = run(&mut tx, (house, actor), request).await?;
    let bank_decision_id = match became {
        Became::Made(made) => Some(made.bank_decision_id),
        Became::Asked => None,
    };
    let answered = keep(&mut tx, house, own, (answer, bank_decision_id)).await?;
    house.commit(tx).await?;
    Ok(answered.into())
}

/// What [`decide`] would answer, and nothing is written.
///
/// # Errors
/// As [`decide`].
pub async fn preview_decision(house: &House, actor: &Actor, request: DecisionRequest) -> Result<String, Error> {
    actor.require(Permission::ManageBank)?;
    let mut tx = house.begin().await?;
    // The transaction is dropped, not committed: nothing of it stays.
    Ok(run(&mut tx, (house, actor), &request).await?.1)
}

async fn run(
    tx: &mut PgConnection,
    doer: (&House, &Actor),
    request: &DecisionRequest,
) -> Result<(Became, String), Error> {
    let decision = form::read(tx, doer.1, request).await?;
    let lines = decision.lines.clone();
    let became = decide_in(tx, doer, decision).await?;
    let answer = answer::decided(tx, &became, &lines).await?;
    Ok((became, answer))
}

/// Decides in a transaction of somebody else.
///
/// Orders are locked before loans, loans before their collections, those before lines and lines before the fund, as
/// everywhere: two who meet wait for each other in one order.
pub(in crate::services) async fn decide_in(
    tx: &mut PgConnection,
    doer: (&House, &Actor),
    mut decision: Decision,
) -> Result<Became, Error> {
    let (house, actor) = doer;
    actor.require(Permission::ManageBank)?;
    let reason = decision.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(Error::field("reason", "", Text::new("bank-settle-reason-missing")));
    }
    orders::lock(tx, &decision.parts).await?;
    let loan_ids: Vec<Uuid> = decision.parts.iter().filter_map(|part| part.to.loan_id()).collect();
    for loan in loans::lock(tx, &loan_ids).await? {
        if !actor.sees(&loan.nis_code) {
            return Err(Error::not_found("loan", loan.loan_id));
        }
    }
    let moves = Moves::open(tx, (&decision.lines, &loan_ids)).await?;
    let lines = waiting(tx, &decision.lines).await?;
    only_own(actor, &decision)?;
    let amounts = amounts(&lines, &decision.parts)?;
    name_payments(&mut decision.parts, &amounts, &moves);
    let fund_id = lines.first().map(|line| line.fund_id).unwrap_or_default();
    if decision.parts.iter().any(|part| matches!(part.to, To::Source(_) | To::Refund { .. })) {
        funds::lock(tx, fund_id).await?;
    }
    let asked_by = match refund::second(tx, doer, (&lines, &decision, &reason)).await? {
        refund::Second::NotNeeded => None,
        refund::Second::Is(asked_by) => Some(asked_by),
        refund::Second::Asked => return Ok(Became::Asked),
    };
    let desk = parts::Desk::open(tx, doer, &lines).await?;
    let (row, keys) = desk.book(tx, (&decision, &amounts), (&reason, asked_by)).await?;
    bank::insert_decision(tx, &row).await.map_err(already)?;
    moves.follow(tx, doer, &row).await?;
    learn(tx, doer, (&decision, &lines), &row).await?;
    let detail = json!({
        "bank_decision_id": row.bank_decision_id,
        "lines": row.lines,
        "parts": row.parts.iter().map(|part| json!({ "kind": part.kind.code(), "amount": part.amount, "loan_id": part.loan_id })).collect::<Vec<_>>(),
    });
    for line in &lines {
        let (subject_id, detail) = (line.bank_line_id, detail.clone());
        house
            .audit(tx, actor, Deed { action: "bank_line.decided", subject_kind: "bank_line", subject_id, detail })
            .await?;
    }
    let fact_id = row.parts.first().and_then(|part| part.fact_id);
    Ok(Became::Made(Made { bank_decision_id: row.bank_decision_id, keys, fact_id }))
}

/// Two who decide about one line at once: the second is told.
fn already(error: storage::Error) -> Error {
    match error.constraint() {
        Some("bank_decision_lines_standing_key") => Error::Conflict(Text::new("bank-settle-already")),
        _ => error.into(),
    }
}

/// Remembers from which account somebody pays for a loan.
async fn learn(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    (decision, lines): (&Decision, &[OpenLine]),
    row: &DecisionRow,
) -> Result<(), Error> {
    for part in &decision.parts {
        let To::Loan { loan_id, paid_by, .. } = &part.to else { continue };
        let known = lines.iter().filter_map(|line| Some((line.bank_line_id, line.iban.clone()?)));
        for (bank_line_id, iban) in known.filter(|_| paid_by.is_learned()) {
            let learned = LearnedRow {
                counterparty_id: house.ids.next(),
                iban,
                kind: *paid_by,
                loan_id: *loan_id,
                bank_line_id,
                bank_decision_id: row.bank_decision_id,
            };
            bank::learn(tx, &learned, (row.decided_at, actor.user_id)).await?;
        }
    }
    Ok(())
}
