//! One application: what the rules said and why, who asks, for what, and what the committee decided.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;
use uuid::Uuid;

use super::super::Shown;
use crate::domain::access::Permission;
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::services::desk::{self, ApplicationFile};
use crate::web::AppState;
use crate::web::error::Fault;
use crate::web::form::Form;
use crate::web::frame::{Frame, Me};
use crate::web::tone;

/// The verdict as it was stored with the application.
#[derive(Debug, Deserialize)]
struct Verdict {
    outcome: String,
    judged_on: NaiveDate,
    #[serde(default)]
    findings: Vec<Finding>,
    #[serde(default)]
    terms: Vec<Term>,
}

/// A figure that the contract will be made of.
#[derive(Debug, Deserialize)]
struct Term {
    key: String,
    value: Decimal,
}

#[derive(Debug, Deserialize)]
struct Finding {
    result: String,
    text: Text,
    source: String,
    #[serde(default)]
    source_nl: String,
    valid_from: Option<NaiveDate>,
}

#[derive(Template)]
#[template(path = "pages/applications/show.html")]
struct Page {
    f: Frame,
    file: ApplicationFile,
    verdict: Option<Verdict>,
    quoted: Money,
    days: i64,
    may_vote: bool,
    may_approve: bool,
    may_withdraw: bool,
    may_sign: bool,
    /// The contract, as far as it was typed.
    form: Form,
}

impl Page {
    /// Who asks, both of them.
    fn names(&self) -> String {
        self.file.people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(" & ")
    }

    /// The share of a gain in value that the contract gives the fund.
    fn share(&self) -> Option<String> {
        self.term("gain_share_percent").map(|share| format!("{share}\u{a0}%"))
    }

    /// A figure of the contract, where there is one and it is not nothing.
    fn term(&self, key: &str) -> Option<Decimal> {
        let terms = self.verdict.iter().flat_map(|verdict| &verdict.terms);
        terms.filter(|term| !term.value.is_zero()).find(|term| term.key == key).map(|term| term.value.normalize())
    }
}

/// What stands in the way comes first, then what is not known yet; else the order in which the rules were asked.
fn weight(finding: &Finding) -> u8 {
    match finding.result.as_str() {
        "not_met" => 0,
        "missing" => 1,
        _ => 2,
    }
}

/// The file.
pub(super) async fn show(State(app): State<AppState>, me: Me, Path(application_id): Path<String>) -> Shown {
    let application_id: Uuid = application_id.parse().map_err(|_| Fault::no_page())?;
    page(&app, &me, application_id, Form::default()).await
}

/// The file with a contract that has mistakes.
pub(super) async fn again(app: &AppState, me: &Me, application_id: Uuid, form: Form) -> Result<Response, Fault> {
    let html = page(app, me, application_id, form).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

async fn page(app: &AppState, me: &Me, application_id: Uuid, form: Form) -> Shown {
    let file = desk::application(app.house(), &me.actor, application_id).await?;
    let head = &file.head;
    let mut verdict: Option<Verdict> = serde_json::from_value(head.verdict.clone()).ok();
    if let Some(verdict) = &mut verdict {
        verdict.findings.sort_by_key(weight);
    }
    let open = head.state == "submitted";
    let voted = file.votes.iter().any(|vote| vote.voter_id == me.actor.user_id);
    let may_vote = open && !voted && head.made_by != me.actor.user_id && me.frame.may(Permission::Decide);
    let until = head.decided_at.or(head.withdrawn_at).unwrap_or_else(|| app.house().clock.now());
    let page = Page {
        quoted: file.quotes.iter().map(|quote| quote.amount).sum(),
        days: (until - head.submitted_at).num_days(),
        may_vote,
        may_approve: may_vote && verdict.as_ref().is_some_and(|verdict| verdict.outcome == "eligible"),
        may_withdraw: matches!(head.state.as_str(), "submitted" | "approved")
            && me.frame.may(Permission::MakeApplications),
        may_sign: head.state == "approved" && me.frame.may(Permission::ManageLoans),
        f: me.frame.clone(),
        form,
        verdict,
        file,
    };
    super::super::show(&page)
}
