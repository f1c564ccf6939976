//! Mandates, collections and runs as people see them.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::terms;
use crate::domain::access::Permission;
use crate::domain::calendar::add_months;
use crate::services::{Actor, Error, House};
use crate::storage::collections::{self, CollectionLine, LineFilter, MandateLine, MandateRow, ReturnLine, RunLine};
use crate::storage::loans;

/// The most that a list shows.
const MOST: i64 = 500;
/// Months ahead of its end from which a mandate is shown as ending.
const ENDS_SOON: i32 = 3;

/// A payment file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionFile {
    /// Its name, which says nothing about anybody.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Everything about direct debit that is not over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overview {
    /// Runs, the latest first.
    pub runs: Vec<RunLine>,
    /// Collections that were announced and have not left.
    pub waiting: Vec<CollectionLine>,
    /// What came back and waits for a person, or is tried once more.
    pub returns: Vec<ReturnLine>,
    /// Mandates that end by themselves within three months.
    pub expiring: Vec<MandateLine>,
    /// Codes of the funds that have a creditor identifier.
    pub funds: Vec<String>,
}

/// What direct debit there is on a loan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfLoan {
    /// Its mandates, the latest first.
    pub mandates: Vec<MandateLine>,
    /// Its collections, the latest first.
    pub collections: Vec<CollectionLine>,
}

/// Everything about direct debit that is not over; of the actor's municipality, where they are bound to one.
///
/// # Errors
/// The actor may not, or the database failed.
pub async fn overview(house: &House, actor: &Actor) -> Result<Overview, Error> {
    actor.require(Permission::SeeBank)?;
    let today = house.clock.today();
    let mut db = house.read().await?;
    let terms = terms(&mut db, today).await?;
    let nis_code = actor.nis_code.as_deref();
    let made = ["made".to_owned()];
    let filter = LineFilter { states: Some(&made), nis_code, limit: Some(MOST), ..LineFilter::default() };
    let soon = add_months(today, ENDS_SOON, chrono::Datelike::day(&today));
    let creditors = collections::creditors_on(&mut db, today).await?;
    let funds = crate::storage::funds::list(&mut db).await?.into_iter();
    Ok(Overview {
        runs: collections::run_list(&mut db, None, MOST).await?,
        waiting: collections::lines(&mut db, &filter, terms.refund_days).await?,
        returns: collections::returns_waiting(&mut db, nis_code).await?,
        expiring: collections::expiring(&mut db, (soon, terms.idle_months), nis_code).await?,
        funds: funds.filter(|fund| creditors.contains_key(&fund.fund_id)).map(|fund| fund.code).collect(),
    })
}

/// The mandates and collections of a loan.
///
/// # Errors
/// The actor may not, or there is no such loan that they may know of.
pub async fn of_loan(house: &House, actor: &Actor, loan_id: Uuid) -> Result<OfLoan, Error> {
    actor.require(Permission::SeeLoans)?;
    let mut db = house.read().await?;
    let loan = loans::get(&mut db, loan_id).await?.filter(|loan| actor.sees(&loan.nis_code));
    loan.ok_or_else(|| Error::not_found("loan", loan_id))?;
    let terms = terms(&mut db, house.clock.today()).await?;
    let filter = LineFilter { loan_id: Some(loan_id), limit: Some(MOST), ..LineFilter::default() };
    Ok(OfLoan {
        mandates: collections::mandates_of_loan(&mut db, loan_id, terms.idle_months).await?,
        collections: collections::lines(&mut db, &filter, terms.refund_days).await?,
    })
}

/// One run with its collections.
///
/// # Errors
/// The actor may not, or there is no such run.
pub async fn file(house: &House, actor: &Actor, run_id: Uuid) -> Result<(RunLine, Vec<CollectionLine>), Error> {
    actor.require(Permission::SeeBank)?;
    let mut db = house.read().await?;
    let run = collections::run_list(&mut db, Some(run_id), 1).await?.pop();
    let run = run.ok_or_else(|| Error::not_found("collection run", run_id))?;
    let terms = terms(&mut db, house.clock.today()).await?;
    let nis_code = actor.nis_code.as_deref();
    let filter = LineFilter { run_id: Some(run_id), nis_code, ..LineFilter::default() };
    Ok((run, collections::lines(&mut db, &filter, terms.refund_days).await?))
}

/// A mandate as it is answered to whoever changed it.
pub(super) fn mandate_json(row: &MandateRow, loan: &str) -> Value {
    let mandate = &row.mandate;
    let state = serde_json::to_value(&mandate.state).unwrap_or_default();
    let last: Option<NaiveDate> = mandate.last_collected_on;
    json!({
        "mandate_id": row.mandate_id,
        "loan": loan,
        "reference": mandate.reference,
        "kind": mandate.kind,
        "scheme": "CORE",
        "signed_on": mandate.signed_on,
        "debtor_name": mandate.debtor_name,
        "iban": mandate.debtor_iban,
        "bic": mandate.debtor_bic,
        "creditor": mandate.creditor,
        "last_collected_on": last,
        "standing": state,
    })
}
