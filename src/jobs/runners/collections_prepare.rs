//! Announces what is collected by direct debit.

use super::{Answer, Order, Tools, report};
use crate::services::{Error, collections};

pub(super) async fn run(tools: &Tools, order: &Order) -> Result<Answer, Error> {
    report(&collections::prepare(&tools.house, &tools.sender, order.for_date, order.batch).await?)
}
