//! Loans: the list, one loan, and what is done with its invoices and draws.

mod invoice;
mod life;
mod list;
mod parts;
mod show;
mod t_account;

pub(super) use show::again;

use axum::Router;
use axum::routing::{get, post};

use crate::web::AppState;

/// Paths of loans.
pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/loans", get(list::show))
        .route("/loans/{loan_id}", get(show::show))
        .route("/loans/{loan_id}/invoices", post(invoice::receive))
        .route("/loans/{loan_id}/invoices/{invoice_id}/decide", post(invoice::decide))
        .route("/loans/{loan_id}/close-draws", post(invoice::close_draws))
}
