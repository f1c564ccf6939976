//! Every way a page can fail, as a page in the reader's language. The cause goes to the log under the incident's
//! number, never to the reader.

use std::any::Any;
use std::sync::Arc;

use askama::Template;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use tower_http::csrf::ProtectionError;

use super::frame::Frame;
use crate::domain::text::Text;
use crate::services::Error;

/// A service's refusal on its way to become a page. [`dressed`] writes the page, because it knows the language.
#[derive(Debug)]
pub(super) struct Fault(Error);

impl Fault {
    /// A defect of the pages themselves.
    pub(super) fn defect(cause: &str) -> Self {
        Self(Error::Internal(cause.to_owned()))
    }

    /// Whether it says that there is no such record.
    pub(super) fn is_not_found(&self) -> bool {
        matches!(self.0, Error::NotFound { .. })
    }

    /// No such page, or none that you may know of.
    pub(super) fn no_page() -> Self {
        Self(Error::not_found("page", ""))
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl From<askama::Error> for Fault {
    fn from(error: askama::Error) -> Self {
        Self(Error::internal(error))
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = status(&self.0).into_response();
        response.extensions_mut().insert(Arc::new(self.0));
        response
    }
}

fn status(error: &Error) -> StatusCode {
    match error {
        Error::Invalid(_) | Error::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::NotFound { .. } => StatusCode::NOT_FOUND,
        Error::Forbidden => StatusCode::FORBIDDEN,
        Error::Conflict(_) => StatusCode::CONFLICT,
        Error::Storage(_) | Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// A panic becomes an error like another one; its words go to the log only.
pub(super) fn after_panic(panic: Box<dyn Any + Send + 'static>) -> Response {
    let words = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    Fault::defect(words.unwrap_or("a page panicked")).into_response()
}

#[derive(Template)]
#[template(path = "pages/error.html")]
struct ErrorPage {
    f: Frame,
    title: Text,
    body: Text,
    details: Vec<Text>,
    defect: bool,
}

/// Gives a page to every answer that says no and has none: errors of services, refused posts, unknown paths.
pub(super) fn dressed(frame: &Frame, response: Response) -> Response {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() || is_page(response.headers()) {
        return response;
    }
    let error = response.extensions().get::<Arc<Error>>().cloned();
    let cross_site = response.extensions().get::<ProtectionError>().is_some();
    let (name, details) = match error.as_deref() {
        Some(error) => words(error),
        None if cross_site => ("cross-site", Vec::new()),
        None => (by_status(status), Vec::new()),
    };
    if status.is_server_error() {
        note(frame.incident(), error.as_deref());
    }
    let page = ErrorPage {
        f: frame.clone(),
        title: Text::new(&format!("error-{name}-title")),
        body: Text::new(&format!("error-{name}-body")),
        details,
        defect: status.is_server_error(),
    };
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "the page for an error could not be made");
            status.into_response()
        }
    }
}

fn is_page(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

fn words(error: &Error) -> (&'static str, Vec<Text>) {
    match error {
        Error::Invalid(problems) => ("invalid", problems.iter().map(|problem| problem.text.clone()).collect()),
        Error::NotFound { .. } => ("not-found", Vec::new()),
        Error::Forbidden => ("forbidden", Vec::new()),
        Error::Refused(text) => ("refused", vec![text.clone()]),
        Error::Conflict(text) => ("conflict", vec![text.clone()]),
        Error::Storage(_) | Error::Internal(_) => ("defect", Vec::new()),
    }
}

fn by_status(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "not-found",
        StatusCode::METHOD_NOT_ALLOWED => "method",
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        StatusCode::FORBIDDEN => "forbidden",
        status if status.is_server_error() => "defect",
        _ => "unreadable",
    }
}

fn note(incident: &str, error: Option<&Error>) {
    let mut chain = Vec::new();
    let mut next = error.map(|error| error as &dyn std::error::Error);
    while let Some(cause) = next {
        chain.push(cause.to_string());
        next = cause.source();
    }
    tracing::error!(incident, cause = chain.join(": "), "a page failed");
}
