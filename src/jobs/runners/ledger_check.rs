//! Checks the ledger. Differences are an answer, and make the run fail with all of them in its report.

use super::{Answer, Order, Tools, report};
use crate::services::ledger::check::check;
use crate::services::ledger::night::NightReport;
use crate::services::{Actor, Error};

pub(super) async fn run(tools: &Tools, order: &Order) -> Result<Answer, Error> {
    let night = NightReport::of(check(&tools.house, &Actor::system()).await?, order.batch);
    Ok(Answer { problem: night.problem(), ..report(&night)? })
}
