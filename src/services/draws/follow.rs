//! What is promised to a family follows its loan: draws that end release what is left of it, and draws that turn out
//! not to have ended are promised again.

use sqlx::PgConnection;
use uuid::Uuid;

use super::move_commitment;
use crate::domain::fund::CommitmentKind;
use crate::domain::loan::LoanState;
use crate::domain::money::Money;
use crate::services::funds::commit::{Commitment, commit_again};
use crate::services::loans::state::LockedLoan;
use crate::services::{Error, House};
use crate::storage::commitments;

/// Moves the commitment of a loan after a fact, in the transaction that booked it, whatever kind of fact it was.
/// Answers what was released.
///
/// # Errors
/// Draws are open again and the fund has no room left for what was not drawn.
pub(in crate::services) async fn follow(
    tx: &mut PgConnection,
    house: &House,
    (before, after): (&LockedLoan, &LoanState),
    fact_id: Uuid,
) -> Result<Money, Error> {
    let loan = &before.loan;
    match (before.state.draws_closed_on, after.draws_closed_on) {
        (None, Some(_)) => {
            move_commitment(tx, house, loan, (CommitmentKind::Released, None, format!("released:{fact_id}"))).await
        }
        (Some(_), None) => {
            let parts = undrawn(tx, before).await?;
            let new = Commitment {
                application_id: loan.application_id,
                fund_id: loan.fund_id,
                nis_code: loan.nis_code.clone(),
                amount: parts.iter().map(|(_, part)| *part).sum(),
                effective_on: house.clock.today(),
            };
            commit_again(tx, house, (&new, &parts), format!("committed:{fact_id}")).await?;
            Ok(Money::ZERO)
        }
        _ => Ok(Money::ZERO),
    }
}

/// What each source had promised to the loan and neither gave nor still promises. The weights of the shares are the
/// cents that were promised at the approval.
async fn undrawn(tx: &mut PgConnection, locked: &LockedLoan) -> Result<Vec<(Uuid, Money)>, Error> {
    let application_id = locked.loan.application_id;
    let mut spoken_for = commitments::drawn_of(tx, application_id).await?;
    spoken_for.extend(commitments::left_of(tx, application_id).await?);
    let mut parts = Vec::new();
    for share in &locked.shares {
        let promised = Money::from_cents(i64::try_from(share.weight).map_err(Error::internal)?);
        let of_source = spoken_for.iter().filter(|(source_id, _)| *source_id == share.source_id);
        let part = promised - of_source.map(|(_, amount)| *amount).sum::<Money>();
        if part.is_positive() {
            parts.push((share.source_id, part));
        }
    }
    Ok(parts)
}
