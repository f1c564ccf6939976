//! A collection came back, by what the bank says or by what a person decides: it ends, and what its reason asks is done.

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::collection::{Action, CollectionState, Reported, StopCause, asks, retry_day};
use crate::domain::matching::ReturnKind;
use crate::services::collections::terms;
use crate::services::loans::load;
use crate::services::{Actor, Deed, Error, House};
use crate::storage::collections::{self, Collection, NewReturn, end_to_end_id};

/// A collection that came back.
pub(super) struct CameBack<'a> {
    /// As it was.
    pub(super) collection: &'a Collection,
    /// The line that says so.
    pub(super) bank_line_id: Uuid,
    /// The decision of the person who placed that line.
    pub(super) bank_decision_id: Option<Uuid>,
    /// The day of the bank.
    pub(super) on: NaiveDate,
    pub(super) kind: ReturnKind,
    /// The ISO reason.
    pub(super) reason: Option<&'a str>,
    /// The reason in one digit, as a code.
    pub(super) outcome: Option<&'a str>,
    /// The reversal of its payment; none where no money had come.
    pub(super) fact_id: Option<Uuid>,
}

/// Ends collections that came back, and does what their reasons ask. Their payments are reversed already.
pub(super) async fn answer(tx: &mut PgConnection, doer: (&House, &Actor), back: &[CameBack<'_>]) -> Result<(), Error> {
    if back.is_empty() {
        return Ok(());
    }
    let marks: Vec<(Uuid, NaiveDate)> = back.iter().map(|one| (one.collection.collection_id, one.on)).collect();
    collections::give_back(tx, &marks).await?;
    let mut rows = Vec::with_capacity(back.len());
    for one in back {
        rows.push(one.answer(tx, doer).await?);
    }
    Ok(collections::insert_returns(tx, &rows).await?)
}

impl CameBack<'_> {
    /// Does what it asks, and says what that was.
    async fn answer(&self, tx: &mut PgConnection, (house, actor): (&House, &Actor)) -> Result<NewReturn, Error> {
        let (line, kind, reason) = (self.collection, self.kind, self.reason.map(str::to_owned));
        let reported = self.outcome.and_then(Reported::of_code);
        let asked = asks((kind, self.reason, reported), line.retry);
        if asked.stops_mandate {
            stop(tx, (line.mandate_id, house.clock.today()), reason.clone()).await?;
        }
        let mut action = asked.action;
        let mut retry_id = None;
        if action == Action::Retry {
            retry_id = retry(tx, house, line).await?;
            if retry_id.is_none() {
                action = Action::Contact;
            }
        }
        let detail = serde_json::json!({
            "collection_id": line.collection_id, "kind": kind, "reason": reason, "action": action.code(),
        });
        let deed = Deed { action: "collection.returned", subject_kind: "loan", subject_id: line.loan_id, detail };
        house.audit(tx, actor, deed).await?;
        Ok(NewReturn {
            return_id: house.ids.next(),
            collection_id: line.collection_id,
            bank_line_id: self.bank_line_id,
            bank_decision_id: self.bank_decision_id,
            kind,
            reason,
            fact_id: self.fact_id,
            action,
            retry_id,
            returned_on: self.on,
            created_at: house.clock.now(),
        })
    }
}

/// Stops a mandate for the reason of the bank; one that has ended already stays as it is.
async fn stop(tx: &mut PgConnection, (mandate_id, on): (Uuid, NaiveDate), reason: Option<String>) -> Result<(), Error> {
    let Some(row) = collections::lock_mandate(tx, mandate_id).await? else { return Ok(()) };
    if let Ok(stopped) = row.mandate.stop(on, StopCause::Returned { reason }) {
        collections::update_mandate(tx, mandate_id, &stopped).await?;
    }
    Ok(())
}

/// Makes the second try of a claim; the night announces it. None where nothing can be tried: the mandate has ended, nobody
/// may collect, or it was tried before.
async fn retry(tx: &mut PgConnection, house: &House, line: &Collection) -> Result<Option<Uuid>, Error> {
    let today = house.clock.today();
    let terms = terms(tx, today).await?;
    let mandate = collections::active_of_loans(tx, &[line.loan_id]).await?.remove(&line.loan_id);
    let state = load::states(tx, &[line.loan_id], today).await?.pop();
    let (Some(mandate), Some((_, state))) = (mandate, state) else { return Ok(None) };
    if !state.may_collect() {
        return Ok(None);
    }
    let open = state.instalments.iter().filter(|of| of.instalment.due_on == line.due_on).map(|of| of.open).sum();
    let next = state.instalments.iter().map(|of| of.instalment.due_on).filter(|due_on| *due_on > today).min();
    let collection_id = house.ids.next();
    let again = Collection {
        collection_id,
        mandate_id: mandate.mandate_id,
        attempt: collections::next_attempt(tx, (line.loan_id, line.due_on)).await?,
        retry: true,
        amount: open,
        collect_on: retry_day((line.collect_on, next), today, &terms),
        sequence_type: mandate.mandate.kind.sequence_type(),
        end_to_end_id: end_to_end_id(collection_id),
        revision: 1,
        state: CollectionState::Made,
        blocked: None,
        run_id: None,
        created_at: house.clock.now(),
        ..line.clone()
    };
    if !again.amount.is_positive() {
        return Ok(None);
    }
    Ok(collections::insert_collections(tx, &[again]).await?.pop())
}
