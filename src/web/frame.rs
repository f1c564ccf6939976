//! What is around every page: language, who is signed in, the menu, one message; and the dress of every error.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum_login::tower_sessions::Session;
use chrono::{DateTime, NaiveDate, Utc};

use super::flash::{self, Flash};
use super::session::Auth;
use super::{AppState, assets, error, labels};
use crate::domain::access::Permission;
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::i18n::{self, Lang};
use crate::services::Actor;
use crate::services::users::User;

/// Key of the chosen language in the session.
pub(super) const LANGUAGE: &str = "language";

/// What is around a page. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Frame(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    lang: Lang,
    user: Option<User>,
    path: String,
    flash: Option<Flash>,
    today: NaiveDate,
    organisation: String,
    incident: String,
}

/// A value that templates hand on by reference, or by reference to a reference.
pub(super) trait Plain<T> {
    /// The value itself.
    fn plain(&self) -> T;
}

impl Plain<Self> for Money {
    fn plain(&self) -> Self {
        *self
    }
}

impl Plain<Self> for NaiveDate {
    fn plain(&self) -> Self {
        *self
    }
}

impl Plain<Self> for DateTime<Utc> {
    fn plain(&self) -> Self {
        *self
    }
}

impl<T, P: Plain<T>> Plain<T> for &P {
    fn plain(&self) -> T {
        (*self).plain()
    }
}

/// An entry of the menu.
#[derive(Debug)]
pub(super) struct MenuItem {
    /// Where it leads.
    pub(super) href: &'static str,
    /// Its words.
    pub(super) label: String,
    /// Whether the page is in this part of the house.
    pub(super) here: bool,
}

const MENU: [(&str, &str, &[Permission]); 11] = [
    ("/", "menu-start", &[]),
    ("/applications", "menu-applications", &[Permission::SeeApplications]),
    ("/loans", "menu-loans", &[Permission::SeeLoans]),
    ("/bank", "menu-bank", &[Permission::SeeBank]),
    ("/payment-orders", "menu-payment-orders", &[Permission::SeeBank]),
    ("/payments", "menu-payments", &[Permission::SeeBank]),
    ("/contractors", "menu-contractors", &[Permission::SeeBank]),
    ("/collections", "menu-collections", &[Permission::SeeBank]),
    ("/funds", "menu-funds", &[Permission::SeeFunds]),
    ("/letters", "menu-letters", &[Permission::SeeJobs, Permission::SeeLoans]),
    ("/jobs", "menu-jobs", &[Permission::SeeJobs]),
];

impl Frame {
    /// The language of the page.
    pub(super) fn lang(&self) -> Lang {
        self.0.lang
    }

    /// Every language, with its own name.
    pub(super) fn languages(&self) -> Vec<(&'static str, &'static str)> {
        vec![("nl", "Nederlands"), ("en", "English")]
    }

    /// A sentence.
    pub(super) fn t(&self, key: &str) -> String {
        i18n::say(self.0.lang, key)
    }

    /// The word for a code: `role` and `manager` are the sentence `role-manager`.
    pub(super) fn word(&self, area: &str, code: impl std::fmt::Display) -> String {
        self.t(&format!("{area}-{code}"))
    }

    /// What was done, in words: `loan.signed` is the sentence `deed-loan-signed`.
    pub(super) fn deed(&self, action: &str) -> String {
        self.t(&format!("deed-{}", action.replace(['.', '_'], "-")))
    }

    /// A sentence with one value.
    pub(super) fn t1(&self, key: &str, name: &str, value: impl ToString) -> String {
        i18n::say_with(self.0.lang, key, &[(name, value.to_string())])
    }

    /// A sentence with some values.
    pub(super) fn tn<'a>(&self, key: &str, values: impl AsRef<[(&'a str, String)]>) -> String {
        i18n::say_with(self.0.lang, key, values.as_ref())
    }

    /// What a field of a form is called, for the list of what is wrong: `Aanvrager · Voornaam`.
    pub(super) fn field_name(&self, field: &str) -> Option<String> {
        labels::of(self.0.lang, field)
    }

    /// A sentence of a rule.
    pub(super) fn tell(&self, text: &Text) -> String {
        i18n::tell(self.0.lang, text)
    }

    /// Words that are data, kept in both languages.
    pub(super) fn pick<'a>(&self, dutch: &'a str, english: &'a str) -> &'a str {
        i18n::pick(self.0.lang, dutch, english)
    }

    /// An amount with its sign of currency, in one piece.
    pub(super) fn money(&self, amount: impl Plain<Money>) -> String {
        format!("€\u{a0}{}", i18n::money(self.0.lang, amount.plain()))
    }

    /// A day in short.
    pub(super) fn day(&self, day: impl Plain<NaiveDate>) -> String {
        i18n::date_short(self.0.lang, day.plain())
    }

    /// A day in full.
    pub(super) fn long_day(&self, day: impl Plain<NaiveDate>) -> String {
        i18n::date_long(self.0.lang, day.plain())
    }

    /// A moment in Belgian time.
    pub(super) fn moment(&self, at: impl Plain<DateTime<Utc>>) -> String {
        i18n::moment(self.0.lang, at.plain())
    }

    /// The business date.
    pub(super) fn today(&self) -> NaiveDate {
        self.0.today
    }

    /// Who is signed in.
    pub(super) fn user(&self) -> Option<&User> {
        self.0.user.as_ref()
    }

    /// Whether who is signed in may do something.
    pub(super) fn may(&self, permission: Permission) -> bool {
        self.user().is_some_and(|user| user.role.may(permission))
    }

    /// The path of the page, to come back to.
    pub(super) fn path(&self) -> &str {
        &self.0.path
    }

    /// The one message of the step before.
    pub(super) fn flash(&self) -> Option<&Flash> {
        self.0.flash.as_ref()
    }

    /// Name of the organisation.
    pub(super) fn organisation(&self) -> &str {
        &self.0.organisation
    }

    /// The number of this request, for whoever asks for help.
    pub(super) fn incident(&self) -> &str {
        &self.0.incident
    }

    /// Address of the style sheet.
    pub(super) fn style(&self) -> &'static str {
        assets::style_path()
    }

    /// The parts of the house this user may go to.
    pub(super) fn menu(&self) -> Vec<MenuItem> {
        let here = |href: &str| match href {
            "/" => self.path() == "/",
            other => {
                self.path().strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
            }
        };
        MENU.iter()
            .filter(|(_, _, needed)| self.user().is_some() && needed.iter().all(|permission| self.may(*permission)))
            .map(|(href, key, _)| MenuItem { href, label: self.t(key), here: here(href) })
            .collect()
    }
}

/// Puts the frame into the request and dresses what comes back without a page: errors and refusals.
pub(super) async fn dress(State(app): State<AppState>, auth: Auth, mut request: Request, next: Next) -> Response {
    let asked = Asked::of(&request);
    let frame = Frame(Arc::new(parts(&app, &auth, asked).await));
    request.extensions_mut().insert(frame.clone());
    let mut response = error::dressed(&frame, next.run(request).await);
    if let Ok(incident) = HeaderValue::from_str(frame.incident()) {
        response.headers_mut().insert("x-request-id", incident);
    }
    // Pages hold personal data: no copy stays behind in a shared browser.
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// What the frame needs of a request.
struct Asked {
    path: String,
    accepted: Option<Lang>,
    reads: bool,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let accepted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Self {
            path: request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned(),
            accepted: accepted.map(Lang::from_accept),
            reads: request.method() == Method::GET,
        }
    }
}

async fn parts(app: &AppState, auth: &Auth, asked: Asked) -> Parts {
    let user = auth.user.as_ref().map(|signed_in| signed_in.user.clone());
    let chosen: Option<String> = auth.session.get(LANGUAGE).await.ok().flatten();
    let lang = chosen
        .as_deref()
        .or(user.as_ref().map(|user| user.language.as_str()))
        .and_then(Lang::from_code)
        .unwrap_or_else(|| asked.accepted.unwrap_or_default());
    let flash = if asked.reads { flash::take(&auth.session).await } else { None };
    Parts {
        lang,
        user,
        path: asked.path,
        flash,
        today: app.house().clock.today(),
        organisation: app.about().organisation.clone(),
        incident: app.house().ids.next().to_string(),
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Frame {
    type Rejection = error::Fault;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, _: &S) -> Result<Self, error::Fault> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| error::Fault::defect("a page has no frame"))
    }
}

/// Somebody who is signed in: every page but the first asks for it.
#[derive(Debug, Clone)]
pub(super) struct Me {
    /// The one who asks, for services.
    pub(super) actor: Actor,
    /// What is around the page.
    pub(super) frame: Frame,
    /// Their session, for the message of the next page.
    pub(super) session: Session,
}

impl<S: Send + Sync> FromRequestParts<S> for Me {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, state: &S) -> Result<Self, Response> {
        let frame = Frame::from_request_parts(parts, state).await.map_err(IntoResponse::into_response)?;
        let session = parts.extensions.get::<Session>().cloned();
        let (Some(user), Some(session)) = (frame.user(), session) else {
            let next = if parts.method == Method::GET { frame.path() } else { "/" };
            let next: String = axum::http::Uri::try_from(next).map(|uri| encode(&uri.to_string())).unwrap_or_default();
            return Err(Redirect::to(&format!("/sign-in?next={next}")).into_response());
        };
        Ok(Self { actor: user.actor(), frame: frame.clone(), session })
    }
}

/// A path as a value in a query: everything but letters, digits and the slash is escaped.
fn encode(path: &str) -> String {
    path.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push_str(&hex::encode_upper([byte]));
        }
        out
    })
}
