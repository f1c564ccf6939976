//! Letters and mails as people see them.

use uuid::Uuid;

use super::MOST;
use crate::domain::access::Permission;
use crate::services::{Actor, Error, House};
use crate::storage::desk::letters::{self as table, Document, LetterLine};

/// The latest messages of the outbox, of one state or of all; and how many there are in each state.
pub async fn letters(
    house: &House,
    actor: &Actor,
    state: Option<&str>,
) -> Result<(Vec<LetterLine>, Vec<(String, i64)>), Error> {
    actor.require(Permission::SeeJobs)?;
    actor.require(Permission::SeeLoans)?;
    let within = actor.nis_code.as_deref();
    let mut db = house.read().await?;
    let lines = match state {
        Some(state) => table::in_state(&mut db, state, within, MOST).await?,
        None => table::list(&mut db, None, within, MOST).await?,
    };
    Ok((lines, table::counts(&mut db, within).await?))
}

/// A letter as it was sent.
pub async fn letter(house: &House, actor: &Actor, document_id: Uuid) -> Result<Document, Error> {
    actor.require(Permission::SeeLoans)?;
    table::document(&mut *house.read().await?, document_id)
        .await?
        .filter(|document| document.nis_code.as_deref().is_none_or(|nis_code| actor.sees(nis_code)))
        .ok_or_else(|| Error::not_found("letter", document_id))
}
