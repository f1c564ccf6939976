//! What a person decides about a file that waits for a statement that is missing.

use axum::Form as Posted;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::imported::{self, Outcome};
use crate::domain::text::Text;
use crate::services::bank::{self, HeldDecision};
use crate::web::error::Fault;
use crate::web::form::Form;
use crate::web::frame::Me;
use crate::web::{AppState, flash};

/// Tries the file again, books it although a number is missing, or throws it away; what came of it is on the page after.
pub(super) async fn decide(
    State(app): State<AppState>,
    me: Me,
    Path(held_file_id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let held_file_id = held_file_id.parse().map_err(|_| Fault::no_page())?;
    let form = Form::sent(pairs);
    let reason = form.value("reason").to_owned();
    let decision = match form.value("what") {
        "accept" => HeldDecision::Accept { reason },
        "discard" => HeldDecision::Discard { reason },
        _ => HeldDecision::Again,
    };
    match bank::release(app.house(), &me.actor, (held_file_id, decision)).await {
        Ok(reports) => {
            imported::keep(&me.session, Outcome::all(reports)).await?;
            Ok(Redirect::to("/bank/imported").into_response())
        }
        Err(error) => {
            let done = Text::new("banking-held-decided");
            Ok(flash::after(&me.session, Err::<(), _>(error), done, "/bank#held").await?.into_response())
        }
    }
}
