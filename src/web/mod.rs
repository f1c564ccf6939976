//! The pages: one of the three doors. Handlers extract, call a service and show its answer; they never write SQL.
//!
//! Works without JavaScript; every change is a form post that ends in a redirect.

mod api;
mod assets;
mod chart;
mod error;
mod flash;
mod form;
mod frame;
mod headers;
mod labels;
mod pages;
mod session;
mod state;
mod tone;
mod typed;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum_login::AuthManagerLayerBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, SessionManagerLayer};

pub use state::{About, AppState, NextDue, Run, RunByHand, ScheduledJob};

/// The largest form, in bytes; uploads have their own limit.
const LARGEST_FORM: usize = 512 * 1024;

/// Everything the house answers on the web.
pub fn router(app: &AppState) -> Router {
    let sessions = SessionManagerLayer::new(session::Store::new(app.house().clone(), app.about().session))
        .with_name("energiehuis")
        .with_same_site(SameSite::Lax)
        .with_secure(app.about().base_url.starts_with("https://"))
        // The cookie goes when the browser closes; the house itself ends a session that nobody uses.
        .with_expiry(Expiry::OnSessionEnd);
    let auth = AuthManagerLayerBuilder::new(session::Backend::new(app.door().clone()), sessions).build();
    let pages = pages::router()
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(CsrfLayer::new())
        .layer(CatchPanicLayer::custom(error::after_panic))
        .layer(from_fn_with_state(app.clone(), frame::dress))
        .layer(auth)
        .with_state(app.clone());
    let api = api::router().with_state(app.clone());
    Router::new()
        .merge(pages)
        .merge(api)
        .merge(assets::router())
        .layer(from_fn(headers::harden))
        .layer(CompressionLayer::new())
}
