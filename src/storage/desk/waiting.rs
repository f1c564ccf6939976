//! Counts of what waits for somebody.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use crate::domain::payment_run::RELEASES;

/// What waits, as counts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Applications without a decision.
    pub to_decide: i64,
    /// Of those, the ones on which the reader can vote.
    pub to_vote: i64,
    /// Since when the longest waiting family waits.
    pub oldest: Option<DateTime<Utc>>,
    /// Approved applications without a contract.
    pub to_sign: i64,
    /// Invoices without a decision.
    pub invoices: i64,
    /// Bank lines whose owner is not known.
    pub suspense: i64,
    /// Orders the bank has not paid.
    pub orders: i64,
    /// Payment runs that the reader has not released, and that still need a release.
    pub releases: i64,
    /// Files of direct debits that somebody else made, and that nobody released.
    pub collection_files: i64,
    /// Jobs whose last run failed.
    pub failed_jobs: i64,
    /// Messages that could not be sent.
    pub failed_letters: i64,
}

/// The counts for one reader, within one municipality or not.
pub async fn counts(db: &mut PgConnection, reader: Uuid, within: Option<&str>) -> Result<Counts, Error> {
    Ok(sqlx::query_as!(
        Counts,
        r#"SELECT
           (SELECT count(*) FROM applications WHERE state = 'submitted' AND ($2::text IS NULL OR nis_code = $2))
               AS "to_decide!",
           (SELECT count(*) FROM applications a WHERE a.state = 'submitted' AND a.made_by <> $1 AND ($2::text IS NULL OR a.nis_code = $2)
               AND NOT EXISTS (SELECT 1 FROM application_votes v
                               WHERE v.application_id = a.application_id AND v.voter_id = $1)) AS "to_vote!",
           (SELECT min(submitted_at) FROM applications
            WHERE state IN ('submitted', 'approved') AND ($2::text IS NULL OR nis_code = $2)) AS oldest,
           (SELECT count(*) FROM applications WHERE state = 'approved' AND ($2::text IS NULL OR nis_code = $2))
               AS "to_sign!",
           (SELECT count(*) FROM invoices i JOIN loans l USING (loan_id)
            WHERE i.state = 'received' AND ($2::text IS NULL OR l.nis_code = $2)) AS "invoices!",
           (SELECT count(*) FROM waiting_bank_lines) AS "suspense!",
           (SELECT count(*) FROM payment_orders WHERE state = 'ordered') AS "orders!",
           (SELECT count(*) FROM payment_runs r
            WHERE NOT EXISTS (SELECT 1 FROM payment_run_cancellations x WHERE x.payment_run_id = r.payment_run_id)
              AND (SELECT count(*) FROM payment_run_releases x WHERE x.payment_run_id = r.payment_run_id) < $3
              AND NOT EXISTS (SELECT 1 FROM payment_run_releases x
                              WHERE x.payment_run_id = r.payment_run_id AND x.released_by = $1)) AS "releases!",
           (SELECT count(*) FROM collection_runs WHERE state = 'made' AND made_by <> $1) AS "collection_files!",
           (SELECT count(*) FROM (SELECT DISTINCT ON (job) state FROM job_runs ORDER BY job, due_at DESC) last
            WHERE last.state = 'failed') AS "failed_jobs!",
           (SELECT count(*) FROM outbox_messages m JOIN loans l USING (loan_id)
            WHERE m.state = 'failed' AND ($2::text IS NULL OR l.nis_code = $2)) AS "failed_letters!""#,
        reader,
        within,
        i64::try_from(RELEASES).unwrap_or(i64::MAX)
    )
    .fetch_one(db)
    .await?)
}
