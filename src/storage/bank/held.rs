//! Files that wait because they do not follow on the last statement of their account.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use crate::domain::text::Text;

/// A file that waits.
#[derive(Debug, Clone)]
pub struct HeldFile {
    /// Its identifier.
    pub held_file_id: Uuid,
    /// The name it came with.
    pub name: String,
    /// The bytes as received.
    pub content: Vec<u8>,
    /// Why it waits.
    pub problems: Vec<Text>,
    /// Since when.
    pub held_at: DateTime<Utc>,
    /// Who brought it.
    pub held_by: Uuid,
    /// The name of that person.
    pub held_by_name: String,
}

/// A file to be held.
#[derive(Debug)]
pub struct NewHeldFile<'a> {
    /// Its identifier.
    pub held_file_id: Uuid,
    /// Of the bytes.
    pub sha256: [u8; 32],
    /// The name it came with.
    pub name: &'a str,
    /// The bytes as received.
    pub content: &'a [u8],
    /// Why it waits.
    pub problems: &'a [Text],
    /// When.
    pub held_at: DateTime<Utc>,
    /// Who brought it.
    pub held_by: Uuid,
}

/// How the waiting of a file ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Release {
    /// What was missing came, and it was booked.
    Imported,
    /// A person accepted that a number is missing, and it was booked.
    Accepted,
    /// Everything in it was booked from another file.
    Known,
    /// A person threw it away.
    Discarded,
}

impl Release {
    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Imported => "imported",
            Self::Accepted => "accepted",
            Self::Known => "known",
            Self::Discarded => "discarded",
        }
    }
}

/// The end of the waiting of a file.
#[derive(Debug)]
pub struct NewRelease<'a> {
    /// The file.
    pub held_file_id: Uuid,
    /// How it ended.
    pub outcome: Release,
    /// The file as it was booked; set exactly when it was.
    pub bank_file_id: Option<Uuid>,
    /// Set when a person decided.
    pub reason: Option<&'a str>,
    /// When.
    pub released_at: DateTime<Utc>,
    /// By whom.
    pub released_by: Uuid,
}

/// Holds a file.
pub async fn insert_held(db: &mut PgConnection, file: &NewHeldFile<'_>) -> Result<(), Error> {
    let problems = serde_json::to_value(file.problems).map_err(|error| Error::corrupt("bank_files_held", error))?;
    sqlx::query!(
        "INSERT INTO bank_files_held (held_file_id, sha256, name, content, problems, held_at, held_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        file.held_file_id,
        file.sha256.as_slice(),
        file.name,
        file.content,
        problems,
        file.held_at,
        file.held_by,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Since when a file with these bytes waits, if one does.
pub async fn held_since(db: &mut PgConnection, sha256: &[u8; 32]) -> Result<Option<DateTime<Utc>>, Error> {
    let since = sqlx::query_scalar!(
        r#"SELECT min(h.held_at) FROM bank_files_held h LEFT JOIN bank_files_released r USING (held_file_id)
           WHERE h.sha256 = $1 AND r.held_file_id IS NULL"#,
        sha256.as_slice(),
    );
    Ok(since.fetch_one(db).await?)
}

struct Row {
    held_file_id: Uuid,
    name: String,
    content: Vec<u8>,
    problems: Value,
    held_at: DateTime<Utc>,
    held_by: Uuid,
    held_by_name: String,
}

impl TryFrom<Row> for HeldFile {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let problems =
            serde_json::from_value(row.problems).map_err(|error| Error::corrupt("bank_files_held", error))?;
        let Row { held_file_id, name, content, held_at, held_by, held_by_name, .. } = row;
        Ok(Self { held_file_id, name, content, problems, held_at, held_by, held_by_name })
    }
}

/// The files that wait, or one of them, in the order in which they came.
pub async fn waiting_files(db: &mut PgConnection, held_file_id: Option<Uuid>) -> Result<Vec<HeldFile>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT h.held_file_id, h.name, h.content, h.problems, h.held_at, h.held_by, u.name AS held_by_name
           FROM bank_files_held h JOIN users u ON u.user_id = h.held_by
           LEFT JOIN bank_files_released r USING (held_file_id)
           WHERE r.held_file_id IS NULL AND ($1::uuid IS NULL OR h.held_file_id = $1)
           ORDER BY h.held_at, h.held_file_id"#,
        held_file_id,
    );
    rows.fetch_all(db).await?.into_iter().map(HeldFile::try_from).collect()
}

/// Lets one release at a time at a held file, until the end of the transaction.
pub async fn lock_held(db: &mut PgConnection, held_file_id: Uuid) -> Result<(), Error> {
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, 20261126))", held_file_id)
        .fetch_one(db)
        .await?;
    Ok(())
}

/// Ends the waiting of a file (`bank_files_released_pkey`).
pub async fn insert_release(db: &mut PgConnection, release: &NewRelease<'_>) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO bank_files_released (held_file_id, outcome, bank_file_id, reason, released_at, released_by)
         VALUES ($1, $2, $3, $4, $5, $6)",
        release.held_file_id,
        release.outcome.code(),
        release.bank_file_id,
        release.reason,
        release.released_at,
        release.released_by,
    )
    .execute(db)
    .await?;
    Ok(())
}
