//! Bank files and lines as people see them. Somebody of one municipality sees the lines of its loans.

use uuid::Uuid;

use crate::domain::access::Permission;
use crate::domain::money::Money;
use crate::services::{Actor, Error, House};
use crate::storage::desk::bank::{self as table, Balance, BankLine, FileLine, LineFilter, StatementLine};
use crate::storage::desk::loans;
use crate::storage::funds;
use crate::storage::payment_orders::{self, OrderFilter, PaymentOrder};
use crate::storage::payment_runs;

/// A file with its statements and lines.
#[derive(Debug, Clone)]
pub struct BankFile {
    /// The file.
    pub file: FileLine,
    /// Each statement with its lines.
    pub statements: Vec<(StatementLine, Vec<BankLine>)>,
}

/// The account of every fund beside its ledger.
pub async fn bank(house: &House, actor: &Actor) -> Result<Vec<Balance>, Error> {
    actor.require(Permission::SeeBank)?;
    Ok(table::balances(&mut *house.read().await?).await?)
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

/// What the money of a line can be placed on, besides what is the same for every line.
#[derive(Debug, Clone, Default)]
pub struct Placing {
    /// Loans of its fund: number, borrower.
    pub loans: Vec<(String, String)>,
    /// Sources of its fund: identifier, funder.
    pub sources: Vec<(Uuid, String)>,
    /// Orders of exactly that sum that the bank has not executed: identifier, who is paid. Of a debit only.
    pub orders: Vec<(Uuid, String)>,
    /// Orders of exactly that sum that the bank has paid, the latest first: identifier, who was paid and what they read.
    /// Of a credit only.
    pub paid: Vec<(Uuid, String)>,
    /// Runs that ask exactly that sum of the account: number. Of a debit only.
    pub runs: Vec<String>,
}

/// What money of this sum, on the account of this fund, can be placed on. Somebody of one municipality places it on its
/// loans only.
pub async fn placing(house: &House, actor: &Actor, (fund_id, sum): (Uuid, Money)) -> Result<Placing, Error> {
    actor.require(Permission::ManageBank)?;
    let mut db = house.read().await?;
    let within = actor.nis_code.as_deref();
    let loans = loans::choices(&mut db, fund_id, within).await?;
    let loans = loans.into_iter().map(|(_, number, borrower)| (number, borrower)).collect();
    if within.is_some() {
        return Ok(Placing { loans, ..Placing::default() });
    }
    let sources = funds::sources(&mut db, Some(fund_id)).await?;
    let sources = sources.into_iter().map(|source| (source.source_id, format!("{} · {}", source.funder, source.ogm)));
    let paid = sum.is_positive();
    let filter =
        OrderFilter { fund_id: Some(fund_id), paid: Some(paid), amount: Some(sum.abs()), ..OrderFilter::default() };
    let mut orders = payment_orders::list(&mut db, &filter).await?;
    orders.sort_by_key(|order| std::cmp::Reverse(order.paid_on));
    let placing = Placing { loans, sources: sources.collect(), ..Placing::default() };
    if paid {
        // A contractor may have been paid that sum more than once: what it read tells which.
        let which =
            |order: PaymentOrder| (order.payment_order_id, format!("{} · {}", order.creditor_name, order.remittance));
        return Ok(Placing { paid: orders.into_iter().map(which).collect(), ..placing });
    }
    let orders = orders.into_iter().map(|order| (order.payment_order_id, order.creditor_name)).collect();
    let mut open = payment_runs::open_batches(&mut db, &[fund_id]).await?;
    open.retain(|run| run.whole && -run.amount == sum);
    Ok(Placing { orders, runs: open.into_iter().map(|run| run.number).collect(), ..placing })
}
