//! What is collected, what waits, and what came back.

use askama::Template;
use axum::Form as Posted;
use axum::extract::{Path, State};
use axum::response::Redirect;
use serde::Deserialize;

use super::super::Shown;
use crate::domain::access::Permission;
use crate::domain::collection::{Action, Block};
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::services::collections::{self, CollectionLine, Overview, ReturnLine};
use crate::web::error::Fault;
use crate::web::frame::{Frame, Me};
use crate::web::{AppState, flash, tone};

#[derive(Template)]
#[template(path = "pages/collections/list.html")]
struct Page {
    f: Frame,
    all: Overview,
    may_manage: bool,
}

impl Page {
    /// What was announced and is in no file yet.
    fn waiting(&self) -> Vec<&CollectionLine> {
        self.all.waiting.iter().filter(|line| line.run_id.is_none()).collect()
    }

    fn waiting_sum(&self) -> Money {
        self.waiting().iter().map(|line| line.amount).sum()
    }

    /// Why a collection stays behind, in words.
    fn block(&self, code: &str) -> String {
        blocked(&self.f, code)
    }

    /// Whether a person must do something about a return.
    fn asks(&self, line: &ReturnLine) -> bool {
        self.may_manage && Action::of_code(&line.action).is_some_and(Action::waits_for_a_person)
    }
}

/// Why a collection stays behind; what the writer of payment files found has a sentence of its own.
pub(in crate::web::pages) fn blocked(f: &Frame, code: &str) -> String {
    if Block::of_code(code).is_some() { f.word("collection-block", code) } else { f.t(code) }
}

/// The list.
pub(super) async fn show(State(app): State<AppState>, me: Me) -> Shown {
    let all = collections::overview(app.house(), &me.actor).await?;
    let may_manage = me.frame.may(Permission::ManageCollections);
    super::super::show(&Page { f: me.frame, all, may_manage })
}

/// What was done about a return.
#[derive(Debug, Deserialize)]
pub(super) struct Note {
    #[serde(default)]
    note: String,
}

/// Takes a return off the list.
pub(super) async fn answer(
    State(app): State<AppState>,
    me: Me,
    Path(return_id): Path<String>,
    Posted(note): Posted<Note>,
) -> Result<Redirect, Fault> {
    let return_id = return_id.parse().map_err(|_| Fault::no_page())?;
    let outcome = collections::answer_return(app.house(), &me.actor, (return_id, &note.note)).await;
    flash::after(&me.session, outcome, Text::new("collection-return-done"), "/collections#returns").await
}
