//! The bank at a glance: does it agree with the ledger, what waits for somebody, what came in last.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;

use super::super::Shown;
use super::{import, printed, reason_key};
use crate::domain::access::Permission;
use crate::services::bank::{self, Agreement, ListedStatement, Page as Part, Waiting};
use crate::services::desk::{self, Balance, BankLine};
use crate::web::AppState;
use crate::web::frame::{Frame, Me};

/// Statements on the first page of the bank.
const LATEST: u16 = 8;

#[derive(Template)]
#[template(path = "pages/bank/show.html")]
struct Page {
    f: Frame,
    balances: Vec<Balance>,
    agreements: HashMap<String, Agreement>,
    agree: bool,
    waiting: Vec<BankLine>,
    latest: Vec<ListedStatement>,
    held: Vec<Waiting>,
    may_manage: bool,
    most: usize,
}

/// The bank.
pub(super) async fn show(State(app): State<AppState>, me: Me) -> Shown {
    let (balances, waiting) = desk::bank(app.house(), &me.actor).await?;
    let latest = bank::statements(app.house(), &me.actor, None, Part::of(1, LATEST)).await?;
    let agreements = bank::agreement(app.house(), &me.actor, None).await?.into_iter();
    let agreements: HashMap<_, _> = agreements.map(|one| (one.fund.clone(), one)).collect();
    let equal = |balance: &Balance| balance.difference().is_zero() && balance.gaps == 0;
    let page = Page {
        agree: balances.iter().all(equal) && agreements.values().all(|one| one.days_that_differ == 0),
        agreements,
        balances,
        waiting,
        latest,
        held: bank::held(app.house(), &me.actor).await?,
        may_manage: me.frame.may(Permission::ManageBank),
        most: import::LARGEST_MEGABYTES,
        f: me.frame,
    };
    super::super::show(&page)
}
