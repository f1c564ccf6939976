//! Applications as a list, with the clock of each family that waits.

use askama::Template;
use axum::extract::{Query, State};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::super::Shown;
use crate::domain::access::Permission;
use crate::domain::product::Product;
use crate::services::desk::{self, ApplicationFilter, ApplicationLine};
use crate::web::AppState;
use crate::web::form::Form;
use crate::web::frame::{Frame, Me};
use crate::web::tone;

const STATES: [&str; 5] = ["submitted", "approved", "signed", "refused", "withdrawn"];

#[derive(Template)]
#[template(path = "pages/applications/list.html")]
struct Page {
    f: Frame,
    form: Form,
    lines: Vec<ApplicationLine>,
    states: Vec<(String, String)>,
    products: Vec<(String, String)>,
    municipalities: Vec<(String, String)>,
    may_make: bool,
    /// Only what waits for the reader's vote.
    mine: bool,
    now: DateTime<Utc>,
}

impl Page {
    /// Days that a family has waited, or waited until the committee decided.
    fn days(&self, line: &ApplicationLine) -> i64 {
        let until = line.decided_at.unwrap_or(self.now);
        (until - line.submitted_at).num_days()
    }

    fn clock(&self, line: &ApplicationLine) -> &'static str {
        match (line.state.as_str(), self.days(line)) {
            ("submitted", 60..) => "bad",
            ("submitted", 21..) => "warn",
            _ => "",
        }
    }
}

/// What to list.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    product: String,
    #[serde(default)]
    municipality: String,
    #[serde(default)]
    waiting: String,
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The list.
pub(super) async fn show(State(app): State<AppState>, me: Me, Query(asked): Query<Asked>) -> Shown {
    let votable = asked.waiting == "me" && me.frame.may(Permission::Decide);
    let filter = ApplicationFilter {
        nis_code: some(&asked.municipality),
        state: some(&asked.state),
        product: some(&asked.product),
        votable_by: votable.then_some(me.actor.user_id),
        ..ApplicationFilter::default()
    };
    let lines = desk::applications(app.house(), &me.actor, filter).await?;
    let f = me.frame;
    let word = |area: &str, code: &str| (code.to_owned(), f.word(area, code));
    let page = Page {
        form: Form::fresh(&[
            ("state", &asked.state),
            ("product", &asked.product),
            ("municipality", &asked.municipality),
        ]),
        lines,
        states: STATES.iter().map(|code| word("state", code)).collect(),
        products: Product::ALL.iter().map(|product| word("product", product.code())).collect(),
        municipalities: desk::municipalities(app.house(), &me.actor).await?,
        may_make: f.may(Permission::MakeApplications),
        mine: votable,
        now: app.house().clock.now(),
        f: f.clone(),
    };
    super::super::show(&page)
}
