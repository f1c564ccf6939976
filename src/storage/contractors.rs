//! Contractors, one row per enterprise number.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Error;
use crate::domain::application::Contractor;

/// A contractor the house knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its identifier.
    pub contractor_id: Uuid,
    /// The account that the house pays.
    pub iban: String,
}

/// Adds a contractor, or finds the one with this enterprise number. The account of a known contractor is never
/// changed here: whoever enters a quote must not be able to turn payments to another account.
pub async fn find_or_insert(
    db: &mut PgConnection,
    (contractor_id, contractor): (Uuid, &Contractor),
    created_at: DateTime<Utc>,
) -> Result<Known, Error> {
    Ok(sqlx::query_as!(
        Known,
        "INSERT INTO contractors AS c (contractor_id, name, enterprise_number, iban, email, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (enterprise_number) DO UPDATE SET email = coalesce(c.email, excluded.email)
         RETURNING contractor_id, iban",
        contractor_id,
        contractor.name,
        contractor.enterprise_number.canonical(),
        contractor.iban.as_str(),
        contractor.email,
        created_at,
    )
    .fetch_one(db)
    .await?)
}
