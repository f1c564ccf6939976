//! Bank files and lines as people see them. Somebody of one municipality sees the lines of its loans.

use uuid::Uuid;

use super::MOST;
use crate::domain::access::Permission;
use crate::services::{Actor, Error, House};
use crate::storage::desk::bank::{self as table, Balance, BankLine, FileLine, LineFilter, StatementLine};
use crate::storage::desk::loans;

/// A file with its statements and lines.
#[derive(Debug, Clone)]
pub struct BankFile {
    /// The file.
    pub file: FileLine,
    /// Each statement with its lines.
    pub statements: Vec<(StatementLine, Vec<BankLine>)>,
}

/// The account of every fund beside its ledger, and the lines that wait for somebody.
pub async fn bank(house: &House, actor: &Actor) -> Result<(Vec<Balance>, Vec<BankLine>), Error> {
    actor.require(Permission::SeeBank)?;
    let mut db = house.read().await?;
    let waiting = LineFilter { waiting: true, nis_code: actor.nis_code.clone(), ..LineFilter::default() };
    Ok((table::balances(&mut db).await?, table::lines(&mut db, &waiting, MOST).await?))
}

/// One file with everything in it.
pub async fn bank_file(house: &House, actor: &Actor, bank_file_id: Uuid) -> Result<BankFile, Error> {
    actor.require(Permission::SeeBank)?;
    let mut db = house.read().await?;
    let file = table::files(&mut db, Some(bank_file_id), 1)
        .await?
        .pop()
        .ok_or_else(|| Error::not_found("bank file", bank_file_id))?;
    let nis_code = actor.nis_code.clone();
    let filter = LineFilter { bank_file_id: Some(bank_file_id), nis_code, ..LineFilter::default() };
    let mut lines = table::lines(&mut db, &filter, i64::MAX).await?;
    let mut statements = Vec::new();
    for statement in table::statements(&mut db, bank_file_id).await? {
        let own;
        (own, lines) = lines.into_iter().partition(|line| line.bank_statement_id == statement.bank_statement_id);
        statements.push((statement, own));
    }
    Ok(BankFile { file, statements })
}

/// A line that waits for somebody, with the loans of its fund to choose from: identifier, number, borrower.
pub async fn suspense_line(
    house: &House,
    actor: &Actor,
    bank_line_id: Uuid,
) -> Result<(BankLine, Vec<(Uuid, String, String)>), Error> {
    actor.require(Permission::ManageBank)?;
    let mut db = house.read().await?;
    let nis_code = actor.nis_code.clone();
    let filter = LineFilter { bank_line_id: Some(bank_line_id), waiting: true, nis_code, ..LineFilter::default() };
    let line =
        table::lines(&mut db, &filter, 1).await?.pop().ok_or_else(|| Error::not_found("bank line", bank_line_id))?;
    let loans = loans::choices(&mut db, line.fund_id, actor.nis_code.as_deref()).await?;
    Ok((line, loans))
}
