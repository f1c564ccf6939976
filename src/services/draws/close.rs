//! Closes the draws of a loan when the works are finished: what was not needed is free to lend again, and
//! instalments become claims.

use serde_json::json;
use uuid::Uuid;

use super::move_commitment;
use crate::domain::access::Permission;
use crate::domain::fund::CommitmentKind;
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
    let invoices = invoices::list(&mut tx, Some(loan_id)).await?;
    let waiting = invoices.iter().filter(|invoice| invoice.state == InvoiceState::Received).count();
    if waiting > 0 {
        return Err(Error::Refused(Text::new("invoicing-waits").with("count", waiting)));
    }
    let fact = NewFact {
        event: LoanEvent::DrawsClosed,
        effective_on: house.clock.today(),
        idempotency_key: format!("draws_closed:{loan_id}"),
    };
    let booked = book(&mut tx, (house, actor), (loan_id, fact), Counter::None).await?;
    if !booked.is_new {
        return Ok(Money::ZERO);
    }
    let key = format!("released:{loan_id}");
    let released = move_commitment(&mut tx, house, &locked.loan, (CommitmentKind::Released, None, key)).await?;
    let detail = json!({ "drawn": locked.state.drawn, "released": released });
    let deed = Deed { action: "loan.draws_closed", subject_kind: "loan", subject_id: loan_id, detail };
    house.audit(&mut tx, actor, deed).await?;
    house.commit(tx).await?;
    Ok(released)
}
