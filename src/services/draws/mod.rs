//! Draws of a loan: what they take from the commitment, and their end.

pub mod close;
mod follow;

use sqlx::PgConnection;
use uuid::Uuid;

pub(in crate::services) use follow::follow;

use crate::domain::fund::CommitmentKind;
use crate::domain::money::Money;
use crate::services::{Error, House};
use crate::storage::commitments::{self, Movement};
use crate::storage::loans::Loan;

/// Takes an amount, or all that is left, off what is promised to the application of a loan: over its sources by
/// what is left of each, so that no source ever gives more than was promised from it and the last draw takes
/// the last cent. Answers how much was taken.
pub async fn move_commitment(
    tx: &mut PgConnection,
    house: &House,
    loan: &Loan,
    (kind, amount, idempotency_key): (CommitmentKind, Option<Money>, String),
) -> Result<Money, Error> {
    let left = commitments::left_of(tx, loan.application_id).await?;
    let total: Money = left.iter().map(|(_, part)| *part).sum();
    let amount = amount.unwrap_or(total);
    if amount > total {
        let problem = format!("loan {} has {total} committed, which is less than {amount}", loan.number);
        return Err(Error::internal(problem));
    }
    let weights: Vec<u64> = left.iter().map(|(_, part)| u64::try_from(part.cents()).unwrap_or_default()).collect();
    let movements: Vec<Movement> = left
        .iter()
        .zip(amount.split(&weights))
        .filter(|(_, part)| part.is_positive())
        .map(|((source_id, _), part)| movement(house, loan, (*source_id, -part), (kind, &idempotency_key)))
        .collect();
    commitments::insert(tx, &movements).await?;
    Ok(amount)
}

fn movement(
    house: &House,
    loan: &Loan,
    (source_id, amount): (Uuid, Money),
    (kind, key): (CommitmentKind, &str),
) -> Movement {
    Movement {
        movement_id: house.ids.next(),
        application_id: loan.application_id,
        fund_id: loan.fund_id,
        source_id,
        kind,
        amount,
        effective_on: house.clock.today(),
        booked_at: house.clock.now(),
        idempotency_key: key.to_owned(),
    }
}
