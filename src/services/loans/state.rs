//! A loan with its state, read or locked for a use case.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::ledger::FundingShare;
use crate::domain::loan::{LoanState, fold};
use crate::services::{Actor, Error, House};
use crate::storage::loans::{self, Loan};

/// A loan that nobody else can book on until the end of the transaction.
#[derive(Debug, Clone)]
pub struct LockedLoan {
    /// The contract.
    pub loan: Loan,
    /// Where it stands today.
    pub state: LoanState,
    /// The sources that pay for it.
    pub shares: Vec<FundingShare>,
}

/// Locks a loan and folds its facts. A loan of another municipality does not exist for this actor.
pub async fn lock_loan(
    tx: &mut PgConnection,
    house: &House,
    actor: &Actor,
    loan_id: Uuid,
) -> Result<LockedLoan, Error> {
    let unknown = || Error::not_found("loan", loan_id);
    let loan = loans::lock(tx, &[loan_id]).await?.pop().ok_or_else(unknown)?;
    if !actor.sees(&loan.nis_code) {
        return Err(unknown());
    }
    let facts = loans::facts_of(tx, &[loan_id]).await?.remove(&loan_id).unwrap_or_default();
    let shares = loans::shares_of(tx, &[loan_id]).await?.remove(&loan_id).unwrap_or_default();
    let state = fold(&loan.terms, &facts, house.clock.today()).map_err(Error::internal)?;
    Ok(LockedLoan { loan, state, shares })
}
