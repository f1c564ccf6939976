//! A fund month by month, for its chart.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::access::Permission;
use crate::domain::fund::{Month, MonthMovement, series};
use crate::domain::money::Money;
use crate::services::{Actor, Error, House};
use crate::storage::{commitments, funds, ledger};

/// The position of a fund at the end of every month, from its first movement until a day (today when none is
/// named), oldest first.
pub async fn history(
    house: &House,
    actor: &Actor,
    fund_id: Uuid,
    until: Option<NaiveDate>,
) -> Result<Vec<Month>, Error> {
    actor.require(Permission::SeeFunds)?;
    let until = until.unwrap_or_else(|| house.clock.today());
    let mut db = house.read().await?;
    funds::get(&mut db, fund_id).await?.ok_or_else(|| Error::not_found("fund", fund_id))?;
    let sources = funds::sources(&mut db, Some(fund_id)).await?;
    let place: HashMap<Uuid, usize> = sources.iter().map(|source| source.source_id).zip(0..).collect();
    let mut movements: Vec<(NaiveDate, MonthMovement)> = Vec::new();
    for (month, account, amount) in ledger::monthly_movements(&mut db, fund_id, until).await? {
        movements.push((month, MonthMovement::Account(account, amount)));
    }
    for (month, amount) in commitments::monthly_movements(&mut db, fund_id, until).await? {
        movements.push((month, MonthMovement::Committed(amount)));
    }
    for (month, source_id, amount) in ledger::monthly_funding(&mut db, fund_id, until).await? {
        let at = place.get(&source_id).ok_or_else(|| Error::internal("a posting names a source of another fund"))?;
        movements.push((month, MonthMovement::Received(*at, amount)));
    }
    // A credit line that is open already is part of what the fund can lend, though nothing has moved yet.
    if let Some(open) = sources.iter().map(|source| source.available_from).filter(|day| *day <= until).min() {
        movements.push((open, MonthMovement::Committed(Money::ZERO)));
    }
    Ok(series(&sources, &movements, until))
}
