//! Version 1 of the programs' door. Fields are only ever added.

mod applications;

use axum::Router;

use super::AppState;
use super::caller::Tongue;
use super::error::Problem;

pub(super) fn router() -> Router<AppState> {
    applications::router().fallback(unknown)
}

async fn unknown(Tongue(lang): Tongue) -> Problem {
    Problem::unknown_path(lang)
}
