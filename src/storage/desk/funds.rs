//! What the page of the funds shows of each source, besides its position.

use std::collections::HashMap;

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{Error, money};
use crate::domain::money::Money;

/// A source in words and sums. Amounts in euro.
#[derive(Debug, Clone)]
pub struct SourceLine {
    /// The municipality whose families it is for, if it is for one.
    pub municipality: Option<String>,
    /// Repaid by borrowers, to be passed on, not yet passed on.
    pub due: Money,
    /// Of that: ordered, and not yet paid by the bank.
    pub ordered: Money,
    /// What of its ceiling was never promised to anybody.
    pub room: Money,
}

/// Every source by its identifier, as of a day; orders are those of now.
pub async fn sources(db: &mut PgConnection, as_of: NaiveDate) -> Result<HashMap<Uuid, SourceLine>, Error> {
    let rows = sqlx::query!(
        r#"SELECT s.source_id, m.name AS "municipality?",
                  coalesce((SELECT -sum(p.amount) FROM postings p JOIN journal_entries e USING (entry_id)
                            WHERE p.source_id = s.source_id AND p.account = 'due_to_funder' AND e.effective_on <= $1), 0)
                  AS "due!",
                  coalesce((SELECT sum(o.amount) FROM payment_orders o
                            WHERE o.source_id = s.source_id AND o.state = 'ordered'), 0) AS "ordered!",
                  s.ceiling - coalesce((SELECT sum(c.amount) FROM commitment_movements c
                                        WHERE c.source_id = s.source_id AND c.kind IN ('committed', 'released')
                                          AND c.effective_on <= $1), 0) AS "room!"
           FROM funding_sources s LEFT JOIN municipalities m ON m.nis_code = s.nis_code"#,
        as_of
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let line = SourceLine {
                municipality: row.municipality,
                due: money("postings", row.due)?,
                ordered: money("payment_orders", row.ordered)?,
                room: money("funding_sources", row.room)?,
            };
            Ok((row.source_id, line))
        })
        .collect()
}
