//! Numbers people type, and files banks send.

mod bank_read;
mod coda_broken;
mod coda_read;
mod coda_write;
mod identity;
mod pain_write;
mod pain_xsd;
mod payment_files;
mod records;
