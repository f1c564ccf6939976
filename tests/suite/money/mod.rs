//! The money of a fund: promised, drawn, paid, repaid, passed on, and always agreeing with the books.

mod at_once;
mod booking;
mod check;
mod commitments;
mod invoices;
mod ledger;
mod periods;
mod position;
pub(crate) mod story;
mod veka;
