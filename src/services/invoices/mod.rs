//! Invoices of contractors: received by one person, approved or refused by another, and then a tranche.

pub mod approve;
mod decide;
mod form;
mod limits;
pub mod list;
pub mod receive;
pub mod refuse;

pub use form::InvoiceForm;
