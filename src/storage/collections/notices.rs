//! What borrowers were told before a collection.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{Error, money};
use super::corrupt;
use crate::domain::collection::{Announced, MandateReference};
use crate::domain::identity::CreditorId;

/// A notice on its way in.
#[derive(Debug)]
pub struct NewNotice<'a> {
    /// The collection.
    pub collection_id: Uuid,
    /// Of which revision.
    pub revision: i16,
    /// What it says.
    pub announced: &'a Announced,
    /// The letter.
    pub document_id: Uuid,
    /// Now.
    pub created_at: DateTime<Utc>,
}

/// Records a notice (`collection_notices_pkey`: one for each revision).
pub async fn insert_notice(db: &mut PgConnection, new: &NewNotice<'_>) -> Result<(), Error> {
    let told = new.announced;
    sqlx::query!(
        "INSERT INTO collection_notices (collection_id, revision, amount, collect_on, mandate_reference, creditor,
                                         document_id, notified_on, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        new.collection_id,
        new.revision,
        told.amount.decimal(),
        told.collect_on,
        told.reference.as_str(),
        told.creditor.canonical(),
        new.document_id,
        told.notified_on,
        new.created_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The last notice of each of these collections that has one.
pub async fn latest_notices(db: &mut PgConnection, ids: &[Uuid]) -> Result<HashMap<Uuid, Announced>, Error> {
    let rows = sqlx::query!(
        "SELECT DISTINCT ON (collection_id) collection_id, amount, collect_on, mandate_reference, creditor, notified_on
         FROM collection_notices WHERE collection_id = ANY($1) ORDER BY collection_id, revision DESC",
        ids,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let problem = |what: &str| corrupt("collection_notices", row.collection_id, what);
            let announced = Announced {
                amount: money("collection_notices", row.amount)?,
                collect_on: row.collect_on,
                reference: MandateReference::parse(&row.mandate_reference).map_err(|_| problem("reference"))?,
                creditor: CreditorId::parse(&row.creditor).map_err(|_| problem("creditor identifier"))?,
                notified_on: row.notified_on,
            };
            Ok((row.collection_id, announced))
        })
        .collect()
}
