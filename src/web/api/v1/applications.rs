//! `/api/v1/applications`: submit, list, read, vote, withdraw, sign.

mod shown;

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use uuid::Uuid;

use super::super::AppState;
use super::super::caller::Caller;
use super::super::error::Problem;
use super::{REPLAYED, json, once};
use crate::domain::application::ApplicationForm;
use crate::i18n::Lang;
use crate::services::applications::{Ballot, CameBy, Submission, Vote, submit, vote, withdraw};
use crate::services::contracts::{ContractForm, preview, sign};
use crate::services::desk;
use crate::services::desk::ApplicationFilter;

pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/applications", post(create).get(list))
        .route("/applications/{id}", get(show))
        .route("/applications/{id}/votes", post(cast))
        .route("/applications/{id}/withdraw", post(take_back))
        .route("/applications/{id}/sign", post(sign_contract))
        .route("/applications/{id}/sign/preview", post(foresee_contract))
}

/// An identifier in an address; one that is not a UUID belongs to nothing.
fn id(text: &str, lang: Lang) -> Result<Uuid, Problem> {
    text.parse().map_err(|_| Problem::unknown_path(lang))
}

async fn create(
    State(app): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let form: ApplicationForm = json(&body, caller.lang)?;
    let submission = Submission { form, came_by: CameBy::Api, request: once(&headers, &body) };
    let submitted =
        submit(app.house(), &caller.actor, submission).await.map_err(|error| Problem::of(&error, caller.lang, &app))?;
    let place = format!("/api/v1/applications/{}", submitted.application_id);
    let answer = shown::submitted(&submitted, caller.lang);
    let mut response = (StatusCode::CREATED, [(header::LOCATION, place)], Json(answer)).into_response();
    if !submitted.is_new {
        response.headers_mut().insert(REPLAYED, header::HeaderValue::from_static("true"));
    }
    Ok(response)
}

/// What to list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    state: Option<String>,
    product: Option<String>,
    municipality: Option<String>,
}

async fn list(
    State(app): State<AppState>,
    caller: Caller,
    Query(query): Query<ListQuery>,
) -> Result<Response, Problem> {
    let filter = ApplicationFilter {
        state: query.state,
        product: query.product,
        nis_code: query.municipality,
        ..ApplicationFilter::default()
    };
    let lines = desk::applications(app.house(), &caller.actor, filter)
        .await
        .map_err(|error| Problem::of(&error, caller.lang, &app))?;
    Ok(Json(shown::list(&lines)).into_response())
}

async fn show(State(app): State<AppState>, caller: Caller, Path(number): Path<String>) -> Result<Response, Problem> {
    let application_id = id(&number, caller.lang)?;
    let file = desk::application(app.house(), &caller.actor, application_id)
        .await
        .map_err(|error| Problem::of(&error, caller.lang, &app))?;
    Ok(Json(shown::file(&file, caller.lang)).into_response())
}

/// A vote as sent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct VoteBody {
    vote: Vote,
    #[serde(default)]
    reason: String,
}

async fn cast(
    State(app): State<AppState>,
    caller: Caller,
    Path(number): Path<String>,
    body: Bytes,
) -> Result<Response, Problem> {
    let application_id = id(&number, caller.lang)?;
    let VoteBody { vote: choice, reason } = json(&body, caller.lang)?;
    let counted = vote(app.house(), &caller.actor, Ballot { application_id, vote: choice, reason })
        .await
        .map_err(|error| Problem::of(&error, caller.lang, &app))?;
    let state = counted.state.code();
    Ok(Json(serde_json::json!({ "state": state, "approvals": counted.approvals })).into_response())
}

async fn take_back(
    State(app): State<AppState>,
    caller: Caller,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let application_id = id(&number, caller.lang)?;
    let released = withdraw(app.house(), &caller.actor, application_id)
        .await
        .map_err(|error| Problem::of(&error, caller.lang, &app))?;
    Ok(Json(serde_json::json!({ "state": "withdrawn", "released": released })).into_response())
}

async fn sign_contract(
    State(app): State<AppState>,
    caller: Caller,
    Path(number): Path<String>,
    body: Bytes,
) -> Result<Response, Problem> {
    let application_id = id(&number, caller.lang)?;
    // An empty body signs today.
    let sent: ContractForm = if body.is_empty() { ContractForm::default() } else { json(&body, caller.lang)? };
    let answer = async { sign(app.house(), &caller.actor, sent.read(application_id)?).await };
    let signed = answer.await.map_err(|error| Problem::of(&error, caller.lang, &app))?;
    let body = serde_json::json!({
        "loan_id": signed.loan_id, "number": signed.number, "ogm": signed.ogm.to_string(),
        "signed_on": signed.signed_on, "contract": signed.contract,
    });
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

async fn foresee_contract(
    State(app): State<AppState>,
    caller: Caller,
    Path(number): Path<String>,
    body: Bytes,
) -> Result<Response, Problem> {
    let application_id = id(&number, caller.lang)?;
    let sent: ContractForm = if body.is_empty() { ContractForm::default() } else { json(&body, caller.lang)? };
    let answer = async { preview(app.house(), &caller.actor, sent.read(application_id)?).await };
    let contract = answer.await.map_err(|error| Problem::of(&error, caller.lang, &app))?;
    Ok(Json(serde_json::json!({ "contract": contract })).into_response())
}
