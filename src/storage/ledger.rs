//! The ledger: entries with their postings go in, balances come out. Nothing here changes or removes.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Error, money};
use crate::domain::ledger::{Account, JournalEntry, Posting, Reason};
use crate::domain::money::Money;

/// An entry on its way into the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// Its identifier.
    pub entry_id: Uuid,
    /// The fund it belongs to.
    pub fund_id: Uuid,
    /// The same key never books twice.
    pub idempotency_key: String,
    /// When we knew.
    pub booked_at: DateTime<Utc>,
    /// Who booked it.
    pub booked_by: Uuid,
    /// The entry it undoes.
    pub reverses_entry_id: Option<Uuid>,
    /// The day it really belongs to, before the day it counts from, where that day was closed.
    pub belongs_on: Option<NaiveDate>,
    /// What it says.
    pub entry: JournalEntry,
}

/// Books entries: one statement for all entries, one for all postings. The database refuses a day that is closed
/// (`journal_entries_period_open`, read by [`super::periods::refused`]).
pub async fn insert_entries(db: &mut PgConnection, entries: &[NewEntry]) -> Result<(), Error> {
    if entries.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = entries.iter().map(|new| new.entry_id).collect();
    let funds: Vec<Uuid> = entries.iter().map(|new| new.fund_id).collect();
    let reasons: Vec<String> = entries.iter().map(|new| new.entry.reason().code().to_owned()).collect();
    let keys: Vec<String> = entries.iter().map(|new| new.idempotency_key.clone()).collect();
    let days: Vec<NaiveDate> = entries.iter().map(|new| new.entry.effective_on()).collect();
    let moments: Vec<DateTime<Utc>> = entries.iter().map(|new| new.booked_at).collect();
    let people: Vec<Uuid> = entries.iter().map(|new| new.booked_by).collect();
    let undone: Vec<Option<Uuid>> = entries.iter().map(|new| new.reverses_entry_id).collect();
    let own_days: Vec<Option<NaiveDate>> = entries.iter().map(|new| new.belongs_on).collect();
    sqlx::query!(
        "INSERT INTO journal_entries
             (entry_id, fund_id, reason, idempotency_key, effective_on, booked_at, booked_by, reverses_entry_id,
              belongs_on)
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::date[], $6::timestamptz[], $7::uuid[],
                              $8::uuid[], $9::date[])",
        &ids,
        &funds,
        &reasons,
        &keys,
        &days,
        &moments,
        &people,
        &undone as &[Option<Uuid>],
        &own_days as &[Option<NaiveDate>],
    )
    .execute(&mut *db)
    .await?;
    insert_postings(db, entries).await
}

async fn insert_postings(db: &mut PgConnection, entries: &[NewEntry]) -> Result<(), Error> {
    let lines: Vec<(i16, &NewEntry, &Posting)> = entries
        .iter()
        .flat_map(|new| (1_i16..).zip(new.entry.postings()).map(move |(line, posting)| (line, new, posting)))
        .collect();
    let ids: Vec<Uuid> = lines.iter().map(|(_, new, _)| new.entry_id).collect();
    let numbers: Vec<i16> = lines.iter().map(|(line, ..)| *line).collect();
    let funds: Vec<Uuid> = lines.iter().map(|(_, new, _)| new.fund_id).collect();
    let accounts: Vec<String> = lines.iter().map(|(.., posting)| posting.account.code().to_owned()).collect();
    let amounts: Vec<Decimal> = lines.iter().map(|(.., posting)| posting.amount.decimal()).collect();
    let loans: Vec<Option<Uuid>> = lines.iter().map(|(.., posting)| posting.loan_id).collect();
    let sources: Vec<Option<Uuid>> = lines.iter().map(|(.., posting)| posting.source_id).collect();
    let orders: Vec<Option<Uuid>> = lines.iter().map(|(.., posting)| posting.payment_order_id).collect();
    sqlx::query!(
        "INSERT INTO postings (entry_id, line, fund_id, account, amount, loan_id, source_id, payment_order_id)
         SELECT * FROM unnest($1::uuid[], $2::smallint[], $3::uuid[], $4::text[], $5::numeric[], $6::uuid[], $7::uuid[],
                              $8::uuid[])",
        &ids,
        &numbers,
        &funds,
        &accounts,
        &amounts,
        &loans as &[Option<Uuid>],
        &sources as &[Option<Uuid>],
        &orders as &[Option<Uuid>],
    )
    .execute(db)
    .await?;
    Ok(())
}

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

/// One posting with the day and the reason of its entry, for the page of a loan and for the month series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// The entry.
    pub entry_id: Uuid,
    /// Why it was made.
    pub reason: Reason,
    /// The day it counts from.
    pub effective_on: NaiveDate,
    /// The day it really belongs to, where that day was closed when it was booked.
    pub belongs_on: Option<NaiveDate>,
    /// When we knew.
    pub booked_at: DateTime<Utc>,
    /// The account.
    pub account: Account,
    /// Debit positive, credit negative.
    pub amount: Money,
}

/// The postings of one loan, in the order in which they count.
pub async fn movements_of_loan(db: &mut PgConnection, loan_id: Uuid) -> Result<Vec<Movement>, Error> {
    let rows = sqlx::query!(
        "SELECT e.entry_id, e.reason, e.effective_on, e.belongs_on, e.booked_at, p.account, p.amount
         FROM postings p JOIN journal_entries e USING (entry_id)
         WHERE p.loan_id = $1 ORDER BY e.effective_on, e.booked_at, e.entry_id, p.line",
        loan_id,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Movement {
                entry_id: row.entry_id,
                reason: row.reason.parse().map_err(|problem| Error::corrupt("journal_entries", problem))?,
                effective_on: row.effective_on,
                belongs_on: row.belongs_on,
                booked_at: row.booked_at,
                account: row.account.parse().map_err(|problem| Error::corrupt("postings", problem))?,
                amount: money("postings", row.amount)?,
            })
        })
        .collect()
}

/// The movements of a fund's accounts per month up to a day: (first day of the month, account, sum).
pub async fn monthly_movements(
    db: &mut PgConnection,
    fund_id: Uuid,
    until: NaiveDate,
) -> Result<Vec<(NaiveDate, Account, Money)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT date_trunc('month', e.effective_on)::date AS "month!", p.account, sum(p.amount) AS "amount!"
           FROM postings p JOIN journal_entries e USING (entry_id)
           WHERE p.fund_id = $1 AND e.effective_on <= $2 GROUP BY 1, 2 ORDER BY 1, 2"#,
        fund_id,
        until,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let account = row.account.parse().map_err(|problem| Error::corrupt("postings", problem))?;
            Ok((row.month, account, money("postings", row.amount)?))
        })
        .collect()
}

/// What the sources of a fund put into it per month up to a day: (first day of the month, source, sum).
pub async fn monthly_funding(
    db: &mut PgConnection,
    fund_id: Uuid,
    until: NaiveDate,
) -> Result<Vec<(NaiveDate, Uuid, Money)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT date_trunc('month', e.effective_on)::date AS "month!", p.source_id AS "source_id!",
                  -sum(p.amount) AS "amount!"
           FROM postings p JOIN journal_entries e USING (entry_id)
           WHERE p.fund_id = $1 AND e.effective_on <= $2 AND p.source_id IS NOT NULL AND e.reason = $3
           GROUP BY 1, 2 ORDER BY 1, 2"#,
        fund_id,
        until,
        Reason::FundingReceived.code(),
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Ok((row.month, row.source_id, money("postings", row.amount)?))).collect()
}

/// The entry that a key has booked before.
pub async fn entry_of_key(db: &mut PgConnection, idempotency_key: &str) -> Result<Option<Uuid>, Error> {
    let found = sqlx::query_scalar!("SELECT entry_id FROM journal_entries WHERE idempotency_key = $1", idempotency_key);
    Ok(found.fetch_optional(db).await?)
}

/// A posting of an entry that a key has booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    /// The entry.
    pub entry_id: Uuid,
    /// Why it was made.
    pub reason: Reason,
    /// The day it counts from.
    pub effective_on: NaiveDate,
    /// The day it really belongs to, where that day was closed when it was booked.
    pub belongs_on: Option<NaiveDate>,
    /// The account.
    pub account: Account,
    /// Debit positive, credit negative.
    pub amount: Money,
}

/// The postings of every entry that a key has booked, in the order in which they were made. A fact that changes
/// more than one day has an entry for each, under its key and a number.
pub async fn booked_by_key(db: &mut PgConnection, idempotency_key: &str) -> Result<Vec<Booked>, Error> {
    let rows = sqlx::query!(
        "SELECT e.entry_id, e.reason, e.effective_on, e.belongs_on, p.account, p.amount
         FROM journal_entries e JOIN postings p USING (entry_id)
         WHERE e.idempotency_key = $1 OR starts_with(e.idempotency_key, $1 || '#')
         ORDER BY e.entry_id, p.line",
        idempotency_key,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Booked {
                entry_id: row.entry_id,
                reason: row.reason.parse().map_err(|problem| Error::corrupt("journal_entries", problem))?,
                effective_on: row.effective_on,
                belongs_on: row.belongs_on,
                account: row.account.parse().map_err(|problem| Error::corrupt("postings", problem))?,
                amount: money("postings", row.amount)?,
            })
        })
        .collect()
}

/// An entry as it was booked, and the day it belongs to where that day was closed.
pub type AsBooked = (JournalEntry, Option<NaiveDate>);

/// An entry as it was booked.
pub async fn entry(db: &mut PgConnection, entry_id: Uuid) -> Result<Option<AsBooked>, Error> {
    Ok(entries(db, &[entry_id]).await?.remove(&entry_id))
}

/// Entries as they were booked, by their identifiers.
pub async fn entries(db: &mut PgConnection, ids: &[Uuid]) -> Result<HashMap<Uuid, AsBooked>, Error> {
    let rows = sqlx::query!(
        "SELECT e.entry_id, e.reason, e.effective_on, e.belongs_on, p.account, p.amount, p.loan_id, p.source_id, p.payment_order_id
         FROM journal_entries e JOIN postings p USING (entry_id) WHERE e.entry_id = ANY($1) ORDER BY e.entry_id, p.line",
        ids,
    )
    .fetch_all(db)
    .await?;
    let mut read: HashMap<Uuid, (Reason, NaiveDate, Option<NaiveDate>, Vec<Posting>)> = HashMap::new();
    for row in rows {
        let reason: Reason = row.reason.parse().map_err(|problem| Error::corrupt("journal_entries", problem))?;
        let account = row.account.parse().map_err(|problem| Error::corrupt("postings", problem))?;
        let (loan_id, source_id, payment_order_id) = (row.loan_id, row.source_id, row.payment_order_id);
        let posting = Posting { account, amount: money("postings", row.amount)?, loan_id, source_id, payment_order_id };
        let (.., postings) =
            read.entry(row.entry_id).or_insert_with(|| (reason, row.effective_on, row.belongs_on, Vec::new()));
        postings.push(posting);
    }
    let made = read.into_iter().map(|(id, (reason, on, belongs_on, postings))| {
        let entry = JournalEntry::new(reason, on, postings);
        Ok((id, (entry.map_err(|problem| Error::corrupt("journal_entries", problem))?, belongs_on)))
    });
    made.collect()
}

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
