//! One run: what it pays, out of whose money, what needs a look, and what can be done with it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::super::Shown;
use crate::domain::access::Permission;
use crate::domain::payment_run::{AccountFlag, RunState};
use crate::services::payments::{self, CameBack, RunView, StepRow};
use crate::web::error::Fault;
use crate::web::form::Form;
use crate::web::frame::{Frame, Me};
use crate::web::{AppState, tone};

#[derive(Template)]
#[template(path = "pages/payments/show.html")]
struct Page {
    f: Frame,
    form: Form,
    run: RunView,
    may_release: bool,
    released_before: bool,
    may_make: bool,
}

impl Page {
    /// Who took a step, and when.
    fn by(&self, key: &str, step: &StepRow) -> String {
        self.f.tn(key, [("name", step.by.clone()), ("moment", self.f.moment(step.at))])
    }

    /// Why an account needs a look.
    fn why(&self, flag: &AccountFlag) -> String {
        why(&self.f, flag)
    }

    /// When the money of an order came back, and why.
    fn came_back(&self, back: &CameBack) -> String {
        super::came_back(&self.f, back)
    }

    fn can_export(&self) -> bool {
        self.may_make && self.run.head.state == RunState::Released
    }

    fn can_cancel(&self) -> bool {
        self.may_make && self.run.head.state.can_be_cancelled()
    }

    fn can_reopen(&self, state: &str) -> bool {
        self.may_make && self.run.head.state == RunState::Exported && state == "ordered"
    }
}

/// Why an account needs a look, in one sentence.
pub(in crate::web::pages) fn why(f: &Frame, flag: &AccountFlag) -> String {
    match flag {
        AccountFlag::Changed { before, on, last_paid_on, reason } => {
            let paid = last_paid_on.map_or_else(|| f.t("payments-never-paid"), |day| f.day(day));
            let values =
                [("before", before.to_string()), ("on", on.to_string()), ("paid", paid), ("reason", reason.clone())];
            f.tn("payments-flag-changed", values)
        }
        AccountFlag::OfAnotherContractor { name } => f.t1("payments-flag-other", "name", name),
        AccountFlag::CameBack { on, code } => {
            f.tn("payments-flag-came-back", [("on", on.to_string()), ("code", code.clone())])
        }
        AccountFlag::OfBorrower { loan } => f.t1("payments-flag-borrower", "loan", loan),
    }
}

/// The run.
pub(super) async fn show(State(app): State<AppState>, me: Me, Path(run): Path<String>) -> Shown {
    page(&app, &me, (&run, None)).await
}

/// The run, with what was typed on its form.
pub(super) async fn page(app: &AppState, me: &Me, (run, sent): (&str, Option<Form>)) -> Shown {
    let run = payments::show(app.house(), &me.actor, run).await?;
    let released_before = run.releasers().contains(&me.actor.user_id);
    let page = Page {
        form: sent.unwrap_or_default(),
        may_release: me.frame.may(Permission::ReleasePayments) && run.head.state.can_be_released() && !released_before,
        released_before,
        may_make: me.frame.may(Permission::MakePayments),
        run,
        f: me.frame.clone(),
    };
    super::super::show(&page)
}

/// The file of a run that was exported: the same bytes every time.
pub(super) async fn file(State(app): State<AppState>, me: Me, Path(run): Path<String>) -> Result<Response, Fault> {
    let file = payments::file(app.house(), &me.actor, &run).await?;
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{}\"", file.name))
        .map_err(|error| Fault::defect(&error.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/xml")),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, file.bytes).into_response())
}
