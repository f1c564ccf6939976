//! What is done with an application: a vote, a contract, a withdrawal.

use axum::Form as Posted;
use axum::extract::{Path, State};
use axum::response::Redirect;
use serde::Deserialize;
use uuid::Uuid;

use crate::domain::text::Text;
use crate::services::applications::{Ballot, Vote, vote as cast, withdraw as take_back};
use crate::services::contracts::{Contract, sign as conclude};
use crate::web::error::Fault;
use crate::web::frame::Me;
use crate::web::{AppState, flash};

/// What the committee member chose and why.
#[derive(Debug, Deserialize)]
pub(super) struct Typed {
    vote: String,
    #[serde(default)]
    reason: String,
}

fn identifier(text: &str) -> Result<Uuid, Fault> {
    text.parse().map_err(|_| Fault::no_page())
}

/// Casts a vote.
pub(super) async fn vote(
    State(app): State<AppState>,
    me: Me,
    Path(application_id): Path<String>,
    Posted(typed): Posted<Typed>,
) -> Result<Redirect, Fault> {
    let application_id = identifier(&application_id)?;
    let vote = if typed.vote == "approve" { Vote::Approve } else { Vote::Refuse };
    let outcome = cast(app.house(), &me.actor, Ballot { application_id, vote, reason: typed.reason }).await;
    flash::after(&me.session, outcome, Text::new("application-voted"), &format!("/applications/{application_id}")).await
}

/// Concludes the contract and goes to the loan.
pub(super) async fn sign(
    State(app): State<AppState>,
    me: Me,
    Path(application_id): Path<String>,
) -> Result<Redirect, Fault> {
    let application_id = identifier(&application_id)?;
    let outcome = conclude(app.house(), &me.actor, Contract { application_id, signed_on: None }).await;
    let to = match &outcome {
        Ok(signed) => format!("/loans/{}", signed.loan_id),
        Err(_) => format!("/applications/{application_id}"),
    };
    flash::after(&me.session, outcome, Text::new("application-signed"), &to).await
}

/// Withdraws the application.
pub(super) async fn withdraw(
    State(app): State<AppState>,
    me: Me,
    Path(application_id): Path<String>,
) -> Result<Redirect, Fault> {
    let application_id = identifier(&application_id)?;
    let outcome = take_back(app.house(), &me.actor, application_id).await;
    let to = format!("/applications/{application_id}");
    flash::after(&me.session, outcome, Text::new("application-taken-back"), &to).await
}
