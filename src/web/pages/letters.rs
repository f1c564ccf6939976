//! Letters and mails: what went out, what waits, and the letter as it was sent.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::Shown;
use crate::services::desk::{self, LetterLine, MOST};
use crate::web::error::Fault;
use crate::web::form::Form;
use crate::web::frame::{Frame, Me};
use crate::web::{AppState, tone};

const STATES: [&str; 3] = ["queued", "sent", "failed"];

/// The browser's own viewer shows the letter; nothing else may run, and no other page may hold it.
const POLICY: &str = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; script-src 'none'";

#[derive(Template)]
#[template(path = "pages/letters.html")]
struct Page {
    f: Frame,
    form: Form,
    lines: Vec<LetterLine>,
    counts: Vec<(String, i64)>,
    states: Vec<(String, String)>,
    all: bool,
}

/// What to list.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    state: String,
}

/// The outbox.
pub(super) async fn show(State(app): State<AppState>, me: Me, Query(asked): Query<Asked>) -> Shown {
    let state = (!asked.state.is_empty()).then_some(asked.state.as_str());
    let (lines, counts) = desk::letters(app.house(), &me.actor, state).await?;
    let f = me.frame;
    let all = i64::try_from(lines.len()).is_ok_and(|shown| shown < MOST);
    let page = Page {
        form: Form::fresh(&[("state", &asked.state)]),
        states: STATES.iter().map(|code| ((*code).to_owned(), f.word("message", code))).collect(),
        lines,
        counts,
        all,
        f,
    };
    super::show(&page)
}

/// A letter, to look at in the browser. One of another municipality does not exist.
pub(super) async fn document(
    State(app): State<AppState>,
    me: Me,
    Path(document_id): Path<String>,
) -> Result<Response, Fault> {
    let document_id = document_id.parse().map_err(|_| Fault::no_page())?;
    let letter = desk::letter(app.house(), &me.actor, document_id).await?;
    // Only a PDF is shown where it is; anything else is saved.
    let how = if letter.media_type == "application/pdf" { "inline" } else { "attachment" };
    let name: String = letter.file_name.chars().filter(|c| c.is_ascii_alphanumeric() || "-_. ".contains(*c)).collect();
    let headers = [
        (header::CONTENT_TYPE, letter.media_type),
        (header::CONTENT_DISPOSITION, format!("{how}; filename=\"{name}\"")),
        // A letter never changes; it is kept in the reader's own browser only.
        (header::CACHE_CONTROL, "private, max-age=3600".to_owned()),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
    ];
    Ok((headers, letter.content).into_response())
}
