//! Facts of loans: what happened, read and written for many loans at once.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use crate::domain::loan::{LoanEvent, LoanFact};

/// A fact as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFact {
    /// The loan.
    pub loan_id: Uuid,
    /// What happened, when it counts and when we knew.
    pub fact: LoanFact,
    /// Who recorded it.
    pub booked_by: Uuid,
    /// The key that it cannot be recorded twice with.
    pub idempotency_key: String,
    /// What it did to the ledger, if anything.
    pub entry_id: Option<Uuid>,
}

/// A fact on its way in; it has the shape of one that is there.
pub type NewFactRow = StoredFact;

struct FactRow {
    fact_id: Uuid,
    loan_id: Uuid,
    /// As text: read once, and not into a tree first.
    event: String,
    effective_on: NaiveDate,
    booked_at: DateTime<Utc>,
    booked_by: Uuid,
    idempotency_key: String,
    entry_id: Option<Uuid>,
}

impl TryFrom<FactRow> for StoredFact {
    type Error = Error;

    fn try_from(row: FactRow) -> Result<Self, Error> {
        let event: LoanEvent = serde_json::from_str(&row.event)
            .map_err(|problem| Error::corrupt("loan_facts", format!("{}: {problem}", row.fact_id)))?;
        Ok(Self {
            loan_id: row.loan_id,
            fact: LoanFact::new(row.fact_id, row.effective_on, row.booked_at, event),
            booked_by: row.booked_by,
            idempotency_key: row.idempotency_key,
            entry_id: row.entry_id,
        })
    }
}

/// The facts of each of these loans, in the order in which they count.
pub async fn facts_of(db: &mut PgConnection, loan_ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<LoanFact>>, Error> {
    let rows = sqlx::query_as!(
        FactRow,
        r#"SELECT fact_id, loan_id, event::text AS "event!", effective_on, booked_at, booked_by, idempotency_key, entry_id
           FROM loan_facts WHERE loan_id = ANY($1) ORDER BY loan_id, effective_on, booked_at, fact_id"#,
        loan_ids,
    )
    .fetch_all(db)
    .await?;
    let mut facts: HashMap<Uuid, Vec<LoanFact>> = HashMap::new();
    for row in rows {
        let stored = StoredFact::try_from(row)?;
        facts.entry(stored.loan_id).or_default().push(stored.fact);
    }
    Ok(facts)
}

/// The facts that these keys have recorded before.
pub async fn by_key(db: &mut PgConnection, keys: &[String]) -> Result<HashMap<String, StoredFact>, Error> {
    let rows = sqlx::query_as!(
        FactRow,
        r#"SELECT fact_id, loan_id, event::text AS "event!", effective_on, booked_at, booked_by, idempotency_key, entry_id
           FROM loan_facts WHERE idempotency_key = ANY($1)"#,
        keys,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| StoredFact::try_from(row).map(|stored| (stored.idempotency_key.clone(), stored)))
        .collect()
}

/// Records facts, all in one statement. Their entries must be in the ledger already.
pub async fn insert_facts(db: &mut PgConnection, facts: &[NewFactRow]) -> Result<(), Error> {
    if facts.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = facts.iter().map(|new| new.fact.fact_id).collect();
    let loans: Vec<Uuid> = facts.iter().map(|new| new.loan_id).collect();
    let kinds: Vec<String> = facts.iter().map(|new| new.fact.event.kind().to_owned()).collect();
    let events = facts
        .iter()
        .map(|new| serde_json::to_string(&new.fact.event).map_err(|problem| Error::corrupt("loan_facts", problem)))
        .collect::<Result<Vec<String>, Error>>()?;
    let days: Vec<NaiveDate> = facts.iter().map(|new| new.fact.effective_on).collect();
    let moments: Vec<DateTime<Utc>> = facts.iter().map(|new| new.fact.booked_at).collect();
    let people: Vec<Uuid> = facts.iter().map(|new| new.booked_by).collect();
    let keys: Vec<String> = facts.iter().map(|new| new.idempotency_key.clone()).collect();
    let entries: Vec<Option<Uuid>> = facts.iter().map(|new| new.entry_id).collect();
    sqlx::query!(
        "INSERT INTO loan_facts
             (fact_id, loan_id, kind, event, effective_on, booked_at, booked_by, idempotency_key, entry_id)
         SELECT id, loan, kind, event::jsonb, day, moment, person, key, entry
         FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::date[], $6::timestamptz[], $7::uuid[],
                     $8::text[], $9::uuid[]) AS new (id, loan, kind, event, day, moment, person, key, entry)",
        &ids,
        &loans,
        &kinds,
        &events,
        &days,
        &moments,
        &people,
        &keys,
        &entries as &[Option<Uuid>],
    )
    .execute(db)
    .await?;
    Ok(())
}
