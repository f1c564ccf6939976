//! One loan: what was agreed, what happened, and what follows from both.
//!
//! Facts go in ([`LoanFact`]), a pure fold comes out ([`fold`] → [`LoanState`]): balance, schedule and arrears
//! are never stored as truth. Folding all facts equals adding them one by one ([`LoanState::apply`]), a payment that
//! was reversed leaves no trace in what is owed, and a fact that was wrong is corrected by another
//! ([`LoanEvent::Corrected`]), after which everything is as if the right one had been known in time.
//!
//! There are two axes of time: *what was owed on a day* ([`fold`] with that day) and *what was believed at a moment*
//! ([`fold_as_known`]).
//!
//! A new kind of event is a new variant of [`LoanEvent`], a rule in [`LoanState::check`] and a line in `absorb`.

mod absorb;
mod check;
mod contradiction;
mod draws;
mod event;
mod fact;
mod fold;
mod lines;
mod refused;
mod replan;
mod state;
mod terms;
#[cfg(test)]
mod tests;
mod trigger;

pub use event::{LoanEvent, NewDebtor, Payer, Replacement, Usage};
pub use fact::{LoanFact, corrected};
pub use fold::{admit, fold, fold_as_known, fold_on_days};
pub use refused::{FoldError, Refused};
pub use state::{Called, DebtSettlement, Discharge, InstalmentState, LineKind, LoanState, Payment, Status};
pub use terms::{GainShare, InvalidTerms, LoanTerms, Repayment};
pub use trigger::{Trigger, UnknownTrigger};
