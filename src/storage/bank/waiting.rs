//! How much waits, whatever part of the list is shown.

use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use super::WaitingFilter;
use super::files::money;
use crate::domain::money::Money;

/// All lines that wait, together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct WaitingTotals {
    /// How many.
    pub count: i64,
    /// What came in on them, in euro.
    pub came_in: Money,
    /// What went out on them, in euro, positive.
    pub went_out: Money,
}

/// Counts and sums the lines that wait: of a fund, of a municipality. Where a page of the list begins changes nothing.
pub async fn waiting_totals(db: &mut PgConnection, filter: &WaitingFilter) -> Result<WaitingTotals, Error> {
    let row = sqlx::query!(
        r#"SELECT count(*) AS "count!", coalesce(sum(l.amount) FILTER (WHERE l.amount > 0), 0) AS "came_in!",
                  coalesce(-sum(l.amount) FILTER (WHERE l.amount < 0), 0) AS "went_out!"
           FROM waiting_bank_lines w JOIN bank_lines l USING (bank_line_id) JOIN funds f ON f.fund_id = l.fund_id
           LEFT JOIN loans lo ON lo.loan_id = l.loan_id
           WHERE ($1::uuid IS NULL OR l.bank_line_id = $1) AND ($2::text IS NULL OR f.code = $2)
             AND ($3::text IS NULL OR lo.nis_code = $3)"#,
        filter.bank_line_id,
        filter.fund,
        filter.nis_code
    )
    .fetch_one(db)
    .await?;
    Ok(WaitingTotals { count: row.count, came_in: money(row.came_in)?, went_out: money(row.went_out)? })
}

/// Whether there is such a line, waiting or not.
pub async fn is_line(db: &mut PgConnection, bank_line_id: Uuid) -> Result<bool, Error> {
    let found = sqlx::query_scalar!("SELECT 1 AS one FROM bank_lines WHERE bank_line_id = $1", bank_line_id);
    Ok(found.fetch_optional(db).await?.is_some())
}
