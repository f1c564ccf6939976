//! Funds and their funding sources.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Error, money};
use crate::domain::fund::{Fund, FundingSource};
use crate::domain::identity::{Iban, Ogm};

struct FundRow {
    fund_id: Uuid,
    code: String,
    name: String,
    product: String,
    iban: String,
    bic: Option<String>,
    created_at: DateTime<Utc>,
}

impl TryFrom<FundRow> for Fund {
    type Error = Error;

    fn try_from(row: FundRow) -> Result<Self, Error> {
        let corrupt = |what: &str| Error::corrupt("funds", format!("{}: {what}", row.code));
        Ok(Self {
            fund_id: row.fund_id,
            product: row.product.parse().map_err(|_| corrupt("unknown product"))?,
            iban: Iban::parse(&row.iban).map_err(|_| corrupt("IBAN is not one"))?,
            code: row.code,
            name: row.name,
            bic: row.bic,
            created_at: row.created_at,
        })
    }
}

struct SourceRow {
    source_id: Uuid,
    fund_id: Uuid,
    kind: String,
    funder: String,
    nis_code: Option<String>,
    ceiling: Decimal,
    revolves: bool,
    pass_on_within_days: Option<i32>,
    available_from: NaiveDate,
    ends_on: Option<NaiveDate>,
    ogm: String,
    funder_iban: Option<String>,
    created_at: DateTime<Utc>,
}

impl TryFrom<SourceRow> for FundingSource {
    type Error = Error;

    fn try_from(row: SourceRow) -> Result<Self, Error> {
        let corrupt = |what: &str| Error::corrupt("funding_sources", format!("{}: {what}", row.source_id));
        let funder_iban = row.funder_iban.as_deref().map(Iban::parse).transpose();
        Ok(Self {
            source_id: row.source_id,
            fund_id: row.fund_id,
            kind: row.kind.parse().map_err(|_| corrupt("unknown kind"))?,
            nis_code: row.nis_code,
            ceiling: money("funding_sources", row.ceiling)?,
            revolves: row.revolves,
            pass_on_within_days: row.pass_on_within_days,
            available_from: row.available_from,
            ends_on: row.ends_on,
            ogm: Ogm::parse(&row.ogm).map_err(|_| corrupt("reference is not one"))?,
            funder_iban: funder_iban.map_err(|_| corrupt("IBAN is not one"))?,
            funder: row.funder,
            created_at: row.created_at,
        })
    }
}

/// Adds a fund (`funds_code_key`, `funds_iban_key`).
pub async fn insert_fund(db: &mut PgConnection, fund: &Fund) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO funds (fund_id, code, name, product, iban, bic, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        fund.fund_id,
        fund.code,
        fund.name,
        fund.product.code(),
        fund.iban.as_str(),
        fund.bic,
        fund.created_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The next number that the reference of a source is made of.
pub async fn next_source_serial(db: &mut PgConnection) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(r#"SELECT nextval('funding_source_serials') AS "serial!""#).fetch_one(db).await?)
}

/// Adds a source to a fund.
pub async fn insert_source(db: &mut PgConnection, source: &FundingSource) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO funding_sources (source_id, fund_id, kind, funder, nis_code, ceiling, revolves, pass_on_within_days,
                                      available_from, ends_on, ogm, funder_iban, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        source.source_id,
        source.fund_id,
        source.kind.code(),
        source.funder,
        source.nis_code,
        source.ceiling.decimal(),
        source.revolves,
        source.pass_on_within_days,
        source.available_from,
        source.ends_on,
        source.ogm.canonical(),
        source.funder_iban.as_ref().map(Iban::as_str),
        source.created_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Every fund, by code.
pub async fn list(db: &mut PgConnection) -> Result<Vec<Fund>, Error> {
    let rows =
        sqlx::query_as!(FundRow, "SELECT fund_id, code, name, product, iban, bic, created_at FROM funds ORDER BY code");
    rows.fetch_all(db).await?.into_iter().map(Fund::try_from).collect()
}

/// One fund.
pub async fn get(db: &mut PgConnection, fund_id: Uuid) -> Result<Option<Fund>, Error> {
    let row = sqlx::query_as!(
        FundRow,
        "SELECT fund_id, code, name, product, iban, bic, created_at FROM funds WHERE fund_id = $1",
        fund_id,
    );
    row.fetch_optional(db).await?.map(Fund::try_from).transpose()
}

/// One fund by its code.
pub async fn by_code(db: &mut PgConnection, code: &str) -> Result<Option<Fund>, Error> {
    let row = sqlx::query_as!(
        FundRow,
        "SELECT fund_id, code, name, product, iban, bic, created_at FROM funds WHERE code = $1",
        code,
    );
    row.fetch_optional(db).await?.map(Fund::try_from).transpose()
}

/// The fund whose bank account this is.
pub async fn by_iban(db: &mut PgConnection, iban: &Iban) -> Result<Option<Fund>, Error> {
    let row = sqlx::query_as!(
        FundRow,
        "SELECT fund_id, code, name, product, iban, bic, created_at FROM funds WHERE iban = $1",
        iban.as_str(),
    );
    row.fetch_optional(db).await?.map(Fund::try_from).transpose()
}

/// Locks a fund until the end of the transaction: whoever promises its money next sees what this one promised.
pub async fn lock(db: &mut PgConnection, fund_id: Uuid) -> Result<Option<Fund>, Error> {
    let row = sqlx::query_as!(
        FundRow,
        "SELECT fund_id, code, name, product, iban, bic, created_at FROM funds WHERE fund_id = $1 FOR UPDATE",
        fund_id,
    );
    row.fetch_optional(db).await?.map(Fund::try_from).transpose()
}

/// The sources of one fund, or of all of them, by fund and day from which they are open.
pub async fn sources(db: &mut PgConnection, fund_id: Option<Uuid>) -> Result<Vec<FundingSource>, Error> {
    let rows = sqlx::query_as!(
        SourceRow,
        "SELECT source_id, fund_id, kind, funder, nis_code, ceiling, revolves, pass_on_within_days, available_from,
                ends_on, ogm, funder_iban, created_at
         FROM funding_sources WHERE $1::uuid IS NULL OR fund_id = $1 ORDER BY fund_id, available_from, source_id",
        fund_id,
    );
    rows.fetch_all(db).await?.into_iter().map(FundingSource::try_from).collect()
}

/// One source.
pub async fn source(db: &mut PgConnection, source_id: Uuid) -> Result<Option<FundingSource>, Error> {
    let row = sqlx::query_as!(
        SourceRow,
        "SELECT source_id, fund_id, kind, funder, nis_code, ceiling, revolves, pass_on_within_days, available_from,
                ends_on, ogm, funder_iban, created_at
         FROM funding_sources WHERE source_id = $1",
        source_id,
    );
    row.fetch_optional(db).await?.map(FundingSource::try_from).transpose()
}

/// The sources whose funders pay with these references.
pub async fn sources_by_ogm(db: &mut PgConnection, references: &[Ogm]) -> Result<HashMap<Ogm, FundingSource>, Error> {
    let wanted: Vec<String> = references.iter().map(|ogm| ogm.canonical()).collect();
    let rows = sqlx::query_as!(
        SourceRow,
        "SELECT source_id, fund_id, kind, funder, nis_code, ceiling, revolves, pass_on_within_days, available_from,
                ends_on, ogm, funder_iban, created_at
         FROM funding_sources WHERE ogm = ANY($1)",
        &wanted,
    );
    rows.fetch_all(db)
        .await?
        .into_iter()
        .map(|row| FundingSource::try_from(row).map(|source| (source.ogm, source)))
        .collect()
}
