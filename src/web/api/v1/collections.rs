//! `/api/v1/loans/{number}/mandates` and `/api/v1/collection-runs`: what borrowers allow to collect, and the files that
//! two people let leave.

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use uuid::Uuid;

use super::super::AppState;
use super::super::caller::Caller;
use super::super::error::Problem;
use super::{REPLAYED, json, once};
use crate::services::collections::{
    AmendForm, MandateForm, RunForm, StopForm, amend, export, file, make, of_loan, overview, register, release, stop,
};
use crate::services::loans::show as loan;
use crate::services::{Answered, Error, Once};

pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/loans/{id}/mandates", get(list_mandates).post(add_mandate))
        .route("/loans/{id}/mandates/{mandate_id}/amend", post(amend_mandate))
        .route("/loans/{id}/mandates/{mandate_id}/stop", post(stop_mandate))
        .route("/collection-runs", get(list_runs).post(make_run))
        .route("/collection-runs/{run_id}", get(show_run))
        .route("/collection-runs/{run_id}/release", post(release_run))
        .route("/collection-runs/{run_id}/export", post(export_run))
}

async fn list_mandates(
    State(app): State<AppState>,
    caller: Caller,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let answer = async {
        let loan_id = loan::show(app.house(), &caller.actor, &name, None).await?.summary.loan_id;
        of_loan(app.house(), &caller.actor, loan_id).await
    };
    Ok(Json(answer.await.map_err(|error| Problem::of(&error, caller.lang, &app))?).into_response())
}

async fn add_mandate(
    State(app): State<AppState>,
    caller: Caller,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let once = key(&caller, &headers, &body)?;
    let form: MandateForm = json(&body, caller.lang)?;
    let answer = async {
        let loan_id = loan::show(app.house(), &caller.actor, &name, None).await?.summary.loan_id;
        register(app.house(), &caller.actor, (loan_id, &form, Some(&once))).await
    };
    answered(&app, &caller, answer.await, StatusCode::CREATED)
}

async fn amend_mandate(
    State(app): State<AppState>,
    caller: Caller,
    Path((name, mandate_id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let once = key(&caller, &headers, &body)?;
    let form: AmendForm = json(&body, caller.lang)?;
    let answer = async {
        let mandate_id = of_this_loan(&app, &caller, (&name, &mandate_id)).await?;
        amend(app.house(), &caller.actor, (mandate_id, &form, Some(&once))).await
    };
    answered(&app, &caller, answer.await, StatusCode::OK)
}

async fn stop_mandate(
    State(app): State<AppState>,
    caller: Caller,
    Path((name, mandate_id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let once = key(&caller, &headers, &body)?;
    let form: StopForm = json(&body, caller.lang)?;
    let answer = async {
        let mandate_id = of_this_loan(&app, &caller, (&name, &mandate_id)).await?;
        stop(app.house(), &caller.actor, (mandate_id, &form, Some(&once))).await
    };
    answered(&app, &caller, answer.await, StatusCode::OK)
}

async fn list_runs(State(app): State<AppState>, caller: Caller) -> Result<Response, Problem> {
    let all = overview(app.house(), &caller.actor).await;
    Ok(Json(all.map_err(|error| Problem::of(&error, caller.lang, &app))?).into_response())
}

async fn show_run(
    State(app): State<AppState>,
    caller: Caller,
    Path(run_id): Path<String>,
) -> Result<Response, Problem> {
    let answer = async { file(app.house(), &caller.actor, id("collection run", &run_id)?).await };
    let (run, collections) = answer.await.map_err(|error| Problem::of(&error, caller.lang, &app))?;
    Ok(Json(serde_json::json!({ "run": run, "collections": collections })).into_response())
}

async fn make_run(
    State(app): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let once = key(&caller, &headers, &body)?;
    let form: RunForm = json(&body, caller.lang)?;
    let made = make(app.house(), &caller.actor, (&form, Some(&once))).await;
    answered(&app, &caller, made, StatusCode::CREATED)
}

/// Releasing what is released changes nothing: it needs no key.
async fn release_run(
    State(app): State<AppState>,
    caller: Caller,
    Path(run_id): Path<String>,
) -> Result<Response, Problem> {
    let answer = async {
        let run_id = id("collection run", &run_id)?;
        release(app.house(), &caller.actor, run_id).await?;
        file(app.house(), &caller.actor, run_id).await
    };
    let (run, _) = answer.await.map_err(|error| Problem::of(&error, caller.lang, &app))?;
    Ok(Json(run).into_response())
}

/// The file; the same bytes every time.
async fn export_run(
    State(app): State<AppState>,
    caller: Caller,
    Path(run_id): Path<String>,
) -> Result<Response, Problem> {
    let answer = async { export(app.house(), &caller.actor, id("collection run", &run_id)?).await };
    let left = answer.await.map_err(|error| Problem::of(&error, caller.lang, &app))?;
    let named = format!("attachment; filename=\"{}\"", left.name);
    let headers = [(header::CONTENT_TYPE, "application/xml".to_owned()), (header::CONTENT_DISPOSITION, named)];
    Ok((headers, left.bytes).into_response())
}

/// What must not count twice comes with a key.
fn key(caller: &Caller, headers: &HeaderMap, body: &Bytes) -> Result<Once, Problem> {
    once(headers, body).ok_or_else(|| Problem::no_key(caller.lang))
}

/// An answer that is JSON already: what was answered and what is repeated are the same bytes.
fn answered(
    app: &AppState,
    caller: &Caller,
    answer: Result<Answered, Error>,
    status: StatusCode,
) -> Result<Response, Problem> {
    let answer = answer.map_err(|error| Problem::of(&error, caller.lang, app))?;
    let json = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    let mut response = (status, json, answer.json).into_response();
    if !answer.is_new {
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
    Ok(response)
}

/// A mandate of the loan in the path, not of another one.
async fn of_this_loan(app: &AppState, caller: &Caller, (name, mandate_id): (&str, &str)) -> Result<Uuid, Error> {
    let loan_id = loan::show(app.house(), &caller.actor, name, None).await?.summary.loan_id;
    let mandate_id = id("mandate", mandate_id)?;
    let found = of_loan(app.house(), &caller.actor, loan_id).await?;
    let known = found.mandates.iter().any(|mandate| mandate.mandate_id == mandate_id);
    if known { Ok(mandate_id) } else { Err(Error::not_found("mandate", mandate_id)) }
}

fn id(kind: &'static str, text: &str) -> Result<Uuid, Error> {
    text.parse().map_err(|_| Error::not_found(kind, text))
}
