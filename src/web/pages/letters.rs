//! Letters and mails: what went out, what waits, and the letter as it was sent.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::Shown;
use crate::services::desk::{self, LetterLine};
use crate::web::AppState;
use crate::web::error::Fault;
use crate::web::frame::{Frame, Me};
use crate::web::tone;

#[derive(Template)]
#[template(path = "pages/letters.html")]
struct Page {
    f: Frame,
    lines: Vec<LetterLine>,
}

/// The outbox.
pub(super) async fn show(State(app): State<AppState>, me: Me) -> Shown {
    let lines = desk::letters(app.house(), &me.actor).await?;
    super::show(&Page { f: me.frame, lines })
}

/// A letter, to look at in the browser.
pub(super) async fn pdf(
    State(app): State<AppState>,
    me: Me,
    Path(document_id): Path<String>,
) -> Result<Response, Fault> {
    let document_id = document_id.parse().map_err(|_| Fault::no_page())?;
    let letter = desk::letter(app.house(), &me.actor, document_id).await?;
    let name: String = letter.file_name.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
    let headers = [
        (header::CONTENT_TYPE, letter.media_type),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")),
    ];
    Ok((headers, letter.content).into_response())
}
