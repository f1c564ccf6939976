//! Closes the draws of a loan when the works are finished: what was not needed is free to lend again, and
//! instalments become claims.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::follow;
use crate::domain::access::Permission;
use crate::domain::ledger::Counter;
use crate::domain::loan::LoanEvent;
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::services::loans::book::{NewFact, book};
use crate::services::loans::state::lock_loan;
use crate::services::{Actor, Deed, Error, House};
use crate::storage::invoices::{self, InvoiceState};

/// Closes the draws as of today and answers what was released. A second time releases nothing; an invoice that
/// waits for a decision comes first.
pub async fn close(house: &House, actor: &Actor, loan_id: Uuid) -> Result<Money, Error> {
    actor.require(Permission::ManageLoans)?;
    let mut tx = house.begin().await?;
    let locked = lock_loan(&mut tx, house, actor, loan_id).await?;
    nothing_waits(&mut tx, loan_id).await?;
    if locked.state.draws_closed_on.is_some() {
        return Ok(Money::ZERO);
    }
    let fact = NewFact {
        event: LoanEvent::DrawsClosed,
        effective_on: house.clock.today(),
        // A correction may open draws again, so that a loan can close them twice; the lock sees to it that they are
        // closed once at a time.
        idempotency_key: format!("draws_closed:{}", house.ids.next()),
    };
    let booked = book(&mut tx, (house, actor), (loan_id, fact), Counter::None).await?;
    let after = lock_loan(&mut tx, house, actor, loan_id).await?.state;
    let released = follow(&mut tx, house, (&locked, &after), booked.fact_id).await?;
    let detail = json!({ "drawn": locked.state.drawn, "released": released });
    let deed = Deed { action: "loan.draws_closed", subject_kind: "loan", subject_id: loan_id, detail };
    house.audit(&mut tx, actor, deed).await?;
    house.commit(tx).await?;
    Ok(released)
}

/// Refuses to end draws while an invoice waits for a decision.
pub(in crate::services) async fn nothing_waits(tx: &mut PgConnection, loan_id: Uuid) -> Result<(), Error> {
    let invoices = invoices::list(tx, Some(loan_id)).await?;
    let waiting = invoices.iter().filter(|invoice| invoice.state == InvoiceState::Received).count();
    if waiting > 0 {
        return Err(Error::Refused(Text::new("invoicing-waits").with("count", waiting)));
    }
    Ok(())
}
