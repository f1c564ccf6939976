//! One file for the bank: made by one, released by another, downloaded as often as one likes.

use askama::Template;
use axum::Form as Posted;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use super::super::Shown;
use crate::domain::access::Permission;
use crate::domain::application::Loose;
use crate::domain::text::Text;
use crate::services::Error;
use crate::services::collections::{self, CollectionLine, RunForm, RunLine};
use crate::web::error::Fault;
use crate::web::form::Form;
use crate::web::frame::{Frame, Me};
use crate::web::{AppState, flash, tone};

#[derive(Template)]
#[template(path = "pages/collections/run.html")]
struct Page {
    f: Frame,
    run: RunLine,
    lines: Vec<CollectionLine>,
    may_release: bool,
    may_export: bool,
}

/// The run with its collections.
pub(super) async fn show(State(app): State<AppState>, me: Me, Path(run_id): Path<String>) -> Shown {
    let run_id = id(&run_id)?;
    let (run, lines) = collections::file(app.house(), &me.actor, run_id).await?;
    let manages = me.frame.may(Permission::ManageCollections);
    let may_release = manages && run.state == "made" && run.made_by != me.actor.user_id;
    let may_export = manages && matches!(run.state.as_str(), "released" | "exported");
    super::super::show(&Page { f: me.frame, run, lines, may_release, may_export })
}

/// Makes a run, and shows it.
pub(super) async fn make(
    State(app): State<AppState>,
    me: Me,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    let form = Form::sent(pairs);
    let asked = RunForm { fund: Loose::from(form.value("fund")), through: Loose::from(form.value("through")) };
    let made = collections::make(app.house(), &me.actor, (&asked, None)).await;
    let to = made.as_ref().ok().and_then(|answer| run_of(&answer.json));
    let done = match &to {
        Some(_) => Text::new("collection-run-made"),
        None => Text::new("collection-run-nothing"),
    };
    let to = to.map_or_else(|| "/collections".to_owned(), |run_id| format!("/collections/runs/{run_id}"));
    flash::after(&me.session, made, done, &to).await
}

fn run_of(json: &str) -> Option<Uuid> {
    let answer: serde_json::Value = serde_json::from_str(json).ok()?;
    answer["run"]["run_id"].as_str()?.parse().ok()
}

/// Lets a run leave.
pub(super) async fn release(
    State(app): State<AppState>,
    me: Me,
    Path(run_id): Path<String>,
) -> Result<Redirect, Fault> {
    let run_id = id(&run_id)?;
    let outcome = collections::release(app.house(), &me.actor, run_id).await;
    let to = format!("/collections/runs/{run_id}");
    flash::after(&me.session, outcome, Text::new("collection-run-released"), &to).await
}

/// The file, to be saved and sent to the bank.
pub(super) async fn export(State(app): State<AppState>, me: Me, Path(run_id): Path<String>) -> Result<Response, Fault> {
    let run_id = id(&run_id)?;
    match collections::export(app.house(), &me.actor, run_id).await {
        Ok(left) => {
            let named = format!("attachment; filename=\"{}\"", left.name);
            let headers = [(header::CONTENT_TYPE, "application/xml".to_owned()), (header::CONTENT_DISPOSITION, named)];
            Ok((headers, left.bytes).into_response())
        }
        Err(Error::Refused(text)) => {
            flash::leave(&me.session, false, text).await?;
            Ok(Redirect::to(&format!("/collections/runs/{run_id}")).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

fn id(text: &str) -> Result<Uuid, Fault> {
    text.parse().map_err(|_| Fault::no_page())
}
