//! Follows up arrears.

use super::{Answer, Order, Tools, report};
use crate::services::{Error, arrears};

pub(super) async fn run(tools: &Tools, order: &Order) -> Result<Answer, Error> {
    report(&arrears::walk_ladder(&tools.house, &tools.sender, order.for_date, order.batch).await?)
}
