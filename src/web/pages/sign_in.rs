//! Coming in and going out.

use askama::Template;
use axum::Form as Posted;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::domain::text::Text;
use crate::services::users::Entry;
use crate::web::AppState;
use crate::web::error::Fault;
use crate::web::frame::{Frame, LANGUAGE};
use crate::web::session::Auth;

#[derive(Template)]
#[template(path = "pages/sign_in.html")]
struct Page {
    f: Frame,
    email: String,
    next: String,
    problem: Option<Text>,
}

/// Where to go after coming in.
#[derive(Debug, Deserialize)]
pub(super) struct Next {
    #[serde(default)]
    next: String,
}

/// What was typed.
#[derive(Deserialize)]
pub(super) struct Typed {
    email: String,
    password: String,
    #[serde(default)]
    next: String,
}

/// A path of this house; anything that could lead elsewhere becomes the first page.
pub(super) fn own_path(next: &str) -> &str {
    let own = next.starts_with('/') && !next.starts_with("//") && !next.contains(|c: char| c == '\\' || c.is_control());
    if own { next } else { "/" }
}

/// The form to come in by.
pub(super) async fn form(f: Frame, Query(query): Query<Next>) -> Result<Response, Fault> {
    if f.user().is_some() {
        return Ok(Redirect::to(own_path(&query.next)).into_response());
    }
    let page = Page { f, email: String::new(), next: query.next, problem: None };
    Ok(super::show(&page)?.into_response())
}

/// Comes in, or says that address and password do not belong together.
pub(super) async fn enter(
    State(app): State<AppState>,
    f: Frame,
    mut auth: Auth,
    Posted(typed): Posted<Typed>,
) -> Result<Response, Fault> {
    let entry = Entry { email: typed.email.clone(), password: typed.password };
    let known = auth.authenticate(entry).await.map_err(|error| Fault::defect(&format!("{error:?}")))?;
    let Some(user) = known else {
        let waits = app.door().waits_until(&typed.email);
        let (status, key) = match waits {
            Some(_) => (StatusCode::TOO_MANY_REQUESTS, "sign-in-wait"),
            None => (StatusCode::UNPROCESSABLE_ENTITY, "sign-in-wrong"),
        };
        let page = Page { f, email: typed.email, next: typed.next, problem: Some(Text::new(key)) };
        return Ok((status, super::show(&page)?).into_response());
    };
    let chosen: Option<String> = auth.session.get(LANGUAGE).await.ok().flatten();
    // A session that was somebody else's ends here; the new one gets a new secret.
    auth.logout().await.map_err(|error| Fault::defect(&format!("{error:?}")))?;
    auth.login(&user).await.map_err(|error| Fault::defect(&format!("{error:?}")))?;
    auth.session.cycle_id().await.map_err(|error| Fault::defect(&error.to_string()))?;
    if let Some(language) = chosen {
        auth.session.insert(LANGUAGE, language).await.map_err(|error| Fault::defect(&error.to_string()))?;
    }
    Ok(Redirect::to(own_path(&typed.next)).into_response())
}

/// Goes out.
pub(super) async fn leave(mut auth: Auth) -> Result<Redirect, Fault> {
    auth.logout().await.map_err(|error| Fault::defect(&format!("{error:?}")))?;
    Ok(Redirect::to("/sign-in"))
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn after_coming_in_one_stays_in_the_house() {
        assert_eq!(own_path("/loans?state=late"), "/loans?state=late");
        for elsewhere in ["/\t/evil.example", "https://evil.example", "//evil.example", "/\\evil.example", "", "loans"]
        {
            assert_eq!(own_path(elsewhere), "/", "{elsewhere}");
        }
    }
}
