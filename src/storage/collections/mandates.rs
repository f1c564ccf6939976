//! Mandates and what changed in them.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use super::{column, corrupt};
use crate::domain::collection::{Amendment, Mandate, MandateKind, MandateReference, MandateState, StopCause};
use crate::domain::identity::{CreditorId, Iban};

/// A mandate of a loan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MandateRow {
    /// Its identifier.
    pub mandate_id: Uuid,
    /// The loan it is for.
    pub loan_id: Uuid,
    /// What it says.
    pub mandate: Mandate,
    /// Who registered it.
    pub made_by: Uuid,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// A change on its way in.
#[derive(Debug)]
pub struct AmendmentRow<'a> {
    /// Its identifier.
    pub amendment_id: Uuid,
    /// The mandate.
    pub mandate_id: Uuid,
    /// What changed.
    pub amendment: &'a Amendment,
    /// Why, in the words of who changed it.
    pub reason: &'a str,
    /// The day.
    pub amended_on: NaiveDate,
    /// Who changed it.
    pub made_by: Uuid,
    /// Now.
    pub created_at: DateTime<Utc>,
}

struct Stored {
    mandate_id: Uuid,
    loan_id: Uuid,
    reference: String,
    kind: String,
    signed_on: NaiveDate,
    debtor_name: String,
    debtor_iban: String,
    debtor_bic: Option<String>,
    creditor: String,
    state: String,
    last_collected_on: Option<NaiveDate>,
    stopped_on: Option<NaiveDate>,
    stop_cause: Option<String>,
    stop_reason: Option<String>,
    expired_on: Option<NaiveDate>,
    made_by: Uuid,
    created_at: DateTime<Utc>,
}

impl TryFrom<Stored> for MandateRow {
    type Error = Error;

    fn try_from(row: Stored) -> Result<Self, Error> {
        let corrupt = |what: &str| corrupt("mandates", row.mandate_id, what);
        let because = match (row.stop_cause.as_deref(), row.stop_reason) {
            (None, _) => None,
            (Some("used"), _) => Some(StopCause::Used),
            (Some("returned"), reason) => Some(StopCause::Returned { reason }),
            (Some("person"), reason) => Some(StopCause::Person { reason: reason.unwrap_or_default() }),
            (Some(_), _) => return Err(corrupt("unknown cause of a stop")),
        };
        let state = match (row.state.as_str(), row.stopped_on, because, row.expired_on) {
            ("active", None, None, None) => MandateState::Active,
            ("stopped", Some(on), Some(because), None) => MandateState::Stopped { on, because },
            ("expired", None, None, Some(on)) => MandateState::Expired { on },
            _ => return Err(corrupt("its state and its days do not agree")),
        };
        Ok(Self {
            mandate_id: row.mandate_id,
            loan_id: row.loan_id,
            mandate: Mandate {
                reference: MandateReference::parse(&row.reference).map_err(|_| corrupt("reference is not one"))?,
                kind: MandateKind::of_code(&row.kind).ok_or_else(|| corrupt("unknown kind"))?,
                signed_on: row.signed_on,
                debtor_name: row.debtor_name,
                debtor_iban: Iban::parse(&row.debtor_iban).map_err(|_| corrupt("IBAN is not one"))?,
                debtor_bic: row.debtor_bic,
                creditor: CreditorId::parse(&row.creditor).map_err(|_| corrupt("creditor identifier is not one"))?,
                last_collected_on: row.last_collected_on,
                state,
            },
            made_by: row.made_by,
            created_at: row.created_at,
        })
    }
}

/// The parts of a state that have columns: the day and the cause of a stop, its reason, the day of the end.
type Ended<'a> = (Option<NaiveDate>, Option<&'static str>, Option<&'a str>, Option<NaiveDate>);

fn ended(state: &MandateState) -> Ended<'_> {
    match state {
        MandateState::Active => (None, None, None, None),
        MandateState::Stopped { on, because } => (Some(*on), Some(because.code()), because.reason(), None),
        MandateState::Expired { on } => (None, None, None, Some(*on)),
    }
}

/// Adds a mandate (`mandates_reference_key`, `mandates_active_key`).
pub async fn insert_mandate(db: &mut PgConnection, row: &MandateRow) -> Result<(), Error> {
    let mandate = &row.mandate;
    let (stopped_on, stop_cause, stop_reason, expired_on) = ended(&mandate.state);
    sqlx::query!(
        "INSERT INTO mandates (mandate_id, loan_id, reference, scheme, kind, signed_on, debtor_name, debtor_iban,
                               debtor_bic, creditor, state, last_collected_on, stopped_on, stop_cause, stop_reason,
                               expired_on, made_by, created_at)
         VALUES ($1, $2, $3, 'CORE', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        row.mandate_id,
        row.loan_id,
        mandate.reference.as_str(),
        mandate.kind.code(),
        mandate.signed_on,
        mandate.debtor_name,
        mandate.debtor_iban.as_str(),
        mandate.debtor_bic,
        mandate.creditor.canonical(),
        mandate.state.code(),
        mandate.last_collected_on,
        stopped_on,
        stop_cause,
        stop_reason,
        expired_on,
        row.made_by,
        row.created_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes what a mandate says now (`mandates_reference_key`, `mandates_active_key`).
pub async fn update_mandate(db: &mut PgConnection, mandate_id: Uuid, mandate: &Mandate) -> Result<(), Error> {
    let (stopped_on, stop_cause, stop_reason, expired_on) = ended(&mandate.state);
    let done = sqlx::query!(
        "UPDATE mandates SET reference = $2, debtor_name = $3, debtor_iban = $4, debtor_bic = $5, creditor = $6,
                state = $7, last_collected_on = $8, stopped_on = $9, stop_cause = $10, stop_reason = $11, expired_on = $12
         WHERE mandate_id = $1",
        mandate_id,
        mandate.reference.as_str(),
        mandate.debtor_name,
        mandate.debtor_iban.as_str(),
        mandate.debtor_bic,
        mandate.creditor.canonical(),
        mandate.state.code(),
        mandate.last_collected_on,
        stopped_on,
        stop_cause,
        stop_reason,
        expired_on,
    )
    .execute(db)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(corrupt("mandates", mandate_id, "it has gone")) }
}

/// One mandate, locked until the end of the transaction. Lock its loan first.
pub async fn lock_mandate(db: &mut PgConnection, mandate_id: Uuid) -> Result<Option<MandateRow>, Error> {
    let row = sqlx::query_as!(Stored, "SELECT mandate_id, loan_id, reference, kind, signed_on, debtor_name, debtor_iban,
                debtor_bic, creditor, state, last_collected_on, stopped_on, stop_cause, stop_reason, expired_on, made_by, created_at
         FROM mandates WHERE mandate_id = $1 FOR UPDATE", mandate_id);
    row.fetch_optional(db).await?.map(MandateRow::try_from).transpose()
}

/// Mandates by identifier.
pub async fn get_mandates(db: &mut PgConnection, ids: &[Uuid]) -> Result<HashMap<Uuid, MandateRow>, Error> {
    let rows = sqlx::query_as!(Stored, "SELECT mandate_id, loan_id, reference, kind, signed_on, debtor_name, debtor_iban,
                debtor_bic, creditor, state, last_collected_on, stopped_on, stop_cause, stop_reason, expired_on, made_by, created_at
         FROM mandates WHERE mandate_id = ANY($1)", ids);
    let rows = rows.fetch_all(db).await?.into_iter().map(MandateRow::try_from);
    rows.map(|row| row.map(|row| (row.mandate_id, row))).collect()
}

/// The active mandate of each of these loans that has one.
pub async fn active_of_loans(db: &mut PgConnection, loan_ids: &[Uuid]) -> Result<HashMap<Uuid, MandateRow>, Error> {
    let rows = sqlx::query_as!(Stored, "SELECT mandate_id, loan_id, reference, kind, signed_on, debtor_name, debtor_iban,
                debtor_bic, creditor, state, last_collected_on, stopped_on, stop_cause, stop_reason, expired_on, made_by, created_at
         FROM mandates WHERE loan_id = ANY($1) AND state = 'active'", loan_ids);
    let rows = rows.fetch_all(db).await?.into_iter().map(MandateRow::try_from);
    rows.map(|row| row.map(|row| (row.loan_id, row))).collect()
}

/// Ends the mandates whose idle months have passed, each on its own day; answers them.
pub async fn expire_idle(db: &mut PgConnection, today: NaiveDate, idle_months: u32) -> Result<Vec<Uuid>, Error> {
    let months = i32::try_from(idle_months).unwrap_or(i32::MAX);
    Ok(sqlx::query_scalar!(
        "UPDATE mandates SET state = 'expired',
                expired_on = (greatest(signed_on, last_collected_on) + make_interval(months => $2))::date
         WHERE state = 'active' AND (greatest(signed_on, last_collected_on) + make_interval(months => $2))::date <= $1
         RETURNING mandate_id",
        today,
        months,
    )
    .fetch_all(db)
    .await?)
}

/// Records that collections under these mandates have left; those for one collection are used up.
pub async fn touch(db: &mut PgConnection, mandate_ids: &[Uuid], on: NaiveDate) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE mandates SET last_collected_on = greatest(last_collected_on, $2),
                state = CASE WHEN kind = 'one_off' AND state = 'active' THEN 'stopped' ELSE state END,
                stopped_on = CASE WHEN kind = 'one_off' AND state = 'active' THEN $2 ELSE stopped_on END,
                stop_cause = CASE WHEN kind = 'one_off' AND state = 'active' THEN 'used' ELSE stop_cause END
         WHERE mandate_id = ANY($1)",
        mandate_ids,
        on,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Records a change.
pub async fn insert_amendment(db: &mut PgConnection, row: &AmendmentRow<'_>) -> Result<(), Error> {
    let (was, becomes) = row.amendment.values();
    let other_bank = matches!(row.amendment, Amendment::Account { other_bank: true, .. });
    sqlx::query!(
        "INSERT INTO mandate_amendments (amendment_id, mandate_id, kind, was, becomes, other_bank, reason, amended_on,
                                         made_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        row.amendment_id,
        row.mandate_id,
        row.amendment.code(),
        was,
        becomes,
        other_bank,
        row.reason,
        row.amended_on,
        row.made_by,
        row.created_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The changes of these mandates of which no bank has heard, in their order: no collection has told them, or only one
/// that the bank rejected.
pub async fn pending_amendments(
    db: &mut PgConnection,
    mandate_ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<(Uuid, Amendment)>>, Error> {
    let rows = sqlx::query!(
        "SELECT a.amendment_id, a.mandate_id, a.kind, a.was, a.becomes, a.other_bank FROM mandate_amendments a
         WHERE a.mandate_id = ANY($1) AND NOT EXISTS (
             SELECT 1 FROM collection_amendments t JOIN collections c USING (collection_id)
             WHERE t.amendment_id = a.amendment_id AND c.run_id IS NOT NULL
               AND (c.state IN ('made', 'exported', 'credited') OR c.credited_on IS NOT NULL))
         ORDER BY a.created_at, a.amendment_id",
        mandate_ids,
    )
    .fetch_all(db)
    .await?;
    let mut pending: HashMap<Uuid, Vec<(Uuid, Amendment)>> = HashMap::new();
    for row in rows {
        let problem = |what: &str| corrupt("mandate_amendments", row.amendment_id, what);
        let amendment = match row.kind.as_str() {
            "account" => Amendment::Account {
                was: Iban::parse(&row.was).map_err(|_| problem("IBAN is not one"))?,
                becomes: Iban::parse(&row.becomes).map_err(|_| problem("IBAN is not one"))?,
                other_bank: row.other_bank,
            },
            "reference" => Amendment::Reference {
                was: MandateReference::parse(&row.was).map_err(|_| problem("reference is not one"))?,
                becomes: MandateReference::parse(&row.becomes).map_err(|_| problem("reference is not one"))?,
            },
            _ => Amendment::Creditor {
                was: CreditorId::parse(&row.was).map_err(|_| problem("creditor identifier is not one"))?,
                becomes: CreditorId::parse(&row.becomes).map_err(|_| problem("creditor identifier is not one"))?,
            },
        };
        pending.entry(row.mandate_id).or_default().push((row.amendment_id, amendment));
    }
    Ok(pending)
}

/// Records which collections tell the bank of which changes.
pub async fn told(db: &mut PgConnection, told: &[(Uuid, Uuid)]) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO collection_amendments (collection_id, amendment_id)
         SELECT * FROM UNNEST($1::uuid[], $2::uuid[]) ON CONFLICT DO NOTHING",
        &column(told, |(collection_id, _)| *collection_id),
        &column(told, |(_, amendment_id)| *amendment_id),
    )
    .execute(db)
    .await?;
    Ok(())
}
