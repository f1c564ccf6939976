//! What is answered to whoever decides: no identifier and no moment that was made for it, so that what was previewed
//! is what is recorded, to the byte.

use chrono::NaiveDate;
use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Became, Decided};
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::services::Error;
use crate::services::loans::events::{Entry, entries_of};
use crate::storage::bank::{self, DecisionAnswer, OpenLine};
use crate::storage::{self, ledger};

#[derive(Debug, Serialize)]
struct Answer {
    /// The lines it is about.
    lines: Vec<Line>,
    /// Whether a second person must ask for the same before anything is booked.
    waits_for_second_person: bool,
    /// What it did to the ledger.
    entries: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Line {
    bank_line_id: Uuid,
    booked_on: NaiveDate,
    amount: Money,
}

impl From<&OpenLine> for Line {
    fn from(line: &OpenLine) -> Self {
        Self { bank_line_id: line.bank_line_id, booked_on: line.booked_on, amount: line.amount }
    }
}

/// The answer to a decision.
pub(super) async fn decided(tx: &mut PgConnection, became: &Became, lines: &[Uuid]) -> Result<String, Error> {
    let lines = bank::lock_lines(tx, lines).await?.iter().map(Line::from).collect();
    let (entries, waits_for_second_person) = match became {
        Became::Made(made) => (entries(tx, &made.keys).await?, false),
        Became::Asked => (Vec::new(), true),
    };
    serde_json::to_string(&Answer { lines, waits_for_second_person, entries }).map_err(Error::internal)
}

/// The answer to an undoing.
pub(super) async fn undone(tx: &mut PgConnection, keys: &[String]) -> Result<String, Error> {
    #[derive(Serialize)]
    struct Undone {
        entries: Vec<Entry>,
    }
    serde_json::to_string(&Undone { entries: entries(tx, keys).await? }).map_err(Error::internal)
}

async fn entries(tx: &mut PgConnection, keys: &[String]) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::new();
    for key in keys {
        entries.extend(entries_of(ledger::booked_by_key(tx, key).await?));
    }
    Ok(entries)
}

/// The hash of a request: the same body about another line or decision is another request.
pub(super) fn hash(subject: Uuid, body: [u8; 32]) -> [u8; 32] {
    Sha256::new().chain_update(subject.as_bytes()).chain_update(body).finalize().into()
}

/// The answer that was given before, if it was to the same request.
pub(super) fn again(before: DecisionAnswer, hash: &[u8; 32]) -> Result<Decided, Error> {
    if before.body_sha256 == hash.as_slice() {
        let DecisionAnswer { bank_decision_id, answer, .. } = before;
        return Ok(Decided { bank_decision_id, answer, is_new: false });
    }
    Err(Error::Conflict(Text::new("bank-decide-conflict-key")))
}

/// One key twice at the same moment: the second is told.
pub(super) fn at_once(error: storage::Error) -> Error {
    match error.constraint() {
        Some("bank_decision_answers_pkey") => Error::Conflict(Text::new("bank-decide-conflict-key")),
        _ => error.into(),
    }
}
