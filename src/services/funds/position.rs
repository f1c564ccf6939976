//! Where every fund stands on a day.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::access::Permission;
use crate::domain::fund::{Fund, FundFacts, FundingSource, Position};
use crate::domain::ledger::Account;
use crate::domain::money::Money;
use crate::services::{Actor, Error, House};
use crate::storage::{Error as StorageError, commitments, funds, ledger};

/// A fund and where it stands. Amounts in euro; what is owed is positive.
#[derive(Debug, Clone, Serialize)]
pub struct FundPosition {
    /// Its short code.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// On the bank account.
    pub cash: Money,
    /// Promised and not yet drawn.
    pub committed: Money,
    /// Owed by borrowers.
    pub outstanding: Money,
    /// Repaid by borrowers, to be passed on to funders, not yet passed on.
    pub due_to_funder: Money,
    /// What may still be promised.
    pub free_to_lend: Money,
    /// The fund itself; not part of the JSON that others read.
    #[serde(skip)]
    pub fund: Fund,
    /// Every figure of the position; not part of the JSON that others read.
    #[serde(skip)]
    pub details: Position,
    /// Its sources, each with what it has put in; not part of the JSON that others read.
    #[serde(skip)]
    pub sources: Vec<(FundingSource, Money)>,
}

/// The position of every fund at the end of a day, today when no day is named; by code.
pub async fn position(house: &House, actor: &Actor, as_of: Option<NaiveDate>) -> Result<Vec<FundPosition>, Error> {
    actor.require(Permission::SeeFunds)?;
    let on = as_of.unwrap_or_else(|| house.clock.today());
    let mut db = house.read().await?;
    Ok(positions(&mut db, on, Some(on)).await?)
}

/// The identifier of the fund with a code; none where no fund has it.
pub async fn named(house: &House, actor: &Actor, code: &str) -> Result<Option<Uuid>, Error> {
    actor.require(Permission::SeeFunds)?;
    Ok(funds::by_code(&mut *house.read().await?, code).await?.map(|fund| fund.fund_id))
}

/// The positions as of `until`, or from everything booked so far; `on` says which credit lines are open.
pub(in crate::services) async fn positions(
    db: &mut PgConnection,
    on: NaiveDate,
    until: Option<NaiveDate>,
) -> Result<Vec<FundPosition>, StorageError> {
    let mut balances: HashMap<Uuid, BTreeMap<Account, Money>> = HashMap::new();
    for balance in ledger::fund_balances(db, until).await? {
        balances.entry(balance.fund_id).or_default().insert(balance.account, balance.amount);
    }
    let received: HashMap<Uuid, Money> = ledger::funding_received(db, until).await?.into_iter().collect();
    let committed: HashMap<Uuid, Money> = commitments::sums(db, until).await?.into_iter().collect();
    let mut sources: HashMap<Uuid, Vec<(FundingSource, Money)>> = HashMap::new();
    for source in funds::sources(db, None).await? {
        let put_in = received.get(&source.source_id).copied().unwrap_or_default();
        sources.entry(source.fund_id).or_default().push((source, put_in));
    }
    let positions = funds::list(db).await?.into_iter().map(|fund| {
        let facts = FundFacts {
            on,
            balances: balances.remove(&fund.fund_id).unwrap_or_default(),
            sources: sources.remove(&fund.fund_id).unwrap_or_default(),
            committed: committed.get(&fund.fund_id).copied().unwrap_or_default(),
        };
        let details = facts.position();
        FundPosition {
            code: fund.code.clone(),
            name: fund.name.clone(),
            cash: details.cash,
            committed: details.committed,
            outstanding: details.outstanding,
            due_to_funder: details.due_to_funder,
            free_to_lend: details.free_to_lend,
            fund,
            details,
            sources: facts.sources,
        }
    });
    Ok(positions.collect())
}
