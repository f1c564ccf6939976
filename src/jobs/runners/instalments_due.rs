//! Claims what has fallen due.

use super::{Answer, Order, Tools, report};
use crate::services::{Error, claims};

pub(super) async fn run(tools: &Tools, order: &Order) -> Result<Answer, Error> {
    report(&claims::raise(&tools.house, order.for_date, order.batch).await?)
}
