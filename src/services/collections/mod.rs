//! Direct debit: mandates, the notice before each collection, the file that two people let leave, and what is asked of a
//! person when the money comes back.

mod change;
mod creditor;
mod form;
mod list;
mod notice;
mod prepare;
mod register;
mod release;
mod returned;
mod run;
mod terms;

pub use change::{amend, stop};
pub use creditor::{CreditorForm, set_creditor};
pub use form::{AmendForm, MandateForm, RunForm, StopForm};
pub use list::{CollectionFile, OfLoan, Overview, file, of_loan, overview};
pub use prepare::{PrepareReport, prepare};
pub use register::register;
pub use release::{export, release};
pub use returned::answer_return;
pub use run::{BlockedLine, Made, make};
pub(in crate::services) use terms::terms;

pub use crate::storage::collections::{CollectionLine, MandateLine, ReturnLine, RunLine};
