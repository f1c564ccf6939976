//! Files and statements: what was received, what is known, and where each account ended.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use super::{FundAccount, sha256};
use crate::domain::identity::Iban;
use crate::domain::matching::Link;
use crate::domain::money::Money;

/// A bank file as received.
#[derive(Debug)]
pub struct BankFileRow<'a> {
    /// Its identifier.
    pub bank_file_id: Uuid,
    /// Of the bytes.
    pub sha256: [u8; 32],
    /// The name it came with.
    pub name: &'a str,
    /// The bytes.
    pub content: &'a [u8],
    /// Its format: `coda`, `camt.053.001.08`.
    pub format: &'a str,
    /// The character set it was read in.
    pub encoding: &'a str,
    /// When.
    pub received_at: DateTime<Utc>,
    /// From whom.
    pub received_by: Uuid,
}

/// A statement of a file.
#[derive(Debug)]
pub struct StatementRow {
    /// Its identifier.
    pub bank_statement_id: Uuid,
    /// The fund whose account it is of.
    pub fund_id: Uuid,
    /// Its place in the file, from 1.
    pub position: i16,
    /// Number, day and balances.
    pub link: Link,
    /// The date of the old balance, when the bank says it.
    pub old_balance_on: Option<NaiveDate>,
    /// Of its records, without the duplicate flag.
    pub sha256: [u8; 32],
}

/// A file that came before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownFile {
    /// Its identifier.
    pub bank_file_id: Uuid,
    /// When it came.
    pub received_at: DateTime<Utc>,
}

/// A statement that came before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownStatement {
    /// Its identifier.
    pub bank_statement_id: Uuid,
    /// When its file came.
    pub received_at: DateTime<Utc>,
}

/// Lets one import at a time at each of these accounts, until the end of the transaction, and says whose they
/// are; accounts that are no fund's are left out.
///
/// The lock is not the row of the fund: who draws on a loan locks the loan first and the fund after it, and an
/// import books on loans, so the row taken here would make the two wait for each other.
pub async fn lock_accounts(db: &mut PgConnection, ibans: &[Iban]) -> Result<Vec<FundAccount>, Error> {
    let ibans: Vec<String> = ibans.iter().map(Iban::canonical).collect();
    sqlx::query!(
        "SELECT pg_advisory_xact_lock(hashtextextended(turn.fund_id::text, 20260914))
         FROM (SELECT fund_id FROM funds WHERE iban = ANY($1) ORDER BY fund_id) AS turn",
        &ibans
    )
    .fetch_all(&mut *db)
    .await?;
    let rows = sqlx::query!("SELECT fund_id, code, iban FROM funds WHERE iban = ANY($1)", &ibans).fetch_all(db).await?;
    rows.into_iter()
        .map(|row| {
            let iban = Iban::parse(&row.iban).map_err(|_| Error::corrupt("funds", "iban is not an IBAN"))?;
            Ok(FundAccount { fund_id: row.fund_id, code: row.code, iban })
        })
        .collect()
}

/// The file with these bytes, when it came before.
pub async fn file_known(db: &mut PgConnection, sha256: &[u8; 32]) -> Result<Option<KnownFile>, Error> {
    let row = sqlx::query!("SELECT bank_file_id, received_at FROM bank_files WHERE sha256 = $1", sha256.as_slice())
        .fetch_optional(db)
        .await?;
    Ok(row.map(|row| KnownFile { bank_file_id: row.bank_file_id, received_at: row.received_at }))
}

/// Those of these statements that came before, in whatever file.
pub async fn statements_known(
    db: &mut PgConnection,
    hashes: &[[u8; 32]],
) -> Result<HashMap<[u8; 32], KnownStatement>, Error> {
    let hashes: Vec<Vec<u8>> = hashes.iter().map(|hash| hash.to_vec()).collect();
    let rows = sqlx::query!(
        "SELECT s.sha256, s.bank_statement_id, f.received_at
         FROM bank_statements s JOIN bank_files f USING (bank_file_id) WHERE s.sha256 = ANY($1)",
        &hashes
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let known = KnownStatement { bank_statement_id: row.bank_statement_id, received_at: row.received_at };
            Ok((sha256("bank_statements", row.sha256)?, known))
        })
        .collect()
}

/// A statement that came before, with what tells that another file holds the same one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementOfDay {
    /// The fund whose account it is of.
    pub fund_id: Uuid,
    /// Number, day and balances.
    pub link: Link,
    /// The format of its file.
    pub format: String,
    /// The name of its file.
    pub file_name: String,
    /// The statement.
    pub known: KnownStatement,
}

/// The statements of these funds that end on these days.
pub async fn statements_of_days(
    db: &mut PgConnection,
    funds: &[Uuid],
    days: &[NaiveDate],
) -> Result<Vec<StatementOfDay>, Error> {
    let rows = sqlx::query!(
        "SELECT s.fund_id, s.sequence, s.new_balance_on, s.old_balance, s.new_balance, s.bank_statement_id,
                f.format, f.name, f.received_at
         FROM bank_statements s JOIN bank_files f USING (bank_file_id)
         WHERE s.fund_id = ANY($1) AND s.new_balance_on = ANY($2)",
        funds,
        days
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let link = Link {
                sequence: u16::try_from(row.sequence).map_err(|_| Error::corrupt("bank_statements", "sequence"))?,
                on: row.new_balance_on,
                old_balance: money(row.old_balance)?,
                new_balance: money(row.new_balance)?,
            };
            let known = KnownStatement { bank_statement_id: row.bank_statement_id, received_at: row.received_at };
            Ok(StatementOfDay { fund_id: row.fund_id, link, format: row.format, file_name: row.name, known })
        })
        .collect()
}

/// The last statement of each of these funds; a fund without statements is left out.
pub async fn last_links(db: &mut PgConnection, funds: &[Uuid]) -> Result<HashMap<Uuid, Link>, Error> {
    let rows = sqlx::query!(
        "SELECT DISTINCT ON (s.fund_id) s.fund_id, s.sequence, s.new_balance_on, s.old_balance, s.new_balance
         FROM bank_statements s JOIN bank_files f USING (bank_file_id)
         WHERE s.fund_id = ANY($1)
         ORDER BY s.fund_id, s.new_balance_on DESC, s.booked_at DESC, f.bank_file_id DESC, s.position DESC",
        funds
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let link = Link {
                sequence: u16::try_from(row.sequence).map_err(|_| Error::corrupt("bank_statements", "sequence"))?,
                on: row.new_balance_on,
                old_balance: money(row.old_balance)?,
                new_balance: money(row.new_balance)?,
            };
            Ok((row.fund_id, link))
        })
        .collect()
}

/// Keeps a file as received.
pub async fn insert_file(db: &mut PgConnection, file: &BankFileRow<'_>) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO bank_files (bank_file_id, sha256, name, content, format, encoding, received_at, received_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        file.bank_file_id,
        file.sha256.as_slice(),
        file.name,
        file.content,
        file.format,
        file.encoding,
        file.received_at,
        file.received_by,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds the statements of a file.
pub async fn insert_statements(
    db: &mut PgConnection,
    file: &BankFileRow<'_>,
    statements: &[StatementRow],
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO bank_statements (bank_statement_id, bank_file_id, fund_id, position, sequence, old_balance,
                                      old_balance_on, new_balance, new_balance_on, sha256, booked_at)
         SELECT s.id, $1, s.fund_id, s.position, s.sequence, s.old_balance, s.old_balance_on, s.new_balance,
                s.new_balance_on, s.sha256, $2
         FROM UNNEST($3::uuid[], $4::uuid[], $5::smallint[], $6::smallint[], $7::numeric[], $8::date[],
                     $9::numeric[], $10::date[], $11::bytea[])
              AS s (id, fund_id, position, sequence, old_balance, old_balance_on, new_balance, new_balance_on, sha256)",
        file.bank_file_id,
        file.received_at,
        &column(statements, |row| row.bank_statement_id),
        &column(statements, |row| row.fund_id),
        &column(statements, |row| row.position),
        &column(statements, |row| i16::try_from(row.link.sequence).unwrap_or_default()),
        &column(statements, |row| row.link.old_balance.decimal()),
        &column(statements, |row| row.old_balance_on) as _,
        &column(statements, |row| row.link.new_balance.decimal()),
        &column(statements, |row| row.link.on),
        &column(statements, |row| row.sha256.to_vec()),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One column of many rows.
pub(super) fn column<R, V>(rows: &[R], value: impl Fn(&R) -> V) -> Vec<V> {
    rows.iter().map(value).collect()
}

/// An amount of a statement.
pub(super) fn money(amount: Decimal) -> Result<Money, Error> {
    Money::exact(amount).map_err(|error| Error::corrupt("bank_statements", error))
}
