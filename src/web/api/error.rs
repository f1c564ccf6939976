//! Every way a call can fail, as a problem document (RFC 9457) in the caller's language. The cause of a defect goes
//! to the log under the incident's number, never to the caller.

use axum::Json;
use axum::http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::AppState;
use crate::domain::text::FieldProblem;
use crate::i18n::{Lang, say, tell};
use crate::services::Error;

/// A problem document.
#[derive(Debug, Serialize)]
pub(super) struct Problem {
    #[serde(rename = "type")]
    kind: String,
    title: String,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<WrongField>,
}

/// A field that is not right.
#[derive(Debug, Serialize)]
struct WrongField {
    field: String,
    value: String,
    problem: String,
}

impl WrongField {
    fn of(problem: &FieldProblem, lang: Lang) -> Self {
        Self { field: problem.field.clone(), value: problem.value.clone(), problem: tell(lang, &problem.text) }
    }
}

impl Problem {
    fn new(status: StatusCode, name: &str, lang: Lang, detail: String) -> Self {
        Self {
            kind: format!("urn:energiehuis:problem:{name}"),
            title: say(lang, &format!("api-{name}-title")),
            status: status.as_u16(),
            detail,
            instance: None,
            errors: Vec::new(),
        }
    }

    fn plain(status: StatusCode, name: &str, lang: Lang) -> Self {
        Self::new(status, name, lang, say(lang, &format!("api-{name}-detail")))
    }

    /// No token, or one that does not work.
    pub(super) fn no_token(lang: Lang) -> Self {
        Self::plain(StatusCode::UNAUTHORIZED, "no-token", lang)
    }

    /// No key where a call must not count twice (IETF draft “The Idempotency-Key HTTP Header Field”, 2.7).
    pub(super) fn no_key(lang: Lang) -> Self {
        Self::plain(StatusCode::BAD_REQUEST, "no-key", lang)
    }

    /// An address that means nothing here.
    pub(super) fn unknown_path(lang: Lang) -> Self {
        Self::plain(StatusCode::NOT_FOUND, "not-found", lang)
    }

    /// A body that is not the JSON that was expected; `cause` says where.
    pub(super) fn unreadable(cause: &serde_json::Error, lang: Lang) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "unreadable", lang, cause.to_string())
    }

    /// What a service answered.
    pub(super) fn of(error: &Error, lang: Lang, app: &AppState) -> Self {
        match error {
            Error::Invalid(problems) => {
                let mut problem = Self::plain(StatusCode::UNPROCESSABLE_ENTITY, "invalid", lang);
                problem.errors = problems.iter().map(|each| WrongField::of(each, lang)).collect();
                problem
            }
            Error::NotFound { .. } => Self::plain(StatusCode::NOT_FOUND, "not-found", lang),
            Error::Forbidden => Self::plain(StatusCode::FORBIDDEN, "forbidden", lang),
            Error::Refused(text) => Self::new(StatusCode::UNPROCESSABLE_ENTITY, "refused", lang, tell(lang, text)),
            Error::Conflict(text) => Self::new(StatusCode::CONFLICT, "conflict", lang, tell(lang, text)),
            Error::Storage(_) | Error::Internal(_) => Self::defect(error, lang, app),
        }
    }

    fn defect(error: &Error, lang: Lang, app: &AppState) -> Self {
        let incident = app.house().ids.next();
        let mut chain = Vec::new();
        let mut next: Option<&dyn std::error::Error> = Some(error);
        while let Some(cause) = next {
            chain.push(cause.to_string());
            next = cause.source();
        }
        tracing::error!(%incident, cause = chain.join(": "), "a call failed");
        let mut problem = Self::plain(StatusCode::INTERNAL_SERVER_ERROR, "defect", lang);
        problem.instance = Some(format!("urn:uuid:{incident}"));
        problem
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
