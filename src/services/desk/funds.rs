//! Funding sources as people see them.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::access::Permission;
use crate::services::{Actor, Error, House};
use crate::storage::desk::funds::{self as table, SourceLine};

/// What is due, ordered and left of every source, as of a day or today.
pub async fn sources(
    house: &House,
    actor: &Actor,
    as_of: Option<NaiveDate>,
) -> Result<HashMap<Uuid, SourceLine>, Error> {
    actor.require(Permission::SeeFunds)?;
    let on = as_of.unwrap_or_else(|| house.clock.today());
    Ok(table::sources(&mut *house.read().await?, on).await?)
}
