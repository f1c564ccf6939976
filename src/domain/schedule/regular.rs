//! Plans by formula: their checks and their dates.

use chrono::{Datelike, NaiveDate};

use super::super::{calendar, money::Money};
use super::{Instalment, InvalidPlan, Method, PlanTerms, amounts};

/// The longest schedule: 45 years, 20 of waiting and 25 of spreading (Noodkoopfonds, call of 2022).
pub(super) const LONGEST_MONTHS: u32 = 540;

/// The years in which an instalment can start.
pub(super) const LENDING_YEARS: std::ops::Range<i32> = 1990..2200;

/// Checks terms, and months of grace before their first instalment.
pub(super) fn check(terms: &PlanTerms, grace_months: u32) -> Result<(), InvalidPlan> {
    let PlanTerms { principal, instalments, first_due_on, due_day, .. } = *terms;
    if !principal.is_positive() {
        return Err(InvalidPlan::NoPrincipal(principal));
    }
    if instalments == 0 {
        return Err(InvalidPlan::NoInstalments);
    }
    check_length(terms, grace_months)?;
    if terms.method != Method::Bullet && principal.cents() < i64::from(instalments) {
        return Err(InvalidPlan::LessThanACent { principal, instalments });
    }
    if terms.method == Method::BulletThenSpread && !terms.annual_rate.is_zero() {
        return Err(InvalidPlan::SpreadAtARate(terms.annual_rate));
    }
    if !(1..=31).contains(&due_day) {
        return Err(InvalidPlan::DueDay(due_day));
    }
    if !LENDING_YEARS.contains(&first_due_on.year()) {
        return Err(InvalidPlan::Year(first_due_on));
    }
    if calendar::add_months(first_due_on, 0, due_day) != first_due_on {
        return Err(InvalidPlan::FirstDueDay { first_due_on, due_day });
    }
    Ok(())
}

fn check_length(terms: &PlanTerms, grace_months: u32) -> Result<(), InvalidPlan> {
    let (count, frequency, step) = (terms.instalments, terms.frequency.code(), terms.frequency.months());
    let most_grace = LONGEST_MONTHS - step;
    if grace_months > most_grace {
        return Err(InvalidPlan::Grace { grace_months, most: most_grace });
    }
    let most = (LONGEST_MONTHS - grace_months) / step;
    match grace_months {
        _ if count <= most => Ok(()),
        0 => Err(InvalidPlan::TooLong { count, frequency, most }),
        _ => Err(InvalidPlan::TooLongAfterGrace { count, frequency, grace_months, most }),
    }
}

/// The instalments of checked terms, after the lines of interest of their months of grace.
pub(super) fn instalments(terms: &PlanTerms, grace_months: u32) -> Vec<Instalment> {
    let step = terms.frequency.months();
    let after =
        |months: u32, date| calendar::add_months(date, i32::try_from(months).unwrap_or(i32::MAX), terms.due_day);
    let start = calendar::add_months(terms.first_due_on, -i32::try_from(step).unwrap_or(1), terms.due_day);
    let grace_ends = after(grace_months, start);
    let dates: Vec<NaiveDate> = (1..=terms.instalments).map(|number| after(number * step, grace_ends)).collect();
    let periods: Vec<i64> = std::iter::once(&grace_ends)
        .chain(&dates)
        .zip(&dates)
        .map(|(from, to)| terms.day_count.period(step, *from, *to))
        .collect();
    let of_grace = if terms.annual_rate.is_zero() { 0 } else { grace_months };
    let interest_only = (0..of_grace).map(|month| {
        let (from, due_on) = (after(month, start), after(month + 1, start));
        let days = terms.day_count.period(1, from, due_on);
        (due_on, Money::ZERO, terms.day_count.interest(terms.principal, terms.annual_rate, days))
    });
    let parts = amounts::parts(terms, &periods);
    let repaying = dates.iter().zip(parts).map(|(due_on, part)| (*due_on, part.principal, part.interest));
    let mut balance = terms.principal;
    (1_u32..)
        .zip(interest_only.chain(repaying))
        .map(|(number, (due_on, principal, interest))| {
            balance -= principal;
            Instalment {
                number,
                due_on,
                payable_on: calendar::next_banking_day(due_on),
                principal,
                interest,
                total: principal + interest,
                balance,
            }
        })
        .collect()
}
