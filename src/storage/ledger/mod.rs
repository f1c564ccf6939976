//! The ledger: entries with their postings go in, balances come out. Nothing here changes or removes.

mod balances;
mod check;
mod entries;
mod insert;
mod movements;

pub use balances::{Balance, became_due, fund_balances, funding_received, loan_balances, passed_on, source_balances};
pub use check::{UnbalancedEntry, closing_balances, count_entries, hold_still, one_moment, unbalanced_entries};
pub use entries::{AsBooked, Booked, booked_by_key, entries, entry, entry_of_key};
pub use insert::{NewEntry, insert_entries};
pub use movements::{Movement, monthly_funding, monthly_movements, movements_of_loan};
