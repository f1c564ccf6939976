//! Runs, and what waits for the next one.

use std::collections::BTreeMap;

use serde::Serialize;

use super::build::{BlockedOrder, build, held_back};
use super::{Payer, whole_house};
use crate::domain::access::Permission;
use crate::domain::calendar::next_banking_day;
use crate::domain::money::Money;
use crate::services::{Actor, Error, House};
use crate::storage::payment_runs::{self as table, RunHead};

/// The most runs in a list.
const MOST: i64 = 200;

/// The latest runs, newest first.
///
/// # Errors
/// The actor may not.
pub async fn runs(house: &House, actor: &Actor) -> Result<Vec<RunHead>, Error> {
    actor.require(Permission::SeeBank)?;
    whole_house(actor)?;
    let mut db = house.read().await?;
    Ok(table::list(&mut db, MOST).await?)
}

/// What waits for the next run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// What could leave, by fund.
    pub funds: Vec<WaitingFund>,
    /// Orders that cannot leave as they are.
    pub blocked: Vec<BlockedOrder>,
}

impl Waiting {
    /// How many could leave.
    pub fn count(&self) -> usize {
        self.funds.iter().map(|fund| fund.count).sum()
    }

    /// What they come to, in euro.
    pub fn sum(&self) -> Money {
        self.funds.iter().map(|fund| fund.sum).sum()
    }
}

/// What waits on the account of one fund and could leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaitingFund {
    /// Its code.
    pub fund: String,
    /// How many orders.
    pub count: usize,
    /// What they come to, in euro.
    pub sum: Money,
}

/// What waits and is in no run: what a run made now would take, and what would stay behind.
///
/// # Errors
/// The actor may not.
pub async fn waiting(house: &House, actor: &Actor, payer: &Payer) -> Result<Waiting, Error> {
    actor.require(Permission::SeeBank)?;
    whole_house(actor)?;
    let mut db = house.read().await?;
    let (orders, mut blocked) = held_back(table::open_orders(&mut db, None).await?);
    let built = build(house, (payer, "P"), &orders, next_banking_day(house.clock.today()))?;
    let mut funds: BTreeMap<&str, (usize, Money)> = BTreeMap::new();
    for place in built.file.iter().flat_map(|file| &file.batches).flat_map(|batch| &batch.lines) {
        if let Some(order) = orders.get(*place) {
            let fund = funds.entry(order.fund.as_str()).or_default();
            *fund = (fund.0 + 1, fund.1 + order.amount);
        }
    }
    let waits = |(fund, (count, sum)): (&str, (usize, Money))| WaitingFund { fund: fund.to_owned(), count, sum };
    blocked.extend(BlockedOrder::of(&orders, &built.blocked));
    let ids: Vec<String> = blocked.iter().map(|order| order.end_to_end_id.clone()).collect();
    let mut asks = table::last_asks(&mut db, &ids).await?;
    let blocked = blocked.into_iter().map(|order| order.asked_among(&mut asks)).collect();
    Ok(Waiting { funds: funds.into_iter().map(waits).collect(), blocked })
}
