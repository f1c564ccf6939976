//! Jobs: what the house does by itself at night. One of the three doors.
//!
//! `jobs/<name>.toml` says when, `runners/<name>.rs` says what. Due times come from croner in a real time zone;
//! tokio-cron-scheduler only gives the heartbeat, because it freezes a zone to the offset of the day it started.

pub mod definition;
pub mod runners;
mod worker;

pub use definition::Definition;
pub use runners::{Answer, Order, Runner, Tools};
pub use worker::{Heartbeat, HeartbeatError, beat, plan_due, run_by_hand, run_waiting};
