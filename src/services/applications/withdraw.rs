//! The family no longer asks: what was promised is free again.

use uuid::Uuid;

use super::{lock, wrong_state};
use crate::domain::access::Permission;
use crate::domain::fund::CommitmentKind;
use crate::domain::money::Money;
use crate::services::{Actor, Deed, Error, House};
use crate::storage::applications;
use crate::storage::commitments::{self, Movement};

/// Withdraws an application that has no contract yet; answers what was released.
pub async fn withdraw(house: &House, actor: &Actor, application_id: Uuid) -> Result<Money, Error> {
    actor.require(Permission::MakeApplications)?;
    let mut tx = house.begin().await?;
    let application = lock(&mut tx, actor, application_id).await?;
    let now = house.clock.now();
    let state = application.state.clone().withdraw(now).map_err(|step| wrong_state(&step))?;
    let left = commitments::left_of(&mut tx, application_id).await?;
    let movements: Vec<Movement> = left
        .iter()
        .map(|(source_id, amount)| Movement {
            movement_id: house.ids.next(),
            application_id,
            fund_id: application.fund_id,
            source_id: *source_id,
            kind: CommitmentKind::Released,
            amount: -*amount,
            effective_on: house.clock.today(),
            booked_at: now,
            idempotency_key: format!("withdrawn:{application_id}"),
        })
        .collect();
    commitments::insert(&mut tx, &movements).await?;
    applications::set_state(&mut tx, application_id, &state).await?;
    let released: Money = left.iter().map(|(_, amount)| *amount).sum();
    let deed = Deed {
        action: "application.withdrawn",
        subject_kind: "application",
        subject_id: application_id,
        detail: serde_json::json!({ "released": released }),
    };
    house.audit(&mut tx, actor, deed).await?;
    house.commit(tx).await?;
    Ok(released)
}
