//! Applications: the list, a new one, one file, and what is done with it.

mod list;
mod show;

use axum::Router;
use axum::routing::get;

use crate::web::AppState;

/// Paths of applications.
pub(super) fn router() -> Router<AppState> {
    Router::new().route("/applications", get(list::show)).route("/applications/{application_id}", get(show::show))
}
