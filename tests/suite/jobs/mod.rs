//! What the house does by itself: each job works, does nothing the second time, keeps to its batch and goes on
//! after a crash; and each due time has one run.

mod arrears;
mod claims;
mod command;
mod crash;
mod heartbeat;
mod ledger;
mod outbox;
mod reminder;
mod runs;
pub(crate) mod street;
