//! All SQL, one file per table group. Rows never leave: they become domain values here or are refused.

pub mod audit;
mod error;
pub mod sessions;
pub mod users;

pub use error::Error;
