//! Loans: how a fact enters one, and what people see of them.

pub mod book;
pub mod events;
pub mod load;
pub mod named;
mod page;
mod refusal;
pub mod show;
pub mod state;

pub use refusal::{refusal, refused};
