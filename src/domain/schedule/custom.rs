//! A plan of dates and amounts that people agreed on, instead of a formula.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::super::{calendar, money::Money};
use super::Instalment;
use super::InvalidPlan;
use super::regular::{LENDING_YEARS, LONGEST_MONTHS};

/// One line of a custom plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanLine {
    /// When it is due.
    pub due_on: NaiveDate,
    /// What is due then, in euro; principal, for a custom plan bears no interest.
    pub amount: Money,
}

/// Checks a principal and the lines that repay it.
pub(super) fn check(principal: Money, lines: &[PlanLine]) -> Result<(), InvalidPlan> {
    if !principal.is_positive() {
        return Err(InvalidPlan::NoPrincipal(principal));
    }
    if lines.is_empty() {
        return Err(InvalidPlan::NoInstalments);
    }
    let most = usize::try_from(LONGEST_MONTHS).unwrap_or(usize::MAX);
    if lines.len() > most {
        return Err(InvalidPlan::TooManyLines { count: lines.len(), most: LONGEST_MONTHS });
    }
    for (line, number) in lines.iter().zip(1_u32..) {
        if !line.amount.is_positive() {
            return Err(InvalidPlan::LineAmount { number, due_on: line.due_on, amount: line.amount });
        }
        if !LENDING_YEARS.contains(&line.due_on.year()) {
            return Err(InvalidPlan::LineYear { number, due_on: line.due_on });
        }
    }
    for (pair, number) in lines.windows(2).zip(2_u32..) {
        if pair[1].due_on <= pair[0].due_on {
            return Err(InvalidPlan::LineOrder { number, due_on: pair[1].due_on, before: pair[0].due_on });
        }
    }
    let sum = lines.iter().map(|line| line.amount).sum();
    if sum != principal {
        return Err(InvalidPlan::LineSum { sum, principal });
    }
    Ok(())
}

/// The instalments of checked lines.
pub(super) fn instalments(principal: Money, lines: &[PlanLine]) -> Vec<Instalment> {
    let mut balance = principal;
    lines
        .iter()
        .zip(1_u32..)
        .map(|(line, number)| {
            balance -= line.amount;
            Instalment {
                number,
                due_on: line.due_on,
                payable_on: calendar::next_banking_day(line.due_on),
                principal: line.amount,
                interest: Money::ZERO,
                total: line.amount,
                balance,
            }
        })
        .collect()
}
