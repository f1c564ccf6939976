//! The bank at a glance: does it agree with the ledger, what waits for somebody, what came in last.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;

use super::super::Shown;
use super::placing::Place;
use super::{because, borrower, import, proposed, tone_of, why};
use crate::domain::access::Permission;
use crate::domain::money::Money;
use crate::services::bank::{self, Agreement, ListedStatement, Page as Part, QueueLine, ShownDecision, Waiting};
use crate::services::desk::{self, Balance, MOST};
use crate::web::AppState;
use crate::web::frame::{Frame, Me};

/// Statements on the first page of the bank.
const LATEST: u16 = 8;

/// Decisions on the first page of the bank.
const RECENT: i64 = 8;

#[derive(Template)]
#[template(path = "pages/bank/show.html")]
struct Page {
    f: Frame,
    balances: Vec<Balance>,
    agreements: HashMap<String, Agreement>,
    agree: bool,
    waiting: Vec<QueueLine>,
    came_in: Money,
    went_out: Money,
    recent: Vec<ShownDecision>,
    latest: Vec<ListedStatement>,
    held: Vec<Waiting>,
    may_manage: bool,
    most: usize,
}

/// The bank.
pub(super) async fn show(State(app): State<AppState>, me: Me) -> Shown {
    let balances = desk::bank(app.house(), &me.actor).await?;
    let waiting = bank::queue(app.house(), &me.actor, (None, MOST)).await?;
    let recent = bank::decisions(app.house(), &me.actor, (None, RECENT)).await?;
    let sum = |wanted: fn(Money) -> bool| {
        waiting.iter().map(|line| line.line.amount).filter(|amount| wanted(*amount)).sum::<Money>()
    };
    let (came_in, went_out) = (sum(Money::is_positive), sum(Money::is_negative));
    let latest = bank::statements(app.house(), &me.actor, None, Part::of(1, LATEST)).await?;
    let agreements = bank::agreement(app.house(), &me.actor, None).await?.into_iter();
    let agreements: HashMap<_, _> = agreements.map(|one| (one.fund.clone(), one)).collect();
    let equal = |balance: &Balance| balance.difference().is_zero() && balance.gaps == 0;
    let page = Page {
        agree: balances.iter().all(equal) && agreements.values().all(|one| one.days_that_differ == 0),
        agreements,
        balances,
        waiting,
        came_in,
        went_out,
        recent,
        latest,
        held: bank::held(app.house(), &me.actor).await?,
        may_manage: me.frame.may(Permission::ManageBank),
        most: import::LARGEST_MEGABYTES,
        f: me.frame,
    };
    super::super::show(&page)
}
