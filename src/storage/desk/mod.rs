//! What the pages show of several tables at once. Read only.

pub mod application_file;
pub mod applications;
pub mod bank;
pub mod funds;
pub mod letters;
pub mod loans;
pub mod orders;
pub mod waiting;
