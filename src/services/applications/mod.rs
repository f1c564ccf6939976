//! Applications: submitted, judged, decided by two, withdrawn, imported. What pages and programs read of them is
//! in `services::desk`.

mod enter;
mod import_csv;
mod one_loan;
mod submit;
mod vote;
mod withdraw;

use sqlx::PgConnection;
use uuid::Uuid;

use super::{Actor, Error};
use crate::domain::application::InvalidTransition;
use crate::domain::text::Text;
use crate::storage::applications::{self, Application};

pub use enter::CameBy;
pub use import_csv::{ImportProblem, ImportReport, Imported, import_csv};
pub use submit::{Submission, Submitted, submit};
pub use vote::{Ballot, Counted, vote};
pub use withdraw::withdraw;

pub use crate::storage::applications::Vote;

/// Locks an application. One of another municipality does not exist for this actor.
pub(in crate::services) async fn lock(
    tx: &mut PgConnection,
    actor: &Actor,
    application_id: Uuid,
) -> Result<Application, Error> {
    applications::lock(tx, application_id)
        .await?
        .filter(|application| actor.sees(&application.nis_code))
        .ok_or_else(|| Error::not_found("application", application_id))
}

/// A step that the state does not allow, as a sentence: `application-cannot-approved-from-withdrawn` would be
/// twenty sentences, so it is one per step with the state as its value.
pub(in crate::services) fn wrong_state(step: &InvalidTransition) -> Error {
    Error::Refused(Text::new(&format!("application-cannot-be-{}", step.to)).with("state", step.from))
}
