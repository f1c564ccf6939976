//! Takes in the bank files that lie in the watched folder.

use super::{Answer, Order, Tools, report};
use crate::services::Error;
use crate::services::bank::take_in;

pub(super) async fn run(tools: &Tools, order: &Order) -> Result<Answer, Error> {
    report(&take_in(&tools.house, tools.bank_folder.as_deref(), order.batch).await?)
}
