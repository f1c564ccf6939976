//! Takes back what was decided about a line, or what the import booked by itself: every entry is reversed, and the line
//! waits again. What is taken back can be decided otherwise, which is a new decision.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::back::Back;
use super::{Decided, answer, undo_orders};
use crate::domain::access::Permission;
use crate::domain::collection::Remark;
use crate::domain::matching::PartKind;
use crate::domain::text::Text;
use crate::services::bank::collections::Traces;
use crate::services::once::{Asked, Own, before, keep, own};
use crate::services::{Actor, Deed, Error, House, Once};
use crate::storage::bank::{self, DecisionRow, Outcome, PartRow, Undoing};
use crate::storage::collections::Did;
use crate::storage::loans;

/// What is taken back, and why.
#[derive(Debug, Clone)]
pub struct UndoRequest {
    /// The decision; or the line, where the import booked it by itself.
    pub id: Uuid,
    /// Why, in the person's words.
    pub reason: String,
    /// Set by whoever may send the same twice.
    pub once: Option<Once>,
}

/// Undoes a decision, or what the import booked. The same key with the same body answers the same.
///
/// # Errors
/// The actor may not; there is no such decision or line; the reason is empty; it was undone before; the payment was
/// moved or given back since; the refund has been paid; an order of it came back, or has gone on since; a collection that
/// came back is being collected again.
pub async fn undo(house: &House, actor: &Actor, request: UndoRequest) -> Result<Decided, Error> {
    actor.require(Permission::ManageBank)?;
    let own = own(request.once.as_ref(), actor, (Asked::BankDecision, request.id))?;
    if let Some(known) = before(&mut *house.read().await?, own.as_ref()).await? {
        return Ok(known.into());
    }
    match undone(house, actor, (&request, own.as_ref())).await {
        // The same request at the same moment: the other one has won and is committed by now.
        Err(Error::Conflict(text)) => match before(&mut *house.read().await?, own.as_ref()).await? {
            Some(known) => Ok(known.into()),
            None => Err(Error::Conflict(text)),
        },
        other => other,
    }
}

async fn undone(house: &House, actor: &Actor, (request, own): (&UndoRequest, Option<&Own>)) -> Result<Decided, Error> {
    let mut tx = house.begin().await?;
    let undone = undo_in(&mut tx, (house, actor), (request.id, request.reason.trim())).await?;
    let answer = answer::undone(&mut tx, (&undone.keys, &undone.remarks)).await?;
    let answered = keep(&mut tx, house, own, (answer, Some(request.id))).await?;
    house.commit(tx).await?;
    Ok(Decided { remarks: undone.remarks, ..answered.into() })
}

/// What taking back did.
struct Undone {
    /// The keys under which it was booked.
    keys: Vec<String>,
    /// What there is to say about it beside its entries.
    remarks: Vec<Remark>,
}

async fn undo_in(tx: &mut PgConnection, doer: (&House, &Actor), (id, reason): (Uuid, &str)) -> Result<Undone, Error> {
    if reason.is_empty() {
        return Err(Error::field("reason", "", Text::new("bank-undo-reason-missing")));
    }
    let undoing = Undoing { reason, at: doer.0.clock.now(), by: doer.1.user_id };
    match bank::decision(tx, id).await? {
        Some(decision) => decided(tx, doer, (decision, undoing)).await,
        None => imported(tx, doer, (id, undoing)).await,
    }
}

/// Takes back a decision.
async fn decided(
    tx: &mut PgConnection,
    doer: (&House, &Actor),
    (decision, undoing): (DecisionRow, Undoing<'_>),
) -> Result<Undone, Error> {
    let (house, actor) = doer;
    let bank_decision_id = decision.bank_decision_id;
    let unknown = || Error::not_found("bank decision", bank_decision_id);
    undo_orders::lock_decided(tx, &decision).await?;
    let loan_ids: Vec<Uuid> = decision.parts.iter().filter_map(|part| part.loan_id).collect();
    let known = loans::lock(tx, &loan_ids).await?;
    let own = !loan_ids.is_empty() && known.iter().all(|loan| actor.sees(&loan.nis_code));
    if actor.nis_code.is_some() && !own {
        return Err(unknown());
    }
    // Who works for one municipality places money on its loans and nowhere else: the same holds for the way back.
    let of_loan = |part: &PartRow| matches!(part.kind, PartKind::Loan | PartKind::Return);
    if actor.nis_code.is_some() && !decision.parts.iter().all(of_loan) {
        return Err(Error::Forbidden);
    }
    let traces = Traces::lock(tx, Did::Decision(bank_decision_id)).await?;
    bank::lock_lines(tx, &decision.lines).await?;
    // Read again under the lock: somebody else may have been first.
    let decision = bank::decision(tx, bank_decision_id).await?.ok_or_else(unknown)?;
    if decision.undone {
        return Err(Error::Conflict(Text::new("bank-undo-already")));
    }
    // A file with details decided, and its lines hold the money now: they are what can be taken back.
    if decision.parts.is_empty() && decision.net_entry_id.is_none() {
        return Err(Error::refused(Text::new("bank-undo-explained")));
    }
    traces.may_go_back()?;
    let back = Back::open(tx, doer, (decision.fund_id, bank_decision_id, undoing.reason)).await?;
    let mut keys = Vec::new();
    for part in decision.parts.iter().rev() {
        back.part(tx, part).await?;
        keys.push(back.key(part.place));
    }
    if let Some(entry_id) = decision.net_entry_id {
        back.entry(tx, (0, entry_id)).await?;
        keys.push(back.key(0));
    }
    bank::insert_undoing(tx, bank_decision_id, undoing).await.map_err(|error| match error.constraint() {
        Some("bank_decision_undoings_pkey") => Error::Conflict(Text::new("bank-undo-already")),
        _ => error.into(),
    })?;
    let remarks = traces.go_back(tx, doer, undoing).await?;
    for line in &decision.lines {
        let detail = json!({ "bank_decision_id": bank_decision_id });
        let deed = Deed { action: "bank_line.undone", subject_kind: "bank_line", subject_id: *line, detail };
        house.audit(tx, actor, deed).await?;
    }
    Ok(Undone { keys, remarks })
}

/// Takes back what the import booked by itself. Of a collection that was rejected before any money had come there is
/// nothing to book back: its line waits already, and the collection is with the bank again.
async fn imported(
    tx: &mut PgConnection,
    doer: (&House, &Actor),
    (bank_line_id, undoing): (Uuid, Undoing<'_>),
) -> Result<Undone, Error> {
    let (house, actor) = doer;
    let unknown = || Error::not_found("bank decision", bank_line_id);
    // Read without a lock first: it says which order and which loans must be locked before the line.
    let seen = bank::peek_line(tx, bank_line_id).await?.ok_or_else(unknown)?;
    undo_orders::lock_imported(tx, (bank_line_id, seen.payment_order_id)).await?;
    let mut loan_ids = Traces::loans(tx, Did::Import(bank_line_id)).await?;
    loan_ids.extend(seen.loan_id);
    let known = loans::lock(tx, &loan_ids).await?;
    if actor.nis_code.is_some() && (known.is_empty() || known.iter().any(|loan| !actor.sees(&loan.nis_code))) {
        return Err(unknown());
    }
    if actor.nis_code.is_some() && seen.payment_order_id.is_some() {
        return Err(Error::Forbidden);
    }
    let traces = Traces::lock(tx, Did::Import(bank_line_id)).await?;
    let line = bank::lock_lines(tx, &[bank_line_id]).await?.pop().ok_or_else(unknown)?;
    if line.reopened {
        return Err(Error::Conflict(Text::new("bank-undo-already")));
    }
    if line.outcome != Outcome::Booked && traces.is_empty() {
        return Err(Error::refused(Text::new("bank-undo-nothing")));
    }
    traces.may_go_back()?;
    let mut keys = Vec::new();
    if line.outcome == Outcome::Booked {
        let back = Back::open(tx, doer, (line.fund_id, bank_line_id, undoing.reason)).await?;
        let entry_id = back.import(tx, (&line, &traces), &mut keys).await?;
        bank::insert_reopening(tx, (bank_line_id, entry_id), undoing).await?;
    }
    let remarks = traces.go_back(tx, doer, undoing).await?;
    let detail = json!({ "reason": line.reason });
    let deed = Deed { action: "bank_line.undone", subject_kind: "bank_line", subject_id: bank_line_id, detail };
    house.audit(tx, actor, deed).await?;
    Ok(Undone { keys, remarks })
}
