//! `/api/v1/payment-runs`: make, release, cancel and export payment runs, and read them.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use uuid::Uuid;

use super::super::AppState;
use super::super::caller::Caller;
use super::super::error::Problem;
use super::{REPLAYED, json, once};
use crate::domain::application::Loose;
use crate::domain::text::Text;
use crate::services::Error;
use crate::services::payments::{self, Confirmed, Redirection, Step};

pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/payment-runs", get(list).post(make))
        .route("/payment-runs/{run}", get(show))
        .route("/payment-runs/{run}/file", get(file))
        .route("/payment-runs/{run}/release", post(release))
        .route("/payment-runs/{run}/cancel", post(cancel))
        .route("/payment-runs/{run}/export", post(export))
        .route("/payment-orders/{order}/reopen", post(reopen))
        .route("/payment-orders/{order}/confirm", post(confirm))
        .route("/payment-orders/{order}/redirect", post(redirect))
}

async fn list(State(app): State<AppState>, caller: Caller) -> Result<Response, Problem> {
    let runs = payments::runs(app.house(), &caller.actor).await;
    let runs = runs.map_err(|error| Problem::of(&error, caller.lang, &app))?;
    Ok(Json(serde_json::json!({ "payment_runs": runs })).into_response())
}

async fn show(State(app): State<AppState>, caller: Caller, Path(run): Path<String>) -> Result<Response, Problem> {
    let view = payments::show(app.house(), &caller.actor, &run).await;
    Ok(Json(view.map_err(|error| Problem::of(&error, caller.lang, &app))?).into_response())
}

/// The file as it left, to the byte.
async fn file(State(app): State<AppState>, caller: Caller, Path(run): Path<String>) -> Result<Response, Problem> {
    let file = payments::file(app.house(), &caller.actor, &run).await;
    let file = file.map_err(|error| Problem::of(&error, caller.lang, &app))?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("application/xml"))], file.bytes).into_response())
}

/// A run to make.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct MakeForm {
    fund: Loose,
    execute_on: Loose,
}

async fn make(
    State(app): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let form: MakeForm = json(&body, caller.lang)?;
    let typed = form.execute_on.text().unwrap_or_default();
    let day = Some(typed).filter(|text| text.len() == 10).and_then(|text| text.parse().ok());
    let day = day.ok_or_else(|| Error::field("execute_on", typed, Text::new("application-problem-date")));
    let execute_on = day.map_err(|error| Problem::of(&error, caller.lang, &app))?;
    let step = Step::Make { fund: form.fund.text().map(str::to_owned), execute_on };
    take(&app, &caller, (&headers, &body), (StatusCode::CREATED, step)).await
}

/// What a releaser says of accounts that need a look.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ReleaseForm {
    confirmations: Vec<ConfirmationForm>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfirmationForm {
    /// A contractor, or an order that is not to one: as the run names it.
    #[serde(rename = "contractor_id", alias = "payment_order_id")]
    about: Uuid,
    note: String,
}

async fn release(
    State(app): State<AppState>,
    caller: Caller,
    Path(run): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let form: ReleaseForm = if body.is_empty() { ReleaseForm::default() } else { json(&body, caller.lang)? };
    let confirmed = form.confirmations.into_iter().map(|said| {
        let ConfirmationForm { about, note } = said;
        Confirmed { about, note }
    });
    let step = Step::Release { run, confirmed: confirmed.collect() };
    take(&app, &caller, (&headers, &body), (StatusCode::OK, step)).await
}

/// Why a run is cancelled, or an order waits again.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ReasonForm {
    reason: Loose,
}

async fn cancel(
    State(app): State<AppState>,
    caller: Caller,
    Path(run): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let form: ReasonForm = json(&body, caller.lang)?;
    let step = Step::Cancel { run, reason: form.reason.text().unwrap_or_default().to_owned() };
    take(&app, &caller, (&headers, &body), (StatusCode::OK, step)).await
}

async fn export(
    State(app): State<AppState>,
    caller: Caller,
    Path(run): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    take(&app, &caller, (&headers, &body), (StatusCode::OK, Step::Export { run })).await
}

async fn reopen(
    State(app): State<AppState>,
    caller: Caller,
    Path(order): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let form: ReasonForm = json(&body, caller.lang)?;
    let step = Step::Reopen { order, reason: form.reason.text().unwrap_or_default().to_owned() };
    take(&app, &caller, (&headers, &body), (StatusCode::OK, step)).await
}

/// What somebody says of an account from which money came back.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct NoteForm {
    note: Loose,
}

/// The order no longer stays behind. No money moves by it, and a second one finds nothing to confirm: it needs no key.
async fn confirm(
    State(app): State<AppState>,
    caller: Caller,
    Path(order): Path<String>,
    body: Bytes,
) -> Result<Response, Problem> {
    let form: NoteForm = json(&body, caller.lang)?;
    let note = form.note.text().unwrap_or_default();
    let cleared = payments::confirm(app.house(), &caller.actor, (&order, note)).await;
    Ok(Json(cleared.map_err(|error| Problem::of(&error, caller.lang, &app))?).into_response())
}

/// Another account for an order that waits.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RedirectForm {
    iban: Loose,
    reason: Loose,
}

/// Another account for an order: the first ask is kept (202), the second one, by somebody else, counts (200). The same
/// person is refused the second time, so it needs no key.
async fn redirect(
    State(app): State<AppState>,
    caller: Caller,
    Path(order): Path<String>,
    body: Bytes,
) -> Result<Response, Problem> {
    let form: RedirectForm = json(&body, caller.lang)?;
    let typed = |field: &Loose| field.text().unwrap_or_default().to_owned();
    let asked = Redirection { order, iban: typed(&form.iban), reason: typed(&form.reason) };
    let done = payments::redirect(app.house(), &caller.actor, &asked).await;
    let done = done.map_err(|error| Problem::of(&error, caller.lang, &app))?;
    let status = if done.counts() { StatusCode::OK } else { StatusCode::ACCEPTED };
    Ok((status, Json(done)).into_response())
}

/// Takes a step once: no step without a key, because money moves once.
async fn take(
    app: &AppState,
    caller: &Caller,
    (headers, body): (&HeaderMap, &Bytes),
    (status, step): (StatusCode, Step),
) -> Result<Response, Problem> {
    let once = once(headers, body).ok_or_else(|| Problem::no_key(caller.lang))?;
    let answer = async { payments::take_once(app.house(), &caller.actor, (app.payer()?, &step), &once).await };
    let answer = answer.await.map_err(|error| Problem::of(&error, caller.lang, app))?;
    let json = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    let mut response = (status, json, answer.json).into_response();
    if !answer.is_new {
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
    Ok(response)
}
