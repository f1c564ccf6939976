//! `/api/v1/bank`: the lines that wait with their proposals, decisions about them, and taking those back.

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::AppState;
use super::super::caller::Caller;
use super::super::error::Problem;
use super::{REPLAYED, json, once};
use crate::domain::application::Loose;
use crate::i18n::{Lang, say, tell};
use crate::services::bank::{
    Decided, DecisionForm, DecisionRequest, LineFilter, Page, Part, QueueLine, ShownAbout, ShownProposal, UndoRequest,
    decide, lines, preview_decision, queue_page, undo,
};

/// The most lines of one answer.
const MOST: u16 = 500;

pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/bank/lines", get(list))
        .route("/bank/lines/{id}/decisions", post(place))
        .route("/bank/lines/{id}/decisions/preview", post(foresee))
        .route("/bank/decisions/{id}/undo", post(take_back))
}

/// Which lines.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    waiting: bool,
    fund: Option<String>,
    page: u32,
    /// Of the lines that wait: the last one that was read.
    after: Option<Uuid>,
    /// Of the lines that wait: how many at most.
    limit: Option<u16>,
}

/// The lines that wait, oldest first, with what all of them come to and where the next part begins; or all lines, newest
/// first, a page at a time.
async fn list(State(app): State<AppState>, caller: Caller, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let failed = |error| Problem::of(&error, caller.lang, &app);
    let fund = asked.fund.filter(|fund| !fund.is_empty());
    if asked.waiting {
        let limit = asked.limit.unwrap_or(MOST).clamp(1, MOST);
        let part = Part { fund, after: asked.after, limit };
        let page = queue_page(app.house(), &caller.actor, part).await.map_err(failed)?;
        let shown: Vec<Value> = page.lines.iter().map(|line| shown(line, caller.lang)).collect();
        return Ok(Json(json!({ "lines": shown, "total": page.total, "next": page.next })).into_response());
    }
    let page = Page::of(asked.page.max(1), MOST);
    let found = lines(app.house(), &caller.actor, LineFilter::default(), page).await.map_err(failed)?;
    Ok(Json(json!({ "lines": found })).into_response())
}

/// A line that waits, as a program reads it.
fn shown(waiting: &QueueLine, lang: Lang) -> Value {
    let line = &waiting.line;
    json!({
        "bank_line_id": line.bank_line_id,
        "fund": line.fund,
        "booked_on": line.booked_on,
        "amount": line.amount,
        "counterparty": { "iban": line.iban.as_ref().map(ToString::to_string), "name": line.name },
        "structured": line.structured.map(|ogm| ogm.to_string()),
        "free": line.free,
        "end_to_end_id": line.end_to_end_id,
        "reason": line.reason,
        "sentence": tell(lang, &line.reason.text()),
        "refund_asked_at": waiting.asked.as_ref().map(|ask| ask.asked_at),
        "proposals": waiting.proposals.iter().map(|proposal| ProposalBody::of(proposal, lang)).collect::<Vec<_>>(),
    })
}

/// A proposal; what it takes to decide so is in its fields.
#[derive(Debug, Serialize)]
struct ProposalBody {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    loan: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paid_by: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_order_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<String>,
    certainty: &'static str,
    reasons: Vec<Value>,
}

impl ProposalBody {
    fn of(proposal: &ShownProposal, lang: Lang) -> Self {
        let reason = |code: &str| json!({ "code": code, "sentence": say(lang, &format!("proposal-ground-{code}")) });
        let mut body = Self {
            kind: "loan",
            loan: None,
            paid_by: None,
            payment_id: None,
            source_id: None,
            payment_order_id: None,
            run: None,
            certainty: proposal.confidence.code(),
            reasons: proposal.grounds.iter().map(|ground| reason(ground.code())).collect(),
        };
        match &proposal.about {
            ShownAbout::Loan { number, .. } => {
                body.loan = Some(number.clone());
                body.paid_by = Some(proposal.paid_by.code());
            }
            ShownAbout::Payment { number, payment_id, .. } => {
                (body.kind, body.loan, body.payment_id) = ("return", Some(number.clone()), Some(*payment_id));
            }
            ShownAbout::Source { source_id, .. } => (body.kind, body.source_id) = ("source", Some(*source_id)),
            ShownAbout::Order { payment_order_id, .. } => {
                (body.kind, body.payment_order_id) = ("order", Some(*payment_order_id));
            }
            ShownAbout::ReturnedOrder { payment_order_id, .. } => {
                (body.kind, body.payment_order_id) = ("returned_order", Some(*payment_order_id));
            }
            ShownAbout::Run { number } => (body.kind, body.run) = ("run", Some(number.clone())),
        }
        body
    }
}

fn id(text: &str, lang: Lang) -> Result<Uuid, Problem> {
    text.parse().map_err(|_| Problem::unknown_path(lang))
}

async fn place(
    State(app): State<AppState>,
    caller: Caller,
    Path(line): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let bank_line_id = id(&line, caller.lang)?;
    // Money is placed once, whatever the retries.
    let once = once(&headers, &body).ok_or_else(|| Problem::no_key(caller.lang))?;
    let form: DecisionForm = json(&body, caller.lang)?;
    let request = DecisionRequest { bank_line_id, form, once: Some(once) };
    let decided =
        decide(app.house(), &caller.actor, request).await.map_err(|error| Problem::of(&error, caller.lang, &app))?;
    let status = if decided.bank_decision_id.is_some() { StatusCode::CREATED } else { StatusCode::ACCEPTED };
    Ok(answered(status, decided))
}

async fn foresee(
    State(app): State<AppState>,
    caller: Caller,
    Path(line): Path<String>,
    body: Bytes,
) -> Result<Response, Problem> {
    let bank_line_id = id(&line, caller.lang)?;
    let form: DecisionForm = json(&body, caller.lang)?;
    let request = DecisionRequest { bank_line_id, form, once: None };
    let answer = preview_decision(app.house(), &caller.actor, request)
        .await
        .map_err(|error| Problem::of(&error, caller.lang, &app))?;
    Ok((StatusCode::OK, as_json(answer)).into_response())
}

/// Why something is taken back.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct UndoBody {
    reason: Loose,
}

async fn take_back(
    State(app): State<AppState>,
    caller: Caller,
    Path(decision): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let decision = id(&decision, caller.lang)?;
    let once = once(&headers, &body).ok_or_else(|| Problem::no_key(caller.lang))?;
    let sent: UndoBody = json(&body, caller.lang)?;
    let reason = sent.reason.text().unwrap_or_default().to_owned();
    let undone = undo(app.house(), &caller.actor, UndoRequest { id: decision, reason, once: Some(once) })
        .await
        .map_err(|error| Problem::of(&error, caller.lang, &app))?;
    Ok(answered(StatusCode::OK, undone))
}

/// The answer to the byte, where the decision can be found, and whether it was given before.
fn answered(status: StatusCode, decided: Decided) -> Response {
    let mut response = (status, as_json(decided.answer)).into_response();
    let headers = response.headers_mut();
    let place = decided.bank_decision_id.map(|id| format!("/api/v1/bank/decisions/{id}"));
    if let Some(place) = place.and_then(|place| HeaderValue::from_str(&place).ok()) {
        headers.insert(header::LOCATION, place);
    }
    if !decided.is_new {
        headers.insert(REPLAYED, HeaderValue::from_static("true"));
    }
    response
}

/// An answer that is JSON already: what was previewed, what is recorded and what is repeated are the same bytes.
fn as_json(answer: String) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], answer)
}
