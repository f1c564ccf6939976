//! Closing a period of a fund.

use axum::Form as Posted;
use axum::extract::{Path, State};
use axum::response::Redirect;
use serde::Deserialize;

use crate::domain::access::Permission;
use crate::domain::text::Text;
use crate::services::ledger::close::{self, ClosePeriod};
use crate::web::error::Fault;
use crate::web::frame::Me;
use crate::web::{AppState, flash, typed};

/// What a person asks for.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    through: String,
}

/// Closes a fund through a day.
pub(super) async fn close(
    State(app): State<AppState>,
    me: Me,
    Path(fund_id): Path<String>,
    Posted(asked): Posted<Asked>,
) -> Result<Redirect, Fault> {
    let fund_id = fund_id.parse().map_err(|_| Fault::no_page())?;
    me.actor.require(Permission::ClosePeriods)?;
    let Some(through) = typed::day(&asked.through) else {
        let wrong = Text::new("funds-day-wrong").with("value", &asked.through);
        flash::leave(&me.session, false, wrong).await?;
        return Ok(Redirect::to("/funds"));
    };
    let outcome = close::close(app.house(), &me.actor, ClosePeriod { fund_id, through }).await;
    let mut done = Text::new("period-closed-now");
    if let Ok(closed) = &outcome {
        done = done.with("fund", &closed.fund).with("through", closed.closed_through).with("open", closed.first_open);
    }
    flash::after(&me.session, outcome, done, "/funds").await
}
