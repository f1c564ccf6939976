//! Lines that wait for somebody: where their money goes, in one part or in more, alone or together. And a line that is
//! placed: what was decided about it, and the way back.

use askama::Template;
use axum::Form as Posted;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use super::super::Shown;
use super::placing::{Place, decision};
use super::{because, borrower, printed, proposed, reason_key, tone_of, why};
use crate::domain::matching::PaidBy;
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::services::Error;
use crate::services::bank::{
    self, DecisionRequest, ListedLine, QueueLine, ShownDecision, UndoRequest, decide as place, decisions, queued, undo,
};
use crate::services::desk;
use crate::web::error::Fault;
use crate::web::form::Form;
use crate::web::frame::{Frame, Me};
use crate::web::{AppState, flash};

/// The most decisions of one line on its page.
const MOST: i64 = 20;

#[derive(Template)]
#[template(path = "pages/bank/decide.html")]
struct Page {
    f: Frame,
    form: Form,
    lines: Vec<QueueLine>,
    first: QueueLine,
    sum: Money,
    places: Vec<(String, String)>,
    loans: Vec<(String, String)>,
    earlier: Vec<ShownDecision>,
    me: Uuid,
}

impl Page {
    /// The rows of the form after the first.
    fn rows(&self) -> [&'static str; 3] {
        ["2", "3", "4"]
    }

    fn paid_by(&self) -> Vec<(String, String)> {
        PaidBy::ALL.iter().map(|who| (who.code().to_owned(), self.f.word("paid-by", who))).collect()
    }

    fn usages(&self) -> Vec<(String, String)> {
        let codes = ["instalments", "shorten_term", "lower_instalments"];
        codes.iter().map(|code| ((*code).to_owned(), self.f.word("usage", code))).collect()
    }

    /// The most that can be asked of the form: something to place, or lines that cancel each other out.
    fn is_open(&self) -> bool {
        !self.sum.is_zero()
    }

    /// The import ended a collection by the only line, and nobody took that back.
    fn ended(&self) -> bool {
        self.first.line.ended_collection && self.lines.len() == 1
    }

    /// Somebody else asked for a refund of the only line.
    fn asked(&self) -> Option<&bank::RefundAsk> {
        self.first.asked.as_ref().filter(|_| self.lines.len() == 1)
    }
}

#[derive(Template)]
#[template(path = "pages/bank/placed.html")]
struct Placed {
    f: Frame,
    form: Form,
    line: ListedLine,
    decisions: Vec<ShownDecision>,
}

impl Placed {
    /// Whether the line is a total whose details have taken its place: then there is nothing of it to take back.
    fn explained(&self) -> bool {
        let stands = self.decisions.iter().find(|decision| decision.undone_at.is_none());
        stands.is_some_and(|decision| decision.parts.is_empty() && decision.lines.len() == 1)
    }

    /// What was decided, by whom and when.
    fn decided(&self, decision: &ShownDecision) -> String {
        let (name, moment) = (decision.decided_by.clone(), self.f.moment(decision.decided_at));
        let key = if decision.asked_by.is_some() { "decide-by-two" } else { "decide-by" };
        let first = decision.asked_by.clone().unwrap_or_default();
        self.f.tn(key, [("name", name), ("moment", moment), ("first", first)])
    }

    /// Who took it back, and when.
    fn undone(&self, decision: &ShownDecision) -> String {
        let moment = decision.undone_at.map(|at| self.f.moment(at)).unwrap_or_default();
        self.f.tn("decide-undone-by", [("name", decision.undone_by.clone().unwrap_or_default()), ("moment", moment)])
    }
}

/// A line: to be decided about while it waits, to be looked at and taken back when it is placed.
pub(super) async fn form(State(app): State<AppState>, me: Me, Path(bank_line_id): Path<String>) -> Shown {
    let bank_line_id: Uuid = bank_line_id.parse().map_err(|_| Fault::no_page())?;
    match page(&app, &me, (&[bank_line_id], None)).await {
        Err(fault) if fault.is_not_found() => placed(&app, &me, (bank_line_id, None)).await,
        other => other,
    }
}

/// Some lines, to be decided about together.
pub(super) async fn merge(
    State(app): State<AppState>,
    me: Me,
    Query(ticked): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let mut lines: Vec<Uuid> = Vec::new();
    for (name, value) in ticked {
        let line = value.parse().ok().filter(|line| name == "line" && !lines.contains(line));
        lines.extend(line);
    }
    if lines.len() < 2 {
        flash::leave(&me.session, false, Text::new("decide-merge-two")).await?;
        return Ok(Redirect::to("/bank#waiting").into_response());
    }
    Ok(page(&app, &me, (&lines, None)).await?.into_response())
}

async fn page(app: &AppState, me: &Me, (ids, sent): (&[Uuid], Option<Form>)) -> Shown {
    let mut lines = Vec::new();
    for id in ids {
        lines.push(queued(app.house(), &me.actor, *id).await?);
    }
    let first = lines.first().cloned().ok_or_else(Fault::no_page)?;
    let sum = lines.iter().map(|line| line.line.amount).sum();
    let options = desk::placing(app.house(), &me.actor, (first.line.fund_id, sum)).await?;
    let best = first.proposals.first();
    // Money that came in is mostly of a loan.
    let none = if sum.is_positive() { Form::fresh(&[("to", "loan")]) } else { Form::default() };
    let fresh = || Place::of(best).map_or(none, |place| Form::fresh(&place.fields()));
    let mut places: Vec<(String, String)> = Vec::new();
    for kind in ["loan", "return", "charge", "not_ours", "refund"] {
        places.push((kind.to_owned(), me.frame.word("place", kind)));
    }
    places.retain(|(kind, _)| {
        crate::domain::matching::PartKind::ALL.iter().any(|one| one.code() == kind && one.takes(sum))
    });
    let named = |kind: &str, (id, name): (Uuid, String)| {
        (format!("{kind}:{id}"), format!("{}: {name}", me.frame.word("place", kind)))
    };
    places.extend(options.sources.into_iter().map(|source| named("source", source)));
    places.extend(options.orders.into_iter().map(|order| named("order", order)));
    places.extend(options.paid.into_iter().map(|order| named("returned_order", order)));
    places.extend(
        options.runs.into_iter().map(|run| (format!("run:{run}"), format!("{}: {run}", me.frame.word("place", "run")))),
    );
    let page = Page {
        form: sent.unwrap_or_else(fresh),
        earlier: decisions(app.house(), &me.actor, (Some(first.line.bank_line_id), MOST)).await?,
        loans: options.loans,
        me: me.actor.user_id,
        f: me.frame.clone(),
        lines,
        first,
        sum,
        places,
    };
    super::super::show(&page)
}

async fn placed(app: &AppState, me: &Me, (bank_line_id, sent): (Uuid, Option<Form>)) -> Shown {
    let line = bank::line(app.house(), &me.actor, bank_line_id).await?;
    let decisions = decisions(app.house(), &me.actor, (Some(bank_line_id), MOST)).await?;
    super::super::show(&Placed { f: me.frame.clone(), form: sent.unwrap_or_default(), line, decisions })
}

/// Places the money of a line, or of some together.
pub(super) async fn settle(
    State(app): State<AppState>,
    me: Me,
    Path(bank_line_id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let bank_line_id: Uuid = bank_line_id.parse().map_err(|_| Fault::no_page())?;
    let others: Vec<String> = pairs.iter().filter(|(name, _)| name == "line").map(|(_, id)| id.clone()).collect();
    let form = Form::sent(pairs);
    let (sent, fields) = decision(&form, &others);
    match place(app.house(), &me.actor, DecisionRequest { bank_line_id, form: sent, once: None }).await {
        Err(Error::Invalid(problems)) => {
            let mut lines = vec![bank_line_id];
            lines.extend(others.iter().filter_map(|id| id.parse::<Uuid>().ok()).filter(|id| *id != bank_line_id));
            let form = form.with_problems(fields.named(problems));
            let html = page(&app, &me, (&lines, Some(form))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        other => {
            let done = match &other {
                Ok(decided) if decided.bank_decision_id.is_none() => Text::new("decide-asked"),
                _ if form.value("loan").is_empty() => Text::new("decide-done"),
                _ => Text::new("banking-settled").with("loan", form.value("loan")),
            };
            Ok(flash::after(&me.session, other, done, "/bank#waiting").await?.into_response())
        }
    }
}

/// Takes back a decision, or what the import booked.
pub(super) async fn take_back(
    State(app): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let id: Uuid = id.parse().map_err(|_| Fault::no_page())?;
    let form = Form::sent(pairs);
    let line: Option<Uuid> = form.value("line").parse().ok();
    let reason = form.value("reason").to_owned();
    match undo(app.house(), &me.actor, UndoRequest { id, reason, once: None }).await {
        Err(Error::Invalid(problems)) => {
            let line = line.ok_or_else(Fault::no_page)?;
            let html = placed(&app, &me, (line, Some(form.with_problems(problems)))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        other => {
            let remarks = other.as_ref().map(|undone| undone.remarks.clone()).unwrap_or_default();
            let done = remarks.into_iter().fold(Text::new("decide-undone"), |done, remark| {
                Text::new("decide-undone-and").with_part("undone", done).with_part("remark", remark.text())
            });
            Ok(flash::after(&me.session, other, done, "/bank#waiting").await?.into_response())
        }
    }
}
