//! All SQL, one file per table group. Rows never leave: they become domain values here or are refused.

pub mod answers;
pub mod applications;
pub mod arrears;
pub mod audit;
pub mod bank;
pub mod cluster;
pub mod collections;
pub mod commitments;
pub mod contractors;
mod database;
pub mod demo_house;
pub mod desk;
pub mod documents;
pub mod dwellings;
mod error;
pub mod funds;
pub mod house_clock;
pub mod invoices;
pub mod job_runs;
pub mod ledger;
pub mod loans;
pub mod outbox;
pub mod parameters;
pub mod payment_orders;
pub mod payment_returns;
pub mod payment_runs;
pub mod periods;
pub mod persons;
pub mod reports;
pub mod sessions;
pub mod social_services;
pub mod users;

use rust_decimal::Decimal;

use crate::domain::money::Money;

pub use database::{Database, MIGRATOR, OpenError, Schema, Server, connect, migrate, open, schema, server};
pub use error::Error;

/// A `NUMERIC(14,2)`, or a sum of them, as money.
fn money(table: &'static str, amount: Decimal) -> Result<Money, Error> {
    Money::exact(amount).map_err(|problem| Error::corrupt(table, problem))
}
