//! What the committee said.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;

/// Yes or no of a committee member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vote {
    /// Yes.
    Approve,
    /// No.
    Refuse,
}

impl Vote {
    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Refuse => "refuse",
        }
    }
}

/// A text that is not a vote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a vote; it is approve or refuse")]
pub struct UnknownVote(pub String);

impl FromStr for Vote {
    type Err = UnknownVote;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Approve, Self::Refuse]
            .into_iter()
            .find(|vote| vote.code() == text)
            .ok_or_else(|| UnknownVote(text.to_owned()))
    }
}

/// A vote as it is kept.
#[derive(Debug, Clone)]
pub struct VoteRow {
    /// On which application.
    pub application_id: Uuid,
    /// Who made that application.
    pub made_by: Uuid,
    /// Who votes.
    pub voter_id: Uuid,
    /// Yes or no.
    pub vote: Vote,
    /// Why.
    pub reason: String,
    /// When.
    pub voted_at: DateTime<Utc>,
}

/// Adds a vote (`application_votes_voter_check`, `application_votes_pkey`).
pub async fn insert_vote(db: &mut PgConnection, row: &VoteRow) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO application_votes (application_id, made_by, voter_id, vote, reason, voted_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        row.application_id,
        row.made_by,
        row.voter_id,
        row.vote.code(),
        row.reason,
        row.voted_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The votes on an application, in order: who, and yes or no.
pub async fn votes(db: &mut PgConnection, application_id: Uuid) -> Result<Vec<(Uuid, Vote)>, Error> {
    let rows = sqlx::query!(
        "SELECT voter_id, vote FROM application_votes WHERE application_id = $1 ORDER BY voted_at, voter_id",
        application_id
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok((row.voter_id, row.vote.parse().map_err(|problem| Error::corrupt("application_votes", problem))?))
        })
        .collect()
}
