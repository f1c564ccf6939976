//! Claims what has fallen due.

use serde_json::Value;

use super::{Order, Tools, report};
use crate::services::{Error, claims};

pub(super) async fn run(tools: &Tools, order: &Order) -> Result<Value, Error> {
    report(&claims::raise(&tools.house, order.for_date, order.batch).await?)
}
