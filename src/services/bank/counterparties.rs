//! Accounts of others that the house knows: who pays for a loan, as learned from decisions, and the agencies that pay
//! renovation grants, as the accountant enters them.

use serde_json::json;
use uuid::Uuid;

use crate::domain::access::Permission;
use crate::domain::identity::Iban;
use crate::domain::text::{Problems, Text};
use crate::services::{Actor, Deed, Error, House};
use crate::storage::bank::{self, Agency, KnownPayer, Undoing};
use crate::storage::loans;

/// The most that are listed.
const MOST: i64 = 500;

/// An account from which renovation grants are paid, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct NewAgency {
    /// The account.
    pub iban: String,
    /// Whose it is.
    pub name: String,
}

/// The accounts of granting agencies.
///
/// # Errors
/// The actor may not see the bank.
pub async fn agencies(house: &House, actor: &Actor) -> Result<Vec<Agency>, Error> {
    actor.require(Permission::SeeBank)?;
    Ok(bank::agencies(&mut *house.read().await?).await?)
}

/// Adds an account: from now on, what comes from it and names exactly one loan is booked as the grant of that loan.
///
/// # Errors
/// The actor may not; the account or the name is wrong; the account is in the list already, or is one of the house's.
pub async fn add_agency(house: &House, actor: &Actor, new: NewAgency) -> Result<Uuid, Error> {
    actor.require(Permission::ManageBank)?;
    let mut problems = Problems::default();
    let name = new.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        problems.add("name", "", Text::new("application-problem-required"));
    }
    let iban =
        Iban::parse(&new.iban).map_err(|_| problems.add("iban", &new.iban, Text::new("application-problem-iban")));
    let (Ok(iban), true) = (iban, problems.is_empty()) else { return Err(Error::Invalid(problems.into_vec())) };
    let mut tx = house.begin().await?;
    if crate::storage::funds::by_iban(&mut tx, &iban).await?.is_some() {
        return Err(Error::field("iban", &new.iban, Text::new("bank-agency-own-account")));
    }
    let id = house.ids.next();
    let added = (house.clock.now(), actor.user_id);
    bank::insert_agency(&mut tx, (id, &iban, &name), added).await.map_err(|error| match error.constraint() {
        Some("granting_agencies_iban_key") => Error::field("iban", &new.iban, Text::new("bank-agency-known")),
        _ => error.into(),
    })?;
    let deed =
        Deed { action: "granting_agency.added", subject_kind: "granting_agency", subject_id: id, detail: json!({}) };
    house.audit(&mut tx, actor, deed).await?;
    house.commit(tx).await?;
    Ok(id)
}

/// Takes an account out of the list. What was booked stays.
///
/// # Errors
/// The actor may not, or the account is not in the list.
pub async fn remove_agency(house: &House, actor: &Actor, iban: &str) -> Result<(), Error> {
    actor.require(Permission::ManageBank)?;
    let unknown = || Error::field("iban", iban, Text::new("bank-agency-unknown"));
    let parsed = Iban::parse(iban).map_err(|_| unknown())?;
    let mut tx = house.begin().await?;
    let removed = bank::remove_agency(&mut tx, &parsed, (house.clock.now(), actor.user_id)).await?;
    let subject_id = removed.ok_or_else(unknown)?;
    let deed =
        Deed { action: "granting_agency.removed", subject_kind: "granting_agency", subject_id, detail: json!({}) };
    house.audit(&mut tx, actor, deed).await?;
    house.commit(tx).await
}

/// Who is known to pay for which loan: learned from decisions, suggested and never trusted.
///
/// # Errors
/// The actor may not see the bank.
pub async fn counterparties(house: &House, actor: &Actor) -> Result<Vec<KnownPayer>, Error> {
    actor.require(Permission::SeeBank)?;
    let within = actor.nis_code.as_deref();
    Ok(bank::known_payers(&mut *house.read().await?, (None, within), MOST).await?)
}

/// An account that has nothing to do with a loan any more.
#[derive(Debug, Clone, Default)]
pub struct Forgetting {
    /// The account.
    pub iban: String,
    /// Number of the loan.
    pub loan: String,
    /// Why, in a few words.
    pub reason: String,
}

/// Forgets that an account pays for a loan: it is suggested no more, until a decision teaches it again.
///
/// # Errors
/// The actor may not; the account, the loan or the reason is wrong; nothing is known of this account and this loan.
pub async fn forget_counterparty(house: &House, actor: &Actor, forgetting: Forgetting) -> Result<(), Error> {
    actor.require(Permission::ManageBank)?;
    let Forgetting { iban, loan, reason } = forgetting;
    let mut problems = Problems::default();
    let mut tx = house.begin().await?;
    let parsed = Iban::parse(&iban).map_err(|_| problems.add("iban", &iban, Text::new("application-problem-iban")));
    let found = loans::by_number(&mut tx, &loan.trim().to_uppercase()).await?.filter(|loan| actor.sees(&loan.nis_code));
    if found.is_none() {
        problems.add("loan", &loan, Text::new("loan-named-unknown").with("value", &loan));
    }
    if reason.trim().is_empty() {
        problems.add("reason", "", Text::new("application-problem-required"));
    }
    let (Ok(iban), Some(loan), true) = (parsed, found, problems.is_empty()) else {
        return Err(Error::Invalid(problems.into_vec()));
    };
    let known = bank::payers(&mut tx, std::slice::from_ref(&iban)).await?;
    if !known.values().flatten().any(|(loan_id, _)| *loan_id == loan.loan_id) {
        return Err(Error::field("iban", &iban, Text::new("bank-counterparty-unknown").with("loan", &loan.number)));
    }
    let forgotten = Undoing { reason: reason.trim(), at: house.clock.now(), by: actor.user_id };
    bank::forget(&mut tx, (&iban, loan.loan_id), forgotten).await?;
    let deed =
        Deed { action: "counterparty.forgotten", subject_kind: "loan", subject_id: loan.loan_id, detail: json!({}) };
    house.audit(&mut tx, actor, deed).await?;
    house.commit(tx).await
}
