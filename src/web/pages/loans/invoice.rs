//! Invoices of contractors and the end of the draws.

use axum::Form as Posted;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::show::{again, identifier};
use crate::domain::identity::EnterpriseNumber;
use crate::domain::money::Money;
use crate::domain::text::{FieldProblem, Problems, Text};
use crate::services::invoices::approve::approve;
use crate::services::invoices::receive::{NewInvoice, receive as enter};
use crate::services::invoices::refuse::refuse;
use crate::services::{Error, draws};
use crate::web::AppState;
use crate::web::error::Fault;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::frame::Me;

/// Enters an invoice.
pub(super) async fn receive(
    State(app): State<AppState>,
    me: Me,
    Path(loan_id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let loan_id = identifier(&loan_id)?;
    let form = Form::sent(pairs);
    let new = match read(loan_id, &form) {
        Ok(new) => new,
        Err(problems) => return again(&app, &me, loan_id, (form, problems)).await,
    };
    match enter(app.house(), &me.actor, new).await {
        Err(Error::Invalid(problems)) => again(&app, &me, loan_id, (form, problems)).await,
        outcome => {
            let to = format!("/loans/{loan_id}#invoices");
            Ok(flash::after(&me.session, outcome, Text::new("invoice-received"), &to).await?.into_response())
        }
    }
}

fn read(loan_id: Uuid, form: &Form) -> Result<NewInvoice, Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let quote_id = form.value("quote_id").parse().ok();
    if quote_id.is_none() {
        problems.add("quote_id", "", Text::new("invoice-quote-missing"));
    }
    let invoiced_on = form.value("invoiced_on").parse().ok();
    if invoiced_on.is_none() {
        problems.add("invoiced_on", form.value("invoiced_on"), Text::new("form-date-wrong"));
    }
    let amount = Money::parse_typed(form.value("amount")).ok();
    if amount.is_none() {
        problems.add("amount", form.value("amount"), Text::new("form-amount-wrong"));
    }
    let enterprise_number = form.value("enterprise_number").to_owned();
    if EnterpriseNumber::parse(&enterprise_number).is_err() {
        problems.add("enterprise_number", &enterprise_number, Text::new("invoicing-enterprise-number"));
    }
    match (quote_id, invoiced_on, amount) {
        (Some(quote_id), Some(invoiced_on), Some(amount)) if problems.is_empty() => Ok(NewInvoice {
            loan_id,
            quote_id,
            enterprise_number,
            work_kind: None,
            invoice_number: form.value("invoice_number").to_owned(),
            invoiced_on,
            amount,
            reference: Some(form.value("reference").to_owned()).filter(|text| !text.is_empty()),
        }),
        _ => Err(problems.into_vec()),
    }
}

/// What the committee member chose.
#[derive(Debug, Deserialize)]
pub(super) struct Decision {
    decision: String,
    #[serde(default)]
    reason: String,
}

/// Approves an invoice, which orders its payment, or refuses it with a reason.
pub(super) async fn decide(
    State(app): State<AppState>,
    me: Me,
    Path((loan_id, invoice_id)): Path<(String, String)>,
    Posted(decision): Posted<Decision>,
) -> Result<Redirect, Fault> {
    let to = format!("/loans/{}#invoices", identifier(&loan_id)?);
    let invoice_id = identifier(&invoice_id)?;
    if decision.decision == "approve" {
        let outcome = approve(app.house(), &me.actor, invoice_id).await;
        return flash::after(&me.session, outcome, Text::new("invoice-approved"), &to).await;
    }
    let outcome = refuse(app.house(), &me.actor, invoice_id, &decision.reason).await;
    flash::after(&me.session, outcome, Text::new("invoice-refused"), &to).await
}

/// Closes the draws: the works are finished, what was not drawn goes back to the fund.
pub(super) async fn close_draws(
    State(app): State<AppState>,
    me: Me,
    Path(loan_id): Path<String>,
) -> Result<Redirect, Fault> {
    let loan_id = identifier(&loan_id)?;
    let outcome = draws::close::close(app.house(), &me.actor, loan_id).await;
    flash::after(&me.session, outcome, Text::new("draws-closed"), &format!("/loans/{loan_id}")).await
}
