//! The position of every fund, explained as a sum.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Redirect;

use super::super::Shown;
use super::chart;
use crate::domain::access::Permission;
use crate::domain::fund::{FundingSource, Month};
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::services::desk;
use crate::services::funds::history::history;
use crate::services::funds::pass_on::pass_on as order;
use crate::services::funds::position::{FundPosition, position};
use crate::web::error::Fault;
use crate::web::frame::{Frame, Me};
use crate::web::{AppState, flash};

/// A fund with its past.
struct Standing {
    fund: FundPosition,
    chart: String,
    /// The last day of each year, and today: the chart as figures.
    years: Vec<Month>,
}

#[derive(Template)]
#[template(path = "pages/funds.html")]
struct Page {
    f: Frame,
    funds: Vec<Standing>,
    total: Total,
    municipalities: Vec<(String, String)>,
    may_pass_on: bool,
}

impl Page {
    /// The municipality whose families a source is for.
    fn town(&self, source: &FundingSource) -> Option<&str> {
        let nis_code = source.nis_code.as_deref()?;
        self.municipalities.iter().find(|(code, _)| code == nis_code).map(|(_, name)| name.as_str())
    }
}

/// All funds together.
#[derive(Default)]
struct Total {
    cash: Money,
    outstanding: Money,
    committed: Money,
    free_to_lend: Money,
}

/// The funds.
pub(super) async fn show(State(app): State<AppState>, me: Me) -> Shown {
    let mut total = Total::default();
    let mut funds = Vec::new();
    for fund in position(app.house(), &me.actor, None).await? {
        total.cash += fund.cash;
        total.outstanding += fund.outstanding;
        total.committed += fund.committed;
        total.free_to_lend += fund.free_to_lend;
        let months = history(app.house(), &me.actor, fund.fund.fund_id, None).await?;
        let chart = chart::draw(&me.frame, &fund.name, &months)?;
        funds.push(Standing { fund, chart, years: chart::yearly(&months) });
    }
    let may_pass_on = me.frame.may(Permission::ManageFunds);
    let municipalities = desk::municipalities(app.house(), &me.actor).await?;
    super::super::show(&Page { f: me.frame, funds, total, municipalities, may_pass_on })
}

/// Orders the payment of what is due to the funders of a fund.
pub(super) async fn pass_on(
    State(app): State<AppState>,
    me: Me,
    Path(fund_id): Path<String>,
) -> Result<Redirect, Fault> {
    let fund_id = fund_id.parse().map_err(|_| Fault::no_page())?;
    let outcome = order(app.house(), &me.actor, fund_id).await;
    let count = outcome.as_ref().map(Vec::len).unwrap_or_default();
    flash::after(&me.session, outcome, Text::new("fund-passed-on").with("count", count), "/payment-orders").await
}
