//! What people and programs see of loans: identifiers and figures; who the family is stays on the page of the file.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::load;
use crate::clock::end_of;
use crate::domain::access::Permission;
use crate::domain::ledger::FundingShare;
use crate::domain::loan::{FoldError, LoanFact, LoanState, Status, fold};
use crate::domain::money::Money;
use crate::domain::product::Product;
use crate::services::{Actor, Error, House};
use crate::storage::loans::{self, Loan};

/// Which loans; part of [`Wanted`].
pub use crate::storage::loans::LoanFilter;
use crate::storage::{funds, ledger};

/// One line of a list of loans. Amounts in euro.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LoanSummary {
    /// Its identifier.
    pub loan_id: Uuid,
    /// What people call it.
    pub number: String,
    /// Code of its fund.
    pub fund: String,
    /// The product.
    pub product: Product,
    /// The municipality (NIS code).
    pub nis_code: String,
    /// The day of signature.
    pub signed_on: NaiveDate,
    /// The contract amount.
    pub principal: Money,
    /// Where it is in its life.
    pub status: Status,
    /// What was drawn.
    pub drawn: Money,
    /// Principal repaid.
    pub repaid: Money,
    /// Principal owed.
    pub outstanding: Money,
    /// What could have been paid before this day and was not.
    pub overdue: Money,
}

/// Which loans to list.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// By fund, municipality, product or part of the number.
    pub filter: LoanFilter,
    /// Only those in this state.
    pub status: Option<Status>,
    /// Only those with something overdue.
    pub overdue: bool,
    /// As of this day; today when none is named.
    pub as_of: Option<NaiveDate>,
}

/// One loan with everything that is known of it.
#[derive(Debug, Clone, Serialize)]
pub struct LoanView {
    /// The line of the list.
    #[serde(flatten)]
    pub summary: LoanSummary,
    /// The reference the borrower pays with, as printed: `+++100/0000/00158+++`.
    pub ogm: String,
    /// As of when.
    pub as_of: NaiveDate,
    /// Set: as it was believed to be at the end of this day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_at: Option<NaiveDate>,
    /// Balances, schedule and payments.
    pub state: LoanState,
    /// The sources that pay for it.
    pub shares: Vec<FundingShare>,
    /// What happened, in order.
    pub facts: Vec<LoanFact>,
    /// What it did to the ledger, in order.
    #[serde(skip)]
    pub movements: Vec<ledger::Movement>,
    /// The contract; not part of the JSON.
    #[serde(skip)]
    pub loan: Loan,
}

/// Loans that this actor may see, the latest first. Loans signed after the day are not there.
pub async fn list(house: &House, actor: &Actor, wanted: Wanted) -> Result<Vec<LoanSummary>, Error> {
    actor.require(Permission::SeeLoans)?;
    let as_of = wanted.as_of.unwrap_or_else(|| house.clock.today());
    let nis_code = actor.nis_code.clone().or(wanted.filter.nis_code);
    let filter = LoanFilter { nis_code, ..wanted.filter };
    let mut db = house.read().await?;
    let ids: Vec<Uuid> = loans::list(&mut db, &filter).await?.iter().map(|loan| loan.loan_id).collect();
    let codes = codes(&mut db).await?;
    let states = load::states(&mut db, &ids, as_of).await?;
    let mut found: Vec<LoanSummary> = states.iter().map(|(loan, state)| summary(loan, state, as_of, &codes)).collect();
    found.retain(|line| wanted.status.is_none_or(|status| line.status == status));
    found.retain(|line| !wanted.overdue || line.overdue.is_positive());
    found.reverse();
    Ok(found)
}

/// One loan by its number or identifier, as of a day or today. One of another municipality does not exist.
pub async fn show(house: &House, actor: &Actor, name: &str, as_of: Option<NaiveDate>) -> Result<LoanView, Error> {
    show_as_known(house, actor, name, When { as_of, known_at: None }).await
}

/// On which day, and as believed when.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct When {
    /// Where the loan stands at the end of this day; today when none is named.
    pub as_of: Option<NaiveDate>,
    /// As it was believed to be at the end of this day; as is known now when none is named.
    pub known_at: Option<NaiveDate>,
}

/// One loan by its number or identifier, as of a day, as it was believed to be at the end of another: facts and
/// entries that were recorded later are left out. One of another municipality does not exist, nor one that was not
/// signed by then or that nobody knew of.
pub async fn show_as_known(house: &House, actor: &Actor, name: &str, when: When) -> Result<LoanView, Error> {
    actor.require(Permission::SeeLoans)?;
    let as_of = when.as_of.unwrap_or_else(|| house.clock.today());
    let mut db = house.read().await?;
    let found = match name.trim().parse::<Uuid>() {
        Ok(loan_id) => loans::get(&mut db, loan_id).await?,
        Err(_) => loans::by_number(&mut db, name.trim()).await?,
    };
    let unknown = || Error::not_found("loan", name);
    let loan = found.filter(|loan| actor.sees(&loan.nis_code)).ok_or_else(unknown)?;
    let ids = [loan.loan_id];
    let mut facts = loans::facts_of(&mut db, &ids).await?.remove(&loan.loan_id).unwrap_or_default();
    let mut movements = ledger::movements_of_loan(&mut db, loan.loan_id).await?;
    if let Some(moment) = when.known_at.map(end_of) {
        facts.retain(|fact| fact.booked_at <= moment);
        movements.retain(|movement| movement.booked_at <= moment);
    }
    let state = match fold(&loan.terms, &facts, as_of) {
        Ok(state) => state,
        Err(FoldError::NotSigned(_)) => return Err(unknown()),
        Err(error) => return Err(Error::internal(format!("loan {}: {error}", loan.number))),
    };
    facts.retain(|fact| fact.effective_on <= as_of);
    movements.retain(|movement| movement.effective_on <= as_of);
    let shares = loans::shares_of(&mut db, &ids).await?.remove(&loan.loan_id).unwrap_or_default();
    let summary = summary(&loan, &state, as_of, &codes(&mut db).await?);
    let (ogm, known_at) = (loan.ogm.to_string(), when.known_at);
    Ok(LoanView { summary, ogm, as_of, known_at, state, shares, facts, movements, loan })
}

async fn codes(db: &mut sqlx::PgConnection) -> Result<HashMap<Uuid, String>, Error> {
    Ok(funds::list(db).await?.into_iter().map(|fund| (fund.fund_id, fund.code)).collect())
}

fn summary(loan: &Loan, state: &LoanState, as_of: NaiveDate, codes: &HashMap<Uuid, String>) -> LoanSummary {
    LoanSummary {
        loan_id: loan.loan_id,
        number: loan.number.clone(),
        fund: codes.get(&loan.fund_id).cloned().unwrap_or_default(),
        product: loan.terms.product,
        nis_code: loan.nis_code.clone(),
        signed_on: loan.terms.signed_on,
        principal: loan.terms.principal,
        status: state.status,
        drawn: state.drawn,
        repaid: state.repaid,
        outstanding: state.outstanding,
        overdue: state.overdue(as_of),
    }
}
