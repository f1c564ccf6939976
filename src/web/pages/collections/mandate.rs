//! Mandates on the page of a loan.

use axum::Form as Posted;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::super::loans::again;
use crate::domain::application::Loose;
use crate::domain::text::{FieldProblem, Text};
use crate::services::collections::{self, AmendForm, MandateForm, StopForm};
use crate::services::{Answered, Error};
use crate::web::error::Fault;
use crate::web::form::Form;
use crate::web::frame::Me;
use crate::web::{AppState, flash};

/// Registers a mandate.
pub(super) async fn add(
    State(app): State<AppState>,
    me: Me,
    Path(loan_id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let loan_id = id(&loan_id)?;
    let form = Form::sent(pairs);
    let new = MandateForm {
        iban: loose(&form, "mandate.iban"),
        bic: loose(&form, "mandate.bic"),
        debtor_name: loose(&form, "mandate.debtor_name"),
        signed_on: loose(&form, "mandate.signed_on"),
        kind: loose(&form, "mandate.kind"),
        reference: loose(&form, "mandate.reference"),
    };
    let outcome = collections::register(app.house(), &me.actor, (loan_id, &new, None)).await;
    after((&app, &me), (loan_id, form, "mandate"), outcome, "mandate-registered").await
}

/// Changes a mandate.
pub(super) async fn amend(
    State(app): State<AppState>,
    me: Me,
    Path((loan_id, mandate_id)): Path<(String, String)>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let (loan_id, mandate_id) = (id(&loan_id)?, id(&mandate_id)?);
    let form = Form::sent(pairs);
    let change = AmendForm {
        iban: loose(&form, "change.iban"),
        bic: loose(&form, "change.bic"),
        reference: loose(&form, "change.reference"),
        reason: loose(&form, "change.reason"),
    };
    let outcome = collections::amend(app.house(), &me.actor, (mandate_id, &change, None)).await;
    after((&app, &me), (loan_id, form, "change"), outcome, "mandate-amended").await
}

/// Stops a mandate.
pub(super) async fn stop(
    State(app): State<AppState>,
    me: Me,
    Path((loan_id, mandate_id)): Path<(String, String)>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let (loan_id, mandate_id) = (id(&loan_id)?, id(&mandate_id)?);
    let form = Form::sent(pairs);
    let end = StopForm { reason: loose(&form, "stop.reason") };
    let outcome = collections::stop(app.house(), &me.actor, (mandate_id, &end, None)).await;
    after((&app, &me), (loan_id, form, "stop"), outcome, "mandate-stopped").await
}

/// Back to the loan, with what was typed where it is not right.
async fn after(
    (app, me): (&AppState, &Me),
    (loan_id, form, part): (Uuid, Form, &str),
    outcome: Result<Answered, Error>,
    done: &str,
) -> Result<Response, Fault> {
    match outcome {
        Err(Error::Invalid(problems)) => {
            // The page of a loan has more than one form: each field of this one has its part before it.
            let named = |problem: FieldProblem| FieldProblem { field: format!("{part}.{}", problem.field), ..problem };
            again(app, me, loan_id, (form, problems.into_iter().map(named).collect())).await
        }
        other => {
            let to = format!("/loans/{loan_id}#mandate");
            Ok(flash::after(&me.session, other, Text::new(done), &to).await?.into_response())
        }
    }
}

fn loose(form: &Form, name: &str) -> Loose {
    Loose::from(form.value(name))
}

fn id(text: &str) -> Result<Uuid, Fault> {
    text.parse().map_err(|_| Fault::no_page())
}
