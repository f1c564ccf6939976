//! The bank at a glance: does it agree with the ledger, what waits for somebody, what came in last.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use uuid::Uuid;

use super::super::Shown;
use super::placing::Place;
use super::{because, borrower, import, proposed, tone_of, why};
use crate::domain::access::Permission;
use crate::services::bank::{self, Agreement, ListedStatement, Page as Pages, Part, QueuePage, ShownDecision, Waiting};
use crate::services::desk::{self, Balance};
use crate::web::AppState;
use crate::web::frame::{Frame, Me};

/// Statements on the first page of the bank.
const LATEST: u16 = 8;

/// Lines that wait on one page.
const QUEUE: u16 = 100;

/// Decisions on the first page of the bank.
const RECENT: i64 = 8;

#[derive(Template)]
#[template(path = "pages/bank/show.html")]
struct Page {
    f: Frame,
    balances: Vec<Balance>,
    agreements: HashMap<String, Agreement>,
    agree: bool,
    queue: QueuePage,
    /// Whether the page begins after some line, and not at the beginning of the queue.
    later: bool,
    recent: Vec<ShownDecision>,
    latest: Vec<ListedStatement>,
    held: Vec<Waiting>,
    may_manage: bool,
    most: usize,
}

/// Where in the queue.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    after: String,
}

/// The bank.
pub(super) async fn show(State(app): State<AppState>, me: Me, Query(asked): Query<Asked>) -> Shown {
    // What is no line is the beginning: an address that somebody cut short still opens the page.
    let after: Option<Uuid> = asked.after.parse().ok();
    let balances = desk::bank(app.house(), &me.actor).await?;
    let queue = bank::queue_page(app.house(), &me.actor, Part { fund: None, after, limit: QUEUE }).await?;
    let recent = bank::decisions(app.house(), &me.actor, (None, RECENT)).await?;
    let latest = bank::statements(app.house(), &me.actor, None, Pages::of(1, LATEST)).await?;
    let agreements = bank::agreement(app.house(), &me.actor, None).await?.into_iter();
    let agreements: HashMap<_, _> = agreements.map(|one| (one.fund.clone(), one)).collect();
    let equal = |balance: &Balance| balance.difference().is_zero() && balance.gaps == 0;
    let page = Page {
        agree: balances.iter().all(equal) && agreements.values().all(|one| one.days_that_differ == 0),
        agreements,
        balances,
        queue,
        later: after.is_some(),
        recent,
        latest,
        held: bank::held(app.house(), &me.actor).await?,
        may_manage: me.frame.may(Permission::ManageBank),
        most: import::LARGEST_MEGABYTES,
        f: me.frame,
    };
    super::super::show(&page)
}
