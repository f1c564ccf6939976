//! A request that a program may send twice: done once, and answered the same.
//!
//! As of `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): the same key with another request is a conflict.

use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Actor, Error, House};
use crate::domain::text::Text;
use crate::storage::answers::{Answer, answer_of, insert_answer};

/// The longest key of a caller, in characters.
const LONGEST_KEY: usize = 200;

/// A request that may come twice.
#[derive(Debug, Clone)]
pub struct Once {
    /// The key of the caller; two callers may use the same one.
    pub key: String,
    /// SHA-256 of the request as sent.
    pub body_sha256: [u8; 32],
}

/// What was asked; each has keys of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    BankDecision,
    Collection,
    LoanEvent,
    PaymentRun,
}

impl Asked {
    fn code(self) -> &'static str {
        match self {
            Self::BankDecision => "bank_decision",
            Self::Collection => "collection",
            Self::LoanEvent => "loan_event",
            Self::PaymentRun => "payment_run",
        }
    }
}

impl Once {
    /// The key as it is kept, each caller having keys of their own, and the hash of what was sent.
    ///
    /// # Errors
    /// The key is empty, too long, or holds what cannot be seen.
    pub(super) fn own(&self, actor: &Actor) -> Result<(String, [u8; 32]), Error> {
        let key = self.key.trim();
        let right = !key.is_empty() && key.len() <= LONGEST_KEY && key.bytes().all(|sign| sign.is_ascii_graphic());
        if right {
            return Ok((format!("{}:{key}", actor.user_id), self.body_sha256));
        }
        Err(Error::field("Idempotency-Key", key, Text::new("application-problem-key").with("most", LONGEST_KEY)))
    }
}

/// A key of a caller, and the hash of what was asked under it.
#[derive(Debug, Clone)]
pub(super) struct Own {
    asked: Asked,
    key: String,
    body_sha256: Vec<u8>,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The answer as JSON.
    pub json: String,
    /// What came of it, where that can be found by its identifier.
    pub subject_id: Option<Uuid>,
    /// False when the same request was answered before.
    pub is_new: bool,
}

/// The key as it is kept; the same body about another subject is another request.
pub(super) fn own(
    once: Option<&Once>,
    actor: &Actor,
    (asked, subject): (Asked, impl AsRef<[u8]>),
) -> Result<Option<Own>, Error> {
    let Some((key, body)) = once.map(|once| once.own(actor)).transpose()? else { return Ok(None) };
    let body_sha256 = Sha256::new().chain_update(subject).chain_update(body).finalize().to_vec();
    Ok(Some(Own { asked, key, body_sha256 }))
}

/// What was answered before under this key.
///
/// # Errors
/// The same key was used for another request.
pub(super) async fn before(db: &mut PgConnection, own: Option<&Own>) -> Result<Option<Answered>, Error> {
    let Some(own) = own else { return Ok(None) };
    match answer_of(db, (own.asked.code(), &own.key)).await? {
        None => Ok(None),
        Some(known) if known.body_sha256 == own.body_sha256 => {
            Ok(Some(Answered { json: known.answer, subject_id: known.subject_id, is_new: false }))
        }
        Some(_) => Err(conflict()),
    }
}

/// An answer as JSON.
pub(super) fn json(answer: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(answer).map_err(Error::internal)
}

/// The answer, kept under its key where there is one.
///
/// # Errors
/// The same key came twice at the same moment: the second is told.
pub(super) async fn keep(
    tx: &mut PgConnection,
    house: &House,
    own: Option<&Own>,
    (json, subject_id): (String, Option<Uuid>),
) -> Result<Answered, Error> {
    if let Some(own) = own {
        let row = Answer { body_sha256: own.body_sha256.clone(), subject_id, answer: json.clone() };
        let kept = insert_answer(tx, (own.asked.code(), &own.key), &row, house.clock.now()).await;
        kept.map_err(|error| match error.constraint() {
            Some("answers_pkey") => conflict(),
            _ => error.into(),
        })?;
    }
    Ok(Answered { json, subject_id, is_new: true })
}

fn conflict() -> Error {
    Error::Conflict(Text::new("conflict-key"))
}
