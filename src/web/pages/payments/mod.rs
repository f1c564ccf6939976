//! Payment runs: orders that leave for the bank in one file.

mod list;
mod show;
mod steps;

pub(super) use show::why;

use axum::Router;
use axum::routing::{get, post};

use crate::services::payments::CameBack;
use crate::web::AppState;
use crate::web::frame::Frame;

/// When the money of an order came back, and why: the code of the bank, and its own words.
pub(super) fn came_back(f: &Frame, back: &CameBack) -> String {
    let on = match &back.code {
        Some(code) => f.tn("payments-came-back", [("on", back.on.to_string()), ("code", code.clone())]),
        None => f.t1("payments-came-back-plain", "on", back.on),
    };
    let words = back.words.as_deref().map(str::trim).filter(|words| !words.is_empty());
    words.map_or(on.clone(), |words| format!("{on} “{words}”"))
}

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
        .route("/payment-orders/{order}/confirm", post(steps::confirm))
        .route("/payment-orders/{order}/redirect", post(steps::redirect))
}
