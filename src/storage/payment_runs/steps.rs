//! The steps of a run after it is made. Each locks the run first; the database refuses a wrong order of steps.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use crate::domain::payment_run::Whose;

/// Locks a run until the end of the transaction: whoever takes a step at the same moment waits and then sees it. False
/// when there is none.
pub async fn lock_run(db: &mut PgConnection, payment_run_id: Uuid) -> Result<bool, Error> {
    let found = sqlx::query_scalar!(
        "SELECT payment_run_id FROM payment_runs WHERE payment_run_id = $1 FOR UPDATE",
        payment_run_id
    )
    .fetch_optional(db)
    .await?;
    Ok(found.is_some())
}

/// The end-to-end identifications of orders of a run that no longer wait in it, as they were sent: the bank paid them
/// some other way, or somebody took them out.
pub async fn left_orders(db: &mut PgConnection, payment_run_id: Uuid) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar!(
        "SELECT r.end_to_end_id FROM payment_run_orders r JOIN payment_orders o USING (payment_order_id)
         WHERE r.payment_run_id = $1
           AND (o.state <> 'ordered' OR o.payment_run_id IS DISTINCT FROM r.payment_run_id
                OR o.end_to_end_id <> r.end_to_end_id)
         ORDER BY r.position",
        payment_run_id
    )
    .fetch_all(db)
    .await?)
}

/// Adds the release of a person (`payment_run_releases_pkey`, `payment_run_releases_independent`).
pub async fn insert_release(
    db: &mut PgConnection,
    (payment_run_id, position): (Uuid, i16),
    (released_by, released_at): (Uuid, DateTime<Utc>),
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO payment_run_releases (payment_run_id, released_by, position, released_at) VALUES ($1, $2, $3, $4)",
        payment_run_id,
        released_by,
        position,
        released_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds what a releaser says of an account (`payment_run_confirmations_recorder`,
/// `payment_run_order_confirmations_recorder`).
pub async fn insert_confirmation(
    db: &mut PgConnection,
    (payment_run_id, whose): (Uuid, Whose),
    (note, flags): (&str, &[String]),
    (confirmed_by, confirmed_at): (Uuid, DateTime<Utc>),
) -> Result<(), Error> {
    let insert = match whose {
        Whose::Contractor(contractor_id) => sqlx::query!(
            "INSERT INTO payment_run_confirmations (payment_run_id, contractor_id, confirmed_by, note, flags, confirmed_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
            payment_run_id,
            contractor_id,
            confirmed_by,
            note,
            flags,
            confirmed_at,
        ),
        Whose::Order(payment_order_id) => sqlx::query!(
            "INSERT INTO payment_run_order_confirmations (payment_run_id, payment_order_id, confirmed_by, note, flags,
                                                          confirmed_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
            payment_run_id,
            payment_order_id,
            confirmed_by,
            note,
            flags,
            confirmed_at,
        ),
    };
    insert.execute(db).await?;
    Ok(())
}

/// A file as it leaves.
#[derive(Debug)]
pub struct ExportRow<'a> {
    /// The run.
    pub payment_run_id: Uuid,
    /// What the file is called; nothing about anybody.
    pub file_name: &'a str,
    /// Its bytes.
    pub content: &'a [u8],
    /// Their SHA-256.
    pub sha256: [u8; 32],
    /// When.
    pub exported_at: DateTime<Utc>,
    /// By whom.
    pub exported_by: Uuid,
}

/// Keeps the file of a run, once (`payment_run_exports_pkey`).
pub async fn insert_export(db: &mut PgConnection, row: &ExportRow<'_>) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO payment_run_exports (payment_run_id, file_name, content, sha256, exported_at, exported_by)
         VALUES ($1, $2, $3, $4, $5, $6)",
        row.payment_run_id,
        row.file_name,
        row.content,
        row.sha256.as_slice(),
        row.exported_at,
        row.exported_by,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Cancels a run: its orders wait again.
pub async fn insert_cancellation(
    db: &mut PgConnection,
    (payment_run_id, reason): (Uuid, &str),
    (cancelled_by, cancelled_at): (Uuid, DateTime<Utc>),
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO payment_run_cancellations (payment_run_id, reason, cancelled_at, cancelled_by)
         VALUES ($1, $2, $3, $4)",
        payment_run_id,
        reason,
        cancelled_at,
        cancelled_by,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("UPDATE payment_orders SET payment_run_id = NULL WHERE payment_run_id = $1", payment_run_id)
        .execute(db)
        .await?;
    Ok(())
}
