//! The double-entry ledger of a fund: accounts, balanced entries, and the entry of each event.
//!
//! A [`JournalEntry`] cannot be made unless it balances; the database checks it again at commit. Debits are
//! positive and credits negative, so an entry balances when its postings sum to zero.

mod account;
mod entry;
mod of_loan;
mod postings;
mod suspense;
#[cfg(test)]
mod tests;

pub use account::{Account, AccountKind, UnknownAccount};
pub use entry::{JournalEntry, Posting, Reason, Unbalanced, UnknownReason};
pub use of_loan::{Balances, Counter, balances, change};
pub use postings::{
    FundingKind, FundingShare, UnknownFundingKind, bank_charge, contractor_paid, fee_received, funding_received,
    passed_on_due, passed_to_funder, receipt_unmatched, refund_paid, reverse,
};
pub use suspense::{
    back_to_suspense, came_back, from_suspense, held_for_sender, netted, ordered_to_sender, parted, sender_paid,
};
