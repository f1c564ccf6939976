//! Who calls: a token in the `Authorization` header stands for a user; `Accept-Language` chooses the sentences.

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION};
use axum::http::request::Parts;

use super::AppState;
use super::error::Problem;
use crate::i18n::Lang;
use crate::services::Actor;
use crate::services::users::actor_of_token;

/// A caller with a token that works.
#[derive(Debug)]
pub(super) struct Caller {
    /// For whom the token stands.
    pub(super) actor: Actor,
    /// The language of sentences.
    pub(super) lang: Lang,
}

/// The language of sentences; English when none of ours is asked for.
#[derive(Debug)]
pub(super) struct Tongue(pub(super) Lang);

impl<S: Send + Sync> FromRequestParts<S> for Tongue {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let asked = parts.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut codes = asked.split(',').map(|part| part.trim().split([';', '-']).next().unwrap_or_default());
        Ok(Self(codes.find_map(Lang::from_code).unwrap_or(Lang::En)))
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Problem> {
        let Ok(Tongue(lang)) = Tongue::from_request_parts(parts, app).await;
        let token = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(bearer);
        let Some(token) = token else { return Err(Problem::no_token(lang)) };
        match actor_of_token(app.house(), token).await {
            Ok(Some(actor)) => Ok(Self { actor, lang }),
            Ok(None) => Err(Problem::no_token(lang)),
            Err(error) => Err(Problem::of(&error, lang, app)),
        }
    }
}

/// `Bearer <token>`; the name of the scheme in capitals or not (RFC 9110, 11.1).
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}
