//! Conditions that are answered with yes or no.

use super::{Case, Finding, Met, finding};
use crate::domain::application::SolvencyInquiry;
use crate::domain::product::Product;

/// The product was lent on that day.
pub(super) fn open(case: &Case) -> Finding {
    let figure = case.figure("open");
    let result = Met::of(figure.is_some_and(super::Figure::is_yes));
    let figures: Vec<_> = figure.into_iter().collect();
    finding("open", result, &figures).with("product", case.rules.product).with("on", case.rules.on)
}

/// Every condition that is in force.
pub(super) fn all(case: &Case) -> Vec<Finding> {
    let answers = &case.application.answers;
    [
        declared(case, "sole_owner", answers.sole_owner),
        declared(case, "main_residence", answers.main_residence),
        declared(case, "no_other_real_estate", answers.other_real_estate.map(|other| !other)),
        declared(case, "structural_defects", answers.structural_defects),
        energy_works(case),
        structural_works(case),
        declared(
            case,
            "solvency_inquiry",
            answers.solvency_inquiry.map(|found| found == SolvencyInquiry::MarketLoanWouldFail),
        ),
        valid_quotes(case),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A condition that follows from one answer.
fn declared(case: &Case, rule: &str, met: Option<bool>) -> Option<Finding> {
    let figure = case.condition(&format!("{rule}_required"))?;
    Some(finding(rule, met.map_or(Met::Missing, Met::of), &[figure]))
}

/// The energy loan pays for works that improve the energy performance and nothing else; the others want at
/// least one such work.
fn energy_works(case: &Case) -> Option<Finding> {
    let figure = case.condition("energy_works_required")?;
    let mut works = case.application.works.iter();
    let met = match case.application.product {
        Product::EnergyLoan => works.all(|work| work.improves_energy),
        _ => works.any(|work| work.improves_energy),
    };
    let rule = if case.application.product == Product::EnergyLoan { "only_energy_works" } else { "energy_works" };
    Some(finding(rule, Met::of(met), &[figure]))
}

fn structural_works(case: &Case) -> Option<Finding> {
    let figure = case.condition("structural_works_required")?;
    Some(finding("structural_works", Met::of(case.application.works.iter().any(|work| work.structural)), &[figure]))
}

/// Every quote still holds on the day of the application.
fn valid_quotes(case: &Case) -> Option<Finding> {
    let figure = case.condition("valid_quotes_required")?;
    let on = case.application.applied_on;
    let result = match case.application.quotes().map(|quote| quote.valid_until).min() {
        None => return Some(finding("valid_quotes", Met::Missing, &[figure])),
        Some(first_end) => finding("valid_quotes", Met::of(first_end >= on), &[figure]).with("until", first_end),
    };
    Some(result.with("on", on))
}
