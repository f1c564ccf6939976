//! The ledger: does it still say what happened?

pub mod check;
mod compare;
