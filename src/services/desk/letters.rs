//! Letters and mails as people see them.

use uuid::Uuid;

use super::MOST;
use crate::domain::access::Permission;
use crate::services::{Actor, Error, House};
use crate::storage::desk::letters::{self as table, Document, LetterLine};

/// The latest messages of the outbox.
pub async fn letters(house: &House, actor: &Actor) -> Result<Vec<LetterLine>, Error> {
    actor.require(Permission::SeeJobs)?;
    actor.require(Permission::SeeLoans)?;
    Ok(table::list(&mut *house.read().await?, None, actor.nis_code.as_deref(), MOST).await?)
}

/// A letter as it was sent.
pub async fn letter(house: &House, actor: &Actor, document_id: Uuid) -> Result<Document, Error> {
    actor.require(Permission::SeeLoans)?;
    table::document(&mut *house.read().await?, document_id)
        .await?
        .filter(|document| document.nis_code.as_deref().is_none_or(|nis_code| actor.sees(nis_code)))
        .ok_or_else(|| Error::not_found("letter", document_id))
}
