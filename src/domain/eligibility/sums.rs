//! How much, and in how many instalments.

use super::{Case, Finding, Met, finding, group};
use crate::domain::money::Money;

/// Every rule on the sum that is in force.
pub(super) fn all(case: &Case) -> Vec<Finding> {
    [minimum(case), ceiling(case), quoted(case), least_instalments(case), instalments(case)]
        .into_iter()
        .flatten()
        .collect()
}

fn minimum(case: &Case) -> Option<Finding> {
    let figure = case.figure("amount_minimum")?;
    let amount = case.application.amount;
    Some(
        finding("amount_minimum", Met::of(amount >= figure.money()), &[figure])
            .with("amount", amount)
            .with("least", figure),
    )
}

/// The ceiling holds per dwelling: what was promised before counts.
fn ceiling(case: &Case) -> Option<Finding> {
    let figure = case.figure("amount_ceiling")?;
    let amount = case.application.amount;
    let met = Met::of(amount + case.already_lent <= figure.money());
    Some(
        finding("amount_ceiling", met, &[figure])
            .with("amount", amount)
            .with("already", case.already_lent)
            .with("most", figure),
    )
}

/// Nobody borrows more than the works cost.
fn quoted(case: &Case) -> Option<Finding> {
    let figure = case.condition("valid_quotes_required")?;
    let (amount, quoted) = (case.application.amount, case.application.quoted());
    let result = if quoted == Money::ZERO { Met::Missing } else { Met::of(amount <= quoted) };
    Some(finding("quoted", result, &[figure]).with("amount", amount).with("quoted", quoted))
}

fn least_instalments(case: &Case) -> Option<Finding> {
    let figure = case.figure("instalments_min")?;
    let wanted = case.application.instalments;
    let result = wanted.map_or(Met::Missing, |wanted| Met::of(wanted >= figure.whole()));
    Some(finding("instalments_min", result, &[figure]).with("wanted", wanted.unwrap_or_default()).with("least", figure))
}

/// How many instalments there may be depends on the group of the family, as its rate does.
fn instalments(case: &Case) -> Option<Finding> {
    let figure = group::of(case).figure(case, group::INSTALMENTS)?;
    let wanted = case.application.instalments;
    let result = wanted.map_or(Met::Missing, |wanted| Met::of(wanted <= figure.whole()));
    Some(finding("instalments_max", result, &[figure]).with("wanted", wanted.unwrap_or_default()).with("most", figure))
}
