//! Applications as a list.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{Error, money};
use crate::domain::money::Money;

/// One application in a list.
#[derive(Debug, Clone)]
pub struct ApplicationLine {
    /// Its identifier.
    pub application_id: Uuid,
    /// What people call it.
    pub number: String,
    /// Code of the product.
    pub product: String,
    /// Name of the applicant.
    pub applicant: String,
    /// Name of the municipality.
    pub municipality: String,
    /// The sum asked for.
    pub amount: Money,
    /// Code of the state.
    pub state: String,
    /// Code of the answer of all rules together.
    pub outcome: String,
    /// The day whose rules judge it.
    pub applied_on: NaiveDate,
    /// Since when the family waits.
    pub submitted_at: DateTime<Utc>,
    /// When the committee decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// Votes so far.
    pub votes: i64,
}

/// Which applications to list; everything empty lists all of them.
#[derive(Debug, Clone, Default)]
pub struct ApplicationFilter {
    /// Only of this municipality (NIS code): what the reader may see.
    pub within: Option<String>,
    /// Only of this municipality (NIS code): what the reader wants to see.
    pub nis_code: Option<String>,
    /// Only in this state.
    pub state: Option<String>,
    /// Only of this product.
    pub product: Option<String>,
    /// Only those on which this committee member can still vote.
    pub votable_by: Option<Uuid>,
}

/// Applications by filter: those that wait first, the longest waiting on top; then the others, the latest first.
pub async fn list(
    db: &mut PgConnection,
    filter: &ApplicationFilter,
    limit: i64,
) -> Result<Vec<ApplicationLine>, Error> {
    let rows = sqlx::query!(
        r#"SELECT a.application_id, a.number, a.product, p.given_name || ' ' || p.family_name AS "applicant!",
                  m.name AS municipality, a.amount, a.state, coalesce(a.verdict ->> 'outcome', '') AS "outcome!",
                  a.applied_on, a.submitted_at, a.decided_at,
                  (SELECT count(*) FROM application_votes v WHERE v.application_id = a.application_id) AS "votes!"
           FROM applications a
           JOIN application_people ap ON ap.application_id = a.application_id AND ap.role = 'applicant'
           JOIN persons p ON p.person_id = ap.person_id
           JOIN municipalities m ON m.nis_code = a.nis_code
           WHERE ($1::text IS NULL OR a.nis_code = $1) AND ($2::text IS NULL OR a.nis_code = $2)
             AND ($3::text IS NULL OR a.state = $3) AND ($4::text IS NULL OR a.product = $4)
             AND ($5::uuid IS NULL OR (a.state = 'submitted' AND a.made_by <> $5 AND NOT EXISTS
                  (SELECT 1 FROM application_votes v WHERE v.application_id = a.application_id AND v.voter_id = $5)))
           ORDER BY CASE a.state WHEN 'submitted' THEN 0 WHEN 'approved' THEN 1 ELSE 2 END,
                    CASE WHEN a.state IN ('submitted', 'approved') THEN a.submitted_at END,
                    a.submitted_at DESC, a.number DESC
           LIMIT $6"#,
        filter.within,
        filter.nis_code,
        filter.state,
        filter.product,
        filter.votable_by,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ApplicationLine {
                application_id: row.application_id,
                number: row.number,
                product: row.product,
                applicant: row.applicant,
                municipality: row.municipality,
                amount: money("applications", row.amount)?,
                state: row.state,
                outcome: row.outcome,
                applied_on: row.applied_on,
                submitted_at: row.submitted_at,
                decided_at: row.decided_at,
                votes: row.votes,
            })
        })
        .collect()
}

/// Every municipality: NIS code and name, by name.
pub async fn municipalities(db: &mut PgConnection) -> Result<Vec<(String, String)>, Error> {
    let rows = sqlx::query!("SELECT nis_code, name FROM municipalities ORDER BY name").fetch_all(db).await?;
    Ok(rows.into_iter().map(|row| (row.nis_code, row.name)).collect())
}
