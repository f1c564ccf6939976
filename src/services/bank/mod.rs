//! Bank files: taken in whole or not at all, booked once, and what waits for a person.

mod accept;
mod book;
mod details;
mod give_back;
mod groups;
mod import;
mod list;
mod prepare;
mod report;
mod settle;

pub(in crate::services) use give_back::{GivenBack, give_back};
pub use import::{BankFile, import};
pub use list::{line, lines, statements};
pub use report::{BookedSum, ExplainedTotal, FileReport, FileState, ImportReport, StatementReport, SuspenseLine};
pub use settle::{Settlement, settle};
pub(in crate::services) use settle::{settle_in, settlement_key};

pub use crate::storage::bank::{ListedStatement, Page};
