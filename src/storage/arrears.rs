//! Claims raised, steps of the arrears ladder taken, and whom a letter is for.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::Error;
use crate::domain::money::Money;

/// A claim: an instalment on the day it fell due.
#[derive(Debug)]
pub struct NewClaim {
    /// The loan.
    pub loan_id: Uuid,
    /// The instalment, from 1.
    pub number: u32,
    /// When it was due by contract.
    pub due_on: NaiveDate,
    /// The first banking day on which money could move.
    pub payable_on: NaiveDate,
    /// What was open.
    pub amount: Money,
}

/// Loans that are owed something, by serial after `after`: a keyset page, so that a batch can resume.
pub async fn owing_loans(db: &mut PgConnection, after: i64, limit: i64) -> Result<Vec<(i64, Uuid)>, Error> {
    let rows = sqlx::query!(
        "SELECT l.serial, l.loan_id FROM loans l
         WHERE l.serial > $1
           AND ((SELECT sum(p.amount) FROM postings p WHERE p.loan_id = l.loan_id AND p.account = 'loans_receivable') > 0
                -- Interest and a share of a gain are owed without being in the books before they are paid.
                OR coalesce((l.repayment ->> 'annual_rate')::numeric, 0) > 0
                OR EXISTS (SELECT 1 FROM loan_facts f WHERE f.loan_id = l.loan_id AND f.kind = 'exit_valued'))
         ORDER BY l.serial LIMIT $2",
        after,
        limit,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.serial, row.loan_id)).collect())
}

/// Raises claims, all in one statement; those that stand already stay as they are. Returns the new ones' amounts.
pub async fn raise(
    db: &mut PgConnection,
    claims: &[NewClaim],
    raised_on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Vec<Money>, Error> {
    let loans: Vec<Uuid> = claims.iter().map(|claim| claim.loan_id).collect();
    let numbers: Vec<i32> = claims.iter().map(|claim| i32::try_from(claim.number).unwrap_or(i32::MAX)).collect();
    let due: Vec<NaiveDate> = claims.iter().map(|claim| claim.due_on).collect();
    let payable: Vec<NaiveDate> = claims.iter().map(|claim| claim.payable_on).collect();
    let amounts: Vec<Decimal> = claims.iter().map(|claim| claim.amount.decimal()).collect();
    let raised = sqlx::query_scalar!(
        "INSERT INTO claims (loan_id, number, due_on, payable_on, amount, raised_on, created_at)
         SELECT c.*, $6, $7 FROM unnest($1::uuid[], $2::int[], $3::date[], $4::date[], $5::numeric[]) c
         ON CONFLICT (loan_id, due_on) DO NOTHING RETURNING amount",
        &loans,
        &numbers,
        &due,
        &payable,
        &amounts,
        raised_on,
        now,
    )
    .fetch_all(db)
    .await?;
    raised.into_iter().map(|amount| Money::exact(amount).map_err(|error| Error::corrupt("claims", error))).collect()
}

/// A step that was taken before: the loan, the instalment's due date and the step's code.
pub type TakenStep = (Uuid, NaiveDate, String);

/// The steps already taken for these loans.
pub async fn taken_steps(db: &mut PgConnection, loan_ids: &[Uuid]) -> Result<HashSet<TakenStep>, Error> {
    let rows =
        sqlx::query!("SELECT loan_id, instalment_due_on, step FROM arrears_steps WHERE loan_id = ANY($1)", loan_ids,)
            .fetch_all(db)
            .await?;
    Ok(rows.into_iter().map(|row| (row.loan_id, row.instalment_due_on, row.step)).collect())
}

/// A step to record.
#[derive(Debug)]
pub struct NewStep<'a> {
    /// The loan.
    pub loan_id: Uuid,
    /// When its instalment was due.
    pub due_on: NaiveDate,
    /// Code of the step.
    pub step: &'a str,
    /// The business date it was taken on.
    pub taken_on: NaiveDate,
    /// What was open.
    pub open: Money,
    /// Calendar days since money could have moved.
    pub days_overdue: u32,
    /// The letter, if the step is one.
    pub document_id: Option<Uuid>,
}

/// Records a step; false when it was taken before.
pub async fn take_step(db: &mut PgConnection, step: &NewStep<'_>, now: DateTime<Utc>) -> Result<bool, Error> {
    let done = sqlx::query!(
        "INSERT INTO arrears_steps (loan_id, instalment_due_on, step, taken_on, open_amount, days_overdue, document_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
        step.loan_id,
        step.due_on,
        step.step,
        step.taken_on,
        step.open.decimal(),
        i32::try_from(step.days_overdue).unwrap_or(i32::MAX),
        step.document_id,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whom a letter about a loan is for, where they live, where they pay, and who can help them.
#[derive(Debug, Clone)]
pub struct Addressee {
    /// The loan.
    pub loan_id: Uuid,
    /// First name of who owes it.
    pub given_name: String,
    /// Family name of who owes it.
    pub family_name: String,
    /// Their mail address, if they gave one.
    pub email: Option<String>,
    /// `nl` or `en`.
    pub language: String,
    /// Street, number and box of the dwelling.
    pub street: String,
    /// Post code and locality of the dwelling.
    pub town: String,
    /// Account of the fund.
    pub fund_iban: String,
    /// The social service of the municipality, where it is known.
    pub social_service: Option<SocialService>,
}

/// The social service (OCMW) of a municipality.
#[derive(Debug, Clone)]
pub struct SocialService {
    /// Its name.
    pub name: String,
    /// Its enterprise number, ten digits.
    pub enterprise_number: String,
    /// Street and number.
    pub street: String,
    /// Post code and locality.
    pub town: String,
    /// Phone.
    pub phone: String,
    /// Mail address.
    pub email: String,
}

struct AddresseeRow {
    loan_id: Uuid,
    given_name: String,
    family_name: String,
    email: Option<String>,
    language: String,
    street: String,
    town: String,
    fund_iban: String,
    service_name: Option<String>,
    service_number: Option<String>,
    service_street: Option<String>,
    service_town: Option<String>,
    service_phone: Option<String>,
    service_email: Option<String>,
}

/// Whom letters about these loans are for: of each loan, who owes it now.
pub async fn addressees(db: &mut PgConnection, debtors: &[(Uuid, Uuid)]) -> Result<HashMap<Uuid, Addressee>, Error> {
    let (loan_ids, debtor_ids): (Vec<Uuid>, Vec<Uuid>) = debtors.iter().copied().unzip();
    let rows = sqlx::query_as!(
        AddresseeRow,
        r#"SELECT l.loan_id, p.given_name, p.family_name, p.email, p.language, f.iban AS fund_iban,
                  d.street || ' ' || d.house_number || coalesce(' bus ' || d.box, '') AS "street!",
                  d.postcode || ' ' || d.locality AS "town!",
                  s.name AS "service_name?", s.enterprise_number AS "service_number?", s.street AS "service_street?",
                  s.postcode || ' ' || s.locality AS "service_town?", s.phone AS "service_phone?", s.email AS "service_email?"
           FROM unnest($1::uuid[], $2::uuid[]) AS owes (loan_id, debtor_id)
           JOIN loans l USING (loan_id)
           JOIN persons p ON p.person_id = owes.debtor_id
           JOIN dwellings d USING (dwelling_id)
           JOIN funds f ON f.fund_id = l.fund_id
           LEFT JOIN social_services s ON s.nis_code = l.nis_code"#,
        &loan_ids,
        &debtor_ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.loan_id, Addressee::from(row))).collect())
}

impl From<AddresseeRow> for Addressee {
    fn from(row: AddresseeRow) -> Self {
        let social_service = match (row.service_name, row.service_number, row.service_street, row.service_town) {
            (Some(name), Some(enterprise_number), Some(street), Some(town)) => Some(SocialService {
                name,
                enterprise_number,
                street,
                town,
                phone: row.service_phone.unwrap_or_default(),
                email: row.service_email.unwrap_or_default(),
            }),
            _ => None,
        };
        Self {
            loan_id: row.loan_id,
            given_name: row.given_name,
            family_name: row.family_name,
            email: row.email,
            language: row.language,
            street: row.street,
            town: row.town,
            fund_iban: row.fund_iban,
            social_service,
        }
    }
}

/// A step as people see it on the loan's page.
#[derive(Debug, Clone)]
pub struct StepLine {
    /// When the instalment was due.
    pub due_on: NaiveDate,
    /// Code of the step.
    pub step: String,
    /// The business date it was taken on.
    pub taken_on: NaiveDate,
    /// What was open.
    pub open: Decimal,
    /// Calendar days overdue.
    pub days_overdue: i32,
    /// The letter.
    pub document_id: Option<Uuid>,
}

/// The steps taken for a loan, newest first; none where the reader is bound to another municipality.
pub async fn steps_of(db: &mut PgConnection, loan_id: Uuid, nis_code: Option<&str>) -> Result<Vec<StepLine>, Error> {
    Ok(sqlx::query_as!(
        StepLine,
        "SELECT s.instalment_due_on AS due_on, s.step, s.taken_on, s.open_amount AS open, s.days_overdue, s.document_id
         FROM arrears_steps s JOIN loans l USING (loan_id)
         WHERE s.loan_id = $1 AND ($2::text IS NULL OR l.nis_code = $2)
         ORDER BY s.taken_on DESC, s.instalment_due_on DESC, s.days_overdue DESC",
        loan_id,
        nis_code,
    )
    .fetch_all(db)
    .await?)
}

/// What is known of a figure of the ladder on a day.
pub async fn ladder_figures(db: &mut PgConnection, on: NaiveDate) -> Result<Vec<LadderFigure>, Error> {
    Ok(sqlx::query_as!(
        LadderFigure,
        r#"SELECT DISTINCT ON (key) key, valid_from, value AS "value!", source FROM rule_parameters
           WHERE product = 'any' AND key LIKE 'arrears\_%' AND valid_from <= $1 AND value IS NOT NULL
           ORDER BY key, valid_from DESC"#,
        on,
    )
    .fetch_all(db)
    .await?)
}

/// A dated figure of the arrears ladder.
#[derive(Debug)]
pub struct LadderFigure {
    /// `arrears_first_reminder`, …
    pub key: String,
    /// The day it began to hold.
    pub valid_from: NaiveDate,
    /// Days, or euro.
    pub value: Decimal,
    /// Where it comes from.
    pub source: String,
}
