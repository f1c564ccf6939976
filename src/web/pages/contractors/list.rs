//! Contractors as a list. What is looked for may be a name or an account: it is sent as a form, and stands in no address.

use askama::Template;
use axum::Form as Posted;
use axum::extract::State;

use super::super::Shown;
use crate::domain::money::Money;
use crate::domain::payment_run::AccountFlag;
use crate::services::payments::{self, ContractorLine};
use crate::web::AppState;
use crate::web::form::Form;
use crate::web::frame::{Frame, Me};

#[derive(Template)]
#[template(path = "pages/contractors/list.html")]
struct Page {
    f: Frame,
    form: Form,
    lines: Vec<ContractorLine>,
}

impl Page {
    /// A flag in a few words; the page of the contractor says more.
    fn flag(&self, flag: &AccountFlag) -> String {
        match flag {
            AccountFlag::Changed { on, .. } => self.f.t1("contractor-flag-changed", "on", on),
            AccountFlag::OfAnotherContractor { .. } => self.f.t("contractor-flag-shared"),
            AccountFlag::CameBack { on, .. } => self.f.t1("contractor-flag-came-back", "on", on),
            AccountFlag::OfBorrower { .. } => self.f.t("contractor-flag-borrower"),
        }
    }

    fn searched(&self) -> bool {
        !self.form.value("text").trim().is_empty()
    }

    fn waiting(&self) -> i64 {
        self.lines.iter().map(|line| line.waiting).sum()
    }

    fn waiting_sum(&self) -> Money {
        self.lines.iter().map(|line| line.waiting_sum).sum()
    }
}

/// All of them.
pub(super) async fn show(State(app): State<AppState>, me: Me) -> Shown {
    page(&app, me, Form::default()).await
}

/// Those that hold a text.
pub(super) async fn search(State(app): State<AppState>, me: Me, Posted(pairs): Posted<Vec<(String, String)>>) -> Shown {
    page(&app, me, Form::sent(pairs)).await
}

async fn page(app: &AppState, me: Me, form: Form) -> Shown {
    let lines = payments::contractors(app.house(), &me.actor, form.value("text")).await?;
    super::super::show(&Page { f: me.frame, form, lines })
}
