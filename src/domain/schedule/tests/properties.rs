//! What must hold for every schedule.

use chrono::Datelike;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::domain::calendar;

/// Terms of every method, frequency, remainder rule, day count and due day, and months of grace that fit.
fn any_plan() -> impl Strategy<Value = (PlanTerms, u32)> {
    let methods = proptest::sample::select(Method::ALL.to_vec());
    let remainders = proptest::sample::select(vec![Remainder::Last, Remainder::First]);
    let frequencies = proptest::sample::select(vec![Frequency::Monthly, Frequency::Quarterly, Frequency::Yearly]);
    let day_counts = proptest::sample::select(vec![DayCount::Thirty360, DayCount::Actual365]);
    let rates = prop_oneof![1 => Just(0_i64), 3 => 1_i64..=1200];
    let graces = prop_oneof![2 => Just(0_u32), 1 => 1_u32..=36];
    let words = (methods, remainders, frequencies, day_counts);
    (words, 1_i64..10_000_000, 1_u32..=540, rates, graces, 0_u32..20_000, 1_u32..=31).prop_map(
        |((method, remainder, frequency, day_count), cents, count, rate, grace, offset, due_day)| {
            let first = calendar::add_months(calendar::add_days(on("2001-01-01"), offset), 0, due_day);
            let most = (540 - grace) / frequency.months();
            let count = count.min(most).min(u32::try_from(cents).unwrap());
            let mut terms = PlanTerms::interest_free(Money::from_cents(cents), count, first);
            (terms.method, terms.remainder, terms.frequency) = (method, remainder, frequency);
            (terms.day_count, terms.due_day) = (day_count, due_day);
            if method != Method::BulletThenSpread {
                terms.annual_rate = Rate::percent(Decimal::new(rate, 2)).unwrap();
            }
            (terms, grace)
        },
    )
}

/// The lines of grace, and the others.
fn worked_out(terms: &PlanTerms, grace: u32) -> (Vec<Instalment>, Vec<Instalment>) {
    let mut of_grace = Plan::with_grace(terms.clone(), grace).unwrap().instalments();
    let interest_only = if terms.annual_rate.is_zero() { 0 } else { grace };
    let others = of_grace.split_off(usize::try_from(interest_only).unwrap());
    (of_grace, others)
}

/// The day on which the interest of the first line starts to run.
fn start(terms: &PlanTerms) -> NaiveDate {
    calendar::add_months(terms.first_due_on, -i32::try_from(terms.frequency.months()).unwrap(), terms.due_day)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn every_schedule_repays_the_principal_exactly((terms, grace) in any_plan()) {
        let (of_grace, others) = worked_out(&terms, grace);
        prop_assert_eq!(others.len(), usize::try_from(terms.instalments).unwrap());
        prop_assert!(of_grace.iter().all(|line| line.principal.is_zero()));
        let lines = [of_grace, others].concat();
        prop_assert_eq!(lines.iter().map(|line| line.principal).sum::<Money>(), terms.principal);
        prop_assert_eq!(lines.last().unwrap().balance, Money::ZERO);
        let mut owed = terms.principal;
        for (line, number) in lines.iter().zip(1..) {
            prop_assert!(!line.principal.is_negative() && !line.interest.is_negative() && !line.balance.is_negative());
            prop_assert_eq!((line.number, line.total), (number, line.principal + line.interest));
            owed -= line.principal;
            prop_assert_eq!(line.balance, owed);
            prop_assert!(line.interest.is_zero() || !terms.annual_rate.is_zero());
        }
    }

    #[test]
    fn dates_follow_the_due_day_and_money_moves_on_banking_days((terms, grace) in any_plan()) {
        let (of_grace, others) = worked_out(&terms, grace);
        let months = |date: NaiveDate| i64::from(date.year()) * 12 + i64::from(date.month());
        let first = months(terms.first_due_on);
        let step = i64::from(terms.frequency.months());
        for (line, position) in of_grace.iter().zip(0..) {
            prop_assert_eq!(months(line.due_on), first - step + 1 + position);
        }
        for (line, position) in others.iter().zip(0..) {
            prop_assert_eq!(months(line.due_on), first + i64::from(grace) + position * step);
        }
        let lines = [of_grace, others].concat();
        prop_assert!(lines.windows(2).all(|pair| pair[0].due_on < pair[1].due_on));
        for line in &lines {
            let is_last_of_month = line.due_on.succ_opt().unwrap().month() != line.due_on.month();
            let day = line.due_on.day();
            prop_assert!(day == terms.due_day || day < terms.due_day && is_last_of_month);
            prop_assert!(line.payable_on >= line.due_on && calendar::is_banking_day(line.payable_on));
            prop_assert!((line.payable_on - line.due_on).num_days() <= 4);
        }
    }

    #[test]
    fn only_the_carrier_of_the_remainder_differs_from_its_neighbours((mut terms, grace) in any_plan()) {
        // With less than a euro or so of principal for each instalment rounding is all there is.
        terms.principal += Money::from_euros(i64::from(terms.instalments) * 50);
        let (of_grace, lines) = worked_out(&terms, grace);
        let (carrier, others) = match terms.remainder {
            Remainder::Last => lines.split_last().unwrap(),
            Remainder::First => lines.split_first().unwrap(),
        };
        let equal = |part: fn(&Instalment) -> Money| others.windows(2).all(|pair| part(&pair[0]) == part(&pair[1]));
        let cent = Money::from_cents(1);
        let off = Money::from_cents(i64::from(terms.instalments));
        match terms.method {
            Method::Linear | Method::BulletThenSpread => {
                prop_assert!(equal(|line| line.principal));
                prop_assert!(others.iter().all(|line| (line.principal - carrier.principal).abs() <= off));
                prop_assert!(lines.iter().all(|line| line.principal.is_positive()));
            }
            Method::Annuity => {
                // Over calendar days the interest of a long month may be more than the constant total.
                let short = lines.iter().filter(|line| !line.principal.is_positive()).count();
                prop_assert!(short == 0 || terms.day_count == DayCount::Actual365);
                let near = others.windows(2).all(|pair| (pair[0].total - pair[1].total).abs() <= cent);
                prop_assert!(short > 0 || near && (terms.remainder == Remainder::First || equal(|line| line.total)));
            }
            Method::Bullet => {
                let (last, waiting) = lines.split_last().unwrap();
                prop_assert_eq!(last.principal, terms.principal);
                prop_assert!(waiting.iter().all(|line| line.balance == terms.principal));
            }
        }
        if terms.day_count == DayCount::Thirty360 {
            prop_assert!(of_grace.windows(2).all(|pair| pair[0].total == pair[1].total));
        }
    }

    #[test]
    fn interest_is_that_of_the_days_between_two_due_dates((terms, grace) in any_plan()) {
        let (of_grace, others) = worked_out(&terms, grace);
        let repaid_from = others[0].due_on;
        let mut from = start(&terms);
        if of_grace.is_empty() {
            from = calendar::add_months(from, i32::try_from(grace).unwrap(), terms.due_day);
        }
        let mut owed = terms.principal;
        for line in of_grace.iter().chain(&others) {
            let expected = match terms.day_count {
                DayCount::Actual365 => terms.day_count.accrued(owed, terms.annual_rate, from, line.due_on),
                DayCount::Thirty360 => {
                    let months = if line.due_on < repaid_from { 1 } else { terms.frequency.months() };
                    let yearly = owed.decimal() * terms.annual_rate.decimal() * Decimal::from(months);
                    Money::round_half_up(yearly / Decimal::from(1200))
                }
            };
            prop_assert_eq!(line.interest, expected);
            (owed, from) = (line.balance, line.due_on);
        }
    }

    #[test]
    fn interest_of_two_stretches_is_that_of_the_whole_to_the_cent(
        cents in 0_i64..100_000_000, rate in 0_i64..=1200, offset in 0_u32..20_000, first in 0_u32..2_000, second in 0_u32..2_000,
    ) {
        let (balance, rate) = (Money::from_cents(cents), Rate::percent(Decimal::new(rate, 2)).unwrap());
        let from = calendar::add_days(on("2001-01-01"), offset);
        let (middle, to) = (calendar::add_days(from, first), calendar::add_days(from, first + second));
        let accrued = |from, to| DayCount::Actual365.accrued(balance, rate, from, to);
        let apart = accrued(from, middle) + accrued(middle, to) - accrued(from, to);
        prop_assert!(apart.abs() <= Money::from_cents(1));
        prop_assert_eq!(accrued(to, from), Money::ZERO);
        let (day, months) = (from.day().min(28), i32::try_from(first).unwrap());
        let (start, end) = (calendar::add_months(from, 0, day), calendar::add_months(from, months, day));
        prop_assert_eq!(DayCount::Thirty360.days(start, end), 30 * i64::from(first));
    }

    #[test]
    fn a_plan_of_any_amounts_on_any_days_is_followed(steps in proptest::collection::vec((1_u32..200, 1_i64..1_000_000), 1..60)) {
        let mut due_on = on("2026-01-01");
        let mut agreed = Vec::new();
        for (days, cents) in &steps {
            due_on = calendar::add_days(due_on, *days);
            agreed.push(PlanLine { due_on, amount: Money::from_cents(*cents) });
        }
        let principal = agreed.iter().map(|line| line.amount).sum::<Money>();
        let lines = Plan::custom(principal, agreed.clone()).unwrap().instalments();
        prop_assert_eq!(lines.last().unwrap().balance, Money::ZERO);
        prop_assert!(lines.iter().zip(&agreed).all(|(line, said)| line.due_on == said.due_on && line.total == said.amount));
        let cent = Money::from_cents(1);
        prop_assert!(Plan::custom(principal + cent, agreed.clone()).is_err());
        agreed.push(*agreed.last().unwrap());
        prop_assert!(Plan::custom(principal, agreed).is_err());
    }
}
