//! A person says that an order whose money came back can be sent to the same account again.

use serde::Serialize;
use serde_json::json;

use super::{person, words};
use crate::domain::access::Permission;
use crate::domain::payment_run::blames_account;
use crate::domain::text::Text;
use crate::services::{Actor, Deed, Error, House};
use crate::storage::bank::Undoing;
use crate::storage::payment_returns;

/// An order that goes into the next run after all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cleared {
    /// Which.
    pub end_to_end_id: String,
    /// What was said of its account.
    pub note: String,
}

/// Records what a person says of the account from which an order came back: it no longer stays behind. Whoever releases
/// the run sees that money came back from there, and says something of it too.
///
/// # Errors
/// The actor may not; the note is empty; no such order waits, or nothing keeps it back.
pub async fn confirm(house: &House, actor: &Actor, (order, note): (&str, &str)) -> Result<Cleared, Error> {
    person(actor, Permission::MakePayments)?;
    let note = words("note", note, "payments-confirm-needed")?;
    let order = order.trim();
    let mut tx = house.begin().await?;
    let found = payment_returns::to_confirm(&mut tx, order).await?;
    let found = found.filter(|found| blames_account(found.code.as_deref()));
    let found = found.ok_or_else(|| Error::Refused(Text::new("payments-nothing-held-back").with("order", order)))?;
    let said = Undoing { reason: note, at: house.clock.now(), by: actor.user_id };
    payment_returns::insert_confirmation(&mut tx, found.payment_order_return_id, said).await?;
    let detail = json!({ "code": found.code });
    let (action, subject_id) = ("payment_order.account_confirmed", found.payment_order_id);
    house.audit(&mut tx, actor, Deed { action, subject_kind: "payment_order", subject_id, detail }).await?;
    house.commit(tx).await?;
    Ok(Cleared { end_to_end_id: order.to_owned(), note: note.to_owned() })
}
