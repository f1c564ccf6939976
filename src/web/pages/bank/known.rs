//! Accounts of others that the house knows: agencies that pay grants, and who pays for which loan.

use askama::Template;
use axum::Form as Posted;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::super::Shown;
use crate::domain::access::Permission;
use crate::domain::text::Text;
use crate::services::Error;
use crate::services::bank::{
    Agency, Forgetting, KnownPayer, NewAgency, add_agency, agencies, counterparties, forget_counterparty, remove_agency,
};
use crate::web::error::Fault;
use crate::web::form::Form;
use crate::web::frame::{Frame, Me};
use crate::web::{AppState, flash};

#[derive(Template)]
#[template(path = "pages/bank/known.html")]
struct Page {
    f: Frame,
    form: Form,
    agencies: Vec<Agency>,
    payers: Vec<KnownPayer>,
    may_manage: bool,
}

impl Page {
    /// From whose decision it was learned, and when.
    fn learned(&self, payer: &KnownPayer) -> String {
        self.f.tn("known-learned", [("name", payer.learned_by.clone()), ("moment", self.f.moment(payer.learned_at))])
    }
}

/// The lists.
pub(super) async fn show(State(app): State<AppState>, me: Me) -> Shown {
    page(&app, &me, Form::default()).await
}

async fn page(app: &AppState, me: &Me, form: Form) -> Shown {
    let agencies = agencies(app.house(), &me.actor).await?;
    let payers = counterparties(app.house(), &me.actor).await?;
    let may_manage = me.frame.may(Permission::ManageBank);
    super::super::show(&Page { f: me.frame.clone(), form, agencies, payers, may_manage })
}

/// Adds an agency.
pub(super) async fn add(
    State(app): State<AppState>,
    me: Me,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let form = Form::sent(pairs);
    let new = NewAgency { iban: form.value("iban").to_owned(), name: form.value("name").to_owned() };
    match add_agency(app.house(), &me.actor, new).await {
        Err(Error::Invalid(problems)) => {
            let html = page(&app, &me, form.with_problems(problems)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        other => Ok(flash::after(&me.session, other, Text::new("known-added"), "/bank/known").await?.into_response()),
    }
}

/// Takes an agency out of the list.
pub(super) async fn remove(
    State(app): State<AppState>,
    me: Me,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let form = Form::sent(pairs);
    let removed = remove_agency(app.house(), &me.actor, form.value("iban")).await;
    Ok(flash::after(&me.session, removed, Text::new("known-removed"), "/bank/known").await?.into_response())
}

/// Forgets that an account pays for a loan.
pub(super) async fn forget(
    State(app): State<AppState>,
    me: Me,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let form = Form::sent(pairs);
    let value = |name: &str| form.value(name).to_owned();
    let forgetting = Forgetting { iban: value("iban"), loan: value("loan"), reason: value("reason") };
    let forgotten = forget_counterparty(app.house(), &me.actor, forgetting).await;
    Ok(flash::after(&me.session, forgotten, Text::new("known-forgotten"), "/bank/known").await?.into_response())
}
