//! What holds whatever happens.

use proptest::prelude::*;

use super::super::super::calendar;
use super::*;

/// What a house might try on a day: most of it allowed, some of it not.
#[derive(Debug, Clone)]
enum Attempt {
    Draw(i64),
    Close,
    Pay(i64, Usage),
    Reverse(usize),
    Call(u32),
    Refund(i64),
    Holiday(u32),
    Reschedule(u32, u32),
    Plan(u8, u32),
    Spread(i64, u32),
    Value(i64),
    Admit,
    Rule(u8),
    Accelerate,
    WriteOff,
    Ask,
    Decide(bool),
    Withdraw,
    /// Undo, or move by some days, the fact at this place.
    Correct(usize, Option<i64>),
}

fn attempt() -> impl Strategy<Value = Attempt> {
    let usage =
        prop_oneof![4 => Just(Usage::Instalments), 1 => Just(Usage::ShortenTerm), 1 => Just(Usage::LowerInstalments)];
    prop_oneof![
        6 => (1_i64..300_000).prop_map(Attempt::Draw),
        2 => Just(Attempt::Close),
        14 => (1_i64..80_000, usage).prop_map(|(cents, usage)| Attempt::Pay(cents, usage)),
        3 => (0_usize..10).prop_map(Attempt::Reverse),
        1 => (0_u32..400).prop_map(Attempt::Call),
        2 => (1_i64..20_000).prop_map(Attempt::Refund),
        1 => (1_u32..5).prop_map(Attempt::Holiday),
        1 => (1_u32..90, 1_u32..60).prop_map(|(count, days)| Attempt::Reschedule(count, days)),
        1 => (1_u8..6, 1_u32..60).prop_map(|(count, days)| Attempt::Plan(count, days)),
        2 => (1_i64..600_000, 1_u32..200).prop_map(|(cents, count)| Attempt::Spread(cents, count)),
        1 => (1_i64..40_000_000).prop_map(Attempt::Value),
        1 => Just(Attempt::Admit),
        1 => (0_u8..4).prop_map(Attempt::Rule),
        1 => Just(Attempt::Accelerate),
        2 => Just(Attempt::WriteOff),
        1 => Just(Attempt::Ask),
        1 => any::<bool>().prop_map(Attempt::Decide),
        1 => Just(Attempt::Withdraw),
        2 => (0_usize..20, prop::option::of(-40_i64..40)).prop_map(|(place, days)| Attempt::Correct(place, days)),
    ]
}

fn contract() -> impl Strategy<Value = LoanTerms> {
    let on_exit =
        LoanTerms { product: Product::RollingFund, repayment: Repayment::OnExit { gain: None }, ..emergency_loan() };
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

/// Sums on days, as many as asked for, that add up.
fn plan(owed: Money, count: u8, from: NaiveDate) -> Vec<PlanLine> {
    let parts = owed.split(&vec![1; usize::from(count)]);
    let days = (1_u32..).map(|number| calendar::add_days(from, number * 31));
    parts
        .into_iter()
        .zip(days)
        .filter(|(part, _)| part.is_positive())
        .map(|(amount, due_on)| PlanLine { due_on, amount })
        .collect()
}

/// The event of an attempt, where there is something to attempt it on.
fn event(
    attempt: &Attempt,
    number: u128,
    day: NaiveDate,
    (state, facts): (&LoanState, &[LoanFact]),
) -> Option<LoanEvent> {
    let later = |days: u32| calendar::add_days(day, days);
    let text = || "file 1".to_owned();
    Some(match *attempt {
        Attempt::Draw(cents) => LoanEvent::TrancheDrawn { tranche_id: id(number), amount: Money::from_cents(cents) },
        Attempt::Close => LoanEvent::DrawsClosed,
        Attempt::Pay(cents, usage) => LoanEvent::PaymentReceived {
            payment_id: id(number),
            amount: Money::from_cents(cents),
            payer: Payer::Borrower,
            usage,
        },
        Attempt::Reverse(which) => {
            let payment_id = state.payments.get(which)?.payment_id;
            LoanEvent::PaymentReversed { payment_id, reason: "returned".to_owned() }
        }
        Attempt::Call(days) => LoanEvent::CalledDue { trigger: Trigger::RightsTransferred, due_on: later(days) },
        Attempt::Refund(cents) => LoanEvent::OverpaymentRefunded {
            refund_id: id(number),
            amount: Money::from_cents(cents).min(state.overpaid),
        },
        Attempt::Holiday(instalments) => LoanEvent::HolidayGranted { instalments },
        Attempt::Reschedule(instalments, days) => {
            LoanEvent::Rescheduled { instalments, frequency: Frequency::Monthly, first_due_on: later(days) }
        }
        Attempt::Plan(count, days) => LoanEvent::PlanAgreed { lines: plan(state.outstanding, count, later(days)) },
        Attempt::Spread(cents, instalments) => LoanEvent::Spread {
            amount: Money::from_cents(cents).min(state.outstanding),
            instalments,
            frequency: Frequency::Monthly,
            first_due_on: later(20),
        },
        Attempt::Value(cents) => LoanEvent::ExitValued { value_at_exit: Money::from_cents(cents), valued_by: text() },
        Attempt::Admit => LoanEvent::DebtSettlementAdmitted,
        Attempt::Rule(count) => {
            let remitted = if count == 0 { state.outstanding } else { state.outstanding.split(&[1, 3])[0] };
            LoanEvent::DebtSettlementRuled { lines: plan(state.outstanding - remitted, count, day), remitted }
        }
        Attempt::Accelerate => {
            LoanEvent::Accelerated { noticed_on: calendar::add_months(day, -2, 1), due_on: later(15) }
        }
        Attempt::WriteOff => LoanEvent::WrittenOff { evidence: text() },
        Attempt::Ask => LoanEvent::DischargeRequested { reference: text() },
        Attempt::Decide(granted) => LoanEvent::DischargeDecided { granted, reference: text() },
        Attempt::Withdraw => LoanEvent::Withdrawn,
        Attempt::Correct(place, days) => {
            let wrong = facts.get(place)?;
            let replacement = days.map(|days| Replacement {
                effective_on: wrong.effective_on + chrono::Duration::days(days),
                event: Box::new(wrong.event.clone()),
            });
            LoanEvent::Corrected { fact_id: wrong.fact_id, replacement, reason: "mistake".to_owned() }
        }
    })
}

/// A life: the contract and every attempt that the loan allowed, booked in the order of its days.
fn life() -> impl Strategy<Value = (LoanTerms, Vec<LoanFact>)> {
    (contract(), prop::collection::vec((0_u32..120, attempt()), 0..40)).prop_map(|(terms, attempts)| {
        let mut facts = vec![signed()];
        let mut state = LoanState::open(&terms, &facts[0]).unwrap();
        let mut day = terms.signed_on;
        for (number, (pause, attempt)) in (1_u128..).zip(attempts) {
            day = calendar::add_days(day, pause);
            state = state.on(day).unwrap();
            let Some(event) = event(&attempt, number, day, (&state, &facts)) else { continue };
            let seconds = chrono::Duration::seconds(i64::try_from(number).unwrap());
            let fact = LoanFact::new(next_fact_id(), day, noon(day) + seconds, event);
            if let Ok(after) = admit(&terms, &facts, &fact, day) {
                state = after;
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
    let paid: Money = state.payments_that_stand().map(|payment| payment.amount).sum();
    let income = state.interest_paid + state.gain_paid;
    prop_assert_eq!(state.repaid + income + state.recovered + state.refunded + state.overpaid, paid);
    prop_assert_eq!(state.repaid + state.remitted + state.written_off + state.outstanding, state.drawn);
    let amounts = [state.repaid, income, state.outstanding, state.overpaid, state.undrawn, state.recovered];
    for amount in amounts {
        prop_assert!(!amount.is_negative());
    }
    prop_assert!(state.recovered <= state.written_off);
    prop_assert!(state.overpaid.is_zero() || state.outstanding.is_zero());
    prop_assert!(state.drawn + state.undrawn <= state.terms().principal);
    for line in &state.instalments {
        let only_shown = state.planned && line.kind != LineKind::Interest;
        let claimed = if only_shown { Money::ZERO } else { line.instalment.total };
        prop_assert_eq!(line.paid + line.open + line.forgone, claimed);
        prop_assert!(!line.paid.is_negative() && !line.open.is_negative());
        prop_assert!(!line.instalment.balance.is_negative());
    }
    if !state.planned {
        let principal: Money = state.instalments.iter().map(|line| line.instalment.principal).sum();
        prop_assert_eq!(principal, state.drawn);
        let open: Money = state.instalments.iter().map(InstalmentState::principal_open).sum();
        prop_assert_eq!(open, state.outstanding);
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
            let all = fold(&terms, &facts[..=number], fact.effective_on.max(state.as_of)).unwrap();
            state = match state.apply(fact) {
                Ok(next) => next,
                // It changes what came before it.
                Err(FoldError::OutOfOrder { .. }) => all.clone(),
                Err(other) => panic!("{other}"),
            };
            is_sound(&state)?;
            prop_assert_eq!(&state, &all);
        }
    }

    #[test]
    fn every_day_of_a_life_is_sound((terms, facts) in life(), days in prop::collection::vec(0_u32..4_000, 8)) {
        for offset in days {
            is_sound(&fold(&terms, &facts, calendar::add_days(terms.signed_on, offset)).unwrap())?;
        }
    }

    #[test]
    fn when_a_fact_was_recorded_changes_nothing((terms, facts) in life(), seed in any::<u64>()) {
        // Two corrections of one fact are the exception: the later one counts.
        let day = last_day(&facts);
        let corrections = facts.iter().filter(|fact| matches!(fact.event, LoanEvent::Corrected { .. })).count();
        prop_assume!(corrections < 2);
        let mut moved = facts.clone();
        for (place, fact) in (1_u64..).zip(&mut moved) {
            let seconds = i64::try_from(seed.wrapping_mul(place) % 1_000_000).unwrap();
            fact.booked_at += chrono::Duration::seconds(seconds);
        }
        prop_assert_eq!(fold(&terms, &facts, day).unwrap(), fold(&terms, &moved, day).unwrap());
    }

    #[test]
    fn undoing_a_fact_restores_what_was_before_it((terms, facts) in life()) {
        let Some((last, before)) = facts.split_last() else { return Ok(()) };
        prop_assume!(!matches!(last.event, LoanEvent::Signed | LoanEvent::Corrected { .. }));
        let day = last_day(&facts);
        let mut all = facts.clone();
        let undo = LoanEvent::Corrected { fact_id: last.fact_id, replacement: None, reason: "mistake".to_owned() };
        all.push(LoanFact::new(next_fact_id(), day, last.booked_at + chrono::Duration::hours(1), undo));
        prop_assert_eq!(fold(&terms, &all, day).unwrap(), fold(&terms, before, day).unwrap());
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
        all.push(LoanFact::new(next_fact_id(), day, when, LoanEvent::payment(payment_id, Money::from_cents(cents))));
        let reason = "returned".to_owned();
        let reversed = LoanEvent::PaymentReversed { payment_id, reason };
        all.push(LoanFact::new(next_fact_id(), day, when + chrono::Duration::hours(1), reversed));
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
