//! Bank files: taken in whole or not at all, booked once, and what waits for a person.

mod accept;
mod book;
mod import;
mod list;
mod prepare;
mod report;
mod settle;

pub use import::{BankFile, import};
pub use list::{line, lines, statements};
pub use report::{BookedSum, FileReport, FileState, ImportReport, StatementReport, SuspenseLine};
pub use settle::{Settlement, settle};

pub use crate::storage::bank::{ListedStatement, Page};
