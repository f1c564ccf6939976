//! What a loan has in the books of its fund. The balances follow from the loan's fold alone, and the entry of any
//! event is what it changes in them: so a correction of years ago is booked to the cent like a payment of today.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::loan::{Discharge, LoanEvent, LoanState};
use super::super::money::Money;
use super::account::Account;
use super::entry::{JournalEntry, Posting, Reason, Unbalanced};
use super::postings::FundingShare;

/// The side of an entry that is not the loan's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counter {
    /// The fund's bank account: a bank statement says so.
    Bank,
    /// Money on the bank account that has no owner yet.
    Unmatched,
    /// Money that left the bank account and that nobody had explained: a payment that went back.
    Unexplained,
    /// What the contractor is owed, by the order that will pay it.
    Contractor(Option<Uuid>),
    /// What is ordered back to a borrower, by its order.
    Refund(Option<Uuid>),
    /// Nothing: no money is involved.
    None,
}

/// Balances by account and funding source; debit positive, credit negative, in euro.
pub type Balances = BTreeMap<(Account, Option<Uuid>), Money>;

impl Counter {
    fn posting(self, loan_id: Uuid, amount: Money) -> Option<Posting> {
        let of_order = |posting: Posting, order: Option<Uuid>| Posting { payment_order_id: order, ..posting };
        match self {
            Self::Bank => Some(Posting::debit(Account::CashAtBank, amount)),
            Self::Unexplained => Some(Posting::debit(Account::UnexplainedPayments, amount)),
            Self::Unmatched => Some(Posting::debit(Account::UnmatchedReceipts, amount)),
            Self::Contractor(order) => {
                Some(of_order(Posting::debit(Account::ContractorsPayable, amount).of_loan(loan_id), order))
            }
            Self::Refund(order) => {
                Some(of_order(Posting::debit(Account::RefundsPayable, amount).of_loan(loan_id), order))
            }
            Self::None => None,
        }
    }
}

/// The balances that a loan has in its fund.
///
/// * *loans receivable*: principal owed; *borrower overpayments*: what was paid too much.
/// * *interest income*, *gain share income*: what was paid of either; income is taken when it is received, not before.
/// * *write-off loss*: principal remitted or given up, less what was recovered, and less the part of it that a
///   discharge took over.
/// * *owed to funder* and *due to funder*, per source that does not revolve: its part of the principal that came back
///   moves from the first to the second. A discharge that is granted ends the debt for the part that will not come
///   back (Energy Decree, art. 8.6.1); one that is refused makes that part due all the same.
///
/// They add up to what was drawn less the money that came in, which is what the other side of its entries holds. Parts of
/// sources are divided to the cent by their weights ([`Money::split`]); with three sources or more a cent can pass from
/// one to another as the sum grows, and comes back.
pub fn balances(state: &LoanState, shares: &[FundingShare]) -> Balances {
    let back = state.repaid + state.recovered;
    let lost = state.remitted + state.written_off - state.recovered;
    let weights: Vec<u64> = shares.iter().map(|share| share.weight).collect();
    let parts = back.split(&weights).into_iter().zip((back + lost).split(&weights));
    let mut balances = Balances::new();
    let mut discharged = Money::ZERO;
    for (share, (came, all)) in shares.iter().zip(parts).filter(|(share, _)| !share.revolves) {
        let rest = all - came;
        let (owed, due) = match state.discharge {
            Some(Discharge::Granted) => (all, came),
            Some(Discharge::Refused) => (all, all),
            Some(Discharge::Requested) | None => (came, came),
        };
        if state.discharge == Some(Discharge::Granted) {
            discharged += rest;
        }
        balances.insert((Account::OwedToFunder, Some(share.source_id)), owed);
        balances.insert((Account::DueToFunder, Some(share.source_id)), -due);
    }
    balances.insert((Account::LoansReceivable, None), state.outstanding);
    balances.insert((Account::BorrowerOverpayments, None), -state.overpaid);
    balances.insert((Account::InterestIncome, None), -state.interest_paid);
    balances.insert((Account::GainShareIncome, None), -state.gain_paid);
    balances.insert((Account::WriteOffLoss, None), lost - discharged);
    balances
}

/// The order in which a bookkeeper reads the lines of a loan's entry.
const READING_ORDER: [Account; 7] = [
    Account::LoansReceivable,
    Account::BorrowerOverpayments,
    Account::InterestIncome,
    Account::GainShareIncome,
    Account::WriteOffLoss,
    Account::OwedToFunder,
    Account::DueToFunder,
];

/// The entry of an event: what it changed in the balances of a loan, against the counter side. None where it changed
/// nothing.
///
/// # Errors
/// The change does not balance: money is involved and no counter side was named.
pub fn change(
    (reason, on): (Reason, NaiveDate),
    loan_id: Uuid,
    (before, after): (&Balances, &Balances),
    counter: Counter,
) -> Result<Option<JournalEntry>, Unbalanced> {
    let of = |balances: &Balances, key: &(Account, Option<Uuid>)| balances.get(key).copied().unwrap_or_default();
    let mut keys: Vec<(Account, Option<Uuid>)> = before.keys().chain(after.keys()).copied().collect();
    let place = |account: Account| READING_ORDER.iter().position(|known| *known == account);
    // What goes from a source and what becomes due to it stand together.
    keys.sort_by_key(|(account, source)| (source.is_some(), *source, place(*account)));
    keys.dedup();
    let mut lines: Vec<Posting> = Vec::new();
    for key in keys {
        let amount = of(after, &key) - of(before, &key);
        if !amount.is_zero() {
            let posting = Posting::debit(key.0, amount);
            lines.push(match key.1 {
                Some(source_id) => posting.of_source(source_id),
                None => posting.of_loan(loan_id),
            });
        }
    }
    let money: Money = lines.iter().map(|line| line.amount).sum();
    if let Some(other) = counter.posting(loan_id, -money).filter(|_| !money.is_zero()) {
        // Debits first, as a bookkeeper writes them; what passes between funder and house comes last.
        let of_the_loan = lines.iter().filter(|line| line.source_id.is_none()).count();
        lines.insert(if other.amount.is_positive() { 0 } else { of_the_loan }, other);
    }
    if lines.is_empty() { Ok(None) } else { JournalEntry::new(reason, on, lines).map(Some) }
}

impl Reason {
    /// The reason of the entry that an event makes.
    pub fn of_event(event: &LoanEvent) -> Self {
        match event {
            LoanEvent::TrancheDrawn { .. } => Self::TrancheApproved,
            LoanEvent::PaymentReceived { .. } => Self::PaymentReceived,
            LoanEvent::PaymentReversed { .. } => Self::PaymentReversed,
            LoanEvent::OverpaymentRefunded { .. } => Self::OverpaymentRefunded,
            LoanEvent::DebtSettlementRuled { .. } => Self::Remitted,
            LoanEvent::WrittenOff { .. } => Self::WrittenOff,
            LoanEvent::DischargeDecided { .. } => Self::DischargeDecided,
            LoanEvent::Corrected { .. } => Self::FactCorrected,
            _ => Self::LoanChanged,
        }
    }
}
