//! `/api/v1/loans`: read one as of a day and as it was believed to be, record what happened to it, and preview that.

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use chrono::NaiveDate;
use serde::Deserialize;

use super::super::AppState;
use super::super::caller::Caller;
use super::super::error::Problem;
use super::{REPLAYED, json, once};
use crate::domain::application::Loose;
use crate::domain::text::Text;
use crate::services::Error;
use crate::services::invoices::InvoiceForm;
use crate::services::invoices::receive::receive;
use crate::services::loans::events::{EventForm, Request, preview, record};
use crate::services::loans::show::{self as loan, When, show_as_known};

pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/loans/{id}", get(show))
        .route("/loans/{id}/invoices", post(receive_invoice))
        .route("/loans/{id}/events", post(happen))
        .route("/loans/{id}/events/preview", post(foresee))
}

/// Which day, and as believed when.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    as_of: Loose,
    known_at: Loose,
}

async fn show(
    State(app): State<AppState>,
    caller: Caller,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let answer = async {
        let when = When { as_of: day("as_of", &asked.as_of)?, known_at: day("known_at", &asked.known_at)? };
        show_as_known(app.house(), &caller.actor, &name, when).await
    };
    let view = answer.await.map_err(|error| Problem::of(&error, caller.lang, &app))?;
    Ok(Json(view).into_response())
}

fn day(field: &str, typed: &Loose) -> Result<Option<NaiveDate>, Error> {
    let Some(text) = typed.text() else { return Ok(None) };
    let day = Some(text).filter(|text| text.len() == 10).and_then(|text| text.parse().ok());
    day.map(Some).ok_or_else(|| Error::field(field, text, Text::new("application-problem-date")))
}

async fn happen(
    State(app): State<AppState>,
    caller: Caller,
    Path(loan): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    // What happens to a loan happens once, whatever the retries: no event without a key.
    let once = once(&headers, &body).ok_or_else(|| Problem::no_key(caller.lang))?;
    let form: EventForm = json(&body, caller.lang)?;
    let request = Request { loan, form, once: Some(once) };
    let recorded =
        record(app.house(), &caller.actor, request).await.map_err(|error| Problem::of(&error, caller.lang, &app))?;
    let mut response = (StatusCode::CREATED, as_json(recorded.json)).into_response();
    if !recorded.is_new {
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
    Ok(response)
}

async fn foresee(
    State(app): State<AppState>,
    caller: Caller,
    Path(loan): Path<String>,
    body: Bytes,
) -> Result<Response, Problem> {
    let form: EventForm = json(&body, caller.lang)?;
    let request = Request { loan, form, once: None };
    let answer =
        preview(app.house(), &caller.actor, request).await.map_err(|error| Problem::of(&error, caller.lang, &app))?;
    Ok((StatusCode::OK, as_json(answer)).into_response())
}

/// Registers the invoice of a contractor. Somebody else draws it, with `tranche_drawn`. The same invoice cannot come
/// twice: its number is the contractor's.
async fn receive_invoice(
    State(app): State<AppState>,
    caller: Caller,
    Path(name): Path<String>,
    body: Bytes,
) -> Result<Response, Problem> {
    let form: InvoiceForm = json(&body, caller.lang)?;
    let answer = async {
        let loan_id = loan::show(app.house(), &caller.actor, &name, None).await?.summary.loan_id;
        receive(app.house(), &caller.actor, form.read(loan_id)?).await
    };
    let invoice = answer.await.map_err(|error| Problem::of(&error, caller.lang, &app))?;
    let body = serde_json::json!({ "invoice_id": invoice.invoice_id, "state": "received", "amount": invoice.amount });
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

/// An answer that is JSON already: what was previewed, what is recorded and what is repeated are the same bytes.
fn as_json(answer: String) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], answer)
}
