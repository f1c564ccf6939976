//! Loans with what follows from their facts.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::loan::{self, LoanState};
use crate::services::Error;
use crate::storage;
use crate::storage::loans::Loan;
use chrono::NaiveDate;

/// These loans on a day, in the order of their serials: two statements, however many loans.
pub async fn states(
    db: &mut PgConnection,
    loan_ids: &[Uuid],
    as_of: NaiveDate,
) -> Result<Vec<(Loan, LoanState)>, Error> {
    let loans = storage::loans::get_many(db, loan_ids).await?;
    let mut facts = storage::loans::facts_of(db, loan_ids).await?;
    let mut states = Vec::with_capacity(loans.len());
    for found in loans {
        // A loan signed after the day has no state on it.
        if found.terms.signed_on > as_of {
            continue;
        }
        let known = facts.remove(&found.loan_id).unwrap_or_default();
        let state = loan::fold(&found.terms, &known, as_of)
            .map_err(|error| Error::internal(format!("loan {}: {error}", found.number)))?;
        states.push((found, state));
    }
    Ok(states)
}
