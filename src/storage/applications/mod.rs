//! Applications: the application itself, what belongs to it, its votes.

mod parts;
mod votes;

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Error, money};
use crate::domain::application::{Answers, State};
use crate::domain::eligibility::Verdict;
use crate::domain::money::Money;
use crate::domain::municipality::Municipality;
use crate::domain::product::Product;
use crate::domain::rules::Figure;

pub use parts::{WorkParts, insert_incomes, insert_people, insert_works};
pub use votes::{Vote, VoteRow, insert_vote, votes};

/// An application as it is kept.
#[derive(Debug, Clone)]
pub struct Application {
    /// Its identifier.
    pub application_id: Uuid,
    /// What people call it: `A-2026-00012`.
    pub number: String,
    /// The product.
    pub product: Product,
    /// The fund that would lend.
    pub fund_id: Uuid,
    /// NIS code of the municipality of the dwelling.
    pub nis_code: String,
    /// The dwelling.
    pub dwelling_id: Uuid,
    /// The day whose rules judge it.
    pub applied_on: NaiveDate,
    /// The sum asked for.
    pub amount: Money,
    /// Wanted number of instalments.
    pub instalments: Option<u32>,
    /// What the family declared.
    pub answers: Answers,
    /// What the rules said.
    pub verdict: Verdict,
    /// Where it stands.
    pub state: State,
    /// Who made it, and never decides on it.
    pub made_by: Uuid,
    /// The door it came by: `page`, `api`, `csv`, `demo`.
    pub came_by: String,
    /// Key of the request, where the caller gave one.
    pub idempotency_key: Option<String>,
    /// SHA-256 of that request.
    pub body_sha256: Option<Vec<u8>>,
    /// Since when the family waits.
    pub submitted_at: DateTime<Utc>,
}

struct Row {
    application_id: Uuid,
    number: String,
    product: String,
    fund_id: Uuid,
    nis_code: String,
    dwelling_id: Uuid,
    applied_on: NaiveDate,
    amount: Decimal,
    instalments: Option<i32>,
    answers: serde_json::Value,
    verdict: serde_json::Value,
    state: String,
    made_by: Uuid,
    came_by: String,
    idempotency_key: Option<String>,
    body_sha256: Option<Vec<u8>>,
    submitted_at: DateTime<Utc>,
    decided_at: Option<DateTime<Utc>>,
    refusal_reason: Option<String>,
    withdrawn_at: Option<DateTime<Utc>>,
    signed_at: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for Application {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let corrupt = |what: &str| Error::corrupt("applications", format!("{}: {what}", row.number));
        Ok(Self {
            application_id: row.application_id,
            product: row.product.parse().map_err(|_| corrupt("unknown product"))?,
            fund_id: row.fund_id,
            dwelling_id: row.dwelling_id,
            applied_on: row.applied_on,
            amount: money("applications", row.amount)?,
            instalments: row.instalments.map(i32::unsigned_abs),
            answers: serde_json::from_value(row.answers.clone()).map_err(|_| corrupt("answers cannot be read"))?,
            verdict: serde_json::from_value(row.verdict.clone()).map_err(|_| corrupt("verdict cannot be read"))?,
            state: state(&row).ok_or_else(|| corrupt("state and dates do not agree"))?,
            made_by: row.made_by,
            submitted_at: row.submitted_at,
            nis_code: row.nis_code,
            came_by: row.came_by,
            idempotency_key: row.idempotency_key,
            body_sha256: row.body_sha256,
            number: row.number,
        })
    }
}

fn state(row: &Row) -> Option<State> {
    let decided_at = row.decided_at;
    Some(match row.state.as_str() {
        "submitted" => State::Submitted,
        "approved" => State::Approved { decided_at: decided_at? },
        "refused" => State::Refused { decided_at: decided_at?, reason: row.refusal_reason.clone()? },
        "withdrawn" => State::Withdrawn { decided_at, withdrawn_at: row.withdrawn_at? },
        "signed" => State::Signed { decided_at: decided_at?, signed_at: row.signed_at? },
        _ => return None,
    })
}

/// The next number of an application.
pub async fn next_number(db: &mut PgConnection) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(r#"SELECT nextval('application_numbers') AS "number!""#).fetch_one(db).await?)
}

/// Adds an application that was just submitted (`applications_idempotency_key_key`).
pub async fn insert(db: &mut PgConnection, new: &Application) -> Result<(), Error> {
    let answers = serde_json::to_value(&new.answers).map_err(|problem| Error::corrupt("applications", problem))?;
    let verdict = serde_json::to_value(&new.verdict).map_err(|problem| Error::corrupt("applications", problem))?;
    sqlx::query!(
        "INSERT INTO applications (application_id, number, product, fund_id, nis_code, dwelling_id, applied_on, amount,
                                   instalments, answers, verdict, state, made_by, came_by, idempotency_key,
                                   body_sha256, submitted_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        new.application_id,
        new.number,
        new.product.code(),
        new.fund_id,
        new.nis_code,
        new.dwelling_id,
        new.applied_on,
        new.amount.decimal(),
        new.instalments.and_then(|count| i32::try_from(count).ok()),
        answers,
        verdict,
        new.state.code(),
        new.made_by,
        new.came_by,
        new.idempotency_key,
        new.body_sha256,
        new.submitted_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One application.
pub async fn get(db: &mut PgConnection, application_id: Uuid) -> Result<Option<Application>, Error> {
    let row = sqlx::query_as!(
        Row,
        "SELECT application_id, number, product, fund_id, nis_code, dwelling_id, applied_on, amount, instalments, answers,
                verdict, state, made_by, came_by, idempotency_key, body_sha256, submitted_at, decided_at,
                refusal_reason, withdrawn_at, signed_at
         FROM applications WHERE application_id = $1",
        application_id,
    );
    row.fetch_optional(db).await?.map(Application::try_from).transpose()
}

/// The figures that were pinned for the contract of an application; none for an application without them.
pub async fn pinned(db: &mut PgConnection, application_id: Uuid) -> Result<Vec<Figure>, Error> {
    let terms = sqlx::query_scalar!(
        r#"SELECT coalesce(verdict -> 'terms', '[]') AS "terms!" FROM applications WHERE application_id = $1"#,
        application_id,
    )
    .fetch_optional(db)
    .await?;
    let unreadable = |_| Error::corrupt("applications", format!("{application_id}: terms cannot be read"));
    terms.map_or(Ok(Vec::new()), |terms| serde_json::from_value(terms).map_err(unreadable))
}

/// One application, locked until the end of the transaction: two votes at once wait for each other.
pub async fn lock(db: &mut PgConnection, application_id: Uuid) -> Result<Option<Application>, Error> {
    let row = sqlx::query_as!(
        Row,
        "SELECT application_id, number, product, fund_id, nis_code, dwelling_id, applied_on, amount, instalments, answers,
                verdict, state, made_by, came_by, idempotency_key, body_sha256, submitted_at, decided_at,
                refusal_reason, withdrawn_at, signed_at
         FROM applications WHERE application_id = $1 FOR UPDATE",
        application_id,
    );
    row.fetch_optional(db).await?.map(Application::try_from).transpose()
}

/// The application that came with an idempotency key.
pub async fn by_key(db: &mut PgConnection, key: &str) -> Result<Option<Application>, Error> {
    let found = sqlx::query_scalar!("SELECT application_id FROM applications WHERE idempotency_key = $1", key);
    match found.fetch_optional(&mut *db).await? {
        Some(application_id) => get(db, application_id).await,
        None => Ok(None),
    }
}

/// Writes where an application stands now. False when there is no such application.
pub async fn set_state(db: &mut PgConnection, application_id: Uuid, state: &State) -> Result<bool, Error> {
    let (decided_at, reason, withdrawn_at, signed_at) = match state {
        State::Submitted => (None, None, None, None),
        State::Approved { decided_at } => (Some(*decided_at), None, None, None),
        State::Refused { decided_at, reason } => (Some(*decided_at), Some(reason.as_str()), None, None),
        State::Withdrawn { decided_at, withdrawn_at } => (*decided_at, None, Some(*withdrawn_at), None),
        State::Signed { decided_at, signed_at } => (Some(*decided_at), None, None, Some(*signed_at)),
    };
    let done = sqlx::query!(
        "UPDATE applications SET state = $2, decided_at = $3, refusal_reason = $4, withdrawn_at = $5, signed_at = $6
         WHERE application_id = $1",
        application_id,
        state.code(),
        decided_at,
        reason,
        withdrawn_at,
        signed_at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The applicant of an application: who signs the contract.
pub async fn applicant(db: &mut PgConnection, application_id: Uuid) -> Result<Option<Uuid>, Error> {
    Ok(sqlx::query_scalar!(
        "SELECT person_id FROM application_people WHERE application_id = $1 AND role = 'applicant'",
        application_id
    )
    .fetch_optional(db)
    .await?)
}

/// Every municipality of the house, by name.
pub async fn municipalities(db: &mut PgConnection) -> Result<Vec<Municipality>, Error> {
    Ok(sqlx::query_as!(Municipality, "SELECT nis_code, name, postcode FROM municipalities ORDER BY name")
        .fetch_all(db)
        .await?)
}
