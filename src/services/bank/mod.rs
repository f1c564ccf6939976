//! Bank files: taken in whole or not at all, booked once, and what waits for a person.

mod accept;
mod agreement;
mod book;
mod details;
mod folder;
mod give_back;
mod groups;
mod held;
mod import;
mod list;
mod prepare;
mod report;
mod settle;

pub use agreement::{Agreement, agreement, days};
pub use folder::{FolderReport, TakenFile, take_in};
pub(in crate::services) use give_back::{GivenBack, give_back};
pub use held::{HeldDecision, Waiting, held, release};
pub use import::{BankFile, OnGap, import, import_with};
pub use list::{line, lines, statements};
pub use report::{BookedSum, ExplainedTotal, FileReport, FileState, ImportReport, StatementReport, SuspenseLine};
pub use settle::{Settlement, settle};
pub(in crate::services) use settle::{settle_in, settlement_key};

pub use crate::storage::bank::{DayEnd, ListedStatement, Page};
