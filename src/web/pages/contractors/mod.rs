//! Contractors and the accounts on which they are paid.

mod list;
mod show;

use axum::Router;
use axum::routing::{get, post};

use crate::web::AppState;

/// Paths of contractors.
pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/contractors", get(list::show).post(list::search))
        .route("/contractors/{contractor_id}", get(show::show))
        .route("/contractors/{contractor_id}/account", post(show::change))
}
