//! Payment orders as people see them.

use super::MOST;
use crate::domain::access::Permission;
use crate::services::{Actor, Error, House};
use crate::storage::desk::orders::{self as table, OrderLine};

/// Orders of one state or of both: those that wait for the bank first.
pub async fn orders(house: &House, actor: &Actor, state: Option<&str>) -> Result<Vec<OrderLine>, Error> {
    actor.require(Permission::SeeBank)?;
    Ok(table::list(&mut *house.read().await?, state, MOST).await?)
}
