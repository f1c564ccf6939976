//! Every statement that came in, with the chain of its balances.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use super::super::Shown;
use crate::domain::money::Money;
use crate::services::bank::{self, DayEnd, ListedStatement, Page as Part};
use crate::services::desk;
use crate::services::funds;
use crate::web::AppState;
use crate::web::form::Form;
use crate::web::frame::{Frame, Me};

/// Statements on one page.
const SIZE: u16 = 40;

#[derive(Template)]
#[template(path = "pages/bank/statements.html")]
struct Page {
    f: Frame,
    form: Form,
    fund: String,
    funds: Vec<(String, String)>,
    rows: Vec<Row>,
    page: u32,
    more: bool,
}

/// A statement, whether it begins where the one before it ended, and what the ledger has at the end of its day: none
/// where a later statement of that day says it.
struct Row {
    statement: ListedStatement,
    follows: Option<bool>,
    day: Option<DayEnd>,
}

/// Which.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    fund: String,
    #[serde(default)]
    page: String,
}

/// The list, newest first.
pub(super) async fn show(State(app): State<AppState>, me: Me, Query(asked): Query<Asked>) -> Shown {
    let (house, actor) = (app.house(), &me.actor);
    let balances = desk::bank(house, actor).await?;
    let fund_id = funds::position::named(house, actor, &asked.fund).await?;
    let number = asked.page.parse().unwrap_or(1).max(1);
    let part = Part::of(number, SIZE);
    // One more than is shown: it says whether there is a next page, and where the last one shown begins.
    let mut listed = bank::statements(house, actor, fund_id, Part { limit: part.limit + 1, ..part }).await?;
    let ends: Vec<(String, Money)> =
        listed.iter().map(|statement| (statement.fund.clone(), statement.new_balance)).collect();
    let days = bank::days(house, actor, fund_id).await?.into_iter();
    let mut days: HashMap<_, DayEnd> = days.map(|day| (day.bank_statement_id, day)).collect();
    let more = listed.len() > usize::from(SIZE);
    listed.truncate(usize::from(SIZE));
    let rows = listed.into_iter().zip(1..).map(|(statement, next)| {
        let before = ends.iter().skip(next).find(|(fund, _)| *fund == statement.fund);
        let day = days.remove(&statement.bank_statement_id);
        Row { follows: before.map(|(_, balance)| *balance == statement.old_balance), day, statement }
    });
    let page = Page {
        form: Form::fresh(&[("fund", &asked.fund)]),
        funds: balances.into_iter().map(|balance| (balance.fund, balance.fund_name)).collect(),
        rows: rows.collect(),
        fund: asked.fund,
        page: number,
        more,
        f: me.frame,
    };
    super::super::show(&page)
}
