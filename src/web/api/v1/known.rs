//! `/api/v1/bank/agencies` and `/counterparties`: accounts of others that the house knows. An account is personal data: it
//! stands in a body, never in an address.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::AppState;
use super::super::caller::Caller;
use super::super::error::Problem;
use crate::domain::application::Loose;
use crate::services::bank::{self, Forgetting, NewAgency};

pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/bank/agencies", get(agencies).post(add))
        .route("/bank/agencies/remove", post(remove))
        .route("/bank/counterparties", get(counterparties))
        .route("/bank/counterparties/forget", post(forget))
}

fn text(value: &Loose) -> String {
    value.text().unwrap_or_default().to_owned()
}

async fn agencies(State(app): State<AppState>, caller: Caller) -> Result<Json<Value>, Problem> {
    let known = bank::agencies(app.house(), &caller.actor).await;
    let known = known.map_err(|error| Problem::of(&error, caller.lang, &app))?;
    Ok(Json(json!({ "agencies": known })))
}

/// An account from which grants are paid; its name where it is added.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct AgencyBody {
    iban: Loose,
    name: Loose,
}

async fn add(State(app): State<AppState>, caller: Caller, body: Bytes) -> Result<(StatusCode, Json<Value>), Problem> {
    let sent: AgencyBody = super::json(&body, caller.lang)?;
    let new = NewAgency { iban: text(&sent.iban), name: text(&sent.name) };
    let added = bank::add_agency(app.house(), &caller.actor, new).await;
    let id = added.map_err(|error| Problem::of(&error, caller.lang, &app))?;
    Ok((StatusCode::CREATED, Json(json!({ "granting_agency_id": id }))))
}

async fn remove(State(app): State<AppState>, caller: Caller, body: Bytes) -> Result<StatusCode, Problem> {
    let sent: AgencyBody = super::json(&body, caller.lang)?;
    let removed = bank::remove_agency(app.house(), &caller.actor, &text(&sent.iban)).await;
    removed.map_err(|error| Problem::of(&error, caller.lang, &app))?;
    Ok(StatusCode::NO_CONTENT)
}

async fn counterparties(State(app): State<AppState>, caller: Caller) -> Result<Json<Value>, Problem> {
    let known = bank::counterparties(app.house(), &caller.actor).await;
    let known = known.map_err(|error| Problem::of(&error, caller.lang, &app))?;
    Ok(Json(json!({ "counterparties": known })))
}

/// What is to be forgotten, and why.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ForgetBody {
    iban: Loose,
    loan: Loose,
    reason: Loose,
}

async fn forget(State(app): State<AppState>, caller: Caller, body: Bytes) -> Result<StatusCode, Problem> {
    let sent: ForgetBody = super::json(&body, caller.lang)?;
    let forgetting = Forgetting { iban: text(&sent.iban), loan: text(&sent.loan), reason: text(&sent.reason) };
    let forgotten = bank::forget_counterparty(app.house(), &caller.actor, forgetting).await;
    forgotten.map_err(|error| Problem::of(&error, caller.lang, &app))?;
    Ok(StatusCode::NO_CONTENT)
}
