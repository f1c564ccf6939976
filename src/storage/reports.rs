//! Reports as sent, and the applications behind their figures.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Error, money};
use crate::domain::money::Money;
use crate::domain::veka::{Group, Period, Works};

/// An application as the figures see it. Amounts in euro.
#[derive(Debug, Clone)]
pub struct Counted {
    /// The application.
    pub application_id: Uuid,
    /// Where it is counted.
    pub group: Group,
    /// Where it is now.
    pub state: String,
    /// The day the family applied.
    pub applied_on: NaiveDate,
    /// The day it was decided, in Belgium.
    pub decided_on: Option<NaiveDate>,
    /// The day it was withdrawn, in Belgium.
    pub withdrawn_on: Option<NaiveDate>,
    /// Promised in the period.
    pub committed: Money,
    /// Drawn in the period.
    pub drawn: Money,
    /// Promised and not yet drawn at the end.
    pub undrawn: Money,
}

/// Every application received by the end of a period. Its generation is the day of the ceiling it was judged by.
pub async fn applications(db: &mut PgConnection, period: Period, until: NaiveDate) -> Result<Vec<Counted>, Error> {
    let rows = sqlx::query!(
        r#"SELECT a.application_id, a.product, a.nis_code, t.name AS municipality, a.state, a.applied_on,
                  (SELECT max(r.valid_from) FROM rule_parameters r
                   WHERE r.product = a.product AND r.key = 'amount_ceiling' AND r.valid_from <= a.applied_on) AS generation,
                  (a.decided_at AT TIME ZONE 'Europe/Brussels')::date AS decided_on,
                  (a.withdrawn_at AT TIME ZONE 'Europe/Brussels')::date AS withdrawn_on,
                  coalesce(sum(m.amount) FILTER (WHERE m.kind = 'committed' AND m.effective_on >= $1), 0) AS "committed!",
                  coalesce(-sum(m.amount) FILTER (WHERE m.kind = 'drawn' AND m.effective_on >= $1), 0) AS "drawn!",
                  coalesce(sum(m.amount), 0) AS "undrawn!"
           FROM applications a JOIN municipalities t USING (nis_code)
                LEFT JOIN commitment_movements m ON m.application_id = a.application_id AND m.effective_on <= $2
           WHERE a.applied_on <= $2
           GROUP BY a.application_id, t.name ORDER BY a.application_id"#,
        period.from(),
        until,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let product = row.product.parse().map_err(|problem| Error::corrupt("applications", problem))?;
            let (nis_code, municipality) = (row.nis_code, row.municipality);
            Ok(Counted {
                application_id: row.application_id,
                group: Group { product, generation: row.generation, nis_code, municipality },
                state: row.state,
                applied_on: row.applied_on,
                decided_on: row.decided_on,
                withdrawn_on: row.withdrawn_on,
                committed: money("commitment_movements", row.committed)?,
                drawn: money("commitment_movements", row.drawn)?,
                undrawn: money("commitment_movements", row.undrawn)?,
            })
        })
        .collect()
}

/// The works of the applications approved in a period, by product and kind.
pub async fn works(db: &mut PgConnection, period: Period, until: NaiveDate) -> Result<Vec<Works>, Error> {
    let rows = sqlx::query!(
        r#"SELECT a.product, w.kind, count(DISTINCT w.work_id) AS "works!", coalesce(sum(q.amount), 0) AS "quoted!"
           FROM applications a JOIN application_works w USING (application_id)
                LEFT JOIN application_quotes q ON q.work_id = w.work_id
           WHERE a.state <> 'refused'
             AND (a.decided_at AT TIME ZONE 'Europe/Brussels')::date BETWEEN $1 AND $2
           GROUP BY a.product, w.kind ORDER BY a.product, w.kind"#,
        period.from(),
        until,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Works {
                product: row.product.parse().map_err(|problem| Error::corrupt("applications", problem))?,
                kind: row.kind,
                works: u32::try_from(row.works).map_err(|problem| Error::corrupt("application_works", problem))?,
                quoted: money("application_quotes", row.quoted)?,
            })
        })
        .collect()
}

/// What may be claimed for a loan signed on each day: (first day, amount), the oldest first.
pub async fn fees(db: &mut PgConnection) -> Result<Vec<(NaiveDate, Money)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT valid_from, value AS "value!" FROM rule_parameters
           WHERE product = 'any' AND key = 'fee_per_loan' AND value IS NOT NULL ORDER BY valid_from"#
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Ok((row.valid_from, money("rule_parameters", row.value)?))).collect()
}

/// What borrowers repaid between two days, by the ledger: credits of loans receivable by payments. An entry counts on
/// the day it belongs to, also where that day was closed and it landed later, as it does on the loans.
pub async fn principal_received(db: &mut PgConnection, from: NaiveDate, until: NaiveDate) -> Result<Money, Error> {
    let sum: Decimal = sqlx::query_scalar!(
        r#"SELECT coalesce(-sum(p.amount), 0) AS "sum!"
           FROM postings p JOIN journal_entries e USING (entry_id)
           WHERE p.account IN ('loans_receivable', 'write_off_loss', 'owed_to_funder', 'due_to_funder', 'contractors_payable')
             AND e.reason NOT IN ('tranche_approved', 'contractor_paid', 'funding_received', 'passed_on_due', 'passed_to_funder')
             AND coalesce(e.belongs_on, e.effective_on) BETWEEN $1 AND $2"#,
        from,
        until,
    )
    .fetch_one(db)
    .await?;
    money("postings", sum)
}

/// What borrowers owe at the end of a day, by the ledger: loans receivable of every entry that belongs to that day or
/// to one before it.
pub async fn outstanding(db: &mut PgConnection, until: NaiveDate) -> Result<Money, Error> {
    let sum: Decimal = sqlx::query_scalar!(
        r#"SELECT coalesce(sum(p.amount), 0) AS "sum!"
           FROM postings p JOIN journal_entries e USING (entry_id)
           WHERE p.account = 'loans_receivable' AND coalesce(e.belongs_on, e.effective_on) <= $1"#,
        until,
    )
    .fetch_one(db)
    .await?;
    money("postings", sum)
}

/// A report as it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReport {
    /// Its identifier.
    pub report_id: Uuid,
    /// `veka`.
    pub kind: String,
    /// `2026`, `2026-Q3`.
    pub period: String,
    /// Counts the versions of a kind and period from 1.
    pub version: i16,
    /// The figures with what is said about them.
    pub figures: Value,
    /// The workbook.
    pub sheet: Vec<u8>,
    /// Hash of the figures as written.
    pub sha256: Vec<u8>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// By whom.
    pub made_by: Uuid,
}

/// The latest version of a report.
pub async fn latest(db: &mut PgConnection, kind: &str, period: &str) -> Result<Option<StoredReport>, Error> {
    let row = sqlx::query_as!(
        StoredReport,
        "SELECT report_id, kind, period, version, figures, sheet, sha256, made_at, made_by FROM reports
         WHERE kind = $1 AND period = $2 ORDER BY version DESC LIMIT 1",
        kind,
        period,
    );
    Ok(row.fetch_optional(db).await?)
}

/// Keeps a report (`reports_version_key`).
pub async fn insert(db: &mut PgConnection, report: &StoredReport) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO reports (report_id, kind, period, version, figures, sheet, sha256, made_at, made_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        report.report_id,
        report.kind,
        report.period,
        report.version,
        report.figures,
        report.sheet,
        report.sha256,
        report.made_at,
        report.made_by,
    )
    .execute(db)
    .await?;
    Ok(())
}
