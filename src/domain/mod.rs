//! Pure rules: no database, no web, no file, no clock. Time and chance are arguments.

pub mod access;
pub mod money;
pub mod text;
