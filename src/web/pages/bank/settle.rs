//! Giving a line of unknown owner to the loan it was for.

use askama::Template;
use axum::Form as Posted;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::super::Shown;
use crate::domain::text::{FieldProblem, Text};
use crate::services::Error;
use crate::services::bank::{Settlement, settle as give};
use crate::services::desk::{self, BankLine};
use crate::web::AppState;
use crate::web::error::Fault;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::frame::{Frame, Me};

#[derive(Template)]
#[template(path = "pages/bank/settle.html")]
struct Page {
    f: Frame,
    form: Form,
    line: BankLine,
    loans: Vec<(String, String)>,
}

/// The line, with the loans of its fund to choose from.
pub(super) async fn form(State(app): State<AppState>, me: Me, Path(bank_line_id): Path<String>) -> Shown {
    let bank_line_id = bank_line_id.parse().map_err(|_| Fault::no_page())?;
    page(&app, &me, bank_line_id, Form::default()).await
}

async fn page(app: &AppState, me: &Me, bank_line_id: Uuid, form: Form) -> Shown {
    let (line, loans) = desk::suspense_line(app.house(), &me.actor, bank_line_id).await?;
    let loans = loans.into_iter().map(|(id, number, name)| (id.to_string(), format!("{number} · {name}"))).collect();
    super::super::show(&Page { f: me.frame.clone(), form, line, loans })
}

/// Gives the line to a loan.
pub(super) async fn settle(
    State(app): State<AppState>,
    me: Me,
    Path(bank_line_id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let bank_line_id = bank_line_id.parse().map_err(|_| Fault::no_page())?;
    let form = Form::sent(pairs);
    let outcome = match form.value("loan_id").parse() {
        Ok(loan_id) => {
            let settlement = Settlement { bank_line_id, loan_id, reason: form.value("reason").to_owned() };
            give(app.house(), &me.actor, settlement).await
        }
        Err(_) => Err(Error::Invalid(vec![FieldProblem::new("loan_id", "", Text::new("settle-loan-missing"))])),
    };
    match outcome {
        Err(Error::Invalid(problems)) => {
            let html = page(&app, &me, bank_line_id, form.with_problems(problems)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        other => Ok(flash::after(&me.session, other, Text::new("settle-done"), "/bank").await?.into_response()),
    }
}
