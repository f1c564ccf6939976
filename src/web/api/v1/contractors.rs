//! `/api/v1/contractors`: on which account each is paid, and recording another one. What is looked for may be an account:
//! it stands in a body, never in an address.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::AppState;
use super::super::caller::Caller;
use super::super::error::Problem;
use crate::domain::application::Loose;
use crate::services::payments::{self, Changed, ContractorView};

pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/contractors", get(list))
        .route("/contractors/search", post(search))
        .route("/contractors/{contractor_id}", get(show))
        .route("/contractors/{contractor_id}/account", post(change))
}

async fn list(State(app): State<AppState>, caller: Caller) -> Result<Json<Value>, Problem> {
    found(&app, &caller, "").await
}

/// What is looked for in names, enterprise numbers and accounts.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SearchBody {
    text: Loose,
}

async fn search(State(app): State<AppState>, caller: Caller, body: Bytes) -> Result<Json<Value>, Problem> {
    let sent: SearchBody = super::json(&body, caller.lang)?;
    found(&app, &caller, sent.text.text().unwrap_or_default()).await
}

async fn found(app: &AppState, caller: &Caller, text: &str) -> Result<Json<Value>, Problem> {
    let found = payments::contractors(app.house(), &caller.actor, text).await;
    let found = found.map_err(|error| Problem::of(&error, caller.lang, app))?;
    Ok(Json(json!({ "contractors": found })))
}

fn id(text: &str, caller: &Caller) -> Result<Uuid, Problem> {
    text.parse().map_err(|_| Problem::unknown_path(caller.lang))
}

async fn show(
    State(app): State<AppState>,
    caller: Caller,
    Path(contractor_id): Path<String>,
) -> Result<Json<ContractorView>, Problem> {
    let found = payments::contractor(app.house(), &caller.actor, id(&contractor_id, &caller)?).await;
    found.map(Json).map_err(|error| Problem::of(&error, caller.lang, &app))
}

/// Another account, and how it was verified.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct AccountBody {
    iban: Loose,
    reason: Loose,
}

async fn change(
    State(app): State<AppState>,
    caller: Caller,
    Path(contractor_id): Path<String>,
    body: Bytes,
) -> Result<Json<Changed>, Problem> {
    let sent: AccountBody = super::json(&body, caller.lang)?;
    let (iban, reason) = (sent.iban.text().unwrap_or_default(), sent.reason.text().unwrap_or_default());
    let change = (id(&contractor_id, &caller)?, iban, reason);
    let changed = payments::change_account_of(app.house(), &caller.actor, change).await;
    changed.map(Json).map_err(|error| Problem::of(&error, caller.lang, &app))
}
