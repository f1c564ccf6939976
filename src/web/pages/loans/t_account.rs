//! Postings of a loan as entries with a debit and a credit side.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::money::Money;
use crate::services::desk::PostingLine;

/// One journal entry.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its identifier.
    pub(super) entry_id: Uuid,
    /// Code of the reason.
    pub(super) reason: String,
    /// The day it counts from.
    pub(super) effective_on: NaiveDate,
    /// The day it really belongs to, where that day was closed.
    pub(super) belongs_on: Option<NaiveDate>,
    /// Its lines.
    pub(super) sides: Vec<Side>,
}

/// One line of an entry; one of the two sides is filled.
#[derive(Debug)]
pub(super) struct Side {
    /// Number of the account.
    pub(super) number: i16,
    /// Code of the account.
    pub(super) account: String,
    /// Amount on the debit side.
    pub(super) debit: Option<Money>,
    /// Amount on the credit side.
    pub(super) credit: Option<Money>,
}

/// Entries of postings that come in order.
pub(super) fn entries(postings: Vec<PostingLine>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for posting in postings {
        let side = Side {
            number: posting.number,
            account: posting.account,
            debit: posting.amount.is_positive().then_some(posting.amount),
            credit: posting.amount.is_negative().then(|| posting.amount.abs()),
        };
        match entries.last_mut().filter(|entry| entry.entry_id == posting.entry_id) {
            Some(entry) => entry.sides.push(side),
            None => entries.push(Entry {
                entry_id: posting.entry_id,
                reason: posting.reason,
                effective_on: posting.effective_on,
                belongs_on: posting.belongs_on,
                sides: vec![side],
            }),
        }
    }
    entries
}
