//! Loans: frozen terms, the sources that pay for them, and the facts of their life.

mod facts;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Error, money};
use crate::domain::identity::Ogm;
use crate::domain::ledger::FundingShare;
use crate::domain::loan::{LoanTerms, Repayment};
use crate::domain::product::Product;

pub use facts::{NewFactRow, StoredFact, by_key, facts_of, insert_facts};

/// A loan as signed: who, which fund, what terms. What happened since is in its facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loan {
    /// Its identifier.
    pub loan_id: Uuid,
    /// What people call it: `L-2026-00012`.
    pub number: String,
    /// Counts all loans of the house; the reference for payments is made of it.
    pub serial: i64,
    /// The reference the borrower pays with, for life.
    pub ogm: Ogm,
    /// The application it came from.
    pub application_id: Uuid,
    /// The fund that lends.
    pub fund_id: Uuid,
    /// The borrower.
    pub borrower_id: Uuid,
    /// The municipality (NIS code) of the dwelling.
    pub nis_code: String,
    /// The dwelling.
    pub dwelling_id: Uuid,
    /// The contract.
    pub terms: LoanTerms,
    /// Who made the contract.
    pub made_by: Uuid,
    /// When.
    pub created_at: DateTime<Utc>,
}

struct LoanRow {
    loan_id: Uuid,
    number: String,
    serial: i64,
    ogm: String,
    application_id: Uuid,
    fund_id: Uuid,
    borrower_id: Uuid,
    nis_code: String,
    dwelling_id: Uuid,
    product: String,
    principal: Decimal,
    signed_on: NaiveDate,
    repayment: serde_json::Value,
    made_by: Uuid,
    created_at: DateTime<Utc>,
}

impl TryFrom<LoanRow> for Loan {
    type Error = Error;

    fn try_from(row: LoanRow) -> Result<Self, Error> {
        let corrupt = |problem: &dyn std::fmt::Display| Error::corrupt("loans", format!("{}: {problem}", row.number));
        let product: Product = row.product.parse().map_err(|problem| corrupt(&problem))?;
        let repayment: Repayment = serde_json::from_value(row.repayment).map_err(|problem| corrupt(&problem))?;
        Ok(Self {
            loan_id: row.loan_id,
            serial: row.serial,
            ogm: Ogm::parse(&row.ogm).map_err(|problem| corrupt(&problem))?,
            application_id: row.application_id,
            fund_id: row.fund_id,
            borrower_id: row.borrower_id,
            nis_code: row.nis_code,
            dwelling_id: row.dwelling_id,
            terms: LoanTerms {
                product,
                principal: money("loans", row.principal)?,
                signed_on: row.signed_on,
                repayment,
            },
            made_by: row.made_by,
            created_at: row.created_at,
            number: row.number,
        })
    }
}

fn loans(rows: Vec<LoanRow>) -> Result<Vec<Loan>, Error> {
    rows.into_iter().map(Loan::try_from).collect()
}

/// The next serial of a loan; numbers and references are made of it.
pub async fn next_serial(db: &mut PgConnection) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(r#"SELECT nextval('loan_serials') AS "serial!""#).fetch_one(db).await?)
}

/// Adds a loan and the sources that pay for it. Its facts are booked by `services::loans::book`.
pub async fn insert(db: &mut PgConnection, loan: &Loan, shares: &[FundingShare]) -> Result<(), Error> {
    let matures_on = match &loan.terms.repayment {
        Repayment::Bullet { matures_on, .. } => Some(*matures_on),
        Repayment::Instalments { .. } | Repayment::OnExit { .. } => None,
    };
    let repayment = serde_json::to_value(&loan.terms.repayment).map_err(|problem| Error::corrupt("loans", problem))?;
    sqlx::query!(
        "INSERT INTO loans (loan_id, number, serial, ogm, application_id, fund_id, borrower_id, nis_code, dwelling_id,
                            product, principal, signed_on, matures_on, repayment, made_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        loan.loan_id,
        loan.number,
        loan.serial,
        loan.ogm.canonical(),
        loan.application_id,
        loan.fund_id,
        loan.borrower_id,
        loan.nis_code,
        loan.dwelling_id,
        loan.terms.product.code(),
        loan.terms.principal.decimal(),
        loan.terms.signed_on,
        matures_on,
        repayment,
        loan.made_by,
        loan.created_at,
    )
    .execute(&mut *db)
    .await?;
    let sources: Vec<Uuid> = shares.iter().map(|share| share.source_id).collect();
    let weights = shares
        .iter()
        .map(|share| i64::try_from(share.weight).map_err(|problem| Error::corrupt("loan_shares", problem)))
        .collect::<Result<Vec<i64>, Error>>()?;
    sqlx::query!(
        "INSERT INTO loan_shares (loan_id, source_id, weight)
         SELECT $1, source_id, weight FROM unnest($2::uuid[], $3::bigint[]) AS share (source_id, weight)",
        loan.loan_id,
        &sources,
        &weights,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Which loans to list; everything empty lists all of them.
#[derive(Debug, Clone, Default)]
pub struct LoanFilter {
    /// Only of this fund.
    pub fund_id: Option<Uuid>,
    /// Only of this municipality (NIS code).
    pub nis_code: Option<String>,
    /// Only of this product.
    pub product: Option<Product>,
    /// Only numbers that hold this text, in capitals or not.
    pub number_holds: Option<String>,
    /// At most this many, the latest first; all of them when empty.
    pub limit: Option<i64>,
}

/// Loans by filter, the latest first.
pub async fn list(db: &mut PgConnection, filter: &LoanFilter) -> Result<Vec<Loan>, Error> {
    let rows = sqlx::query_as!(
        LoanRow,
        "SELECT loan_id, number, serial, ogm, application_id, fund_id, borrower_id, nis_code, dwelling_id, product,
                principal, signed_on, repayment, made_by, created_at
         FROM loans
         WHERE ($1::uuid IS NULL OR fund_id = $1) AND ($2::text IS NULL OR nis_code = $2)
           AND ($3::text IS NULL OR product = $3) AND ($4::text IS NULL OR strpos(lower(number), lower($4)) > 0)
         ORDER BY serial DESC LIMIT $5",
        filter.fund_id,
        filter.nis_code,
        filter.product.map(Product::code),
        filter.number_holds,
        filter.limit,
    )
    .fetch_all(db)
    .await?;
    loans(rows)
}

/// Loans by identifier, in the order of their serials.
pub async fn get_many(db: &mut PgConnection, loan_ids: &[Uuid]) -> Result<Vec<Loan>, Error> {
    let rows = sqlx::query_as!(
        LoanRow,
        "SELECT loan_id, number, serial, ogm, application_id, fund_id, borrower_id, nis_code, dwelling_id, product,
                principal, signed_on, repayment, made_by, created_at
         FROM loans WHERE loan_id = ANY($1) ORDER BY serial",
        loan_ids,
    )
    .fetch_all(db)
    .await?;
    loans(rows)
}

/// One loan.
pub async fn get(db: &mut PgConnection, loan_id: Uuid) -> Result<Option<Loan>, Error> {
    Ok(get_many(db, &[loan_id]).await?.pop())
}

/// One loan by its number, written as people write it.
pub async fn by_number(db: &mut PgConnection, number: &str) -> Result<Option<Loan>, Error> {
    let found = sqlx::query_scalar!("SELECT loan_id FROM loans WHERE number = upper($1)", number);
    match found.fetch_optional(&mut *db).await? {
        Some(loan_id) => get(db, loan_id).await,
        None => Ok(None),
    }
}

/// The loan of each application that has one.
pub async fn by_application(db: &mut PgConnection, application_id: Uuid) -> Result<Option<Loan>, Error> {
    let found = sqlx::query_scalar!("SELECT loan_id FROM loans WHERE application_id = $1", application_id);
    match found.fetch_optional(&mut *db).await? {
        Some(loan_id) => get(db, loan_id).await,
        None => Ok(None),
    }
}

/// The loans whose borrowers pay with these references.
pub async fn by_ogm(db: &mut PgConnection, references: &[Ogm]) -> Result<HashMap<Ogm, Loan>, Error> {
    let wanted: Vec<String> = references.iter().map(|ogm| ogm.canonical()).collect();
    let ids = sqlx::query_scalar!("SELECT loan_id FROM loans WHERE ogm = ANY($1)", &wanted).fetch_all(&mut *db).await?;
    Ok(get_many(db, &ids).await?.into_iter().map(|loan| (loan.ogm, loan)).collect())
}

/// Loans by identifier, locked until the end of the transaction, always in the order of their serials so that
/// two writers never wait for each other.
pub async fn lock(db: &mut PgConnection, loan_ids: &[Uuid]) -> Result<Vec<Loan>, Error> {
    let rows = sqlx::query_as!(
        LoanRow,
        "SELECT loan_id, number, serial, ogm, application_id, fund_id, borrower_id, nis_code, dwelling_id, product,
                principal, signed_on, repayment, made_by, created_at
         FROM loans WHERE loan_id = ANY($1) ORDER BY serial FOR NO KEY UPDATE",
        loan_ids,
    )
    .fetch_all(db)
    .await?;
    loans(rows)
}

/// The sources that pay for each of these loans, always in the same order.
pub async fn shares_of(db: &mut PgConnection, loan_ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<FundingShare>>, Error> {
    let rows = sqlx::query!(
        "SELECT h.loan_id, h.source_id, h.weight, s.revolves
         FROM loan_shares h JOIN funding_sources s USING (source_id)
         WHERE h.loan_id = ANY($1) ORDER BY h.loan_id, h.source_id",
        loan_ids,
    )
    .fetch_all(db)
    .await?;
    let mut shares: HashMap<Uuid, Vec<FundingShare>> = HashMap::new();
    for row in rows {
        let weight = u64::try_from(row.weight).map_err(|problem| Error::corrupt("loan_shares", problem))?;
        let share = FundingShare { source_id: row.source_id, weight, revolves: row.revolves };
        shares.entry(row.loan_id).or_default().push(share);
    }
    Ok(shares)
}
