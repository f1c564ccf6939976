//! One message that waits in the session for the page after a form.

use axum::response::Redirect;
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

use super::error::Fault;
use crate::domain::text::Text;
use crate::services;

const KEY: &str = "flash";

/// A message for the next page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Flash {
    /// Whether it is good news.
    pub(super) good: bool,
    /// What it says.
    pub(super) text: Text,
}

/// Takes the message out of the session, so that it is shown once.
pub(super) async fn take(session: &Session) -> Option<Flash> {
    // Looking first: a session without a message is not written again.
    session.get::<Flash>(KEY).await.ok().flatten()?;
    session.remove::<Flash>(KEY).await.ok().flatten()
}

/// Leaves a message for the next page.
pub(super) async fn leave(session: &Session, good: bool, text: Text) -> Result<(), Fault> {
    session.insert(KEY, Flash { good, text }).await.map_err(|error| Fault::defect(&error.to_string()))
}

/// After a form: the good message, or the reason why the rules said no, on the page `to`. Anything else is an error
/// page of its own.
pub(super) async fn after<T>(
    session: &Session,
    outcome: Result<T, services::Error>,
    done: Text,
    to: &str,
) -> Result<Redirect, Fault> {
    match outcome {
        Ok(_) => leave(session, true, done).await?,
        Err(services::Error::Refused(text) | services::Error::Conflict(text)) => leave(session, false, text).await?,
        Err(services::Error::Invalid(problems)) => {
            let first =
                problems.into_iter().next().map_or_else(|| Text::new("error-invalid-title"), |first| first.text);
            leave(session, false, first).await?;
        }
        Err(other) => return Err(other.into()),
    }
    Ok(Redirect::to(to))
}
