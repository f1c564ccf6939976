//! Invoices of a loan, or all that wait for a second person.

use uuid::Uuid;

use crate::domain::access::Permission;
use crate::services::{Actor, Error, House};
use crate::storage::invoices::{self, Invoice, Quote};
use crate::storage::loans;

/// The quotes and the invoices of a loan.
pub async fn of_loan(house: &House, actor: &Actor, loan_id: Uuid) -> Result<(Vec<Quote>, Vec<Invoice>), Error> {
    actor.require(Permission::SeeLoans)?;
    let mut db = house.read().await?;
    let loan = loans::get(&mut db, loan_id).await?.filter(|loan| actor.sees(&loan.nis_code));
    let loan = loan.ok_or_else(|| Error::not_found("loan", loan_id))?;
    let quotes = invoices::quotes(&mut db, loan.application_id).await?;
    Ok((quotes, invoices::list(&mut db, Some(loan_id)).await?))
}

/// Invoices that wait for a decision, the oldest first, of loans that this actor may see.
pub async fn waiting(house: &House, actor: &Actor) -> Result<Vec<Invoice>, Error> {
    actor.require(Permission::SeeLoans)?;
    let mut db = house.read().await?;
    let waiting = invoices::list(&mut db, None).await?;
    let ids: Vec<Uuid> = waiting.iter().map(|invoice| invoice.loan_id).collect();
    let seen = loans::get_many(&mut db, &ids).await?;
    let seen: Vec<Uuid> = seen.iter().filter(|loan| actor.sees(&loan.nis_code)).map(|loan| loan.loan_id).collect();
    Ok(waiting.into_iter().filter(|invoice| seen.contains(&invoice.loan_id)).collect())
}
