//! The style sheet and the mark of the house, embedded. The style sheet's address holds a hash of its content, so that
//! a browser may keep it for a year and still sees a new one at once.

use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("../../templates/static/energiehuis.css");
const MARK: &str = include_str!("../../templates/static/mark.svg");
const FOR_EVER: &str = "public, max-age=31536000, immutable";

static STYLE_PATH: LazyLock<String> = LazyLock::new(|| {
    let hash = hex::encode(Sha256::digest(STYLE.as_bytes()));
    format!("/static/energiehuis-{}.css", &hash[..16])
});

/// Address of the style sheet.
pub(super) fn style_path() -> &'static str {
    &STYLE_PATH
}

/// Files that are the same for everybody; no session is looked up for them.
pub(super) fn router() -> Router {
    Router::new().route("/static/{name}", get(file))
}

async fn file(Path(name): Path<String>) -> Response {
    let headers = |kind| [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, FOR_EVER)];
    match name.as_str() {
        "mark.svg" => (headers("image/svg+xml"), MARK).into_response(),
        style if style_path().ends_with(style) && style.starts_with("energiehuis-") => {
            (headers("text/css; charset=utf-8"), STYLE).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}
