//! Applications: the list, a new one, one file, and what is done with it.

mod decide;
mod list;
mod new;
mod show;
mod tree;

use axum::Router;
use axum::routing::{get, post};

use crate::web::AppState;

/// Paths of applications.
pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/applications", get(list::show).post(new::submit_form))
        .route("/applications/new", get(new::form))
        .route("/applications/{application_id}", get(show::show))
        .route("/applications/{application_id}/vote", post(decide::vote))
        .route("/applications/{application_id}/sign", post(decide::sign))
        .route("/applications/{application_id}/withdraw", post(decide::withdraw))
}
