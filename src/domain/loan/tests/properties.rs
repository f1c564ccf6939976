//! What holds whatever happens.

use proptest::prelude::*;

use super::super::super::calendar;
use super::*;

/// What a house might try on a day: most of it allowed, some of it not.
#[derive(Debug, Clone)]
enum Attempt {
    Draw(i64),
    Close,
    Pay(i64),
    Reverse(usize),
    Call(u32),
}

fn attempt() -> impl Strategy<Value = Attempt> {
    prop_oneof![
        3 => (1_i64..300_000).prop_map(Attempt::Draw),
        1 => Just(Attempt::Close),
        6 => (1_i64..80_000).prop_map(Attempt::Pay),
        2 => (0_usize..10).prop_map(Attempt::Reverse),
        1 => (0_u32..400).prop_map(Attempt::Call),
    ]
}

fn contract() -> impl Strategy<Value = LoanTerms> {
    let on_exit = LoanTerms { product: Product::RollingFund, repayment: Repayment::OnExit, ..emergency_loan() };
    let with_interest = (1_i64..=400).prop_map(|hundredths| {
        let mut terms = LoanTerms { product: Product::RenovationLoan, ..energy_loan() };
        if let Repayment::Instalments { method, annual_rate, .. } = &mut terms.repayment {
            *method = Method::Annuity;
            *annual_rate = Rate::percent(rust_decimal::Decimal::new(hundredths, 2)).unwrap();
        }
        terms
    });
    prop_oneof![2 => Just(energy_loan()), 1 => Just(emergency_loan()), 1 => Just(on_exit), 1 => with_interest]
}

/// A life: the contract and every attempt that the loan allowed, booked in the order of its days.
fn life() -> impl Strategy<Value = (LoanTerms, Vec<LoanFact>)> {
    (contract(), prop::collection::vec((0_u32..120, attempt()), 0..40)).prop_map(|(terms, attempts)| {
        let mut facts = vec![signed()];
        let mut state = LoanState::open(&terms, &facts[0]).unwrap();
        let (mut day, mut payments) = (terms.signed_on, Vec::new());
        for (number, (pause, attempt)) in (1_u128..).zip(attempts) {
            day = calendar::add_days(day, pause);
            let event = match attempt {
                Attempt::Draw(cents) => {
                    LoanEvent::TrancheDrawn { tranche_id: id(number), amount: Money::from_cents(cents) }
                }
                Attempt::Close => LoanEvent::DrawsClosed,
                Attempt::Pay(cents) => {
                    LoanEvent::PaymentReceived { payment_id: id(number), amount: Money::from_cents(cents) }
                }
                Attempt::Reverse(which) => {
                    let Some(payment_id) = payments.get(which).copied() else { continue };
                    LoanEvent::PaymentReversed { payment_id, reason: "returned".to_owned() }
                }
                Attempt::Call(days) => {
                    LoanEvent::CalledDue { trigger: Trigger::MovedOut, due_on: calendar::add_days(day, days) }
                }
            };
            let seconds = chrono::Duration::seconds(i64::try_from(number).unwrap());
            let fact = LoanFact::new(day, noon(day) + seconds, event);
            state = state.on(day);
            if state.check(&fact).is_ok() {
                if let LoanEvent::PaymentReceived { payment_id, .. } = &fact.event {
                    payments.push(*payment_id);
                }
                state = state.apply(&fact).unwrap();
                facts.push(fact);
            }
        }
        (terms, facts)
    })
}

fn last_day(facts: &[LoanFact]) -> NaiveDate {
    facts.iter().map(|fact| fact.effective_on).max().unwrap()
}

fn is_sound(state: &LoanState) -> Result<(), TestCaseError> {
    let paid: Money =
        state.payments.iter().filter(|payment| payment.reversed_on.is_none()).map(|payment| payment.amount).sum();
    prop_assert_eq!(state.repaid + state.interest_paid + state.overpaid, paid);
    prop_assert_eq!(state.repaid + state.outstanding, state.drawn);
    for amount in [state.repaid, state.interest_paid, state.outstanding, state.overpaid, state.undrawn] {
        prop_assert!(!amount.is_negative());
    }
    prop_assert!(state.overpaid.is_zero() || state.outstanding.is_zero());
    prop_assert!(state.drawn + state.undrawn <= state.terms().principal);
    for line in &state.instalments {
        let claimed = if state.planned { Money::ZERO } else { line.instalment.total };
        prop_assert_eq!(line.paid + line.open, claimed);
        prop_assert!(!line.paid.is_negative() && !line.open.is_negative());
    }
    if !state.planned {
        let principal: Money = state.instalments.iter().map(|line| line.instalment.principal).sum();
        prop_assert_eq!(principal, state.drawn);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn folding_all_facts_equals_adding_them_one_by_one((terms, facts) in life()) {
        let mut state = LoanState::open(&terms, &facts[0]).unwrap();
        is_sound(&state)?;
        for (number, fact) in facts.iter().enumerate().skip(1) {
            state = state.apply(fact).unwrap();
            is_sound(&state)?;
            prop_assert_eq!(&state, &fold(&terms, &facts[..=number], fact.effective_on).unwrap());
        }
    }

    #[test]
    fn the_order_in_which_facts_are_read_changes_nothing((terms, facts) in life(), seed in any::<u64>()) {
        let day = last_day(&facts);
        let mut shuffled = facts.clone();
        shuffled.sort_by_key(|fact| (fact.booked_at.timestamp().unsigned_abs() ^ seed).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        prop_assert_eq!(fold(&terms, &facts, day).unwrap(), fold(&terms, &shuffled, day).unwrap());
    }

    #[test]
    fn a_reversal_restores_the_state_before_the_payment((terms, facts) in life(), cents in 1_i64..900_000) {
        let day = last_day(&facts);
        let before = fold(&terms, &facts, day).unwrap();
        let when = noon(day) + chrono::Duration::hours(1);
        let payment_id = id(1_000_000);
        let mut all = facts;
        all.push(LoanFact::new(day, when, LoanEvent::PaymentReceived { payment_id, amount: Money::from_cents(cents) }));
        let reason = "returned".to_owned();
        all.push(LoanFact::new(day, when + chrono::Duration::hours(1), LoanEvent::PaymentReversed { payment_id, reason }));
        let after = fold(&terms, &all, day).unwrap();
        prop_assert_eq!(&after.instalments, &before.instalments);
        prop_assert_eq!(
            (after.status, after.repaid, after.interest_paid, after.outstanding, after.overpaid),
            (before.status, before.repaid, before.interest_paid, before.outstanding, before.overpaid)
        );
    }

    #[test]
    fn a_preview_equals_the_result((terms, facts) in life()) {
        let Some((candidate, known)) = facts.split_last() else { return Ok(()) };
        let day = last_day(&facts);
        let preview = admit(&terms, known, candidate, day).unwrap();
        prop_assert_eq!(preview, fold(&terms, &facts, day).unwrap());
    }
}
