//! Direct debit: files for the bank, what waits for one, and what came back.

mod list;
mod mandate;
mod run;

pub(super) use list::blocked;

use axum::Router;
use axum::routing::{get, post};

use crate::web::AppState;

/// Paths of collections, and of the mandates on a loan.
pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/collections", get(list::show))
        .route("/collections/runs", post(run::make))
        .route("/collections/runs/{run_id}", get(run::show))
        .route("/collections/runs/{run_id}/release", post(run::release))
        .route("/collections/runs/{run_id}/export", post(run::export))
        .route("/collections/returns/{return_id}", post(list::answer))
        .route("/loans/{loan_id}/mandates", post(mandate::add))
        .route("/loans/{loan_id}/mandates/{mandate_id}/amend", post(mandate::amend))
        .route("/loans/{loan_id}/mandates/{mandate_id}/stop", post(mandate::stop))
}
