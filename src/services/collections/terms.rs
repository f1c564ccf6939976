//! The figures of collections in force on a day.

use chrono::NaiveDate;
use sqlx::PgConnection;

use crate::domain::collection::Terms;
use crate::services::Error;
use crate::storage::parameters;

/// The figures in force on a day; a house without one does not guess.
pub(in crate::services) async fn terms(db: &mut PgConnection, on: NaiveDate) -> Result<Terms, Error> {
    let figures = parameters::book(db).await?.in_force(on);
    let whole = |key: &str| {
        let figure = figures.iter().find(|(product, figure)| product.is_none() && figure.key == key);
        figure.map(|(_, figure)| figure.whole()).ok_or_else(|| {
            Error::internal(format!("there is no figure {key} of collections on {on}; add a row to rule_parameters"))
        })
    };
    Ok(Terms {
        notice_days: whole("collection_notice")?,
        lead_days: whole("collection_lead")?,
        horizon_days: whole("collection_horizon")?,
        run_ahead_days: whole("collection_run_ahead")?,
        idle_months: whole("mandate_idle")?,
        refund_days: whole("collection_refund")?,
    })
}
