//! Reports to those who gave the money.

mod sheet;
pub mod veka;
mod veka_figures;
