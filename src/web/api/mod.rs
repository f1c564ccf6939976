//! What programs call: JSON over HTTP, a token per caller, problems as RFC 9457.

mod caller;
mod error;
mod v1;

use axum::Router;
use axum::extract::DefaultBodyLimit;

use super::AppState;

/// The largest request, in bytes.
const LARGEST: usize = 512 * 1024;

/// Everything that programs call, under `/api`.
pub(super) fn router() -> Router<AppState> {
    Router::new().nest("/api/v1", v1::router()).layer(DefaultBodyLimit::max(LARGEST))
}
