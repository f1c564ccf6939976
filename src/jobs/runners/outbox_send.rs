//! Sends what waits in the outbox.

use serde_json::Value;

use super::{Order, Tools, report};
use crate::services::{Error, outbox};

pub(super) async fn run(tools: &Tools, order: &Order) -> Result<Value, Error> {
    report(&outbox::send(&tools.house, &tools.post, &tools.sender, order.batch).await?)
}
