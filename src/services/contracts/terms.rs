//! The frozen terms of a contract, from the figures that were pinned when the family applied.

use chrono::NaiveDate;

use crate::domain::calendar;
use crate::domain::loan::{LoanTerms, Repayment};
use crate::domain::product::Product;
use crate::domain::rules::Figure;
use crate::domain::schedule::{DayCount, Frequency, Method, Rate, Remainder};
use crate::domain::text::Text;
use crate::services::Error;
use crate::storage::applications::Application;

/// Energy loans fall due on the first of a month.
const DUE_DAY: u32 = 1;

/// The terms of a contract signed on a day.
pub(super) fn terms(application: &Application, signed_on: NaiveDate) -> Result<LoanTerms, Error> {
    let repayment = match application.product {
        Product::EmergencyBuyer => {
            let years = i32::try_from(figure(application, "term_years")?.whole()).map_err(Error::internal)?;
            let spread_years = figure(application, "spread_years_max")?.whole();
            Repayment::Bullet {
                matures_on: calendar::add_years(signed_on, years),
                spread_months_max: spread_years * 12,
            }
        }
        Product::RollingFund => Repayment::OnExit { gain: None },
        Product::EnergyLoan => instalments(application, signed_on)?,
        Product::RenovationLoan => {
            let product = Text::new(&format!("product-{}", application.product));
            return Err(Error::Refused(Text::new("contract-no-such-product").with_part("product", product)));
        }
    };
    let terms = LoanTerms { product: application.product, principal: application.amount, signed_on, repayment };
    terms.check().map_err(Error::internal)?;
    Ok(terms)
}

/// Equal monthly principal, on the first of the month, from some months after the signature.
fn instalments(application: &Application, signed_on: NaiveDate) -> Result<Repayment, Error> {
    let count = application.instalments.ok_or_else(|| Error::internal("an energy loan without instalments"))?;
    let months = i32::try_from(figure(application, "first_due_after_months")?.whole()).map_err(Error::internal)?;
    let annual_rate = Rate::percent(figure(application, "interest_percent")?.value).map_err(Error::internal)?;
    Ok(Repayment::Instalments {
        count,
        frequency: Frequency::Monthly,
        due_day: DUE_DAY,
        first_due_on: calendar::add_months(signed_on, months, DUE_DAY),
        method: Method::Linear,
        annual_rate,
        remainder: Remainder::Last,
        day_count: DayCount::Thirty360,
    })
}

fn figure<'a>(application: &'a Application, key: &str) -> Result<&'a Figure, Error> {
    application
        .verdict
        .figure(key)
        .ok_or_else(|| Error::internal(format!("application {} has no pinned figure {key}", application.number)))
}
