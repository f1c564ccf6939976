//! Contracts: from an approved application to a loan.

mod sign;
mod terms;

pub use sign::{Contract, Signed, sign};
