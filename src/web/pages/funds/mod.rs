//! Funds: where each stands, how that figure is made, and how it came there.

mod close;
mod history;
mod pass_on;
mod show;

use axum::Router;
use axum::routing::{get, post};

use crate::web::AppState;

/// Paths of funds.
pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/funds", get(show::show))
        .route("/funds/{fund_id}/pass-on", post(pass_on::order))
        .route("/funds/{fund_id}/close", post(close::close))
}
