//! The collections that a bank file names, looked up at once and locked.

use std::collections::HashMap;

use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use super::attempts::{Collection, Stored, collections};

/// The collections that a file may be about.
#[derive(Debug, Default)]
pub struct Known {
    /// By end-to-end identification, and every other that can be meant, sent and not yet given back.
    pub collections: Vec<Collection>,
    /// The mandate of each reference, present or former.
    pub mandates: HashMap<String, Uuid>,
    /// The batch of the file each is in.
    pub batches: HashMap<Uuid, String>,
}

/// Collections by end-to-end identification, by the reference of their mandate (also one that was amended since), and
/// of the batches with these identifications; locked until the end of the transaction. The account must be locked.
pub async fn known(
    db: &mut PgConnection,
    (end_to_end_ids, references): (&[String], &[String]),
    funds_with_totals: &[Uuid],
) -> Result<Known, Error> {
    let mandates = sqlx::query!(
        r#"SELECT reference AS "reference!", mandate_id AS "mandate_id!" FROM mandates WHERE reference = ANY($1)
           UNION SELECT was, mandate_id FROM mandate_amendments WHERE kind = 'reference' AND was = ANY($1)"#,
        references,
    )
    .fetch_all(&mut *db)
    .await?;
    let mandates: HashMap<String, Uuid> = mandates.into_iter().map(|row| (row.reference, row.mandate_id)).collect();
    let ids: Vec<Uuid> = mandates.values().copied().collect();
    let rows = sqlx::query_as!(Stored, "SELECT collection_id, loan_id, fund_id, mandate_id, due_on, attempt, retry, amount, collect_on,
                sequence_type, end_to_end_id, revision, state, blocked_because, run_id, exported_on, credited_on, payment_id,
                returned_on, dropped_on, dropped_because, created_at
         FROM collections
         WHERE end_to_end_id = ANY($1) OR (mandate_id = ANY($2) AND state IN ('exported', 'credited'))
            OR (fund_id = ANY($3) AND state = 'exported')
         ORDER BY collection_id FOR UPDATE", end_to_end_ids, &ids, funds_with_totals);
    let collections = collections(rows.fetch_all(&mut *db).await?)?;
    let ids: Vec<Uuid> = collections.iter().map(|line| line.collection_id).collect();
    let batches = sqlx::query!(
        r#"SELECT collection_id, batch AS "batch!" FROM collections WHERE collection_id = ANY($1) AND batch IS NOT NULL"#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    let batches = batches.into_iter().map(|row| (row.collection_id, row.batch)).collect();
    Ok(Known { collections, mandates, batches })
}
