//! One contractor: the account the house pays, every account before it, and what waits for the bank.

use askama::Template;
use axum::Form as Posted;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::super::Shown;
use super::super::payments::why;
use crate::domain::access::Permission;
use crate::domain::money::Money;
use crate::domain::payment_run::AccountFlag;
use crate::domain::text::Text;
use crate::services::Error;
use crate::services::payments::{self, ContractorAccount, ContractorView};
use crate::web::error::Fault;
use crate::web::form::Form;
use crate::web::frame::{Frame, Me};
use crate::web::{AppState, flash};

#[derive(Template)]
#[template(path = "pages/contractors/show.html")]
struct Page {
    f: Frame,
    form: Form,
    contractor: ContractorView,
    may_change: bool,
}

impl Page {
    /// Why somebody must look at the account.
    fn why(&self, flag: &AccountFlag) -> String {
        why(&self.f, flag)
    }

    /// Its accounts, the one that the house pays first.
    fn accounts(&self) -> Vec<&ContractorAccount> {
        self.contractor.accounts.iter().rev().collect()
    }

    fn sum(&self) -> Money {
        self.contractor.orders.iter().map(|order| order.amount).sum()
    }
}

/// The contractor.
pub(super) async fn show(State(app): State<AppState>, me: Me, Path(contractor_id): Path<String>) -> Shown {
    page(&app, &me, (id(&contractor_id)?, Form::default())).await
}

async fn page(app: &AppState, me: &Me, (contractor_id, form): (Uuid, Form)) -> Shown {
    let contractor = payments::contractor(app.house(), &me.actor, contractor_id).await?;
    let may_change = me.frame.may(Permission::MakePayments);
    super::super::show(&Page { f: me.frame.clone(), form, contractor, may_change })
}

/// Records another account.
pub(super) async fn change(
    State(app): State<AppState>,
    me: Me,
    Path(contractor_id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let contractor_id = id(&contractor_id)?;
    let form = Form::sent(pairs);
    let change = (contractor_id, form.value("iban"), form.value("reason"));
    match payments::change_account_of(app.house(), &me.actor, change).await {
        Err(Error::Invalid(problems)) => {
            let html = page(&app, &me, (contractor_id, form.with_problems(problems))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        outcome => {
            let directed = outcome.as_ref().map(|changed| changed.directed).unwrap_or_default();
            let done = Text::new("contractor-changed").with("count", directed);
            let to = format!("/contractors/{contractor_id}");
            Ok(flash::after(&me.session, outcome, done, &to).await?.into_response())
        }
    }
}

fn id(text: &str) -> Result<Uuid, Fault> {
    text.parse().map_err(|_| Fault::no_page())
}
