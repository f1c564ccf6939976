//! While money is drawn: interest on what is drawn, and the schedule that is made when draws close.

use chrono::{Datelike, NaiveDate};

use super::super::calendar;
use super::super::money::Money;
use super::super::schedule::{Instalment, InvalidPlan};
use super::fact::LoanFact;
use super::state::{InstalmentState, LineKind, LoanState};
use super::terms::{Pace, Repayment};

impl LoanState {
    /// What was drawn and is not repaid, while there are no instalments.
    pub(super) fn balance_while_drawing(&self) -> Money {
        (self.drawn - self.inner.held).or_zero()
    }

    /// What the meter would show on a day: the balance times its days, and what it showed before.
    fn meter_on(&self, (since, before): (NaiveDate, Money), day: NaiveDate) -> Money {
        let days = rust_decimal::Decimal::from(self.terms.day_count().days(since, day));
        before + Money::round_half_up(self.balance_while_drawing().decimal() * days)
    }

    /// The interest that the meter would show on a day.
    pub(super) fn metered(&self, meter: (NaiveDate, Money), day: NaiveDate) -> Money {
        self.terms.day_count().accrued_on_euro_days(self.meter_on(meter, day), self.terms.annual_rate())
    }

    /// Interest on a balance from a day until another, by the day count of the contract.
    pub(super) fn accrued_on(&self, balance: Money, from: NaiveDate, to: NaiveDate) -> Money {
        self.terms.day_count().accrued(balance, self.terms.annual_rate(), from, to)
    }

    /// Makes the interest of every due day up to a day a claim (Mijn `VerbouwLening`: interest on what is drawn,
    /// instalments only after the last draw).
    pub(super) fn run_interest(&mut self, until: NaiveDate) {
        if !self.is_planned() {
            return;
        }
        while let Some(meter) = self.inner.meter {
            let due_on = calendar::due_day_on_or_after(calendar::add_days(meter.0, 1), self.inner.pace.due_day);
            if due_on > until {
                return;
            }
            let interest = self.metered(meter, due_on);
            if interest.is_positive() {
                self.push_line(LineKind::Interest, due_on, (Money::ZERO, interest));
            }
            self.inner.meter = Some((due_on, Money::ZERO));
        }
    }

    /// Reads the meter before the balance changes.
    pub(super) fn read_meter(&mut self, on: NaiveDate) {
        if !self.bears_interest() || !self.is_planned() {
            return;
        }
        self.inner.meter = Some(match self.inner.meter {
            Some(meter) => (on, self.meter_on(meter, on)),
            None => (on, Money::ZERO),
        });
    }

    /// The first end of draws counts: a closing, or a call that came before it.
    pub(super) fn end_draws(&mut self, fact: &LoanFact) {
        self.draws_closed_on = self.draws_closed_on.or(Some(fact.effective_on));
        self.inner.closed_at = self.inner.closed_at.or(Some(fact.moment()));
    }

    /// Draws close on a loan in instalments: what is owed becomes a schedule, first due on the later of the planned
    /// date and the first due day at least a month after the closing.
    pub(super) fn close_draws(&mut self, fact: &LoanFact) -> Result<(), InvalidPlan> {
        let was_planned = self.is_planned();
        let Repayment::Instalments { first_due_on, due_day, count, .. } = self.terms.repayment else {
            self.end_draws(fact);
            return Ok(());
        };
        if !was_planned || self.drawn.is_zero() {
            self.end_draws(fact);
            return Ok(());
        }
        let first_due_on = first_due_after(fact.effective_on, due_day).max(first_due_on);
        if !self.bears_interest() {
            self.end_draws(fact);
            let plan = self.terms.plan_in(self.drawn, count, self.inner.pace, first_due_on)?;
            self.push_plan(plan.instalments());
            return Ok(());
        }
        self.with_interest(fact, (first_due_on, count))
    }

    /// Interest is due alone up to a month before the first instalment, which then bears what has run since.
    fn with_interest(&mut self, fact: &LoanFact, (first_due_on, count): (NaiveDate, u32)) -> Result<(), InvalidPlan> {
        let on = fact.effective_on;
        let monthly = calendar::add_months(first_due_on, -1, self.inner.pace.due_day);
        self.run_interest(monthly);
        let balance = self.balance_while_drawing();
        let meter = self.inner.meter.take().unwrap_or((on, Money::ZERO));
        let stub = self.metered(meter, first_due_on);
        let early = self.inner.held.min(self.drawn);
        self.end_draws(fact);
        if early.is_positive() {
            self.inner.held -= early;
            self.repaid_early(early, on);
        }
        if balance.is_positive() {
            let plan = self.terms.plan_in(balance, count, self.inner.pace, first_due_on)?;
            self.push_plan(with_first_interest(plan.instalments(), stub));
        }
        Ok(())
    }

    /// A line for principal that was repaid ahead of the schedule.
    pub(super) fn repaid_early(&mut self, principal: Money, on: NaiveDate) {
        self.push_line(LineKind::EarlyRepayment, on, (principal, Money::ZERO));
        if let Some(line) = self.inner.lines.last_mut() {
            (line.paid, line.open, line.settled_on) = (principal, Money::ZERO, Some(on));
        }
    }

    /// The schedule of the contract, to look at while nothing of it is a claim.
    pub(super) fn preview(&self) -> Result<Vec<InstalmentState>, InvalidPlan> {
        let first_due_on = match self.terms.repayment {
            Repayment::Instalments { first_due_on, .. } => first_due_on,
            Repayment::Bullet { matures_on, .. } => matures_on,
            Repayment::OnExit { .. } => return Ok(Vec::new()),
        };
        let plan = self.terms.plan(self.terms.principal, first_due_on)?.map(|plan| plan.instalments());
        let only_shown =
            |line| InstalmentState { open: Money::ZERO, ..InstalmentState::claim(LineKind::Instalment, line) };
        Ok(plan.unwrap_or_default().into_iter().map(only_shown).collect())
    }
}

/// A plan whose first line bears other interest than one period's.
pub(super) fn with_first_interest(mut plan: Vec<Instalment>, interest: Money) -> Vec<Instalment> {
    if let Some(first) = plan.first_mut() {
        first.interest = interest;
        first.total = first.principal + interest;
    }
    plan
}

/// The first due day at least one month after draws were closed, so that a family is never asked to pay
/// sooner than it would after an ordinary month.
fn first_due_after(closed_on: NaiveDate, due_day: u32) -> NaiveDate {
    let month_later = calendar::add_months(closed_on, 1, closed_on.day());
    calendar::due_day_on_or_after(month_later, due_day)
}

impl Pace {
    /// One period before a due date.
    pub(super) fn earlier(self, due_on: NaiveDate) -> NaiveDate {
        let months = i32::try_from(self.frequency.months()).unwrap_or(1);
        calendar::add_months(due_on, -months, self.due_day)
    }
}
