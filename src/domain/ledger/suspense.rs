//! Money that waited in suspense and found its place, and the way back. Amounts in euro.

use chrono::NaiveDate;
use uuid::Uuid;

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

/// Undoes an entry that placed money: the same lines on the other side. The money stays on the bank account, so where
/// the entry moved cash its money waits from now on. It keeps its reason, so that sums by reason come out right; which
/// entry it undoes is said beside it.
pub fn back_to_suspense(entry: &JournalEntry, on: NaiveDate) -> Result<JournalEntry, Unbalanced> {
    let back = |posting: &Posting| Posting { amount: -posting.amount, ..through_suspense(posting) };
    JournalEntry::new(entry.reason(), on, entry.postings().iter().map(back).collect())
}

/// A payment of ours came back: the same lines on the other side, bank account included. It keeps its reason, as
/// [`back_to_suspense`] does: what was paid to contractors and passed on to funders is then the sum of what stayed.
pub fn came_back(entry: &JournalEntry) -> Result<JournalEntry, Unbalanced> {
    let back = |posting: &Posting| Posting { amount: -posting.amount, ..posting.clone() };
    JournalEntry::new(entry.reason(), entry.effective_on(), entry.postings().iter().map(back).collect())
}

/// Unmatched money is not ours: Dr unmatched receipts / Cr held for senders.
pub fn held_for_sender(on: NaiveDate, amount: Money) -> Result<JournalEntry, Unbalanced> {
    let debit = Posting::debit(Account::UnmatchedReceipts, amount);
    JournalEntry::new(Reason::ReceiptNotOurs, on, vec![debit, Posting::credit(Account::HeldForSenders, amount)])
}

/// Unmatched money is ordered back to whoever sent it: Dr unmatched receipts / Cr refunds payable.
pub fn ordered_to_sender(on: NaiveDate, payment_order_id: Uuid, amount: Money) -> Result<JournalEntry, Unbalanced> {
    let debit = Posting::debit(Account::UnmatchedReceipts, amount);
    let credit = Posting::credit(Account::RefundsPayable, amount).of_order(payment_order_id);
    JournalEntry::new(Reason::ReceiptRefunded, on, vec![debit, credit])
}

/// The bank paid it: Dr refunds payable / Cr cash at bank.
pub fn sender_paid(on: NaiveDate, payment_order_id: Uuid, amount: Money) -> Result<JournalEntry, Unbalanced> {
    let debit = Posting::debit(Account::RefundsPayable, amount).of_order(payment_order_id);
    let credit = Posting::credit(Account::CashAtBank, amount).of_order(payment_order_id);
    JournalEntry::new(Reason::RefundPaid, on, vec![debit, credit])
}

/// A receipt and a payment that cancel each other out: Dr unmatched receipts / Cr unexplained payments.
pub fn netted(on: NaiveDate, amount: Money) -> Result<JournalEntry, Unbalanced> {
    let debit = Posting::debit(Account::UnmatchedReceipts, amount);
    JournalEntry::new(Reason::LinesNetted, on, vec![debit, Posting::credit(Account::UnexplainedPayments, amount)])
}

/// A sum that waited turns out to hold money in and money out: Dr unexplained payments / Cr unmatched receipts with
/// what the smaller of the two comes to, so that each waits where money of its sign does.
pub fn parted(on: NaiveDate, amount: Money) -> Result<JournalEntry, Unbalanced> {
    let debit = Posting::debit(Account::UnexplainedPayments, amount);
    JournalEntry::new(Reason::ReceiptUnmatched, on, vec![debit, Posting::credit(Account::UnmatchedReceipts, amount)])
}
