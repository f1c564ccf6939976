//! Pure rules: no database, no web, no file, no clock. Time and chance are arguments.

pub mod identity;
pub mod money;
