//! Payment runs: orders that leave for the bank in one file.

mod list;
mod show;
mod steps;

pub(super) use show::why;

use axum::Router;
use axum::routing::{get, post};

use crate::web::AppState;

/// Paths of payment runs.
pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/payments", get(list::show).post(steps::make))
        .route("/payments/{run}", get(show::show))
        .route("/payments/{run}/release", post(steps::release))
        .route("/payments/{run}/cancel", post(steps::cancel))
        .route("/payments/{run}/export", post(steps::export))
        .route("/payments/{run}/file", get(show::file))
        .route("/payments/{run}/orders/{order}/reopen", post(steps::reopen))
}
