//! The files in which collections leave: made by one, released by another, the same bytes for ever.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{Error, money};
use super::corrupt;
use crate::domain::money::Money;

/// Where a run is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// Waits for a second person.
    Made,
    /// May leave.
    Released,
    /// Has left.
    Exported,
    /// Nobody sent it in time; its collections are free again.
    Lapsed,
}

impl RunState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Made, Self::Released, Self::Exported, Self::Lapsed];

    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Released => "released",
            Self::Exported => "exported",
            Self::Lapsed => "lapsed",
        }
    }

    pub(super) fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.code() == code)
    }
}

/// A run, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its identifier.
    pub run_id: Uuid,
    /// The fund whose account collects.
    pub fund_id: Uuid,
    /// The message identification of the file, unique for ever.
    pub message_id: String,
    /// Where it is in its life.
    pub state: RunState,
    /// How many collections.
    pub lines: i32,
    /// Their sum, in euro.
    pub total: Money,
    /// The first collection day in it.
    pub first_on: NaiveDate,
    /// The last day on which the bank takes it.
    pub send_by: NaiveDate,
    /// SHA-256 of the file.
    pub sha256: Vec<u8>,
    /// Who made it.
    pub made_by: Uuid,
    /// When.
    pub made_at: DateTime<Utc>,
}

struct Stored {
    run_id: Uuid,
    fund_id: Uuid,
    message_id: String,
    state: String,
    lines: i32,
    total: Decimal,
    first_on: NaiveDate,
    send_by: NaiveDate,
    sha256: Vec<u8>,
    made_by: Uuid,
    made_at: DateTime<Utc>,
}

impl TryFrom<Stored> for Run {
    type Error = Error;

    fn try_from(row: Stored) -> Result<Self, Error> {
        let state = RunState::of_code(&row.state);
        Ok(Self {
            state: state.ok_or_else(|| corrupt("collection_runs", row.run_id, "unknown state"))?,
            total: money("collection_runs", row.total)?,
            run_id: row.run_id,
            fund_id: row.fund_id,
            message_id: row.message_id,
            lines: row.lines,
            first_on: row.first_on,
            send_by: row.send_by,
            sha256: row.sha256,
            made_by: row.made_by,
            made_at: row.made_at,
        })
    }
}

/// Adds a run with its file (`collection_runs_message_id_key`).
pub async fn insert_run(db: &mut PgConnection, run: &Run, content: &[u8]) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO collection_runs (run_id, fund_id, message_id, state, lines, total, first_on, send_by, content, sha256,
                                      made_by, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        run.run_id,
        run.fund_id,
        run.message_id,
        run.state.code(),
        run.lines,
        run.total.decimal(),
        run.first_on,
        run.send_by,
        content,
        run.sha256,
        run.made_by,
        run.made_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One run by its identifier.
pub async fn find_run(db: &mut PgConnection, run_id: Uuid) -> Result<Option<Run>, Error> {
    let row = sqlx::query_as!(
        Stored,
        "SELECT run_id, fund_id, message_id, state, lines, total, first_on, send_by, sha256, made_by, made_at
         FROM collection_runs WHERE run_id = $1",
        run_id
    );
    row.fetch_optional(db).await?.map(Run::try_from).transpose()
}

/// One run, locked until the end of the transaction.
pub async fn lock_run(db: &mut PgConnection, run_id: Uuid) -> Result<Option<Run>, Error> {
    let row = sqlx::query_as!(
        Stored,
        "SELECT run_id, fund_id, message_id, state, lines, total, first_on, send_by, sha256, made_by, made_at
         FROM collection_runs WHERE run_id = $1 FOR UPDATE",
        run_id
    );
    row.fetch_optional(db).await?.map(Run::try_from).transpose()
}

/// The runs that did not leave and that the bank would no longer take today, locked.
pub async fn late_runs(db: &mut PgConnection, today: NaiveDate) -> Result<Vec<Run>, Error> {
    let rows = sqlx::query_as!(
        Stored,
        "SELECT run_id, fund_id, message_id, state, lines, total, first_on, send_by, sha256, made_by, made_at
         FROM collection_runs WHERE state IN ('made', 'released') AND send_by < $1 ORDER BY made_at FOR UPDATE",
        today
    );
    rows.fetch_all(db).await?.into_iter().map(Run::try_from).collect()
}

/// The bytes of a run's file.
pub async fn content(db: &mut PgConnection, run_id: Uuid) -> Result<Option<Vec<u8>>, Error> {
    let found = sqlx::query_scalar!("SELECT content FROM collection_runs WHERE run_id = $1", run_id);
    Ok(found.fetch_optional(db).await?)
}

/// A second person lets a run leave (`collection_runs_maker_check`: never who made it).
pub async fn mark_released(db: &mut PgConnection, (run_id, by): (Uuid, Uuid), at: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE collection_runs SET state = 'released', released_by = $2, released_at = $3
         WHERE run_id = $1 AND state = 'made'",
        run_id,
        by,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A run has left.
pub async fn mark_exported(db: &mut PgConnection, (run_id, by): (Uuid, Uuid), at: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE collection_runs SET state = 'exported', exported_by = $2, exported_at = $3
         WHERE run_id = $1 AND state = 'released'",
        run_id,
        by,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A run that nobody sent in time.
pub async fn lapse(db: &mut PgConnection, run_id: Uuid, at: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query!("UPDATE collection_runs SET state = 'lapsed', lapsed_at = $2 WHERE run_id = $1", run_id, at)
        .execute(db)
        .await?;
    Ok(())
}
