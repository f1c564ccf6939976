//! One loan: what was agreed, what happened, and what follows from both.
//!
//! Facts go in ([`LoanFact`]), a pure fold comes out ([`fold`] → [`LoanState`]): balance, schedule and arrears
//! are never stored as truth. Folding all facts equals adding them one by one ([`LoanState::apply`]), and a
//! payment that was reversed leaves no trace in what is owed.
//!
//! A new kind of event is a new variant of [`LoanEvent`], a rule in [`LoanState::check`] and a line in the fold.

mod check;
mod claims;
mod fact;
mod refused;
mod state;
mod terms;
#[cfg(test)]
mod tests;

pub use fact::{LoanEvent, LoanFact, Trigger, UnknownTrigger};
pub use refused::{FoldError, Refused};
pub use state::{Called, InstalmentState, LoanState, Payment, Status, admit, fold};
pub use terms::{InvalidTerms, LoanTerms, Repayment};
