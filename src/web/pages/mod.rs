//! Pages: `<resource>/<verb>.rs`, each extract → service → view.

mod applications;
mod bank;
mod collections;
mod contractors;
mod funds;
mod home;
mod jobs;
mod language;
mod letters;
mod loans;
mod orders;
mod payments;
mod sign_in;

use askama::Template;
use axum::Router;
use axum::response::Html;
use axum::routing::{get, post};

use super::AppState;
use super::error::Fault;
use crate::domain::identity::Iban;

/// A page, or why there is none.
type Shown = Result<Html<String>, Fault>;

/// Writes a page.
fn show(page: &impl Template) -> Shown {
    Ok(Html(page.render()?))
}

/// An account as people read it, in groups of four.
fn grouped(iban: &str) -> String {
    Iban::parse(iban).map_or_else(|_| iban.to_owned(), |iban| iban.to_string())
}

/// Every path with its pages.
pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/", get(home::show))
        .route("/sign-in", get(sign_in::form).post(sign_in::enter))
        .route("/sign-out", post(sign_in::leave))
        .route("/language", post(language::choose))
        .merge(applications::router())
        .merge(loans::router())
        .merge(bank::router())
        .merge(collections::router())
        .merge(funds::router())
        .merge(payments::router())
        .merge(contractors::router())
        .route("/payment-orders", get(orders::show))
        .route("/letters", get(letters::show))
        .route("/documents/{document_id}", get(letters::document))
        .route("/jobs", get(jobs::show))
        .route("/jobs/{job}/run", post(jobs::run))
        .fallback(nothing_here)
}

async fn nothing_here() -> Fault {
    Fault::no_page()
}
