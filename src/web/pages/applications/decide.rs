//! What is done with an application: a vote, a contract, a withdrawal.

use axum::Form as Posted;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use uuid::Uuid;

use crate::domain::text::Text;
use crate::services::Error;
use crate::services::applications::{Ballot, Vote, vote as cast, withdraw as take_back};
use crate::services::contracts::{ContractForm, ValuationForm, sign as conclude};
use crate::web::error::Fault;
use crate::web::form::Form;
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

/// Concludes the contract and goes to the loan; with a mistake in it, shows the file again with what was typed.
pub(super) async fn sign(
    State(app): State<AppState>,
    me: Me,
    Path(application_id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let application_id = identifier(&application_id)?;
    let sent = Form::sent(pairs);
    let outcome = match contract(&sent).read(application_id) {
        Ok(contract) => conclude(app.house(), &me.actor, contract).await,
        Err(problems) => Err(problems),
    };
    let to = match outcome {
        Err(Error::Invalid(problems)) => {
            return super::show::again(&app, &me, application_id, sent.with_problems(problems)).await;
        }
        Ok(ref signed) => format!("/loans/{}", signed.loan_id),
        Err(_) => format!("/applications/{application_id}"),
    };
    Ok(flash::after(&me.session, outcome, Text::new("application-signed"), &to).await?.into_response())
}

fn contract(sent: &Form) -> ContractForm {
    ContractForm {
        signed_on: sent.value("signed_on").into(),
        first_due_after_months: sent.value("first_due_after_months").into(),
        valuation: Some(ValuationForm {
            value: sent.value("valuation.value").into(),
            valued_by: sent.value("valuation.valued_by").into(),
        }),
    }
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
