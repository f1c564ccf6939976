//! A person says what was done about a collection that came back.

use serde_json::json;
use uuid::Uuid;

use crate::domain::access::Permission;
use crate::domain::text::Text;
use crate::services::loans::state::lock_loan;
use crate::services::{Actor, Deed, Error, House};
use crate::storage::{self, collections};

/// Takes a return off the list of what waits for a person.
///
/// # Errors
/// The actor may not; no such return; the note is empty; somebody answered it before; it asks nothing of a person.
pub async fn answer_return(house: &House, actor: &Actor, (return_id, note): (Uuid, &str)) -> Result<(), Error> {
    actor.require(Permission::ManageCollections)?;
    let note = note.split_whitespace().collect::<Vec<_>>().join(" ");
    if note.is_empty() {
        return Err(Error::field("note", "", Text::new("collection-return-note-missing")));
    }
    let mut tx = house.begin().await?;
    let unknown = || Error::not_found("return", return_id);
    let loan_id = collections::loan_of_return(&mut tx, return_id).await?.ok_or_else(unknown)?;
    // One of another municipality does not exist. The loan first: who takes a return back holds it too.
    lock_loan(&mut tx, house, actor, loan_id).await.map_err(|_| unknown())?;
    let found = collections::return_to_answer(&mut tx, return_id).await?.ok_or_else(unknown)?;
    if found.undone {
        return Err(Error::refused(Text::new("collection-return-undone")));
    }
    if found.answered {
        return Err(Error::Conflict(Text::new("collection-return-answered")));
    }
    if !found.action.waits_for_a_person() {
        return Err(Error::refused(Text::new("collection-return-retries")));
    }
    let done = (actor.user_id, house.clock.now());
    collections::answer_return(&mut tx, (return_id, &note), done).await.map_err(twice)?;
    let detail = json!({ "return_id": return_id, "action": found.action.code() });
    let deed = Deed { action: "collection.return_answered", subject_kind: "loan", subject_id: found.loan_id, detail };
    house.audit(&mut tx, actor, deed).await?;
    house.commit(tx).await
}

fn twice(error: storage::Error) -> Error {
    match error.constraint() {
        Some("collection_return_answers_pkey") => Error::Conflict(Text::new("collection-return-answered")),
        _ => error.into(),
    }
}
