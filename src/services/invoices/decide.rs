//! What approving and refusing have in common: an invoice that waits, and a second person.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::access::Permission;
use crate::domain::text::Text;
use crate::services::loans::state::{LockedLoan, lock_loan};
use crate::services::{Actor, Error, House};
use crate::storage;
use crate::storage::invoices::{self, Invoice, InvoiceState};

/// The invoice and its loan, locked, when this person may decide on it.
pub(super) async fn waiting(
    tx: &mut PgConnection,
    house: &House,
    actor: &Actor,
    invoice_id: Uuid,
) -> Result<(Invoice, LockedLoan), Error> {
    actor.require(Permission::Decide)?;
    let unknown = || Error::not_found("invoice", invoice_id);
    let seen = invoices::get(tx, invoice_id).await?.ok_or_else(unknown)?;
    let locked = lock_loan(tx, house, actor, seen.loan_id).await?;
    // Read again under the lock: somebody may have decided meanwhile.
    let invoice = invoices::get(tx, invoice_id).await?.ok_or_else(unknown)?;
    if invoice.state != InvoiceState::Received {
        return Err(decided_before());
    }
    if invoice.made_by == actor.user_id {
        return Err(own_invoice());
    }
    Ok((invoice, locked))
}

/// Writes the decision; the database refuses the maker once more.
pub(super) async fn write(tx: &mut PgConnection, invoice_id: Uuid, decision: &InvoiceState) -> Result<(), Error> {
    let decided = invoices::decide(tx, invoice_id, decision).await.map_err(translated)?;
    if decided { Ok(()) } else { Err(decided_before()) }
}

fn translated(error: storage::Error) -> Error {
    match error.constraint() {
        Some("invoices_maker_check") => own_invoice(),
        _ => error.into(),
    }
}

fn own_invoice() -> Error {
    Error::Refused(Text::new("invoicing-own-invoice"))
}

fn decided_before() -> Error {
    Error::Conflict(Text::new("invoicing-decided-before"))
}
