//! The bank: files that came in, their lines, and lines whose owner a person must name.

mod file;
mod import;
mod list;
mod settle;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::web::AppState;

/// The largest upload, in bytes: a year of statements of a busy account is far below it.
const LARGEST_UPLOAD: usize = 20 * 1024 * 1024;

/// Paths of the bank.
pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/bank", get(list::show))
        .route("/bank/files", post(import::upload).layer(DefaultBodyLimit::max(LARGEST_UPLOAD)))
        .route("/bank/files/{bank_file_id}", get(file::show))
        .route("/bank/lines/{bank_line_id}", get(settle::form).post(settle::settle))
}
