//! The bank: files that came in, their lines, and lines whose owner a person must name.

mod file;
mod held;
mod import;
mod imported;
mod settle;
mod show;
mod statements;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::web::AppState;

/// Paths of the bank.
pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/bank", get(show::show))
        .route("/bank/statements", get(statements::show))
        .route("/bank/imported", get(imported::show))
        .route("/bank/files", post(import::upload).layer(DefaultBodyLimit::max(import::LARGEST_REQUEST)))
        .route("/bank/files/{bank_file_id}", get(file::show))
        .route("/bank/held/{held_file_id}", post(held::decide))
        .route("/bank/lines/{bank_line_id}", get(settle::form).post(settle::settle))
}

/// The key of the sentence that says why a line had its outcome.
fn reason_key(code: &str) -> String {
    format!("bank-reason-{}", code.replace('_', "-"))
}

/// A structured communication as it is printed: `+++100/0000/00158+++`; twelve digits that are none stay as they are.
fn printed(structured: &str) -> String {
    crate::domain::identity::Ogm::parse(structured).map_or_else(|_| structured.to_owned(), |ogm| ogm.to_string())
}
