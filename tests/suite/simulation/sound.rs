//! What holds for a loan on any day, whatever happened to it.

use energiehuis::domain::loan::{InstalmentState, LineKind, LoanState};
use energiehuis::domain::money::Money;

/// Fails with the first thing that does not hold.
pub(super) fn is_sound(state: &LoanState) {
    let on = state.as_of;
    let paid: Money = state.payments_that_stand().map(|payment| payment.amount).sum();
    let income = state.interest_paid + state.gain_paid;
    let laid = state.repaid + income + state.recovered + state.refunded + state.overpaid;
    assert_eq!(laid, paid, "what was paid by {on} is somewhere: {state:#?}");
    let owed = state.repaid + state.remitted + state.written_off + state.outstanding;
    assert_eq!(owed, state.drawn, "what was drawn by {on} is owed, repaid or given up: {state:#?}");
    let amounts = [
        state.drawn,
        state.undrawn,
        state.repaid,
        state.interest_paid,
        state.gain_paid,
        state.outstanding,
        state.overpaid,
        state.refunded,
        state.remitted,
        state.written_off,
        state.recovered,
    ];
    assert!(amounts.iter().all(|amount| !amount.is_negative()), "nothing is below zero on {on}: {state:#?}");
    assert!(state.recovered <= state.written_off, "no more was recovered by {on} than given up: {state:#?}");
    assert!(
        state.overpaid.is_zero() || state.outstanding.is_zero(),
        "nobody owes and has paid too much on {on}: {state:#?}"
    );
    assert!(state.drawn + state.undrawn <= state.terms().principal, "no more than the contract on {on}: {state:#?}");
    for line in &state.instalments {
        is_sound_line(state, line);
    }
    if !state.planned {
        let principal: Money = state.instalments.iter().map(|line| line.instalment.principal).sum();
        assert_eq!(principal, state.drawn, "the lines of {on} repay what was drawn: {state:#?}");
        let open: Money = state.instalments.iter().map(InstalmentState::principal_open).sum();
        assert_eq!(open, state.outstanding, "the lines of {on} claim what is owed: {state:#?}");
    }
}

fn is_sound_line(state: &LoanState, line: &InstalmentState) {
    let on = state.as_of;
    let only_shown = state.planned && line.kind != LineKind::Interest;
    let claimed = if only_shown { Money::ZERO } else { line.instalment.total };
    assert_eq!(line.paid + line.open + line.forgone, claimed, "on {on}: {line:#?} of {state:#?}");
    let amounts = [line.paid, line.open, line.forgone, line.instalment.principal, line.instalment.interest];
    assert!(amounts.iter().all(|amount| !amount.is_negative()), "on {on}: {line:#?} of {state:#?}");
    assert!(!line.instalment.balance.is_negative(), "on {on}: {line:#?} of {state:#?}");
}
