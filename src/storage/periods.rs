//! Closed periods of funds: rows that only grow. The database lets no entry land in one.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Error;
use crate::domain::fund::ClosedPeriod;

/// A closing of a fund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// The fund.
    pub fund_id: Uuid,
    /// The last day that is closed.
    pub closed_through: NaiveDate,
    /// Who closed it.
    pub closed_by: Uuid,
    /// When.
    pub closed_at: DateTime<Utc>,
}

/// Closes a fund through a day, later than any closing before (`fund_closings_growing`).
pub async fn close(db: &mut PgConnection, closing: &Closing) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO fund_closings (fund_id, closed_through, closed_by, closed_at) VALUES ($1, $2, $3, $4)",
        closing.fund_id,
        closing.closed_through,
        closing.closed_by,
        closing.closed_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The last closed day of each of these funds; a fund of which nothing is closed is left out.
pub async fn closed_through(db: &mut PgConnection, fund_ids: &[Uuid]) -> Result<HashMap<Uuid, NaiveDate>, Error> {
    let rows = sqlx::query!(
        r#"SELECT fund_id, max(closed_through) AS "closed_through!" FROM fund_closings
           WHERE fund_id = ANY($1) GROUP BY fund_id"#,
        fund_ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.fund_id, row.closed_through)).collect())
}

/// Every closing, the latest first.
pub async fn list(db: &mut PgConnection) -> Result<Vec<Closing>, Error> {
    let rows = sqlx::query_as!(
        Closing,
        "SELECT fund_id, closed_through, closed_by, closed_at FROM fund_closings ORDER BY closed_through DESC, fund_id"
    );
    Ok(rows.fetch_all(db).await?)
}

/// What the database said when it refused an entry because its day is closed (`journal_entries_period_open`): the
/// code of the fund, and the day. Nothing for any other error.
pub fn refused(error: &Error) -> Option<(String, ClosedPeriod)> {
    if error.constraint() != Some("journal_entries_period_open") {
        return None;
    }
    let mut words = error.detail()?.split(' ');
    let (fund, on, through) = (words.next()?, words.next()?, words.next()?);
    let closed = ClosedPeriod { effective_on: on.parse().ok()?, closed_through: through.parse().ok()? };
    Some((fund.to_owned(), closed))
}
