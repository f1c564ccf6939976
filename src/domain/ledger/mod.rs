//! The double-entry ledger of a fund: accounts, balanced entries, and the entry of each event.
//!
//! A [`JournalEntry`] cannot be made unless it balances; the database checks it again at commit. Debits are
//! positive and credits negative, so an entry balances when its postings sum to zero.

mod account;
mod entry;
mod postings;
#[cfg(test)]
mod tests;

pub use account::{Account, AccountKind, UnknownAccount};
pub use entry::{JournalEntry, Posting, Reason, Unbalanced, UnknownReason};
pub use postings::{
    FundingKind, FundingShare, PassOn, Receipt, UnknownFundingKind, bank_charge, contractor_paid, fee_received,
    funding_received, overpayment_refunded, passed_on_due, passed_to_funder, payment_received, payment_reversed,
    receipt_allocated, receipt_unmatched, reverse, tranche_approved,
};
