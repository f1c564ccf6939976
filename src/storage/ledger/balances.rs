//! Balances come out: per fund, loan and source.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{Error, money};
use crate::domain::ledger::{Account, Reason};
use crate::domain::money::Money;

/// The sum of an account's postings: debits less credits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// The fund.
    pub fund_id: Uuid,
    /// The account.
    pub account: Account,
    /// The loan or the source, where the balance is of one.
    pub owner_id: Option<Uuid>,
    /// Debits less credits, in euro.
    pub amount: Money,
}

struct BalanceRow {
    fund_id: Uuid,
    account: String,
    owner_id: Option<Uuid>,
    amount: Decimal,
}

impl TryFrom<BalanceRow> for Balance {
    type Error = Error;

    fn try_from(row: BalanceRow) -> Result<Self, Error> {
        Ok(Self {
            fund_id: row.fund_id,
            account: row.account.parse().map_err(|problem| Error::corrupt("postings", problem))?,
            owner_id: row.owner_id,
            amount: money("postings", row.amount)?,
        })
    }
}

fn balances(rows: Vec<BalanceRow>) -> Result<Vec<Balance>, Error> {
    rows.into_iter().map(Balance::try_from).collect()
}

/// Balances per fund and account: of everything booked so far, or of what is effective on or before a day.
pub async fn fund_balances(db: &mut PgConnection, as_of: Option<NaiveDate>) -> Result<Vec<Balance>, Error> {
    let rows = sqlx::query_as!(
        BalanceRow,
        r#"SELECT p.fund_id, p.account, NULL::uuid AS owner_id, sum(p.amount) AS "amount!"
           FROM postings p JOIN journal_entries e USING (entry_id)
           WHERE $1::date IS NULL OR e.effective_on <= $1
           GROUP BY p.fund_id, p.account ORDER BY p.fund_id, p.account"#,
        as_of,
    )
    .fetch_all(db)
    .await?;
    balances(rows)
}

/// Balances per loan and account, of postings that name a loan.
pub async fn loan_balances(db: &mut PgConnection, as_of: Option<NaiveDate>) -> Result<Vec<Balance>, Error> {
    let rows = sqlx::query_as!(
        BalanceRow,
        r#"SELECT p.fund_id, p.account, p.loan_id AS owner_id, sum(p.amount) AS "amount!"
           FROM postings p JOIN journal_entries e USING (entry_id)
           WHERE p.loan_id IS NOT NULL AND ($1::date IS NULL OR e.effective_on <= $1)
           GROUP BY p.fund_id, p.account, p.loan_id ORDER BY p.fund_id, p.account, p.loan_id"#,
        as_of,
    )
    .fetch_all(db)
    .await?;
    balances(rows)
}

/// Balances per funding source and account, of postings that name a source.
pub async fn source_balances(db: &mut PgConnection, as_of: Option<NaiveDate>) -> Result<Vec<Balance>, Error> {
    let rows = sqlx::query_as!(
        BalanceRow,
        r#"SELECT p.fund_id, p.account, p.source_id AS owner_id, sum(p.amount) AS "amount!"
           FROM postings p JOIN journal_entries e USING (entry_id)
           WHERE p.source_id IS NOT NULL AND ($1::date IS NULL OR e.effective_on <= $1)
           GROUP BY p.fund_id, p.account, p.source_id ORDER BY p.fund_id, p.account, p.source_id"#,
        as_of,
    )
    .fetch_all(db)
    .await?;
    balances(rows)
}

/// What each source has put into its fund so far: the sum of the funder's money that arrived.
pub async fn funding_received(db: &mut PgConnection, as_of: Option<NaiveDate>) -> Result<Vec<(Uuid, Money)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT p.source_id AS "source_id!", -sum(p.amount) AS "amount!"
           FROM postings p JOIN journal_entries e USING (entry_id)
           WHERE p.source_id IS NOT NULL AND e.reason = $1 AND ($2::date IS NULL OR e.effective_on <= $2)
           GROUP BY p.source_id ORDER BY p.source_id"#,
        Reason::FundingReceived.code(),
        as_of,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Ok((row.source_id, money("postings", row.amount)?))).collect()
}

/// Per source: what became due to its funder because borrowers repaid.
pub async fn became_due(db: &mut PgConnection) -> Result<Vec<(Uuid, Money)>, Error> {
    let elsewhere: Vec<String> =
        [Reason::PassedToFunder, Reason::PassedOnDue].iter().map(|reason| reason.code().to_owned()).collect();
    let rows = sqlx::query!(
        r#"SELECT p.source_id AS "source_id!", -sum(p.amount) AS "amount!"
           FROM postings p JOIN journal_entries e USING (entry_id)
           WHERE p.account = $1 AND p.source_id IS NOT NULL AND e.reason <> ALL ($2)
           GROUP BY p.source_id ORDER BY p.source_id"#,
        Account::DueToFunder.code(),
        &elsewhere,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Ok((row.source_id, money("postings", row.amount)?))).collect()
}

/// Per source: what was passed on to its funder by a day.
pub async fn passed_on(db: &mut PgConnection, until: NaiveDate) -> Result<Vec<(Uuid, Money)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT p.source_id AS "source_id!", sum(p.amount) AS "amount!"
           FROM postings p JOIN journal_entries e USING (entry_id)
           WHERE p.account = $1 AND p.source_id IS NOT NULL AND e.reason = $2 AND e.effective_on <= $3
           GROUP BY p.source_id ORDER BY p.source_id"#,
        Account::DueToFunder.code(),
        Reason::PassedToFunder.code(),
        until,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Ok((row.source_id, money("postings", row.amount)?))).collect()
}
