//! Numbers people type, and files banks send.

mod bank_read;
mod camt_broken;
pub(crate) mod camt_files;
mod camt_read;
mod camt_samples;
mod coda_broken;
mod coda_read;
mod coda_write;
mod identity;
mod records;
