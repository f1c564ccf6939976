//! A request that a program may send twice: done once, and answered the same.

use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use super::Once;
use crate::domain::text::Text;
use crate::services::{Actor, Error, House};
use crate::storage;
use crate::storage::collections::{self, Answer};

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The answer as JSON.
    pub json: String,
    /// False when the same request was answered before.
    pub is_new: bool,
}

/// A key of the caller, and the hash of what was asked under it.
pub(super) type Own = (String, Vec<u8>);

/// The key as it is kept; the same body for another subject is another request.
pub(super) fn own(once: Option<&Once>, actor: &Actor, subject: &str) -> Result<Option<Own>, Error> {
    let Some((key, body)) = once.map(|once| once.own(actor)).transpose()? else { return Ok(None) };
    let hash = Sha256::new().chain_update(subject.as_bytes()).chain_update(body).finalize().to_vec();
    Ok(Some((key, hash)))
}

/// What was answered before under this key. The same key for another request is a conflict.
pub(super) async fn before(tx: &mut PgConnection, own: Option<&Own>) -> Result<Option<Answered>, Error> {
    let Some((key, hash)) = own else { return Ok(None) };
    match collections::answer_of(tx, key).await? {
        None => Ok(None),
        Some(known) if known.body_sha256 == *hash => Ok(Some(Answered { json: known.answer, is_new: false })),
        Some(_) => Err(conflict()),
    }
}

/// The answer, kept under its key where there is one.
pub(super) async fn keep(
    tx: &mut PgConnection,
    house: &House,
    own: Option<Own>,
    answer: &impl Serialize,
) -> Result<Answered, Error> {
    let json = serde_json::to_string(answer).map_err(Error::internal)?;
    if let Some((key, body_sha256)) = own {
        let row = Answer { body_sha256, answer: json.clone() };
        collections::insert_answer(tx, (&key, &row), house.clock.now()).await.map_err(at_once)?;
    }
    Ok(Answered { json, is_new: true })
}

fn at_once(error: storage::Error) -> Error {
    match error.constraint() {
        Some("collection_answers_pkey") => conflict(),
        _ => error.into(),
    }
}

fn conflict() -> Error {
    Error::Conflict(Text::new("collection-conflict-key"))
}
