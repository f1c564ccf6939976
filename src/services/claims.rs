//! Claims what has fallen due: the record that a borrower was asked, made on the day itself.

use chrono::NaiveDate;
use serde::Serialize;

use super::loans::load;
use super::{Error, House};
use crate::domain::loan::LoanState;
use crate::domain::money::Money;
use crate::storage;
use crate::storage::arrears::NewClaim;

/// What a run did.
#[derive(Debug, Default, Serialize)]
pub struct ClaimsReport {
    /// Loans that owe something and were looked at.
    pub loans: usize,
    /// Claims that were raised.
    pub claims: usize,
    /// Their sum, in euro.
    pub amount: Money,
}

/// Raises a claim for every instalment due up to and including a date, `batch` loans in each transaction.
pub async fn raise(house: &House, up_to: NaiveDate, batch: u16) -> Result<ClaimsReport, Error> {
    let mut report = ClaimsReport::default();
    let mut after = 0;
    loop {
        let mut tx = house.begin().await?;
        let page = storage::arrears::owing_loans(&mut tx, after, i64::from(batch)).await?;
        let Some((last, _)) = page.last() else { return Ok(report) };
        after = *last;
        let loan_ids: Vec<_> = page.iter().map(|(_, loan_id)| *loan_id).collect();
        let mut claims = Vec::new();
        for (loan, state) in load::states(&mut tx, &loan_ids, up_to).await? {
            report.loans += 1;
            claims.extend(due(loan.loan_id, &state, up_to));
        }
        let raised = storage::arrears::raise(&mut tx, &claims, up_to, house.clock.now()).await?;
        house.commit(tx).await?;
        report.claims += raised.len();
        report.amount += raised.into_iter().sum();
    }
}

/// One claim for each day on which something is open, whatever lines it is made of.
fn due(loan_id: uuid::Uuid, state: &LoanState, up_to: NaiveDate) -> Vec<NewClaim> {
    let mut claims: Vec<NewClaim> = Vec::new();
    if !state.may_collect() {
        return claims;
    }
    let due = state.instalments.iter().filter(|line| line.open.is_positive() && line.instalment.due_on <= up_to);
    for line in due {
        match claims.last_mut() {
            Some(claim) if claim.due_on == line.instalment.due_on => claim.amount += line.open,
            _ => claims.push(NewClaim {
                loan_id,
                number: line.instalment.number,
                due_on: line.instalment.due_on,
                payable_on: line.instalment.payable_on,
                amount: line.open,
            }),
        }
    }
    claims
}
