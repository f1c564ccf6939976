//! Transfers of ours that the bank of their beneficiary sent back: the order waits again.
//!
//! The invoice stays approved and the tranche drawn: what came back is owed to the contractor as before it was paid, and
//! the same is so for money of a funder or of a borrower. Nothing is sent again by itself: the order goes into a run that
//! people release, under a new end-to-end identification.

use chrono::NaiveDate;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::services::{Actor, Deed, Error, House};
use crate::storage::payment_orders::end_to_end_id;
use crate::storage::payment_returns::{self, NewReturn};

/// An order that came back, and the entry that turned its payment round.
pub(super) struct Returned {
    pub(super) order_id: Uuid,
    pub(super) bank_line_id: Uuid,
    pub(super) entry_id: Uuid,
    /// The booking date.
    pub(super) on: NaiveDate,
}

/// Keeps that orders came back, all at once: by a decision, or as the import found. Their entries are booked already, and
/// the orders locked.
pub(super) async fn keep(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    (returned, bank_decision_id): (&[Returned], Option<Uuid>),
) -> Result<(), Error> {
    if returned.is_empty() {
        return Ok(());
    }
    let (returned_at, returned_by) = (house.clock.now(), actor.user_id);
    let row = |one: &Returned| NewReturn {
        payment_order_return_id: house.ids.next(),
        payment_order_id: one.order_id,
        bank_line_id: one.bank_line_id,
        bank_decision_id,
        entry_id: one.entry_id,
        returned_on: one.on,
        next_end_to_end_id: end_to_end_id(house.ids.next()),
        returned_at,
        returned_by,
    };
    let rows: Vec<NewReturn> = returned.iter().map(row).collect();
    payment_returns::insert(tx, &rows).await?;
    let deed = |row: &NewReturn| Deed {
        action: "payment_order.returned",
        subject_kind: "payment_order",
        subject_id: row.payment_order_id,
        detail: json!({ "bank_line_id": row.bank_line_id, "bank_decision_id": bank_decision_id, "on": row.returned_on }),
    };
    house.audit_all(tx, actor, rows.iter().map(deed).collect()).await
}
