//! Payment orders: what the bank is asked to pay.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use super::Shown;
use crate::domain::money::Money;
use crate::services::desk::{self, OrderLine};
use crate::web::AppState;
use crate::web::form::Form;
use crate::web::frame::{Frame, Me};
use crate::web::tone;

#[derive(Template)]
#[template(path = "pages/orders.html")]
struct Page {
    f: Frame,
    form: Form,
    lines: Vec<OrderLine>,
    states: Vec<(String, String)>,
    waiting: Money,
}

/// What to list.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    state: String,
}

/// The list.
pub(super) async fn show(State(app): State<AppState>, me: Me, Query(asked): Query<Asked>) -> Shown {
    let state = (!asked.state.is_empty()).then_some(asked.state.as_str());
    let lines = desk::orders(app.house(), &me.actor, state).await?;
    let f = me.frame;
    let page = Page {
        form: Form::fresh(&[("state", &asked.state)]),
        states: ["ordered", "paid"].iter().map(|code| ((*code).to_owned(), f.word("order", code))).collect(),
        waiting: lines.iter().filter(|line| line.state == "ordered").map(|line| line.amount).sum(),
        lines,
        f,
    };
    super::show(&page)
}
