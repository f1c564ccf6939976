//! Ordering what borrowers repaid to go back to the funders.

use axum::extract::{Path, State};
use axum::response::Redirect;

use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::services::funds::pass_on;
use crate::web::error::Fault;
use crate::web::frame::Me;
use crate::web::{AppState, flash};

/// Orders the payment of what is due to the funders of a fund and not ordered yet.
pub(super) async fn order(State(app): State<AppState>, me: Me, Path(fund_id): Path<String>) -> Result<Redirect, Fault> {
    let fund_id = fund_id.parse().map_err(|_| Fault::no_page())?;
    let outcome = pass_on::pass_on(app.house(), &me.actor, fund_id).await;
    let orders = outcome.as_deref().unwrap_or_default();
    let (count, sum) = (orders.len(), orders.iter().map(|order| order.amount).sum::<Money>());
    let (done, to) = if count == 0 {
        (Text::new("funds-nothing-due"), "/funds")
    } else {
        (Text::new("funds-passed-on").with("count", count).with("sum", sum), "/payment-orders?state=ordered")
    };
    flash::after(&me.session, outcome, done, to).await
}
