//! A mandate is amended or stopped.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::form::{AmendForm, StopForm};
use super::list::mandate_json;
use super::register::{not_of_the_house, twice};
use crate::domain::access::Permission;
use crate::domain::collection::{Amendment, Change, Mandate, NotAllowed, StopCause, is_other_bank};
use crate::services::loans::state::{LockedLoan, lock_loan};
use crate::services::once::{Asked, before, json, keep, own};
use crate::services::{Actor, Answered, Deed, Error, House, Once};
use crate::storage::collections::{self, AmendmentRow, MandateRow};

/// Changes the account or the reference of a mandate. The debtor's bank hears of it with the next collection.
///
/// # Errors
/// The actor may not; no such mandate; every field that is wrong; the mandate has ended for another reason than its
/// account; nothing would change.
pub async fn amend(
    house: &House,
    actor: &Actor,
    (mandate_id, form, once): (Uuid, &AmendForm, Option<&Once>),
) -> Result<Answered, Error> {
    actor.require(Permission::ManageMandates)?;
    let own = own(once, actor, (Asked::Collection, format!("amend:{mandate_id}")))?;
    let mut tx = house.begin().await?;
    let (locked, mut row) = lock(&mut tx, (house, actor), mandate_id).await?;
    if let Some(known) = before(&mut tx, own.as_ref()).await? {
        return Ok(known);
    }
    let read = form.read()?;
    let mut amendments = Vec::new();
    if let Some((iban, bic)) = read.account {
        not_of_the_house(&mut tx, &iban).await?;
        let other = is_other_bank(&row.mandate.debtor_iban, &iban);
        apply(&mut row.mandate, Change::Account(iban, bic, other), &mut amendments)?;
    }
    if let Some(reference) = read.reference {
        apply(&mut row.mandate, Change::Reference(reference), &mut amendments)?;
    }
    collections::update_mandate(&mut tx, mandate_id, &row.mandate).await.map_err(|error| twice(error, &row.mandate))?;
    for amendment in &amendments {
        record(&mut tx, (house, actor), (mandate_id, amendment, &read.reason)).await?;
    }
    let changed: Vec<&str> = amendments.iter().map(Amendment::code).collect();
    let detail = json!({ "mandate_id": mandate_id, "changed": changed });
    let subject_id = locked.loan.loan_id;
    house.audit(&mut tx, actor, Deed { action: "mandate.amended", subject_kind: "loan", subject_id, detail }).await?;
    let answer = keep(&mut tx, house, own.as_ref(), (json(&mandate_json(&row, &locked.loan.number))?, None)).await?;
    house.commit(tx).await?;
    Ok(answer)
}

fn apply(mandate: &mut Mandate, change: Change, amendments: &mut Vec<Amendment>) -> Result<(), Error> {
    let (changed, amendment) = mandate.clone().amend(change).map_err(refused)?;
    *mandate = changed;
    amendments.push(amendment);
    Ok(())
}

/// Keeps one change of a mandate.
pub(super) async fn record(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    (mandate_id, amendment, reason): (Uuid, &Amendment, &str),
) -> Result<(), Error> {
    let (amendment_id, made_by) = (house.ids.next(), actor.user_id);
    let (amended_on, created_at) = (house.clock.today(), house.clock.now());
    let row = AmendmentRow { amendment_id, mandate_id, amendment, reason, amended_on, made_by, created_at };
    Ok(collections::insert_amendment(tx, &row).await?)
}

/// Stops a mandate: nothing more is collected under it. What has left in a file is not called back.
///
/// # Errors
/// The actor may not; no such mandate; the reason is missing; it has ended already.
pub async fn stop(
    house: &House,
    actor: &Actor,
    (mandate_id, form, once): (Uuid, &StopForm, Option<&Once>),
) -> Result<Answered, Error> {
    actor.require(Permission::ManageMandates)?;
    let own = own(once, actor, (Asked::Collection, format!("stop:{mandate_id}")))?;
    let mut tx = house.begin().await?;
    let (locked, mut row) = lock(&mut tx, (house, actor), mandate_id).await?;
    if let Some(known) = before(&mut tx, own.as_ref()).await? {
        return Ok(known);
    }
    let reason = form.read()?;
    row.mandate = row.mandate.stop(house.clock.today(), StopCause::Person { reason }).map_err(refused)?;
    collections::update_mandate(&mut tx, mandate_id, &row.mandate).await?;
    let detail = json!({ "mandate_id": mandate_id });
    let subject_id = locked.loan.loan_id;
    house.audit(&mut tx, actor, Deed { action: "mandate.stopped", subject_kind: "loan", subject_id, detail }).await?;
    let answer = keep(&mut tx, house, own.as_ref(), (json(&mandate_json(&row, &locked.loan.number))?, None)).await?;
    house.commit(tx).await?;
    Ok(answer)
}

/// The loan first, then its mandate: everybody waits in one order.
async fn lock(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    mandate_id: Uuid,
) -> Result<(LockedLoan, MandateRow), Error> {
    let unknown = || Error::not_found("mandate", mandate_id);
    let loan_id = collections::get_mandates(tx, &[mandate_id]).await?.remove(&mandate_id).ok_or_else(unknown)?.loan_id;
    let locked = lock_loan(tx, house, actor, loan_id).await.map_err(|error| match error {
        Error::NotFound { .. } => unknown(),
        other => other,
    })?;
    let row = collections::lock_mandate(tx, mandate_id).await?.ok_or_else(unknown)?;
    Ok((locked, row))
}

fn refused(reason: NotAllowed) -> Error {
    Error::refused(reason.text())
}
