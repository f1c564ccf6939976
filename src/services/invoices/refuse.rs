//! Refuses an invoice; the quote has room for another one again.

use serde_json::json;
use uuid::Uuid;

use super::decide;
use crate::domain::text::Text;
use crate::services::{Actor, Deed, Error, House};
use crate::storage::invoices::{Invoice, InvoiceState};

/// Refuses an invoice that waits, with a reason that the contractor can be told.
pub async fn refuse(house: &House, actor: &Actor, invoice_id: Uuid, reason: &str) -> Result<Invoice, Error> {
    let reason = reason.trim().to_owned();
    if reason.is_empty() {
        return Err(Error::field("reason", "", Text::new("invoicing-reason")));
    }
    let mut tx = house.begin().await?;
    let (invoice, _) = decide::waiting(&mut tx, house, actor, invoice_id).await?;
    let state = InvoiceState::Refused { by: actor.user_id, at: house.clock.now(), reason };
    decide::write(&mut tx, invoice_id, &state).await?;
    let detail = json!({ "loan_id": invoice.loan_id, "amount": invoice.amount });
    let deed = Deed { action: "invoice.refused", subject_kind: "invoice", subject_id: invoice_id, detail };
    house.audit(&mut tx, actor, deed).await?;
    house.commit(tx).await?;
    Ok(Invoice { state, ..invoice })
}
