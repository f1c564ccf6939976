//! A second person lets a file leave, and it leaves: always the same bytes.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::list::CollectionFile;
use crate::domain::access::Permission;
use crate::domain::text::Text;
use crate::services::{Actor, Deed, Error, House};
use crate::storage;
use crate::storage::collections::{self, Run, RunState};

/// Releases a run that somebody else made. One that was released before stays so.
///
/// # Errors
/// The actor may not; no such run; the actor made it; nobody sent it in time.
pub async fn release(house: &House, actor: &Actor, run_id: Uuid) -> Result<(), Error> {
    actor.require(Permission::ManageCollections)?;
    let mut tx = house.begin().await?;
    let run = lock(&mut tx, run_id).await?;
    match run.state {
        RunState::Released | RunState::Exported => return Ok(()),
        RunState::Lapsed => return Err(Error::refused(Text::new("collection-run-lapsed"))),
        RunState::Made => {}
    }
    if run.made_by == actor.user_id {
        return Err(Error::refused(Text::new("collection-run-own")));
    }
    in_time(house, &run)?;
    collections::mark_released(&mut tx, (run_id, actor.user_id), house.clock.now()).await.map_err(own)?;
    audit(&mut tx, (house, actor), (&run, "collection_run.released")).await?;
    house.commit(tx).await
}

/// The file of a released run; the first time its collections are on their way from then on.
///
/// # Errors
/// The actor may not; no such run; nobody released it; the bank would no longer take it.
pub async fn export(house: &House, actor: &Actor, run_id: Uuid) -> Result<CollectionFile, Error> {
    actor.require(Permission::ManageCollections)?;
    let mut tx = house.begin().await?;
    let run = lock(&mut tx, run_id).await?;
    let name = format!("{}.xml", run.message_id);
    let bytes = collections::content(&mut tx, run_id).await?.unwrap_or_default();
    match run.state {
        RunState::Exported => return Ok(CollectionFile { name, bytes }),
        RunState::Made => return Err(Error::refused(Text::new("collection-run-not-released"))),
        RunState::Lapsed => return Err(Error::refused(Text::new("collection-run-lapsed"))),
        RunState::Released => {}
    }
    in_time(house, &run)?;
    collections::mark_exported(&mut tx, (run_id, actor.user_id), house.clock.now()).await?;
    let today = house.clock.today();
    let mandates = collections::export_lines(&mut tx, run_id, today).await?;
    collections::touch(&mut tx, &mandates, today).await?;
    audit(&mut tx, (house, actor), (&run, "collection_run.exported")).await?;
    house.commit(tx).await?;
    Ok(CollectionFile { name, bytes })
}

async fn lock(tx: &mut PgConnection, run_id: Uuid) -> Result<Run, Error> {
    collections::lock_run(tx, run_id).await?.ok_or_else(|| Error::not_found("collection run", run_id))
}

fn in_time(house: &House, run: &Run) -> Result<(), Error> {
    if house.clock.today() <= run.send_by {
        return Ok(());
    }
    Err(Error::refused(Text::new("collection-run-late").with("by", run.send_by)))
}

async fn audit(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    (run, action): (&Run, &'static str),
) -> Result<(), Error> {
    let detail = json!({ "message_id": run.message_id, "sha256": hex::encode(&run.sha256) });
    let deed = Deed { action, subject_kind: "collection_run", subject_id: run.run_id, detail };
    house.audit(tx, actor, deed).await
}

/// The database says it too: never who made it.
fn own(error: storage::Error) -> Error {
    match error.constraint() {
        Some("collection_runs_maker_check") => Error::refused(Text::new("collection-run-own")),
        _ => error.into(),
    }
}
