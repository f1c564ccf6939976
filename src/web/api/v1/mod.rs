//! Version 1 of the programs' door. Fields are only ever added.

mod applications;
mod bank;
mod collections;
mod contractors;
mod known;
mod loans;
mod payment_runs;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::AppState;
use super::caller::Tongue;
use super::error::Problem;
use crate::i18n::Lang;
use crate::services::Once;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

pub(super) fn router() -> Router<AppState> {
    let bank = bank::router().merge(known::router());
    let money = bank.merge(collections::router()).merge(payment_runs::router()).merge(contractors::router());
    applications::router().merge(money).merge(loans::router()).fallback(unknown)
}

/// The JSON of a body.
fn json<T: DeserializeOwned>(body: &Bytes, lang: Lang) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|error| Problem::unreadable(&error, lang))
}

/// The key and the hash of a request that may come twice.
fn once(headers: &HeaderMap, body: &Bytes) -> Option<Once> {
    headers.get(&IDEMPOTENCY_KEY).map(|key| Once {
        key: String::from_utf8_lossy(key.as_bytes()).into_owned(),
        body_sha256: Sha256::digest(body).into(),
    })
}

async fn unknown(Tongue(lang): Tongue) -> Problem {
    Problem::unknown_path(lang)
}
