//! The lines of a schedule: how money is laid on them, and how they make room for others.

use chrono::NaiveDate;

use super::super::calendar;
use super::super::money::Money;
use super::super::schedule::Instalment;
use super::state::{InstalmentState, LineKind, LoanState};

impl LoanState {
    /// Lays money on the open lines, the oldest first, and answers what is left.
    pub(super) fn lay(&mut self, amount: Money, on: NaiveDate) -> Money {
        self.lay_while(amount, on, |_| true)
    }

    /// Lays money on the open lines that are asked for, the oldest first, and answers what is left.
    pub(super) fn lay_while(
        &mut self,
        amount: Money,
        on: NaiveDate,
        takes: impl Fn(&InstalmentState) -> bool,
    ) -> Money {
        let mut left = amount;
        for line in self.inner.lines.iter_mut().filter(|line| line.open.is_positive() && takes(line)) {
            let part = left.min(line.open);
            line.paid += part;
            line.open -= part;
            left -= part;
            if line.open.is_zero() {
                line.settled_on = Some(on);
            }
            if left.is_zero() {
                break;
            }
        }
        left
    }

    /// Takes money back from the lines that were paid, the latest first: a refund of what a later reversal shows was
    /// not too much. Answers what could not be taken back.
    pub(super) fn unlay(&mut self, amount: Money) -> Money {
        let mut left = amount;
        for line in self.inner.lines.iter_mut().rev().filter(|line| line.paid.is_positive()) {
            let part = left.min(line.paid);
            line.paid -= part;
            line.open += part;
            line.settled_on = None;
            left -= part;
        }
        left
    }

    /// Adds a line after all others that ever could be claimed by a day.
    pub(super) fn push_line(&mut self, kind: LineKind, due_on: NaiveDate, (principal, other): (Money, Money)) {
        let interest = if kind == LineKind::GainShare { Money::ZERO } else { other };
        let instalment = Instalment {
            number: self.next_number(),
            due_on,
            payable_on: calendar::next_banking_day(due_on),
            principal,
            interest,
            total: principal + other,
            balance: Money::ZERO,
        };
        self.inner.lines.push(InstalmentState::claim(kind, instalment));
    }

    /// Adds the lines of a plan, numbered on.
    pub(super) fn push_plan(&mut self, plan: Vec<Instalment>) {
        let first = self.next_number();
        for (number, line) in (first..).zip(plan) {
            self.inner.lines.push(InstalmentState::claim(LineKind::Instalment, Instalment { number, ..line }));
        }
    }

    fn next_number(&self) -> u32 {
        self.inner.lines.iter().map(|line| line.instalment.number).max().unwrap_or(0) + 1
    }

    /// Frees the principal of the lines that are asked for, on a day. What was paid on a line stays; of a line that is
    /// not due by `due_by` it becomes an early repayment, and its interest, which has not run, goes. Lines of which
    /// nothing is left go. Answers the principal that was freed.
    pub(super) fn free_principal(
        &mut self,
        (due_by, on): (NaiveDate, NaiveDate),
        takes: impl Fn(&InstalmentState) -> bool,
    ) -> Money {
        let mut freed = Money::ZERO;
        for line in self.inner.lines.iter_mut().filter(|line| line.open.is_positive() && takes(line)) {
            let principal = line.principal_open();
            freed += principal;
            line.instalment.principal -= principal;
            line.instalment.total -= principal;
            line.open -= principal;
            if line.instalment.due_on > due_by && line.kind != LineKind::GainShare {
                line.instalment.interest -= line.open;
                line.instalment.total -= line.open;
                line.open = Money::ZERO;
                line.kind = LineKind::EarlyRepayment;
                (line.instalment.due_on, line.instalment.payable_on) = (on, calendar::next_banking_day(on));
            }
            if line.open.is_zero() && line.settled_on.is_none() {
                line.settled_on = Some(on);
            }
        }
        self.inner.lines.retain(|line| line.instalment.total.is_positive());
        freed
    }

    /// Gives up everything that is open, and answers the principal in it.
    pub(super) fn forgo_all(&mut self) -> Money {
        let mut principal = Money::ZERO;
        for line in self.inner.lines.iter_mut().filter(|line| line.open.is_positive()) {
            principal += line.principal_open();
            line.forgone += line.open;
            line.open = Money::ZERO;
        }
        principal
    }

    /// Lines in order of their days; on one day in order of their numbers. Each says what is owed after it.
    pub(super) fn tidy_lines(&mut self) {
        self.inner.lines.sort_by_key(|line| (line.instalment.due_on, line.instalment.number));
        let mut balance: Money = self.inner.lines.iter().map(|line| line.instalment.principal).sum();
        for line in &mut self.inner.lines {
            balance -= line.instalment.principal;
            line.instalment.balance = balance;
        }
    }
}
