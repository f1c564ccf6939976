//! Giving a line of unknown owner to the loan it was for.

use askama::Template;
use axum::Form as Posted;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::super::Shown;
use super::{printed, reason_key};
use crate::domain::loan::{Payer, Usage};
use crate::domain::text::Text;
use crate::services::Error;
use crate::services::bank::{self, Settlement};
use crate::services::desk::{self, BankLine};
use crate::services::loans::named::named;
use crate::web::error::Fault;
use crate::web::form::Form;
use crate::web::frame::{Frame, Me};
use crate::web::{AppState, flash};

#[derive(Template)]
#[template(path = "pages/bank/settle.html")]
struct Page {
    f: Frame,
    form: Form,
    line: BankLine,
    suggested: Option<String>,
    loans: Vec<(String, String)>,
}

/// The line, with the loans of its fund to choose from.
pub(super) async fn form(State(app): State<AppState>, me: Me, Path(bank_line_id): Path<String>) -> Shown {
    let bank_line_id = bank_line_id.parse().map_err(|_| Fault::no_page())?;
    page(&app, &me, bank_line_id, None).await
}

async fn page(app: &AppState, me: &Me, bank_line_id: Uuid, sent: Option<Form>) -> Shown {
    let (line, loans) = desk::suspense_line(app.house(), &me.actor, bank_line_id).await?;
    let suggested = bank::line(app.house(), &me.actor, bank_line_id).await?.suggested_loan_number;
    let form = sent.unwrap_or_else(|| Form::fresh(&[("loan", suggested.as_deref().unwrap_or_default())]));
    let loans = loans.into_iter().map(|(_, number, borrower)| (number, borrower)).collect();
    super::super::show(&Page { f: me.frame.clone(), form, line, suggested, loans })
}

/// Gives the line to a loan, which is named by its number or its communication.
pub(super) async fn settle(
    State(app): State<AppState>,
    me: Me,
    Path(bank_line_id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let bank_line_id = bank_line_id.parse().map_err(|_| Fault::no_page())?;
    let form = Form::sent(pairs);
    let outcome = match named(app.house(), &me.actor, ("loan", form.value("loan"))).await {
        Ok(loan_id) => {
            let reason = form.value("reason").to_owned();
            let (payer, usage) = (Payer::default(), Usage::default());
            bank::settle(app.house(), &me.actor, Settlement { bank_line_id, loan_id, reason, payer, usage }).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Err(Error::Invalid(problems)) => {
            let html = page(&app, &me, bank_line_id, Some(form.with_problems(problems))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        other => {
            let done = Text::new("banking-settled").with("loan", form.value("loan"));
            Ok(flash::after(&me.session, other, done, "/bank#waiting").await?.into_response())
        }
    }
}
