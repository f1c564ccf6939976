//! Choosing Dutch or English.

use axum::Form as Posted;
use axum::extract::State;
use axum::response::Redirect;
use serde::Deserialize;

use super::sign_in::own_path;
use crate::i18n::Lang;
use crate::services::users;
use crate::web::AppState;
use crate::web::error::Fault;
use crate::web::frame::LANGUAGE;
use crate::web::session::Auth;

/// What was chosen, and the page to go back to.
#[derive(Debug, Deserialize)]
pub(super) struct Choice {
    language: String,
    #[serde(default)]
    back: String,
}

/// Keeps the choice: in the session, and with the account of who is signed in.
pub(super) async fn choose(
    State(app): State<AppState>,
    auth: Auth,
    Posted(choice): Posted<Choice>,
) -> Result<Redirect, Fault> {
    if let Some(lang) = Lang::from_code(&choice.language) {
        auth.session.insert(LANGUAGE, lang.code()).await.map_err(|error| Fault::defect(&error.to_string()))?;
        if let Some(signed_in) = &auth.user {
            users::choose_language(app.house(), &signed_in.user.actor(), lang.code()).await?;
        }
    }
    Ok(Redirect::to(own_path(&choice.back)))
}
