//! All SQL, one file per table group. Rows never leave: they become domain values here or are refused.

pub mod audit;
pub mod bank;
mod error;

pub use error::Error;
