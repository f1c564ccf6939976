//! Contractors as people see them: on which account each is paid, why somebody must look at it, and what waits for it.

use serde::Serialize;
use uuid::Uuid;

use super::account::{AccountChange, Changed, change_account};
use super::whole_house;
use crate::domain::access::Permission;
use crate::domain::money::Money;
use crate::domain::payment_run::{AccountFlag, flags};
use crate::services::{Actor, Error, House};
use crate::storage::payment_runs::{self as table, ContractorAccount, ContractorFilter, WaitingOrder};

/// The most that a list shows.
const MOST: i64 = 500;
/// The fewest signs of a number that are looked for: fewer are in almost every account.
const FEWEST_SIGNS: usize = 4;

/// A contractor in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContractorLine {
    /// Its identifier.
    pub contractor_id: Uuid,
    /// Its name.
    pub name: String,
    /// Its enterprise number, `0403.170.701`.
    pub enterprise_number: String,
    /// The account that the house pays.
    pub iban: String,
    /// Why somebody must look at it before money goes there.
    pub flags: Vec<AccountFlag>,
    /// How many orders wait for the bank, in a run or not.
    pub waiting: i64,
    /// What they come to, in euro.
    pub waiting_sum: Money,
}

/// A contractor with everything the house knows of its account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContractorView {
    /// What a list shows of it.
    #[serde(flatten)]
    pub line: ContractorLine,
    /// Its accounts, the first one first; the last is the one the house pays.
    pub accounts: Vec<ContractorAccount>,
    /// The orders that wait for the bank, the oldest first.
    pub orders: Vec<WaitingOrder>,
    /// A run that pays it and has not left: until it has, the account stays what it is.
    pub open_run: Option<String>,
}

/// Contractors by name; with a text, only those whose name, enterprise number or account holds it.
///
/// # Errors
/// The actor may not.
pub async fn contractors(house: &House, actor: &Actor, text: &str) -> Result<Vec<ContractorLine>, Error> {
    let filter = match text.trim() {
        "" => ContractorFilter::default(),
        name => ContractorFilter { name: Some(name.to_owned()), number: number(name), contractor_id: None },
    };
    listed(house, actor, &filter).await
}

/// A number as it is stored: without blanks and dots. None where it is too short to find anything by.
fn number(text: &str) -> Option<String> {
    let bare: String = text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    (bare.len() >= FEWEST_SIGNS).then_some(bare)
}

async fn listed(house: &House, actor: &Actor, filter: &ContractorFilter) -> Result<Vec<ContractorLine>, Error> {
    actor.require(Permission::SeeBank)?;
    whole_house(actor)?;
    let today = house.clock.today();
    let found = table::contractors(&mut *house.read().await?, filter, MOST).await?;
    let line = |contractor: table::Contractor| ContractorLine {
        contractor_id: contractor.contractor_id,
        name: contractor.name,
        enterprise_number: contractor.enterprise_number.to_string(),
        iban: contractor.iban,
        flags: flags(&contractor.account, today),
        waiting: contractor.waiting,
        waiting_sum: contractor.waiting_sum,
    };
    Ok(found.into_iter().map(line).collect())
}

/// One contractor.
///
/// # Errors
/// The actor may not; there is no such contractor.
pub async fn contractor(house: &House, actor: &Actor, contractor_id: Uuid) -> Result<ContractorView, Error> {
    let filter = ContractorFilter { contractor_id: Some(contractor_id), ..ContractorFilter::default() };
    let line = listed(house, actor, &filter).await?.pop();
    let line = line.ok_or_else(|| Error::not_found("contractor", contractor_id))?;
    let mut db = house.read().await?;
    Ok(ContractorView {
        accounts: table::accounts_of(&mut db, contractor_id).await?,
        orders: table::waiting_orders(&mut db, contractor_id).await?,
        open_run: table::open_run_of(&mut db, contractor_id).await?,
        line,
    })
}

/// Records another account of a contractor by its identifier: as [`change_account`].
///
/// # Errors
/// As [`change_account`].
pub async fn change_account_of(
    house: &House,
    actor: &Actor,
    (contractor_id, iban, reason): (Uuid, &str, &str),
) -> Result<Changed, Error> {
    let found = contractor(house, actor, contractor_id).await?;
    let (enterprise_number, iban, reason) = (found.line.enterprise_number, iban.to_owned(), reason.to_owned());
    change_account(house, actor, &AccountChange { enterprise_number, iban, reason }).await
}
