//! The ledger: does it still say what happened, and which of its periods are closed?

pub mod check;
pub mod close;
mod compare;
pub mod night;
