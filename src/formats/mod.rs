//! Pure codecs between bytes and domain values; no IO.

pub mod application_csv;
pub mod bank;
mod camt;
pub mod coda;
pub mod pain;
pub mod xlsx;
