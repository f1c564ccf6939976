//! How a schedule gives way to another. Every function keeps the sum: principal on the lines is what was drawn.

use chrono::{Datelike, NaiveDate};

use super::super::calendar;
use super::super::money::Money;
use super::super::schedule::{Frequency, Instalment, InvalidPlan, PlanLine};
use super::draws::with_first_interest;
use super::event::Usage;
use super::fact::LoanFact;
use super::state::{InstalmentState, LineKind, LoanState};
use super::terms::{Pace, Repayment};

impl LoanState {
    /// Makes everything that is not due before a day one sum on it, with the interest that has run by then. Draws end.
    pub(super) fn claim_all(&mut self, fact: &LoanFact, due_on: NaiveDate) {
        let on = fact.effective_on;
        let was_planned = self.is_planned();
        let meter = self.inner.meter.take();
        let balance = self.balance_while_drawing();
        let from = self.interest_from(on);
        self.end_draws(fact);
        self.inner.claimed = true;
        if !was_planned {
            let day_before = due_on.pred_opt().unwrap_or(due_on);
            let since = self.last_due(day_before).unwrap_or(from);
            let rest = self.free_principal((day_before, on), |line| line.instalment.due_on >= due_on);
            if rest.is_positive() {
                let interest = self.accrued_on(rest, since, due_on);
                self.push_line(LineKind::Instalment, due_on, (rest, interest));
            }
        } else if !self.bears_interest() && self.drawn.is_positive() {
            // What was repaid already is laid on it.
            self.push_line(LineKind::Instalment, due_on, (self.drawn, Money::ZERO));
        } else if self.drawn.is_positive() {
            let interest = self.metered(meter.unwrap_or((on, Money::ZERO)), due_on);
            let early = self.inner.held.min(self.drawn);
            if early.is_positive() {
                self.inner.held -= early;
                self.repaid_early(early, on);
            }
            if (balance + interest).is_positive() {
                self.push_line(LineKind::Instalment, due_on, (balance, interest));
            }
        }
    }

    /// Repays ahead of the schedule: first what is due or begun, then principal that is not due yet. Answers what is
    /// too much.
    pub(super) fn repay_early(&mut self, amount: Money, usage: Usage, on: NaiveDate) -> Result<Money, InvalidPlan> {
        let begun = |line: &InstalmentState| line.instalment.due_on <= on || line.paid.is_positive();
        let left = self.lay_while(amount, on, begun);
        let ahead: Vec<InstalmentState> =
            self.inner.lines.iter().filter(|line| line.open.is_positive() && !begun(line)).cloned().collect();
        let future: Vec<&InstalmentState> =
            ahead.iter().filter(|line| line.instalment.principal.is_positive()).collect();
        let owed: Money = future.iter().map(|line| line.instalment.principal).sum();
        let repaid = left.min(owed);
        if repaid.is_zero() {
            return Ok(left);
        }
        let broken = self.accrued_on(repaid, self.interest_from(on).min(on), on);
        let balance = owed - repaid;
        let plan = if balance.is_zero() { Vec::new() } else { self.lower_plan(&future, balance, usage)? };
        self.inner.lines.retain(|line| line.open.is_zero() || begun(line) || line.instalment.principal.is_zero());
        self.repaid_early(repaid, on);
        self.push_plan(plan);
        self.price_interest_lines((balance, owed), on);
        self.add_broken_interest(broken, on);
        Ok(left - repaid)
    }

    /// The lines of what is left after an early repayment: as many on the same days, or as high and fewer.
    fn lower_plan(
        &self,
        future: &[&InstalmentState],
        balance: Money,
        usage: Usage,
    ) -> Result<Vec<Instalment>, InvalidPlan> {
        let Some(first) = future.first() else { return Ok(Vec::new()) };
        let count = u32::try_from(future.len()).unwrap_or(u32::MAX);
        let pace = Pace { due_day: first.instalment.due_on.day(), ..self.inner.pace };
        let mut plan = self.terms.plan_in(balance, count, pace, first.instalment.due_on)?.instalments();
        if usage == Usage::ShortenTerm {
            plan = self.shorter(future, balance);
        }
        for (line, old) in plan.iter_mut().zip(future) {
            (line.due_on, line.payable_on) = (old.instalment.due_on, old.instalment.payable_on);
        }
        Ok(plan)
    }

    /// Instalments as high as before, until the balance is gone.
    fn shorter(&self, future: &[&InstalmentState], balance: Money) -> Vec<Instalment> {
        let months = rust_decimal::Decimal::from(self.inner.pace.frequency.months());
        let rate = self.terms.annual_rate().decimal() * months / rust_decimal::Decimal::from(1200);
        let annuity = self.is_annuity();
        let usual = future.get(1).or(future.first()).map(|line| line.instalment.total).unwrap_or_default();
        let mut left = balance;
        let mut plan = Vec::new();
        for (place, line) in future.iter().enumerate() {
            if left.is_zero() {
                break;
            }
            let interest = Money::round_half_up(left.decimal() * rate);
            let part = if annuity { (usual - interest).or_zero() } else { line.instalment.principal };
            let is_last = place + 1 == future.len();
            let principal = if is_last { left } else { part.min(left) };
            left -= principal;
            let total = principal + interest;
            plan.push(Instalment { principal, interest, total, ..line.instalment.clone() });
        }
        plan
    }

    fn is_annuity(&self) -> bool {
        matches!(self.terms.repayment, Repayment::Instalments { method: super::super::schedule::Method::Annuity, .. })
            && self.bears_interest()
    }

    /// Interest-only lines to come bear interest on the lower balance.
    fn price_interest_lines(&mut self, (balance, owed): (Money, Money), on: NaiveDate) {
        let ahead = |line: &&mut InstalmentState| {
            line.kind == LineKind::Interest && line.instalment.due_on > on && line.paid.is_zero()
        };
        for line in self.inner.lines.iter_mut().filter(ahead) {
            let exact = line.instalment.interest.decimal() * balance.decimal() / owed.decimal();
            let interest = Money::round_half_up(exact);
            (line.instalment.interest, line.instalment.total, line.open) = (interest, interest, interest);
        }
        self.inner.lines.retain(|line| line.instalment.total.is_positive());
    }

    /// Interest that ran on what is now repaid is due with the next line; where there is none, at once.
    fn add_broken_interest(&mut self, interest: Money, on: NaiveDate) {
        if interest.is_zero() {
            return;
        }
        let next = self
            .inner
            .lines
            .iter_mut()
            .filter(|line| line.instalment.due_on > on && line.paid.is_zero() && line.open.is_positive())
            .min_by_key(|line| line.instalment.due_on);
        match next {
            Some(line) => {
                line.instalment.interest += interest;
                line.instalment.total += interest;
                line.open += interest;
            }
            None => self.push_line(LineKind::Interest, on, (Money::ZERO, interest)),
        }
    }

    /// Skips due dates: lines that are not due yet move, interest stays where it was.
    pub(super) fn skip(&mut self, periods: u32, on: NaiveDate) {
        if self.is_planned() || matches!(self.terms.repayment, Repayment::Bullet { .. }) && !self.inner.replanned {
            return;
        }
        let pace = self.inner.pace;
        let moves = |line: &InstalmentState| {
            line.kind == LineKind::Instalment && line.instalment.due_on > on && line.open.is_positive()
        };
        let balance: Money =
            self.inner.lines.iter().filter(|line| moves(line)).map(InstalmentState::principal_open).sum();
        let first = self.inner.lines.iter().filter(|line| moves(line)).map(|line| line.instalment.due_on).min();
        let Some(first) = first else { return };
        for line in self.inner.lines.iter_mut().filter(|line| moves(line)) {
            line.instalment.due_on = pace.later(line.instalment.due_on, periods);
            line.instalment.payable_on = calendar::next_banking_day(line.instalment.due_on);
        }
        for period in 0..periods {
            let due_on = pace.later(first, period);
            let interest = self.accrued_on(balance, pace.earlier(due_on), due_on);
            if interest.is_positive() {
                self.push_line(LineKind::Interest, due_on, (Money::ZERO, interest));
            }
        }
    }

    /// Repays what is owed in another number of instalments, interest running on from the last due date.
    pub(super) fn reschedule(
        &mut self,
        (count, frequency): (u32, Frequency),
        first_due_on: NaiveDate,
        on: NaiveDate,
    ) -> Result<(), InvalidPlan> {
        if self.is_planned() {
            return Ok(());
        }
        let from = self.interest_from(on);
        let pace = Pace { frequency, due_day: first_due_on.day() };
        let balance = self.free_principal((on, on), |_| true);
        if balance.is_zero() {
            return Ok(());
        }
        self.inner.pace = pace;
        let mut plan = self.terms.plan_in(balance, count, pace, first_due_on)?.instalments();
        if self.bears_interest() && pace.earlier(first_due_on) != from {
            plan = with_first_interest(plan, self.accrued_on(balance, from, first_due_on));
        }
        self.push_plan(plan);
        Ok(())
    }

    /// Follows a plan: its sums on its days, as far as something is owed; what is owed beyond it comes with its last
    /// sum. Interest, where the loan bears any, comes on top.
    pub(super) fn follow_plan(&mut self, lines: &[PlanLine], on: NaiveDate) {
        if self.is_planned() {
            return;
        }
        let from = self.interest_from(on);
        let balance = self.free_principal((on, on), |_| true);
        self.lay_out(lines, balance, from);
        self.inner.replanned = true;
    }

    fn lay_out(&mut self, lines: &[PlanLine], balance: Money, from: NaiveDate) {
        let (mut left, mut since) = (balance, from);
        for (place, line) in lines.iter().enumerate() {
            let principal = if place + 1 == lines.len() { left } else { line.amount.min(left) };
            if principal.is_zero() {
                break;
            }
            let interest = self.accrued_on(left, since, line.due_on);
            self.push_line(LineKind::Instalment, line.due_on, (principal, interest));
            left -= principal;
            since = line.due_on;
        }
    }

    /// Spreads a part of what is due in one sum; the rest stays due.
    pub(super) fn spread(
        &mut self,
        amount: Money,
        (count, frequency, first_due_on): (u32, Frequency, NaiveDate),
        on: NaiveDate,
    ) -> Result<(), InvalidPlan> {
        let Repayment::Bullet { matures_on, .. } = self.terms.repayment else { return Ok(()) };
        if self.is_planned() {
            return Ok(());
        }
        let due = self.free_principal((on, on), |line| line.kind == LineKind::Instalment);
        let rest = (due - amount).or_zero();
        if rest.is_positive() {
            let due_on = self.called.map_or(matures_on, |called| called.due_on);
            self.push_line(LineKind::Instalment, due_on, (rest, Money::ZERO));
        }
        let spread = due - rest;
        if spread.is_zero() {
            return Ok(());
        }
        self.inner.pace = Pace { frequency, due_day: first_due_on.day() };
        let plan = self.terms.plan_in(spread, count, self.inner.pace, first_due_on)?;
        self.push_plan(plan.instalments());
        self.inner.replanned = true;
        Ok(())
    }

    /// Follows the plan of a court and remits the rest, interest and a share of the gain with it.
    pub(super) fn remit(&mut self, lines: &[PlanLine], remitted: Money, on: NaiveDate) {
        let balance = self.free_principal((on, on), |_| true);
        self.forgo_all();
        let remitted = remitted.min(balance);
        if remitted.is_positive() {
            self.remitted += remitted;
            self.push_line(LineKind::Remission, on, (remitted, Money::ZERO));
            if let Some(line) = self.inner.lines.last_mut() {
                (line.open, line.forgone) = (Money::ZERO, remitted);
            }
        }
        // What the court did not remit and put on no day is due on the day of the ruling.
        let whole = [PlanLine { due_on: on, amount: balance - remitted }];
        self.lay_out(if lines.is_empty() { &whole } else { lines }, balance - remitted, on);
        self.inner.replanned = true;
    }

    /// The day since which interest runs on the schedule in force.
    fn interest_from(&self, on: NaiveDate) -> NaiveDate {
        let next = self.inner.lines.iter().map(|line| line.instalment.due_on).filter(|due_on| *due_on > on).min();
        self.last_due(on).or_else(|| next.map(|due_on| self.inner.pace.earlier(due_on))).unwrap_or(on)
    }

    fn last_due(&self, on: NaiveDate) -> Option<NaiveDate> {
        let of_schedule = |line: &&InstalmentState| matches!(line.kind, LineKind::Instalment | LineKind::Interest);
        let lines = self.inner.lines.iter().filter(of_schedule);
        lines.map(|line| line.instalment.due_on).filter(|due_on| *due_on <= on).max()
    }
}
