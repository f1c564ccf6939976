//! Bank files: taken in whole or not at all, booked once, and what waits for a person.

pub(crate) mod account;
mod agreement;
pub(crate) mod camt;
mod chain;
mod command;
mod decide;
pub(crate) mod details;
mod folder;
mod generated;
mod held;
mod import;
mod killed;
mod levels;
mod many;
mod once;
mod paged;
mod periods;
mod queue;
mod settle;
mod story;
mod words;
