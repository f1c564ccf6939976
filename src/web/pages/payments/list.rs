//! What waits for the next run, and the runs so far.

use askama::Template;
use axum::extract::State;

use super::super::Shown;
use crate::domain::access::Permission;
use crate::domain::calendar::add_banking_days;
use crate::services::payments::{self, RunHead, Waiting};
use crate::web::form::Form;
use crate::web::frame::{Frame, Me};
use crate::web::{AppState, tone};

#[derive(Template)]
#[template(path = "pages/payments/list.html")]
struct Page {
    f: Frame,
    form: Form,
    waiting: Waiting,
    runs: Vec<RunHead>,
    may_make: bool,
}

/// The list.
pub(super) async fn show(State(app): State<AppState>, me: Me) -> Shown {
    page(&app, &me, None).await
}

/// The list, with what was typed on its form.
pub(super) async fn page(app: &AppState, me: &Me, sent: Option<Form>) -> Shown {
    let runs = payments::runs(app.house(), &me.actor).await?;
    let waiting = match app.payer() {
        Ok(payer) => payments::waiting(app.house(), &me.actor, payer).await?,
        Err(_) => Waiting::default(),
    };
    // A run that is made today can be released today and leave today; the bank pays tomorrow.
    let next = add_banking_days(app.house().clock.today(), 1).to_string();
    let form = sent.unwrap_or_else(|| Form::fresh(&[("execute_on", &next)]));
    let may_make = me.frame.may(Permission::MakePayments);
    super::super::show(&Page { f: me.frame.clone(), form, waiting, runs, may_make })
}
