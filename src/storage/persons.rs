//! People. Personal data: never in logs, and the national number never leaves for a page.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Error;
use crate::domain::application::Person;

/// A person the house knows, as far as a new application is checked against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Its identifier.
    pub person_id: Uuid,
    /// Birth date.
    pub born_on: NaiveDate,
}

/// Adds a person, or finds the one with this national number. What is known of somebody changes only while they
/// have no loan: the mail address of a borrower is not replaced by whoever enters an application.
pub async fn upsert(
    db: &mut PgConnection,
    (person_id, person): (Uuid, &Person),
    (created_at, nis_code): (DateTime<Utc>, &str),
) -> Result<Known, Error> {
    sqlx::query!(
        "INSERT INTO persons AS p (person_id, given_name, family_name, insz, born_on, email, phone, language, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (insz) DO UPDATE
         SET given_name = excluded.given_name, family_name = excluded.family_name,
             email = coalesce(excluded.email, p.email), phone = coalesce(excluded.phone, p.phone),
             language = excluded.language
         WHERE p.born_on = excluded.born_on
           AND NOT EXISTS (SELECT 1 FROM application_people ap JOIN applications a USING (application_id)
                           WHERE ap.person_id = p.person_id AND (a.state IN ('approved', 'signed') OR a.nis_code <> $10))",
        person_id,
        person.given_name,
        person.family_name,
        person.insz.canonical(),
        person.born_on,
        person.email,
        person.phone,
        person.language,
        created_at,
        nis_code,
    )
    .execute(&mut *db)
    .await?;
    Ok(sqlx::query_as!(Known, "SELECT person_id, born_on FROM persons WHERE insz = $1", person.insz.canonical())
        .fetch_one(db)
        .await?)
}

/// The names of these people; somebody the house does not know is not among them.
pub async fn names(db: &mut PgConnection, person_ids: &[Uuid]) -> Result<HashMap<Uuid, String>, Error> {
    let rows = sqlx::query!(
        r#"SELECT person_id, given_name || ' ' || family_name AS "name!" FROM persons WHERE person_id = ANY($1)"#,
        person_ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.person_id, row.name)).collect())
}
