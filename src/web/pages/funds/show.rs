//! The position of every fund on a day, explained as a sum, with its past and its sources.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use chrono::NaiveDate;
use serde::Deserialize;
use uuid::Uuid;

use super::super::Shown;
use super::history;
use crate::domain::access::Permission;
use crate::domain::fund::{FundingSource, Month, Position};
use crate::domain::ledger::FundingKind;
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::services::desk::{self, SourceLine};
use crate::services::funds::history::history as months_of;
use crate::services::funds::position::{FundPosition, position};
use crate::services::ledger::close::periods;
use crate::web::chart::{Series, Size};
use crate::web::error::Fault;
use crate::web::form::Form;
use crate::web::frame::{Frame, Me};
use crate::web::{AppState, typed};

/// A fund with its past and its sources.
struct Standing {
    fund: FundPosition,
    sources: Vec<Source>,
    chart: Option<Drawn>,
    /// Month ends, the latest first: the chart as figures.
    months: Vec<Month>,
    /// Due to funders and not ordered yet.
    to_order: Money,
    ordered: Money,
    /// The last day on which nothing can be booked any more, whatever day is shown.
    closed_through: Option<NaiveDate>,
}

/// A source with what it has put in.
struct Source {
    source: FundingSource,
    received: Money,
    line: SourceLine,
}

impl Source {
    /// What a credit line still has to give; grants and own means come in one piece or not at all.
    fn undrawn(&self) -> Option<Money> {
        (self.source.kind == FundingKind::CreditLine).then(|| self.source.ceiling - self.received)
    }
}

struct Drawn {
    title: String,
    wide: String,
    narrow: String,
    series: Vec<Series>,
}

#[derive(Template)]
#[template(path = "pages/funds.html")]
struct Page {
    f: Frame,
    form: Form,
    on: NaiveDate,
    is_today: bool,
    funds: Vec<Standing>,
    total: Total,
    may_manage: bool,
    may_close: bool,
}

/// All funds together.
#[derive(Default)]
struct Total {
    cash: Money,
    outstanding: Money,
    committed: Money,
    free_to_lend: Money,
}

/// Everything a fund owes to others on the day.
fn owed(position: &Position) -> Money {
    position.contractors_payable + position.due_to_funder + position.unmatched + position.overpaid
}

/// Which day.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    on: String,
}

/// The funds. A day that is none, or that is still to come, is said at the field; today is shown meanwhile.
pub(super) async fn show(State(app): State<AppState>, me: Me, Query(asked): Query<Asked>) -> Shown {
    let today = app.house().clock.today();
    let (on, form) = day(&asked.on, today);
    let mut lines = desk::sources(app.house(), &me.actor, Some(on)).await?;
    let closed = periods(app.house(), &me.actor).await?;
    let closed: HashMap<Uuid, _> = closed.into_iter().map(|period| (period.fund_id, period.closed_through)).collect();
    let mut total = Total::default();
    let mut funds = Vec::new();
    for fund in position(app.house(), &me.actor, Some(on)).await? {
        total.cash += fund.cash;
        total.outstanding += fund.outstanding;
        total.committed += fund.committed;
        total.free_to_lend += fund.free_to_lend;
        let fund_id = fund.fund.fund_id;
        let months = months_of(app.house(), &me.actor, fund_id, Some(on)).await?;
        let standing = standing(&me.frame, fund, months, &mut lines)?;
        funds.push(Standing { closed_through: closed.get(&fund_id).copied().flatten(), ..standing });
    }
    let (may_manage, may_close) =
        (me.frame.may(Permission::ManageFunds), me.frame.may(Permission::ClosePeriods) && on == today);
    super::super::show(&Page { f: me.frame, form, on, is_today: on == today, funds, total, may_manage, may_close })
}

fn day(asked: &str, today: NaiveDate) -> (NaiveDate, Form) {
    let problem = |key: &str| {
        let text = Text::new(key).with("value", asked).with("today", today);
        let form = Form::fresh(&[("on", asked)]);
        (today, form.with_problems(vec![crate::domain::text::FieldProblem::new("on", asked, text)]))
    };
    match (asked, typed::day(asked)) {
        ("", _) => (today, Form::fresh(&[("on", &today.to_string())])),
        (_, Some(on)) if on <= today => (on, Form::fresh(&[("on", &on.to_string())])),
        (_, Some(_)) => problem("funds-day-after-today"),
        (_, None) => problem("funds-day-wrong"),
    }
}

fn standing(
    f: &Frame,
    mut fund: FundPosition,
    mut months: Vec<Month>,
    lines: &mut HashMap<Uuid, SourceLine>,
) -> Result<Standing, Fault> {
    let chart = history::chart(f, (&fund.code, &fund.name), &months);
    let chart = if chart.has_shape() {
        let (wide, narrow) = (chart.draw(f, Size::Wide)?, chart.draw(f, Size::Narrow)?);
        Some(Drawn { title: chart.title, wide, narrow, series: chart.series })
    } else {
        None
    };
    let mut sources = Vec::new();
    for (source, received) in std::mem::take(&mut fund.sources) {
        let line = lines.remove(&source.source_id);
        let line = line.ok_or_else(|| Fault::defect("a funding source is not on the list of sources"))?;
        sources.push(Source { source, received, line });
    }
    months.reverse();
    let due = |source: &Source| (source.line.due - source.line.ordered).or_zero();
    Ok(Standing {
        to_order: sources.iter().map(due).sum(),
        ordered: sources.iter().map(|source| source.line.ordered).sum(),
        closed_through: None,
        fund,
        sources,
        chart,
        months,
    })
}
