//! All SQL, one file per table group. Rows never leave: they become domain values here or are refused.

pub mod audit;
pub mod cluster;
mod database;
mod error;
pub mod house_clock;

pub use database::{Database, MIGRATOR, OpenError, Schema, Server, connect, migrate, open, schema, server};
pub use error::Error;
