//! The amounts of a schedule. Dates are elsewhere: here a period is a number of days as the day count counts
//! them, 30 for a month of 30/360.

use rust_decimal::Decimal;

use super::super::money::Money;
use super::{Method, PlanTerms, Remainder};

/// Principal and interest of one instalment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) principal: Money,
    pub(super) interest: Money,
}

/// The parts of checked terms, in order, one for each period; their principal adds up to the principal of the
/// terms.
pub(super) fn parts(terms: &PlanTerms, periods: &[i64]) -> Vec<Part> {
    match terms.method {
        Method::Annuity if !terms.annual_rate.is_zero() => annuity(terms, periods),
        Method::Linear | Method::Annuity | Method::BulletThenSpread => {
            with_interest(terms, periods, &equal(terms, periods.len()))
        }
        Method::Bullet => {
            let mut principals = vec![Money::ZERO; periods.len()];
            if let Some(last) = principals.last_mut() {
                *last = terms.principal;
            }
            with_interest(terms, periods, &principals)
        }
    }
}

/// Equal principal parts, the remainder on the first or the last.
fn equal(terms: &PlanTerms, count: usize) -> Vec<Money> {
    let exact = terms.principal.decimal() / Decimal::from(terms.instalments);
    let others = Decimal::from(terms.instalments - 1);
    let mut part = Money::round_half_up(exact);
    if part.decimal() * others >= terms.principal.decimal() {
        part = Money::round_down(exact);
    }
    let mut principals = vec![part; count];
    let rest = terms.principal - Money::round_half_up(part.decimal() * others);
    let carrier = match terms.remainder {
        Remainder::First => principals.first_mut(),
        Remainder::Last => principals.last_mut(),
    };
    if let Some(carrier) = carrier {
        *carrier = rest;
    }
    principals
}

/// Adds to given principal parts the interest on the balance before each.
fn with_interest(terms: &PlanTerms, periods: &[i64], principals: &[Money]) -> Vec<Part> {
    let mut balance = terms.principal;
    principals
        .iter()
        .zip(periods)
        .map(|(part, days)| {
            let interest = interest(terms, balance, *days);
            balance -= *part;
            Part { principal: *part, interest }
        })
        .collect()
}

/// Equal totals. A total rounded up could pay off a small loan too early; then it is rounded down.
fn annuity(terms: &PlanTerms, periods: &[i64]) -> Vec<Part> {
    let exact = annuity_total(terms, periods);
    let totals = [Money::round_half_up(exact), Money::round_down(exact)];
    if terms.remainder == Remainder::First
        && let Some(parts) = totals.iter().find_map(|total| annuity_from_the_end(terms, periods, *total))
    {
        return parts;
    }
    let [rounded, cut] = totals;
    let parts = annuity_from_the_start(terms, periods, rounded);
    let all_repay = parts.iter().all(|part| part.principal.is_positive());
    if all_repay { parts } else { annuity_from_the_start(terms, periods, cut) }
}

/// The total T for which the present value of all instalments is the principal:
/// P = Σₖ T · Π(j ≤ k) 1 ÷ (1 + iⱼ), so T = P ÷ Σₖ Π(j ≤ k) 1 ÷ (1 + iⱼ), to the precision of a decimal. With
/// equal periods that is P·i ÷ (1 − (1 + i)⁻ⁿ). The products are of numbers below one, so that they can become
/// very small but never too large, and nothing is divided by a rate.
fn annuity_total(terms: &PlanTerms, periods: &[i64]) -> Decimal {
    let mut discount = Decimal::ONE;
    let mut present_value_of_one = Decimal::ZERO;
    for days in periods {
        discount /= Decimal::ONE + rate(terms, *days);
        present_value_of_one += discount;
    }
    terms.principal.decimal() / present_value_of_one
}

/// Pays a constant total from the first instalment on; the last clears the balance.
fn annuity_from_the_start(terms: &PlanTerms, periods: &[i64], total: Money) -> Vec<Part> {
    let mut balance = terms.principal;
    (1..)
        .zip(periods)
        .map(|(number, days)| {
            let interest = interest(terms, balance, *days);
            let principal = if number == periods.len() { balance } else { (total - interest).or_zero().min(balance) };
            balance -= principal;
            Part { principal, interest }
        })
        .collect()
}

/// Finds, from an empty balance back to the second instalment, what must have been owed for a constant total;
/// the first instalment brings the principal there. None where it would have to repay less than a cent.
fn annuity_from_the_end(terms: &PlanTerms, periods: &[i64], total: Money) -> Option<Vec<Part>> {
    let (first_days, others) = periods.split_first()?;
    let mut after = Money::ZERO;
    let mut parts = Vec::with_capacity(periods.len());
    for days in others.iter().rev() {
        let before = owed_before(terms, after + total, *days);
        parts.push(Part { principal: before - after, interest: interest(terms, before, *days) });
        after = before;
    }
    parts.push(Part { principal: terms.principal - after, interest: interest(terms, terms.principal, *first_days) });
    parts.reverse();
    parts.iter().all(|part| part.principal.is_positive()).then_some(parts)
}

/// The least balance that, with its rounded interest, reaches a sum.
fn owed_before(terms: &PlanTerms, sum: Money, days: i64) -> Money {
    let cent = Money::from_cents(1);
    let mut before = Money::round_down(sum.decimal() / (Decimal::ONE + rate(terms, days))) - cent;
    while before + interest(terms, before, days) < sum {
        before += cent;
    }
    before
}

/// The interest of one euro over a number of days.
fn rate(terms: &PlanTerms, days: i64) -> Decimal {
    let yearly = terms.annual_rate.decimal() / Decimal::ONE_HUNDRED;
    yearly * Decimal::from(days) / terms.day_count.days_in_a_year()
}

fn interest(terms: &PlanTerms, balance: Money, days: i64) -> Money {
    terms.day_count.interest(balance, terms.annual_rate, days)
}
