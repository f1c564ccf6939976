//! Payment orders: what the bank is asked to pay, and what it paid.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use super::Shown;
use crate::domain::money::Money;
use crate::services::desk::{self, MOST, OrderFilter, OrderLine, OrderTotal};
use crate::web::form::Form;
use crate::web::frame::{Frame, Me};
use crate::web::{AppState, tone};

#[derive(Template)]
#[template(path = "pages/orders.html")]
struct Page {
    f: Frame,
    form: Form,
    lines: Vec<OrderLine>,
    count: String,
    totals: Vec<OrderTotal>,
    ordered: i64,
    ordered_sum: Money,
    paid: i64,
    paid_sum: Money,
    states: Vec<(String, String)>,
    funds: Vec<(String, String)>,
    filtered: bool,
    all: bool,
}

/// What to list.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    fund: String,
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The list.
pub(super) async fn show(State(app): State<AppState>, me: Me, Query(asked): Query<Asked>) -> Shown {
    let filter = OrderFilter { state: some(&asked.state), fund: some(&asked.fund), ..OrderFilter::default() };
    let (lines, totals) = desk::orders(app.house(), &me.actor, filter).await?;
    let f = me.frame;
    let listed: Money = lines.iter().map(|line| line.amount).sum();
    let page = Page {
        form: Form::fresh(&[("state", &asked.state), ("fund", &asked.fund)]),
        states: ["ordered", "paid"].iter().map(|code| ((*code).to_owned(), f.word("order", code))).collect(),
        funds: totals.iter().map(|total| (total.fund.clone(), total.fund_name.clone())).collect(),
        filtered: !asked.state.is_empty() || !asked.fund.is_empty(),
        all: i64::try_from(lines.len()).is_ok_and(|shown| shown < MOST),
        count: f.tn("orders-count", [("count", lines.len().to_string()), ("sum", listed.to_string())]),
        ordered: totals.iter().map(|total| total.ordered).sum(),
        ordered_sum: totals.iter().map(|total| total.ordered_sum).sum(),
        paid: totals.iter().map(|total| total.paid).sum(),
        paid_sum: totals.iter().map(|total| total.paid_sum).sum(),
        lines,
        totals,
        f,
    };
    super::show(&page)
}
