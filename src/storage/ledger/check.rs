//! What the nightly check reads, all at one moment.

use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{Error, money};
use crate::domain::money::Money;

/// Makes the transaction see one moment only, and write nothing. The first statement of the transaction.
pub async fn hold_still(db: &mut PgConnection) -> Result<(), Error> {
    sqlx::query!("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").execute(db).await?;
    Ok(())
}

/// Makes the transaction read one moment only, while it may write. The first statement of the transaction.
pub async fn one_moment(db: &mut PgConnection) -> Result<(), Error> {
    sqlx::query!("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").execute(db).await?;
    Ok(())
}

/// An entry whose postings do not sum to zero; the database refuses these, the check looks all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnbalancedEntry {
    /// The entry.
    pub entry_id: Uuid,
    /// Its fund.
    pub fund_id: Uuid,
    /// What its postings sum to.
    pub sum: Money,
}

/// How many entries there are.
pub async fn count_entries(db: &mut PgConnection) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM journal_entries"#).fetch_one(db).await?)
}

/// Entries that have fewer than two postings or do not sum to zero.
pub async fn unbalanced_entries(db: &mut PgConnection) -> Result<Vec<UnbalancedEntry>, Error> {
    let rows = sqlx::query!(
        r#"SELECT e.entry_id, e.fund_id, coalesce(sum(p.amount), 0) AS "sum!"
           FROM journal_entries e LEFT JOIN postings p USING (entry_id)
           GROUP BY e.entry_id HAVING coalesce(sum(p.amount), 0) <> 0 OR count(p.line) < 2 ORDER BY e.entry_id"#
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(UnbalancedEntry { entry_id: row.entry_id, fund_id: row.fund_id, sum: money("postings", row.sum)? })
        })
        .collect()
}

/// Per fund: the balance with which its last bank statement ends.
pub async fn closing_balances(db: &mut PgConnection) -> Result<Vec<(Uuid, Money)>, Error> {
    let rows = sqlx::query!(
        "SELECT DISTINCT ON (fund_id) fund_id, new_balance FROM bank_statements
         ORDER BY fund_id, new_balance_on DESC, booked_at DESC, position DESC"
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Ok((row.fund_id, money("bank_statements", row.new_balance)?))).collect()
}
