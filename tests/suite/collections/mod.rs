//! Direct debit: mandates, the notices of the night, the files that two people let leave, and what comes back.

mod bank;
mod details;
mod doors;
mod mandates;
mod many;
mod night;
mod notice;
mod placed;
mod returns;
mod run;
pub(crate) mod till;
mod undo;
