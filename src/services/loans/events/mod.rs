//! The one door for everything that happens to a loan and has no page of its own: recorded, or only previewed.
//!
//! Both run the same code in a transaction; a preview does not keep it. The answer holds no identifier and no moment
//! that was made for it, so that what was previewed is what is recorded, to the byte.

mod answer;
mod correct;
mod fields;
mod happen;
mod kind;
mod parse;
mod person;
mod transfer;

use std::fmt;

use serde::Deserialize;
use serde_json::{Map, Value};
use sqlx::PgConnection;
use uuid::Uuid;

use self::kind::Kind;
use self::parse::parse;
use super::state::{LockedLoan, lock_loan};
use crate::domain::access::Permission;
use crate::services::once::{Asked, before, keep, own};
use crate::services::{Actor, Answered, Error, House, Once};
use crate::storage::loans::{self, Loan};

pub(in crate::services) use answer::{Entry, entries_of};
pub(in crate::services) use transfer::own_id;

/// An event as it was sent: an object with its `kind` and the fields of that kind.
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct EventForm(Map<String, Value>);

impl fmt::Debug for EventForm {
    /// Shows nothing: a form may hold personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventForm")
    }
}

/// Something that happened to a loan, on its way in.
#[derive(Debug, Clone)]
pub struct Request {
    /// Number or identifier of the loan.
    pub loan: String,
    /// What happened.
    pub form: EventForm,
    /// Set by programs that may send the same event twice.
    pub once: Option<Once>,
}

/// Records an event: the fact, its entries, and what follows for the money that was promised, or nothing of it. The
/// same key with the same body answers the same, with another body it is a conflict. The answer is the loan, the event,
/// the entries it made, and where the loan stands now.
///
/// # Errors
/// The actor may not; there is no such loan; every field that is wrong, with what would be right; or the one
/// sentence with which the loan refuses.
pub async fn record(house: &House, actor: &Actor, request: Request) -> Result<Answered, Error> {
    let mut tx = house.begin().await?;
    let locked = open(&mut tx, (house, actor), &request).await?;
    let loan_id = locked.loan.loan_id;
    let own = own(request.once.as_ref(), actor, (Asked::LoanEvent, loan_id))?;
    if let Some(known) = before(&mut tx, own.as_ref()).await? {
        return Ok(known);
    }
    let answer = run(&mut tx, (house, actor), &locked, &request.form).await?;
    let answered = keep(&mut tx, house, own.as_ref(), (answer, Some(loan_id))).await?;
    house.commit(tx).await?;
    Ok(answered)
}

/// What [`record`] would answer, and nothing is written.
///
/// # Errors
/// As [`record`].
pub async fn preview(house: &House, actor: &Actor, request: Request) -> Result<String, Error> {
    let mut tx = house.begin().await?;
    let locked = open(&mut tx, (house, actor), &request).await?;
    // The transaction is dropped, not committed: nothing of it stays.
    run(&mut tx, (house, actor), &locked, &request.form).await
}

/// Locks the loan, if the actor may know it and may record something on loans at all; together with the loan that a
/// payment goes to, so that two people who move payments to and fro wait for each other in one order.
async fn open(tx: &mut PgConnection, (house, actor): (&House, &Actor), request: &Request) -> Result<LockedLoan, Error> {
    let some = [Permission::ManageLoans, Permission::Decide, Permission::ManageBank];
    if !some.iter().any(|permission| actor.require(*permission).is_ok()) {
        return Err(Error::Forbidden);
    }
    let unknown = || Error::not_found("loan", request.loan.trim());
    let loan = find(tx, actor, &request.loan).await?.ok_or_else(unknown)?;
    let mut loan_ids = vec![loan.loan_id];
    if let Some(name) = request.form.0.get("to_loan").and_then(Value::as_str) {
        loan_ids.extend(find(tx, actor, name).await?.map(|other| other.loan_id));
    }
    loans::lock(tx, &loan_ids).await?;
    lock_loan(tx, house, actor, loan.loan_id).await
}

/// The loan of a number or an identifier, if the actor may know it.
async fn find(tx: &mut PgConnection, actor: &Actor, name: &str) -> Result<Option<Loan>, Error> {
    let found = match name.trim().parse::<Uuid>() {
        Ok(loan_id) => loans::get(tx, loan_id).await?,
        Err(_) => loans::by_number(tx, name.trim()).await?,
    };
    Ok(found.filter(|loan| actor.sees(&loan.nis_code)))
}

async fn run(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    locked: &LockedLoan,
    form: &EventForm,
) -> Result<String, Error> {
    let kind = Kind::of(&form.0);
    // Who may correct depends on what is corrected.
    if let Some(kind) = kind.filter(|kind| *kind != Kind::Corrected) {
        actor.require(kind.permission())?;
    }
    let asked = parse(&form.0, house.clock.today()).map_err(Error::Invalid)?;
    let happened = happen::happen(tx, (house, actor), locked, asked).await?;
    answer::answer(tx, (house, actor), (&form.0, locked), happened).await
}
