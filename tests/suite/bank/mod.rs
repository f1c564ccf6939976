//! Bank files: taken in whole or not at all, booked once, and what waits for a person.

pub(crate) mod account;
mod camt;
mod chain;
mod command;
mod details;
mod import;
mod levels;
mod many;
mod once;
mod periods;
mod settle;
mod story;
mod words;
