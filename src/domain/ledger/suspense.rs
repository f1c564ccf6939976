//! Money that waited in suspense and found its place. Amounts in euro.

use chrono::NaiveDate;

use super::super::money::Money;
use super::account::Account;
use super::entry::{JournalEntry, Posting, Reason, Unbalanced};

/// The account in which money of this sign waits; positive came in.
fn waits_in(cash: Money) -> Account {
    if cash.is_negative() { Account::UnexplainedPayments } else { Account::UnmatchedReceipts }
}

/// The same posting, with the account in which money waits in the place of the bank account.
fn through_suspense(posting: &Posting) -> Posting {
    let account = if posting.account == Account::CashAtBank { waits_in(posting.amount) } else { posting.account };
    Posting { account, ..posting.clone() }
}

/// What an entry says when its money did not come from the bank account just now, but was on it already and waited:
/// Dr unmatched receipts in the place of Dr cash, Cr unexplained payments in the place of Cr cash.
pub fn from_suspense(entry: &JournalEntry) -> Result<JournalEntry, Unbalanced> {
    let postings = entry.postings().iter().map(through_suspense).collect();
    JournalEntry::new(entry.reason(), entry.effective_on(), postings)
}

/// A sum that waited turns out to hold money in and money out: Dr unexplained payments / Cr unmatched receipts with
/// what the smaller of the two comes to, so that each waits where money of its sign does.
pub fn parted(on: NaiveDate, amount: Money) -> Result<JournalEntry, Unbalanced> {
    let debit = Posting::debit(Account::UnexplainedPayments, amount);
    JournalEntry::new(Reason::ReceiptUnmatched, on, vec![debit, Posting::credit(Account::UnmatchedReceipts, amount)])
}
