//! Files that do not follow on the last statement of their account: held until what is missing has come, or until a
//! person accepts that a number is missing or throws the file away. Whoever looks at the bank sees them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::import::{BankFile, Chain, Incoming, import_file};
use super::report::{FileReport, FileState};
use crate::domain::access::Permission;
use crate::domain::text::Text;
use crate::formats::bank::{Problem, read};
use crate::services::{Actor, Deed, Error, House};
use crate::storage::bank::{self, HeldFile, NewHeldFile, NewRelease, Release};

/// What a person decides about a held file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeldDecision {
    /// It is booked although a number is missing: the balances meet, and the person says why that is all right.
    Accept {
        /// Why, in the person's words.
        reason: String,
    },
    /// It is thrown away, unbooked; its bytes are kept.
    Discard {
        /// Why, in the person's words.
        reason: String,
    },
    /// It is tried again as it is.
    Again,
}

/// A file that waits, for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// Its identifier.
    pub held_file_id: Uuid,
    /// The name it came with.
    pub name: String,
    /// Since when.
    pub held_at: DateTime<Utc>,
    /// Who brought it.
    pub held_by: String,
    /// Why it waits.
    pub problems: Vec<Text>,
}

impl Waiting {
    /// Whether nothing but a missing number is in the way, which a person may accept.
    pub fn only_numbers(&self) -> bool {
        self.problems.iter().all(|problem| problem.key == "bank-problem-number-missing")
    }
}

/// Every file that waits, the one that waits longest first.
///
/// # Errors
/// The actor may not, or the database failed.
pub async fn held(house: &House, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    actor.require(Permission::SeeBank)?;
    let mut db = house.read().await?;
    let waiting = |file: HeldFile| Waiting {
        held_file_id: file.held_file_id,
        name: file.name,
        held_at: file.held_at,
        held_by: file.held_by_name,
        problems: file.problems,
    };
    Ok(bank::waiting_files(&mut db, None).await?.into_iter().map(waiting).collect())
}

/// Decides about a file that waits, and answers what became of it; after it is booked, others may follow.
///
/// # Errors
/// The actor may not; no such file waits; the reason is empty; or the file is still not right, with everything that
/// is wrong with it: it goes on waiting.
pub async fn release(
    house: &House,
    actor: &Actor,
    (held_file_id, decision): (Uuid, HeldDecision),
) -> Result<Vec<FileReport>, Error> {
    actor.require(Permission::ManageBank)?;
    let (chain, reason) = match &decision {
        HeldDecision::Discard { reason } => {
            let name = discard(house, actor, (held_file_id, said(reason)?)).await?;
            return Ok(vec![FileReport::new(&name, FileState::Discarded)]);
        }
        HeldDecision::Accept { reason } => (Chain::AcceptNumbers, Some(said(reason)?)),
        HeldDecision::Again => (Chain::Strict, None),
    };
    let mut db = house.read().await?;
    let file = bank::waiting_files(&mut db, Some(held_file_id)).await?.pop();
    drop(db);
    let file = file.ok_or_else(|| Error::not_found("held bank file", held_file_id))?;
    let mut reports = vec![again(house, actor, (file, chain, reason)).await?];
    reports.extend(follow(house, actor).await?);
    Ok(reports)
}

fn said(reason: &str) -> Result<&str, Error> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::field("reason", "", Text::new("bank-held-reason-missing")));
    }
    Ok(reason)
}

/// Throws a file away; answers its name.
async fn discard(house: &House, actor: &Actor, (held_file_id, reason): (Uuid, &str)) -> Result<String, Error> {
    let mut tx = house.begin().await?;
    bank::lock_held(&mut tx, held_file_id).await?;
    let file = bank::waiting_files(&mut tx, Some(held_file_id)).await?.pop();
    let file = file.ok_or_else(|| Error::not_found("held bank file", held_file_id))?;
    let held = Held { held_file_id, reason: Some(reason) };
    held.release(&mut tx, (house, actor), (Release::Discarded, None)).await?;
    house.commit(tx).await?;
    Ok(file.name)
}

/// A held file while it is tried again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held<'a> {
    pub(super) held_file_id: Uuid,
    /// Set when a person decided.
    pub(super) reason: Option<&'a str>,
}

impl Held<'_> {
    /// Locks the file, and says whether nobody else has ended its waiting meanwhile.
    pub(super) async fn still_waits(self, tx: &mut PgConnection) -> Result<bool, Error> {
        bank::lock_held(tx, self.held_file_id).await?;
        Ok(!bank::waiting_files(tx, Some(self.held_file_id)).await?.is_empty())
    }

    /// Ends the waiting, in the transaction that books the file.
    pub(super) async fn release(
        self,
        tx: &mut PgConnection,
        (house, actor): (&House, &Actor),
        (outcome, bank_file_id): (Release, Option<Uuid>),
    ) -> Result<(), Error> {
        let Self { held_file_id, reason } = self;
        let outcome = match (outcome, reason) {
            (Release::Imported, Some(_)) => Release::Accepted,
            (outcome, _) => outcome,
        };
        // Only who decided gave a reason for the outcome.
        let reason = reason.filter(|_| matches!(outcome, Release::Accepted | Release::Discarded));
        let (released_at, released_by) = (house.clock.now(), actor.user_id);
        let release = NewRelease { held_file_id, outcome, bank_file_id, reason, released_at, released_by };
        bank::insert_release(tx, &release).await?;
        let detail = json!({ "outcome": outcome.code(), "bank_file_id": bank_file_id, "reason": reason });
        let deed =
            Deed { action: "bank_file.released", subject_kind: "held_bank_file", subject_id: held_file_id, detail };
        house.audit(tx, actor, deed).await
    }
}

/// Holds a file that does not follow, once; answers since when it waits, where it did already.
pub(super) async fn hold(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    (file, sha256, problems): (&BankFile, [u8; 32], &[Text]),
) -> Result<Option<DateTime<Utc>>, Error> {
    if let Some(since) = bank::held_since(tx, &sha256).await? {
        return Ok(Some(since));
    }
    let (held_file_id, held_at, held_by) = (house.ids.next(), house.clock.now(), actor.user_id);
    let (name, content) = (&file.name, &file.bytes);
    bank::insert_held(tx, &NewHeldFile { held_file_id, sha256, name, content, problems, held_at, held_by }).await?;
    let detail = json!({ "sha256": hex::encode(sha256), "problems": problems.len() });
    let deed = Deed { action: "bank_file.held", subject_kind: "held_bank_file", subject_id: held_file_id, detail };
    house.audit(tx, actor, deed).await?;
    Ok(None)
}

/// Books every held file that follows now, and those that follow on them. Answers what was booked.
pub(super) async fn follow(house: &House, actor: &Actor) -> Result<Vec<FileReport>, Error> {
    let mut booked = Vec::new();
    loop {
        let mut db = house.read().await?;
        let mut waiting = bank::waiting_files(&mut db, None).await?;
        drop(db);
        waiting.sort_by_key(first_day);
        let mut moved = false;
        for file in waiting {
            let report = again(house, actor, (file, Chain::Strict, None)).await?;
            if matches!(report.state, FileState::Imported | FileState::Known) {
                moved = true;
                booked.push(report);
            }
        }
        if !moved {
            return Ok(booked);
        }
    }
}

/// The day and number of the first statement in a file.
fn first_day(file: &HeldFile) -> Option<(NaiveDate, u16)> {
    let file = read(&file.content).ok()?;
    file.statements.iter().map(|statement| (statement.on, statement.sequence)).min()
}

/// Tries a held file again. What is wrong with it is in the report; it goes on waiting then.
async fn again(
    house: &House,
    actor: &Actor,
    (held, chain, reason): (HeldFile, Chain, Option<&str>),
) -> Result<FileReport, Error> {
    let HeldFile { held_file_id, name, content, .. } = held;
    let file = BankFile { name, bytes: content };
    let read = match read(&file.bytes) {
        Ok(read) => read,
        Err(problems) => return Ok(FileReport::refused(&file.name, problems.iter().map(Problem::text).collect())),
    };
    let held = Some(Held { held_file_id, reason });
    import_file(house, actor, Incoming { file: &file, read: &read, chain, held }).await
}
