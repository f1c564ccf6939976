//! The bank account beside the ledger, at the end of every day that a statement closes.

use chrono::NaiveDate;
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use super::files::money;
use crate::domain::money::Money;

/// The end of a day: what the bank says, and what the ledger has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayEnd {
    /// Code of the fund.
    pub fund: String,
    /// The day that the statement closes.
    pub on: NaiveDate,
    /// Its last statement of that day.
    pub bank_statement_id: Uuid,
    /// The number of that statement.
    pub sequence: i16,
    /// Its closing balance.
    pub bank: Money,
    /// Cash at bank in the ledger at the end of that day. What was booked in an open period about a closed day counts
    /// on the day that it is about.
    pub ledger: Money,
}

impl DayEnd {
    /// What the bank has more than the ledger.
    pub fn difference(&self) -> Money {
        self.bank - self.ledger
    }
}

/// Every closed day of every fund, or of one, by fund and day.
pub async fn day_ends(db: &mut PgConnection, fund_id: Option<Uuid>) -> Result<Vec<DayEnd>, Error> {
    let rows = sqlx::query!(
        r#"WITH closings AS (
               SELECT DISTINCT ON (fund_id, new_balance_on)
                      fund_id, new_balance_on, bank_statement_id, sequence, new_balance
               FROM bank_statements WHERE $1::uuid IS NULL OR fund_id = $1
               ORDER BY fund_id, new_balance_on, booked_at DESC, bank_file_id DESC, position DESC),
           days AS (
               SELECT p.fund_id, coalesce(e.belongs_on, e.effective_on) AS day, p.amount, NULL::uuid AS bank_statement_id
               FROM postings p JOIN journal_entries e USING (entry_id)
               WHERE p.account = 'cash_at_bank' AND ($1::uuid IS NULL OR p.fund_id = $1)
               UNION ALL
               SELECT fund_id, new_balance_on, 0, bank_statement_id FROM closings),
           running AS (
               SELECT bank_statement_id, sum(amount) OVER (PARTITION BY fund_id ORDER BY day) AS ledger FROM days)
           SELECT f.code, c.new_balance_on, c.bank_statement_id, c.sequence, c.new_balance, r.ledger AS "ledger!"
           FROM closings c JOIN running r USING (bank_statement_id) JOIN funds f USING (fund_id)
           ORDER BY f.code, c.new_balance_on"#,
        fund_id,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(DayEnd {
                fund: row.code,
                on: row.new_balance_on,
                bank_statement_id: row.bank_statement_id,
                sequence: row.sequence,
                bank: money(row.new_balance)?,
                ledger: money(row.ledger)?,
            })
        })
        .collect()
}
