//! The amounts of a schedule. Dates are elsewhere.

use rust_decimal::Decimal;

use super::super::money::Money;
use super::{Method, PlanTerms, Remainder};

/// Principal and interest of one instalment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) principal: Money,
    pub(super) interest: Money,
}

/// The parts of checked terms, in order; their principal adds up to the principal of the terms.
pub(super) fn parts(terms: &PlanTerms) -> Vec<Part> {
    let rate = terms.annual_rate.per_period(terms.frequency);
    match terms.method {
        Method::Annuity if !terms.annual_rate.is_zero() => annuity(terms, rate),
        Method::Linear | Method::Annuity => with_interest(terms.principal, rate, &equal(terms)),
        Method::Bullet => {
            let mut principals = vec![Money::ZERO; count(terms)];
            if let Some(last) = principals.last_mut() {
                *last = terms.principal;
            }
            with_interest(terms.principal, rate, &principals)
        }
    }
}

/// Equal principal parts, the remainder on the first or the last.
fn equal(terms: &PlanTerms) -> Vec<Money> {
    let exact = terms.principal.decimal() / Decimal::from(terms.instalments);
    let others = Decimal::from(terms.instalments - 1);
    let mut part = Money::round_half_up(exact);
    if part.decimal() * others >= terms.principal.decimal() {
        part = Money::round_down(exact);
    }
    let mut principals = vec![part; count(terms)];
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
fn with_interest(principal: Money, rate: Decimal, principals: &[Money]) -> Vec<Part> {
    let mut balance = principal;
    principals
        .iter()
        .map(|part| {
            let interest = interest(balance, rate);
            balance -= *part;
            Part { principal: *part, interest }
        })
        .collect()
}

/// Equal totals. A total rounded up could pay off a small loan too early; then it is rounded down.
fn annuity(terms: &PlanTerms, rate: Decimal) -> Vec<Part> {
    let exact = annuity_total(terms, rate);
    let totals = [Money::round_half_up(exact), Money::round_down(exact)];
    if terms.remainder == Remainder::First
        && let Some(parts) = totals.iter().find_map(|total| annuity_from_the_end(terms, rate, *total))
    {
        return parts;
    }
    let [rounded, cut] = totals;
    let parts = annuity_from_the_start(terms, rate, rounded);
    let all_repay = parts.iter().all(|part| part.principal.is_positive());
    if all_repay { parts } else { annuity_from_the_start(terms, rate, cut) }
}

/// P·i ÷ (1 − (1 + i)⁻ⁿ), exact to the precision of a decimal. The power is of a number below one, so that it
/// can become very small but never too large.
fn annuity_total(terms: &PlanTerms, rate: Decimal) -> Decimal {
    let discount = Decimal::ONE / (Decimal::ONE + rate);
    let power = (0..terms.instalments).fold(Decimal::ONE, |power, _| power * discount);
    terms.principal.decimal() * rate / (Decimal::ONE - power)
}

/// Pays a constant total from the first instalment on; the last clears the balance.
fn annuity_from_the_start(terms: &PlanTerms, rate: Decimal, total: Money) -> Vec<Part> {
    let mut balance = terms.principal;
    (1..=terms.instalments)
        .map(|number| {
            let interest = interest(balance, rate);
            let principal =
                if number == terms.instalments { balance } else { (total - interest).or_zero().min(balance) };
            balance -= principal;
            Part { principal, interest }
        })
        .collect()
}

/// Finds, from an empty balance back to the second instalment, what must have been owed for a constant total;
/// the first instalment brings the principal there. None where it would have to repay less than a cent.
fn annuity_from_the_end(terms: &PlanTerms, rate: Decimal, total: Money) -> Option<Vec<Part>> {
    let mut after = Money::ZERO;
    let mut parts = Vec::with_capacity(count(terms));
    for _ in 1..terms.instalments {
        let before = owed_before(after + total, rate);
        parts.push(Part { principal: before - after, interest: interest(before, rate) });
        after = before;
    }
    let first = Part { principal: terms.principal - after, interest: interest(terms.principal, rate) };
    parts.push(first);
    parts.reverse();
    parts.iter().all(|part| part.principal.is_positive()).then_some(parts)
}

/// The least balance that, with its rounded interest, reaches a sum.
fn owed_before(sum: Money, rate: Decimal) -> Money {
    let cent = Money::from_cents(1);
    let mut before = Money::round_down(sum.decimal() / (Decimal::ONE + rate)) - cent;
    while before + interest(before, rate) < sum {
        before += cent;
    }
    before
}

fn interest(balance: Money, rate: Decimal) -> Money {
    Money::round_half_up(balance.decimal() * rate)
}

fn count(terms: &PlanTerms) -> usize {
    usize::try_from(terms.instalments).unwrap_or(usize::MAX)
}
