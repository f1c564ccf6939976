//! What may be claimed, and which payment paid it.

use chrono::NaiveDate;

use super::super::calendar;
use super::super::money::Money;
use super::super::schedule::{Instalment, InvalidPlan};
use super::state::{Called, InstalmentState, LoanState};
use super::terms::Repayment;

/// Where the money went.
pub(super) struct Allocation {
    pub(super) instalments: Vec<InstalmentState>,
    pub(super) principal: Money,
    pub(super) interest: Money,
}

/// The schedule of a loan, and whether it is only planned.
///
/// Instalments: planned on the contract amount until draws are closed; then made on what was drawn, first due
/// on the later of the planned date and the first due day at least a month after the closing. One sum: planned
/// until something is drawn. Called due: what was due before that date stays, the rest is one sum on it.
pub(super) fn schedule(state: &LoanState) -> Result<(bool, Vec<Instalment>), InvalidPlan> {
    let terms = state.terms();
    let (planned, first_due_on) = match (&terms.repayment, state.draws_closed_on) {
        (Repayment::Instalments { first_due_on, .. }, None) => (true, *first_due_on),
        (Repayment::Instalments { first_due_on, due_day, .. }, Some(closed_on)) => {
            (false, first_due_after(closed_on, *due_day).max(*first_due_on))
        }
        (Repayment::Bullet { matures_on }, _) => (state.drawn.is_zero(), *matures_on),
        (Repayment::OnExit, _) => (state.called.is_none(), terms.signed_on),
    };
    let principal = if planned { terms.principal } else { state.drawn };
    if principal.is_zero() {
        // Closed before anything was drawn: nothing will ever be owed.
        return Ok((false, Vec::new()));
    }
    let mut lines = terms.plan(principal, first_due_on)?.map(|plan| plan.instalments()).unwrap_or_default();
    if let Some(called) = state.called {
        call_due(&mut lines, &called, state.drawn);
    }
    Ok((planned, lines))
}

/// The first due day at least one month after draws were closed, so that a family is never asked to pay
/// sooner than it would after an ordinary month.
fn first_due_after(closed_on: NaiveDate, due_day: u32) -> NaiveDate {
    let month_later = calendar::add_months(closed_on, 1, chrono::Datelike::day(&closed_on));
    calendar::due_day_on_or_after(month_later, due_day)
}

/// Replaces what was not yet due by one sum, without the interest that will not run.
fn call_due(lines: &mut Vec<Instalment>, called: &Called, drawn: Money) {
    lines.retain(|line| line.due_on < called.due_on);
    let rest = drawn - lines.iter().map(|line| line.principal).sum::<Money>();
    if rest.is_zero() {
        return;
    }
    lines.push(Instalment {
        number: lines.last().map_or(0, |line| line.number) + 1,
        due_on: called.due_on,
        payable_on: calendar::next_banking_day(called.due_on),
        principal: rest,
        interest: Money::ZERO,
        total: rest,
        balance: Money::ZERO,
    });
}

/// Lays the payments that stand, in order, on the instalments, the oldest first; within an instalment interest
/// before principal (Civil Code, art. 5.210).
pub(super) fn allocate(state: &LoanState, planned: bool, schedule: Vec<Instalment>) -> Allocation {
    let claimable = |line: &Instalment| if planned { Money::ZERO } else { line.total };
    let mut instalments: Vec<InstalmentState> = schedule
        .into_iter()
        .map(|line| InstalmentState { open: claimable(&line), instalment: line, paid: Money::ZERO, settled_on: None })
        .collect();
    if planned {
        // Nothing can be claimed yet: whatever was paid repays what was drawn.
        let paid: Money = state.payments_that_stand().map(|payment| payment.amount).sum();
        return Allocation { instalments, principal: paid.min(state.drawn), interest: Money::ZERO };
    }
    let mut next = 0;
    for payment in state.payments_that_stand() {
        let mut left = payment.amount;
        while let Some(line) = instalments.get_mut(next) {
            let part = left.min(line.open);
            line.paid += part;
            line.open -= part;
            left -= part;
            if line.open.is_positive() {
                break;
            }
            if line.settled_on.is_none() && line.paid.is_positive() {
                line.settled_on = Some(payment.effective_on);
            }
            next += 1;
        }
    }
    let interest: Money = instalments.iter().map(|line| line.paid.min(line.instalment.interest)).sum();
    let paid: Money = instalments.iter().map(|line| line.paid).sum();
    Allocation { instalments, principal: paid - interest, interest }
}
