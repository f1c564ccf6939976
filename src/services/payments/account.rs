//! Another account of a contractor: recorded with how it was verified, and shown on the next runs that pay it.

use serde::Serialize;
use serde_json::json;

use super::{person, whole_house, words};
use crate::domain::access::Permission;
use crate::domain::identity::{EnterpriseNumber, Iban, Reach};
use crate::domain::text::Text;
use crate::services::{Actor, Deed, Error, House};
use crate::storage::payment_runs::{self as table, ContractorAccount, NewAccount};

/// A new account, as somebody typed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountChange {
    /// The contractor.
    pub enterprise_number: String,
    /// The account.
    pub iban: String,
    /// How it was verified.
    pub reason: String,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Name of the contractor.
    pub contractor: String,
    /// The account before.
    pub before: String,
    /// The account now.
    pub iban: String,
    /// How many orders that wait outside any run go there now.
    pub directed: u64,
}

/// Records another account of a contractor. Orders that wait outside any run go there from now on; whoever releases the
/// next run that pays it sees the change and says how they verified it.
///
/// # Errors
/// The actor may not; a field is wrong; the contractor is in a run that has not left yet.
pub async fn change_account(house: &House, actor: &Actor, change: &AccountChange) -> Result<Changed, Error> {
    person(actor, Permission::MakePayments)?;
    let number = number(&change.enterprise_number)?;
    let iban = iban(&change.iban)?;
    let reason = words("reason", &change.reason, "payments-reason-needed")?;
    let mut tx = house.begin().await?;
    let payee = table::lock_payee(&mut tx, number).await?;
    let payee = payee.ok_or_else(|| Error::not_found("contractor", number))?;
    if payee.iban == iban.as_str() {
        return Err(Error::field("iban", &iban, Text::new("payments-account-same").with("contractor", &payee.name)));
    }
    if let Some(run) = table::open_run_of(&mut tx, payee.contractor_id).await? {
        let text = Text::new("payments-account-in-run").with("contractor", &payee.name).with("run", run);
        return Err(Error::Refused(text));
    }
    let (recorded_by, recorded_at) = (actor.user_id, house.clock.now());
    let new = NewAccount { contractor_id: payee.contractor_id, iban: &iban, reason, recorded_by, recorded_at };
    let directed = table::change_account(&mut tx, &new).await?;
    let subject_id = payee.contractor_id;
    let detail = json!({ "orders": directed });
    let deed = Deed { action: "contractor.account_changed", subject_kind: "contractor", subject_id, detail };
    house.audit(&mut tx, actor, deed).await?;
    house.commit(tx).await?;
    Ok(Changed { contractor: payee.name, before: payee.iban, iban: iban.canonical(), directed })
}

/// A contractor with every account it was ever paid on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Payee {
    /// Its name.
    pub name: String,
    /// Its accounts, the first one first; the last is the one the house pays.
    pub accounts: Vec<ContractorAccount>,
}

/// The accounts of a contractor, by its enterprise number.
///
/// # Errors
/// The actor may not; the number is none, or of nobody we know.
pub async fn payee(house: &House, actor: &Actor, enterprise_number: &str) -> Result<Payee, Error> {
    actor.require(Permission::SeeBank)?;
    whole_house(actor)?;
    let number = number(enterprise_number)?;
    let mut tx = house.begin().await?;
    let payee = table::lock_payee(&mut tx, number).await?;
    let payee = payee.ok_or_else(|| Error::not_found("contractor", number))?;
    let accounts = table::accounts_of(&mut tx, payee.contractor_id).await?;
    Ok(Payee { name: payee.name, accounts })
}

fn number(typed: &str) -> Result<EnterpriseNumber, Error> {
    let wrong = |_| Error::field("enterprise_number", typed, Text::new("application-problem-enterprise-number"));
    EnterpriseNumber::parse(typed).map_err(wrong)
}

/// An account that the bank can pay with a SEPA transfer.
pub(super) fn iban(typed: &str) -> Result<Iban, Error> {
    let iban = Iban::parse(typed).map_err(|_| Error::field("iban", typed, Text::new("pain-iban")))?;
    if iban.reach() == Reach::OutsideSepa {
        return Err(Error::field("iban", typed, Text::new("pain-outside-sepa").with("country", iban.country())));
    }
    Ok(iban)
}
