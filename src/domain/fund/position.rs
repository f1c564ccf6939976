//! What a fund has, has promised, and can lend on a day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::super::ledger::{Account, FundingKind};
use super::super::money::Money;
use super::FundingSource;

/// Everything that says where a fund stands on a day.
#[derive(Debug, Clone)]
pub struct FundFacts {
    /// The day.
    pub on: NaiveDate,
    /// Debits less credits per account, of the entries that count by then.
    pub balances: BTreeMap<Account, Money>,
    /// Each source with what it has put into the fund by then.
    pub sources: Vec<(FundingSource, Money)>,
    /// Promised and not yet drawn or released.
    pub committed: Money,
}

/// Where a fund stands. Amounts in euro; what is owed is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Position {
    /// On the bank account.
    pub cash: Money,
    /// Promised and not yet drawn.
    pub committed: Money,
    /// Owed by borrowers.
    pub outstanding: Money,
    /// Repaid by borrowers, to be passed on to funders, not yet passed on.
    pub due_to_funder: Money,
    /// Approved invoices not yet paid.
    pub contractors_payable: Money,
    /// Of unknown owner.
    pub unmatched: Money,
    /// Paid too much by borrowers.
    pub overpaid: Money,
    /// Ordered back to borrowers, not yet paid.
    pub refunds_payable: Money,
    /// Came in and is not ours: stays owed to its sender.
    pub held_for_senders: Money,
    /// Credit lines that are open on the day and not yet drawn.
    pub undrawn_lines: Money,
    /// What may still be promised.
    pub free_to_lend: Money,
}

impl FundFacts {
    fn balance(&self, account: Account) -> Money {
        self.balances.get(&account).copied().unwrap_or_default()
    }

    /// What is left of the credit lines on which new money may be committed on the day.
    fn undrawn_lines(&self) -> Money {
        self.sources
            .iter()
            .filter(|(source, _)| source.kind == FundingKind::CreditLine && source.is_active(self.on))
            .map(|(source, received)| source.ceiling - *received)
            .sum()
    }

    /// The position. `free_to_lend` is the sum that the function of that name in the database makes: cash, less
    /// what is owed to contractors, due to funders, of unknown owner, overpaid, ordered back or held for its
    /// sender, plus credit lines not yet drawn, less commitments.
    pub fn position(&self) -> Position {
        let owed = |account| -self.balance(account);
        let position = Position {
            cash: self.balance(Account::CashAtBank),
            committed: self.committed,
            outstanding: self.balance(Account::LoansReceivable),
            due_to_funder: owed(Account::DueToFunder),
            contractors_payable: owed(Account::ContractorsPayable),
            unmatched: owed(Account::UnmatchedReceipts),
            overpaid: owed(Account::BorrowerOverpayments),
            refunds_payable: owed(Account::RefundsPayable),
            held_for_senders: owed(Account::HeldForSenders),
            undrawn_lines: self.undrawn_lines(),
            free_to_lend: Money::ZERO,
        };
        let spoken_for = position.contractors_payable
            + position.due_to_funder
            + position.unmatched
            + position.overpaid
            + position.refunds_payable
            + position.held_for_senders;
        let free_to_lend = position.cash + position.undrawn_lines - spoken_for - position.committed;
        Position { free_to_lend, ..position }
    }
}
