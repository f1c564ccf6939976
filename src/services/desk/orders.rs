//! Payment orders as people see them.

use super::MOST;
use crate::domain::access::Permission;
use crate::services::{Actor, Error, House};
use crate::storage::desk::orders::{self as table, OrderFilter, OrderLine, OrderTotal};

/// Orders by filter, those that wait for the bank first; and the sums of every fund, whatever the filter.
pub async fn orders(
    house: &House,
    actor: &Actor,
    filter: OrderFilter,
) -> Result<(Vec<OrderLine>, Vec<OrderTotal>), Error> {
    actor.require(Permission::SeeBank)?;
    let filter = OrderFilter { nis_code: actor.nis_code.clone().or(filter.nis_code), ..filter };
    let mut db = house.read().await?;
    let totals = table::totals(&mut db, filter.nis_code.as_deref()).await?;
    Ok((table::list(&mut db, &filter, MOST).await?, totals))
}
