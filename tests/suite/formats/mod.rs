//! Numbers people type, and files banks send.

mod bank_read;
mod camt_broken;
pub(crate) mod camt_files;
mod camt_read;
mod camt_samples;
mod coda_awkward;
mod coda_awkward_files;
mod coda_broken;
mod coda_details;
mod coda_generated;
pub(crate) mod coda_generator;
mod coda_read;
mod coda_samples;
mod coda_write;
mod identity;
mod pain_write;
mod pain_xsd;
mod payment_files;
mod records;
