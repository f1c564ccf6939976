//! The comparison itself: no database, so that every difference can be planted and found.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use uuid::Uuid;

use super::check::{Difference, DifferenceKind as Kind};
use crate::domain::ledger::{Account, FundingShare, balances};
use crate::domain::loan::{FoldError, LoanFact, LoanState, fold};
use crate::domain::money::Money;
use crate::services::funds::position::FundPosition;
use crate::storage::bank::{Misplaced, Suspense};
use crate::storage::commitments::Left;
use crate::storage::ledger::{Balance, UnbalancedEntry};
use crate::storage::loans::Loan;

/// Everything that must agree.
pub(super) struct Books {
    pub(super) today: NaiveDate,
    pub(super) unbalanced: Vec<UnbalancedEntry>,
    pub(super) fund_balances: Vec<Balance>,
    pub(super) loan_balances: Vec<Balance>,
    /// Per source: what became due to its funder by repayments.
    pub(super) became_due: Vec<(Uuid, Money)>,
    /// Per fund: the balance at the end of its last bank statement.
    pub(super) closing_balances: HashMap<Uuid, Money>,
    /// Per fund: orders to contractors that wait for the bank.
    pub(super) ordered: HashMap<Uuid, Money>,
    /// Per fund: orders back to borrowers that wait for the bank.
    pub(super) refunds_ordered: HashMap<Uuid, Money>,
    /// Per fund: what the bank brought, in and out, that no person has placed yet.
    pub(super) suspense: HashMap<Uuid, Suspense>,
    /// Lines whose money is in suspense and should not be, or the other way round.
    pub(super) misplaced: Vec<Misplaced>,
    pub(super) left: Vec<Left>,
    pub(super) contracts: Vec<Loan>,
    pub(super) facts: HashMap<Uuid, Vec<LoanFact>>,
    pub(super) shares: HashMap<Uuid, Vec<FundingShare>>,
    pub(super) positions: HashMap<Uuid, FundPosition>,
    pub(super) free_in_database: HashMap<Uuid, Money>,
}

/// The accounts that are kept per loan, each with what it is compared as.
const SUBLEDGER: [(Kind, Account); 5] = [
    (Kind::Outstanding, Account::LoansReceivable),
    (Kind::Overpaid, Account::BorrowerOverpayments),
    (Kind::InterestIncome, Account::InterestIncome),
    (Kind::GainShareIncome, Account::GainShareIncome),
    (Kind::WriteOffLoss, Account::WriteOffLoss),
];

/// The loans as their facts say, by identifier.
type States = BTreeMap<Uuid, LoanState>;

impl Books {
    /// Everything that does not agree.
    pub(super) fn differences(&self) -> Vec<Difference> {
        let mut found = self.entries();
        found.extend(self.funds());
        found.extend(self.lines());
        let mut states = States::new();
        for loan in &self.contracts {
            if let Ok(state) = self.state(loan) {
                states.insert(loan.loan_id, state);
            } else {
                // One loan that makes no sense must not hide the others.
                let about = (loan.fund_id, Some(loan.loan_id));
                found.push(self.difference(Kind::Unreadable, about, (Money::ZERO, Money::ZERO)));
            }
        }
        found.extend(self.loans(&states));
        found.extend(self.commitments(&states));
        found.extend(self.undrawn(&states));
        found.extend(self.sources(&states));
        found
    }

    /// Every fact counts, also one dated after today: the ledger has its entry already.
    fn state(&self, loan: &Loan) -> Result<LoanState, FoldError> {
        let facts = self.facts.get(&loan.loan_id).map(Vec::as_slice).unwrap_or_default();
        let last = facts.iter().map(|fact| fact.effective_on).max().unwrap_or(self.today);
        fold(&loan.terms, facts, last.max(self.today))
    }

    fn entries(&self) -> Vec<Difference> {
        let mut sums: BTreeMap<Uuid, Money> = BTreeMap::new();
        for balance in &self.fund_balances {
            *sums.entry(balance.fund_id).or_default() += balance.amount;
        }
        let entries = self.unbalanced.iter().map(|entry| (Kind::EntryUnbalanced, entry.fund_id, entry.sum));
        let funds = sums.into_iter().map(|(fund_id, sum)| (Kind::FundUnbalanced, fund_id, sum));
        entries
            .map(|(kind, fund_id, sum)| self.difference(kind, (fund_id, None), (Money::ZERO, sum)))
            .chain(funds.filter_map(|(kind, fund_id, sum)| self.differs(kind, (fund_id, None), (Money::ZERO, sum))))
            .collect()
    }

    fn funds(&self) -> Vec<Difference> {
        let of = |sums: &HashMap<Uuid, Money>, fund_id: &Uuid| sums.get(fund_id).copied().unwrap_or_default();
        let mut positions: Vec<(&Uuid, &FundPosition)> = self.positions.iter().collect();
        positions.sort_by(|a, b| a.1.code.cmp(&b.1.code));
        let balances = self.fund_balances.iter().map(|balance| ((balance.fund_id, balance.account), balance.amount));
        let balances: HashMap<(Uuid, Account), Money> = balances.collect();
        let booked = |fund_id: &Uuid, account| balances.get(&(*fund_id, account)).copied().unwrap_or_default();
        let mut found = Vec::new();
        for (fund_id, position) in positions {
            let waits = self.suspense.get(fund_id).copied().unwrap_or_default();
            let (unmatched, unexplained) =
                (-booked(fund_id, Account::UnmatchedReceipts), booked(fund_id, Account::UnexplainedPayments));
            let figures = [
                (Kind::FreeToLend, of(&self.free_in_database, fund_id), position.free_to_lend),
                (Kind::CashAtBank, of(&self.closing_balances, fund_id), position.cash),
                (Kind::UnmatchedReceipts, waits.money_in, unmatched),
                (Kind::UnexplainedPayments, waits.money_out, unexplained),
                (Kind::ContractorsPayable, of(&self.ordered, fund_id), position.details.contractors_payable),
                (Kind::RefundsPayable, of(&self.refunds_ordered, fund_id), position.details.refunds_payable),
            ];
            found.extend(
                figures
                    .into_iter()
                    .filter_map(|(kind, expected, is)| self.differs(kind, (*fund_id, None), (expected, is))),
            );
        }
        found
    }

    /// Each line in suspense, and each decision about lines, against what its entries did there.
    fn lines(&self) -> Vec<Difference> {
        let of_line = |misplaced: &Misplaced| {
            let kind = match misplaced.account {
                Account::UnmatchedReceipts => Kind::UnmatchedReceipts,
                _ => Kind::UnexplainedPayments,
            };
            let figures = (misplaced.expected, misplaced.found);
            Difference {
                line: Some(misplaced.bank_line_id),
                ..self.difference(kind, (misplaced.fund_id, None), figures)
            }
        };
        self.misplaced.iter().map(of_line).collect()
    }

    fn loans(&self, states: &States) -> Vec<Difference> {
        let mut booked: HashMap<(Uuid, Account), Money> = HashMap::new();
        for balance in &self.loan_balances {
            if let Some(loan_id) = balance.owner_id {
                *booked.entry((loan_id, balance.account)).or_default() += balance.amount;
            }
        }
        let of = |loan_id, account| booked.get(&(loan_id, account)).copied().unwrap_or_default();
        let mut found = Vec::new();
        for loan in &self.contracts {
            let Some(state) = states.get(&loan.loan_id) else { continue };
            let about = (loan.fund_id, Some(loan.loan_id));
            let shares = self.shares.get(&loan.loan_id).map(Vec::as_slice).unwrap_or_default();
            let should = balances(state, shares);
            for (kind, account) in SUBLEDGER {
                // Liabilities and income are told without their sign.
                let sign = |amount: Money| if account.kind().grows_by_debit() { amount } else { -amount };
                let expected = should.get(&(account, None)).copied().unwrap_or_default();
                let figures = (sign(expected), sign(of(loan.loan_id, account)));
                found.extend(self.differs(kind, about, figures));
            }
        }
        found
    }

    fn commitments(&self, states: &States) -> Vec<Difference> {
        let mut found = Vec::new();
        for left in &self.left {
            let about = (left.fund_id, left.loan_id);
            let state = left.loan_id.and_then(|loan_id| states.get(&loan_id));
            if left.amount.is_negative() {
                found.push(self.difference(Kind::CommitmentNegative, about, (Money::ZERO, left.amount)));
            } else if state.is_some_and(|state| state.draws_closed_on.is_some()) {
                found.extend(self.differs(Kind::CommitmentLeft, about, (Money::ZERO, left.amount)));
            }
        }
        found
    }

    /// While draws are open, what is committed to a loan is what its contract has left.
    fn undrawn(&self, states: &States) -> Vec<Difference> {
        let mut committed: HashMap<Uuid, Money> = HashMap::new();
        for left in &self.left {
            if let Some(loan_id) = left.loan_id {
                *committed.entry(loan_id).or_default() += left.amount;
            }
        }
        let open = self.contracts.iter().filter_map(|loan| {
            let state = states.get(&loan.loan_id).filter(|state| state.draws_closed_on.is_none())?;
            let left = committed.get(&loan.loan_id).copied().unwrap_or_default();
            // Less than nothing is a difference of its own.
            (!left.is_negative()).then_some(((loan.fund_id, Some(loan.loan_id)), (state.undrawn, left)))
        });
        open.filter_map(|(about, figures)| self.differs(Kind::CommitmentUndrawn, about, figures)).collect()
    }

    /// Each source that does not revolve gets its part of what every loan has repaid.
    fn sources(&self, states: &States) -> Vec<Difference> {
        let mut expected: BTreeMap<Uuid, Money> = BTreeMap::new();
        for (loan_id, state) in states {
            let shares = self.shares.get(loan_id).map(Vec::as_slice).unwrap_or_default();
            for ((account, source), amount) in balances(state, shares) {
                if let (Account::DueToFunder, Some(source_id)) = (account, source) {
                    *expected.entry(source_id).or_default() -= amount;
                }
            }
        }
        let mut booked: BTreeMap<Uuid, Money> = self.became_due.iter().copied().collect();
        let mut found = Vec::new();
        for position in self.positions.values() {
            for (source, _) in &position.sources {
                let should = expected.remove(&source.source_id).unwrap_or_default();
                let is = booked.remove(&source.source_id).unwrap_or_default();
                found.extend(self.differs(Kind::DueToFunder, (source.fund_id, None), (should, is)));
            }
        }
        found
    }

    fn differs(&self, kind: Kind, about: (Uuid, Option<Uuid>), figures: (Money, Money)) -> Option<Difference> {
        (figures.0 != figures.1).then(|| self.difference(kind, about, figures))
    }

    fn difference(
        &self,
        kind: Kind,
        (fund_id, loan_id): (Uuid, Option<Uuid>),
        (expected, found): (Money, Money),
    ) -> Difference {
        let fund = self.positions.get(&fund_id).map_or_else(|| fund_id.to_string(), |position| position.code.clone());
        let number = |loan_id: Uuid| {
            let loan = self.contracts.iter().find(|loan| loan.loan_id == loan_id);
            loan.map_or_else(|| loan_id.to_string(), |loan| loan.number.clone())
        };
        Difference { kind, fund, loan: loan_id.map(number), line: None, expected, found }
    }
}
