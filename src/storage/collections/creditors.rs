//! The SEPA creditor identifier of each fund, from a day on.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use crate::domain::identity::CreditorId;

/// Who collects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creditor {
    /// The identifier, which stands in every collection and notice.
    pub identifier: CreditorId,
    /// The name on the debtor's statement.
    pub name: String,
}

/// An identifier on its way in.
#[derive(Debug)]
pub struct NewCreditor<'a> {
    /// The fund that collects under it.
    pub fund_id: Uuid,
    /// The first day.
    pub valid_from: NaiveDate,
    /// Who collects.
    pub creditor: &'a Creditor,
    /// Who says so.
    pub made_by: Uuid,
    /// Now.
    pub created_at: DateTime<Utc>,
}

/// Adds an identifier (`creditors_pkey`: one for each fund and day).
pub async fn insert_creditor(db: &mut PgConnection, new: &NewCreditor<'_>) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO creditors (fund_id, valid_from, identifier, name, made_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        new.fund_id,
        new.valid_from,
        new.creditor.identifier.canonical(),
        new.creditor.name,
        new.made_by,
        new.created_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The creditor of each fund that has one on a day.
pub async fn creditors_on(db: &mut PgConnection, on: NaiveDate) -> Result<HashMap<Uuid, Creditor>, Error> {
    let rows = sqlx::query!(
        "SELECT DISTINCT ON (fund_id) fund_id, identifier, name FROM creditors
         WHERE valid_from <= $1 ORDER BY fund_id, valid_from DESC",
        on,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let identifier =
                CreditorId::parse(&row.identifier).map_err(|problem| Error::corrupt("creditors", problem))?;
            Ok((row.fund_id, Creditor { identifier, name: row.name }))
        })
        .collect()
}
