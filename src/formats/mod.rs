//! Pure codecs between bytes and domain values; no IO.

pub mod coda;
pub mod xlsx;
