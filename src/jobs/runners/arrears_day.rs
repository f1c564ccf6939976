//! Follows up arrears.

use serde_json::Value;

use super::{Order, Tools, report};
use crate::services::{Error, arrears};

pub(super) async fn run(tools: &Tools, order: &Order) -> Result<Value, Error> {
    report(&arrears::walk_ladder(&tools.house, &tools.sender, order.for_date, order.batch).await?)
}
