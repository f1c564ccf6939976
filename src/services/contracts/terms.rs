//! The frozen terms of a contract, from the figures that were pinned when the family applied.

use chrono::NaiveDate;

use super::Contract;
use crate::domain::calendar;
use crate::domain::loan::{GainShare, LoanTerms, Repayment};
use crate::domain::money::Money;
use crate::domain::product::Product;
use crate::domain::rules::Figure;
use crate::domain::schedule::{DayCount, Frequency, Method, Rate, Remainder};
use crate::domain::text::Text;
use crate::services::Error;
use crate::storage::applications::Application;

/// Instalments fall due on the first of a month.
const DUE_DAY: u32 = 1;

/// The terms of a contract signed on a day.
pub(super) fn terms(application: &Application, contract: &Contract, signed_on: NaiveDate) -> Result<LoanTerms, Error> {
    let gain = gain(application, contract)?;
    let months = months(application, contract)?;
    let repayment = match application.product {
        Product::EmergencyBuyer => {
            let years = i32::try_from(figure(application, "term_years")?.whole()).map_err(Error::internal)?;
            let spread_years = figure(application, "spread_years_max")?.whole();
            Repayment::Bullet {
                matures_on: calendar::add_years(signed_on, years),
                spread_months_max: spread_years * 12,
            }
        }
        Product::RollingFund => Repayment::OnExit { gain },
        // Equal principal (Energielening: the same principal every month); with a rate, interest on what is left.
        Product::EnergyLoan => instalments(application, (signed_on, months), Method::Linear)?,
        Product::RenovationLoan => instalments(application, (signed_on, months), Method::Annuity)?,
    };
    let terms = LoanTerms { product: application.product, principal: application.amount, signed_on, repayment };
    terms.check().map_err(Error::internal)?;
    Ok(terms)
}

/// Monthly instalments on the first of the month, from some months after the signature, at the rate of the day of
/// application. While money is drawn none of them is claimed (`domain::loan`).
fn instalments(
    application: &Application,
    (signed_on, months): (NaiveDate, Option<u32>),
    method: Method,
) -> Result<Repayment, Error> {
    let count = application.instalments.ok_or_else(|| no_figure(application, "number of instalments"))?;
    let months = months.ok_or_else(|| no_figure(application, "first_due_after_months"))?;
    let months = i32::try_from(months).map_err(Error::internal)?;
    let rate = application.verdict.rate().ok_or_else(|| no_figure(application, "interest_percent"))?;
    Ok(Repayment::Instalments {
        count,
        frequency: Frequency::Monthly,
        due_day: DUE_DAY,
        first_due_on: calendar::add_months(signed_on, months, DUE_DAY),
        method,
        annual_rate: Rate::percent(rate.value).map_err(Error::internal)?,
        remainder: Remainder::Last,
        day_count: DayCount::Thirty360,
    })
}

/// After how many months the first instalment falls due: as chosen, up to the most of the pinned rules, or as usual.
fn months(application: &Application, contract: &Contract) -> Result<Option<u32>, Error> {
    let Some(chosen) = contract.first_due_after_months else {
        return Ok(application.verdict.figure("first_due_after_months").map(Figure::whole));
    };
    let text = match application.verdict.figure("first_due_after_months_max").map(Figure::whole) {
        None => Text::new("contract-problem-grace-not-asked"),
        Some(most) if chosen > most => Text::new("contract-problem-grace-too-long").with("most", most),
        Some(_) => return Ok(Some(chosen)),
    };
    Err(Error::field("first_due_after_months", chosen, text))
}

/// The share of a gain in value that the pinned rules ask, with the valuation that the contract must name.
fn gain(application: &Application, contract: &Contract) -> Result<Option<GainShare>, Error> {
    let share = application.verdict.figure("gain_share_percent").filter(|share| share.is_yes());
    match (share, &contract.valuation) {
        (None, None) => Ok(None),
        (None, Some(valuation)) => {
            let text = Text::new("contract-problem-valuation-not-asked");
            Err(Error::field("valuation.value", valuation.value, text))
        }
        (Some(share), None) => {
            let text = Text::new("contract-problem-valuation-needed").with("share", format!("{share}\u{a0}%"));
            Err(Error::field("valuation.value", "", text))
        }
        (Some(share), Some(valuation)) => Ok(Some(GainShare {
            share: Rate::percent(share.value).map_err(Error::internal)?,
            value_before: valuation.value,
            valued_by: valuation.valued_by.clone(),
            at_most: at_most(application),
        })),
    }
}

/// The most on top of the principal: the smaller of a sum and a part of the principal, as far as the rules name them.
fn at_most(application: &Application) -> Option<Money> {
    let sum = application.verdict.figure("gain_share_ceiling").map(Figure::money);
    let part = application.verdict.figure("gain_share_ceiling_percent").map(|percent| {
        Money::round_half_up(application.amount.decimal() * percent.value / rust_decimal::Decimal::ONE_HUNDRED)
    });
    sum.into_iter().chain(part).min()
}

fn figure<'a>(application: &'a Application, key: &str) -> Result<&'a Figure, Error> {
    application.verdict.figure(key).ok_or_else(|| no_figure(application, key))
}

fn no_figure(application: &Application, key: &str) -> Error {
    Error::internal(format!("application {} has no pinned {key}", application.number))
}
