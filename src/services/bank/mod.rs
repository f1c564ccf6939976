//! Bank files: taken in whole or not at all, booked once, and what waits for a person.

mod accept;
mod agreement;
mod batch;
mod book;
mod collections;
mod counterparties;
mod decide;
mod details;
mod entries;
mod folder;
mod give_back;
mod groups;
mod held;
mod import;
mod list;
mod paged;
mod prepare;
mod queue;
mod report;
mod returned;
mod settle;

pub use agreement::{Agreement, agreement, days};
pub use counterparties::{
    Forgetting, NewAgency, add_agency, agencies, counterparties, forget_counterparty, remove_agency,
};
pub use decide::{Decided, DecisionForm, DecisionRequest, PartForm, UndoRequest, decide, preview_decision, undo};
pub use folder::{FolderReport, TakenFile, take_in};
pub(in crate::services) use give_back::{GivenBack, give_back};
pub use held::{HeldDecision, Waiting, held, release};
pub use import::{BankFile, OnGap, import, import_with};
pub use list::{line, lines, statements};
pub use paged::{Part, QueuePage, queue_page};
pub use queue::{QueueLine, ShownAbout, ShownProposal, decisions, queued};
pub use report::{BookedSum, ExplainedTotal, FileReport, FileState, ImportReport, StatementReport, SuspenseLine};
pub(in crate::services) use settle::settle_in;
pub use settle::{Settlement, settle};

pub use crate::storage::bank::{
    Agency, DayEnd, KnownPayer, LineFilter, ListedLine, ListedStatement, Page, RefundAsk, ShownDecision, ShownPart,
    WaitingLine, WaitingTotals,
};
