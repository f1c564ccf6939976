//! What people do with runs: make, release, cancel, export, let an order wait again.

use axum::Form as Posted;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::{list, show};
use crate::domain::text::Text;
use crate::services::Error;
use crate::services::payments::{self, Confirmed, Redirection, Step};
use crate::web::error::Fault;
use crate::web::form::Form;
use crate::web::frame::Me;
use crate::web::{AppState, flash, typed};

type Pairs = Posted<Vec<(String, String)>>;

/// Makes a run of what waits.
pub(super) async fn make(State(app): State<AppState>, me: Me, Posted(pairs): Pairs) -> Result<Response, Fault> {
    let form = Form::sent(pairs);
    let Some(execute_on) = typed::day(form.value("execute_on")) else {
        let wrong = Error::field("execute_on", form.value("execute_on"), Text::new("application-problem-date"));
        return again(&app, &me, (form, wrong)).await;
    };
    let fund = Some(form.value("fund").to_owned()).filter(|fund| !fund.is_empty());
    let step = Step::Make { fund, execute_on };
    match payments::take(app.house(), &me.actor, (app.payer()?, &step)).await {
        Ok(made) => {
            let done = Text::new(if made.blocked.is_empty() { "payments-made" } else { "payments-made-some" })
                .with("number", &made.run.head.number)
                .with("count", made.run.head.count)
                .with("blocked", made.blocked.len());
            flash::leave(&me.session, true, done).await?;
            Ok(Redirect::to(&format!("/payments/{}", made.run.head.number)).into_response())
        }
        Err(wrong @ Error::Invalid(_)) => again(&app, &me, (form, wrong)).await,
        Err(other) => Ok(flash::after::<()>(&me.session, Err(other), Text::new("payments-made"), "/payments")
            .await?
            .into_response()),
    }
}

async fn again(app: &AppState, me: &Me, (form, wrong): (Form, Error)) -> Result<Response, Fault> {
    let Error::Invalid(problems) = wrong else { return Err(wrong.into()) };
    let html = list::page(app, me, Some(form.with_problems(problems))).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

/// Releases a run, with a note for each account that needs a look.
pub(super) async fn release(
    State(app): State<AppState>,
    me: Me,
    Path(run): Path<String>,
    Posted(pairs): Pairs,
) -> Result<Response, Fault> {
    let form = Form::sent(pairs);
    let confirmed = form.values().filter_map(|(name, note)| {
        let about = name.strip_prefix("confirmations[")?.strip_suffix(']')?.parse().ok()?;
        Some(Confirmed { about, note: note.to_owned() })
    });
    let step = Step::Release { run: run.clone(), confirmed: confirmed.collect() };
    match payments::take(app.house(), &me.actor, (app.payer()?, &step)).await {
        Err(Error::Invalid(problems)) => {
            let html = show::page(&app, &me, (&run, Some(form.with_problems(problems)))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        outcome => Ok(after(&me, outcome.map(|_| ()), ("payments-released-now", &run)).await?.into_response()),
    }
}

/// Cancels a run.
pub(super) async fn cancel(
    State(app): State<AppState>,
    me: Me,
    Path(run): Path<String>,
    Posted(pairs): Pairs,
) -> Result<Redirect, Fault> {
    let reason = Form::sent(pairs).value("reason").to_owned();
    let step = Step::Cancel { run: run.clone(), reason };
    let outcome = payments::take(app.house(), &me.actor, (app.payer()?, &step)).await;
    after(&me, outcome.map(|_| ()), ("payments-cancelled-now", &run)).await
}

/// Makes the file of a run.
pub(super) async fn export(State(app): State<AppState>, me: Me, Path(run): Path<String>) -> Result<Redirect, Fault> {
    let step = Step::Export { run: run.clone() };
    let outcome = payments::take(app.house(), &me.actor, (app.payer()?, &step)).await;
    after(&me, outcome.map(|_| ()), ("payments-exported-now", &run)).await
}

/// Lets an order wait again that the bank did not execute.
pub(super) async fn reopen(
    State(app): State<AppState>,
    me: Me,
    Path((run, order)): Path<(String, String)>,
    Posted(pairs): Pairs,
) -> Result<Redirect, Fault> {
    let reason = Form::sent(pairs).value("reason").to_owned();
    let step = Step::Reopen { order, reason };
    let outcome = payments::take(app.house(), &me.actor, (app.payer()?, &step)).await;
    after(&me, outcome.map(|_| ()), ("payments-reopened-now", &run)).await
}

/// Says that an order whose money came back can be sent to the same account again.
pub(super) async fn confirm(
    State(app): State<AppState>,
    me: Me,
    Path(order): Path<String>,
    Posted(pairs): Pairs,
) -> Result<Redirect, Fault> {
    let note = Form::sent(pairs).value("note").to_owned();
    let outcome = payments::confirm(app.house(), &me.actor, (&order, &note)).await;
    flash::after(&me.session, outcome, Text::new("payments-cleared"), "/payments").await
}

/// Asks for another account for an order that waits; when a second person asks for the same, it goes there.
pub(super) async fn redirect(
    State(app): State<AppState>,
    me: Me,
    Path(order): Path<String>,
    Posted(pairs): Pairs,
) -> Result<Redirect, Fault> {
    let form = Form::sent(pairs);
    let asked = Redirection { order, iban: form.value("iban").to_owned(), reason: form.value("reason").to_owned() };
    let outcome = payments::redirect(app.house(), &me.actor, &asked).await;
    let counts = outcome.as_ref().is_ok_and(payments::Redirected::counts);
    let done = if counts { "payments-redirected" } else { "payments-redirect-asked" };
    flash::after(&me.session, outcome, Text::new(done), "/payments").await
}

async fn after(me: &Me, outcome: Result<(), Error>, (done, run): (&str, &str)) -> Result<Redirect, Fault> {
    flash::after(&me.session, outcome, Text::new(done), &format!("/payments/{run}")).await
}
