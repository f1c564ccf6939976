//! Registers the mandate that a borrower signed.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::form::{MandateForm, Read};
use super::list::mandate_json;
use super::terms;
use crate::domain::access::Permission;
use crate::domain::collection::{Mandate, MandateReference, MandateState, Standing};
use crate::domain::loan::Status;
use crate::domain::text::Text;
use crate::services::loans::state::{LockedLoan, lock_loan};
use crate::services::once::{Asked, before, json, keep, own};
use crate::services::{Actor, Answered, Deed, Error, House, Once};
use crate::storage::collections::{self, MandateRow};
use crate::storage::{self, funds, persons};

/// Registers a mandate on a loan.
///
/// # Errors
/// The actor may not; no such loan; every field that is wrong; the account is one of the house; the loan has a mandate
/// already, or nothing to collect; the fund has no creditor identifier.
pub async fn register(
    house: &House,
    actor: &Actor,
    (loan_id, form, once): (Uuid, &MandateForm, Option<&Once>),
) -> Result<Answered, Error> {
    actor.require(Permission::ManageMandates)?;
    let own = own(once, actor, (Asked::Collection, format!("mandate:{loan_id}")))?;
    let mut tx = house.begin().await?;
    let locked = lock_loan(&mut tx, house, actor, loan_id).await?;
    if let Some(known) = before(&mut tx, own.as_ref()).await? {
        return Ok(known);
    }
    let read = form.read(house.clock.today())?;
    let row = write(&mut tx, (house, actor), &locked, read).await?;
    let answer = keep(&mut tx, house, own.as_ref(), (json(&mandate_json(&row, &locked.loan.number))?, None)).await?;
    house.commit(tx).await?;
    Ok(answer)
}

async fn write(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    locked: &LockedLoan,
    read: Read,
) -> Result<MandateRow, Error> {
    let (loan, today) = (&locked.loan, house.clock.today());
    if matches!(locked.state.status, Status::Closed | Status::WrittenOff) || !locked.state.may_collect() {
        return Err(Error::refused(Text::new("mandate-problem-loan").with("number", &loan.number)));
    }
    not_of_the_house(tx, &read.iban).await?;
    let creditor = collections::creditors_on(tx, today).await?.remove(&loan.fund_id);
    let creditor = creditor.ok_or_else(|| Error::refused(Text::new("collection-no-creditor")))?;
    let debtor_name = match read.debtor_name {
        Some(name) => name,
        None => debtor(tx, locked).await?,
    };
    let reference = match read.reference {
        Some(reference) => reference,
        None => fresh_reference(tx, locked).await?,
    };
    let mandate = Mandate {
        reference,
        kind: read.kind,
        signed_on: read.signed_on,
        debtor_name,
        debtor_iban: read.iban,
        debtor_bic: read.bic,
        creditor: creditor.identifier,
        last_collected_on: None,
        state: MandateState::Active,
    };
    if mandate.standing(today, &terms(tx, today).await?) == Standing::Expired {
        return Err(Error::field("signed_on", mandate.signed_on, Text::new("mandate-problem-too-old")));
    }
    let (mandate_id, loan_id) = (house.ids.next(), loan.loan_id);
    let (made_by, created_at) = (actor.user_id, house.clock.now());
    let row = MandateRow { mandate_id, loan_id, mandate, made_by, created_at };
    collections::insert_mandate(tx, &row).await.map_err(|error| twice(error, &row.mandate))?;
    let detail = json!({ "mandate_id": mandate_id, "kind": row.mandate.kind, "signed_on": row.mandate.signed_on });
    let deed = Deed { action: "mandate.registered", subject_kind: "loan", subject_id: loan_id, detail };
    house.audit(tx, actor, deed).await?;
    Ok(row)
}

/// The house does not collect from itself.
pub(super) async fn not_of_the_house(tx: &mut PgConnection, iban: &crate::domain::identity::Iban) -> Result<(), Error> {
    let own = funds::list(tx).await?.into_iter().find(|fund| fund.iban == *iban);
    own.map_or(Ok(()), |fund| {
        Err(Error::field("iban", iban, Text::new("mandate-problem-own-account").with("fund", fund.code)))
    })
}

/// The name of who owes the loan.
async fn debtor(tx: &mut PgConnection, locked: &LockedLoan) -> Result<String, Error> {
    let person_id = locked.state.debtor_id.unwrap_or(locked.loan.borrower_id);
    let name = persons::names(tx, &[person_id]).await?.remove(&person_id);
    let name = name.ok_or_else(|| Error::internal("a loan has no borrower"))?;
    Ok(name.chars().take(70).collect())
}

/// `ML202200012`; `ML202200012N2` for the second mandate of the same loan.
async fn fresh_reference(tx: &mut PgConnection, locked: &LockedLoan) -> Result<MandateReference, Error> {
    let before = collections::mandates_of_loan(tx, locked.loan.loan_id, 0).await?.len();
    let number: String = locked.loan.number.chars().filter(char::is_ascii_alphanumeric).collect();
    let text = if before == 0 { format!("M{number}") } else { format!("M{number}N{}", before + 1) };
    MandateReference::parse(&text).map_err(Error::internal)
}

pub(super) fn twice(error: storage::Error, mandate: &Mandate) -> Error {
    match error.constraint() {
        Some("mandates_reference_key") => {
            Error::field("reference", &mandate.reference, Text::new("mandate-problem-reference-twice"))
        }
        Some("mandates_active_key") => Error::Conflict(Text::new("mandate-problem-active")),
        _ => error.into(),
    }
}
