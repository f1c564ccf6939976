//! Sends what waits in the outbox.

use super::{Answer, Order, Tools, report};
use crate::services::{Error, outbox};

pub(super) async fn run(tools: &Tools, order: &Order) -> Result<Answer, Error> {
    report(&outbox::send(&tools.house, &tools.post, &tools.sender, order.batch).await?)
}
