//! A person says that the bank did not execute an order of an exported run: it waits again, for another run.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{person, words};
use crate::domain::access::Permission;
use crate::domain::text::Text;
use crate::services::{Actor, Deed, Error, House};
use crate::storage::payment_orders::end_to_end_id;
use crate::storage::payment_runs::{self as table, Reopenable, ReopeningRow};

/// Lets an order wait again. It gets a new end-to-end identification: if the bank executes the old one after all, that
/// debit waits for a person and is not taken for the new one. Answers the run that it was in.
pub(super) async fn reopen(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    (order, reason): (&str, &str),
) -> Result<Uuid, Error> {
    person(actor, Permission::MakePayments)?;
    let reason = words("reason", reason, "payments-reason-needed")?;
    let order = order.trim();
    let found = table::lock_order(tx, order).await?.ok_or_else(|| Error::not_found("payment order", order))?;
    let payment_run_id = in_exported_run(&found)?;
    let new_id = end_to_end_id(house.ids.next());
    let row = ReopeningRow {
        before: &found,
        end_to_end_id: &new_id,
        reason,
        reopened_by: actor.user_id,
        reopened_at: house.clock.now(),
    };
    table::reopen(tx, &row).await?;
    let detail = json!({ "payment_run_id": payment_run_id, "amount": found.amount });
    let subject_id = found.payment_order_id;
    let deed = Deed { action: "payment_order.reopened", subject_kind: "payment_order", subject_id, detail };
    house.audit(tx, actor, deed).await?;
    Ok(payment_run_id)
}

/// The exported run that an order waits in.
fn in_exported_run(order: &Reopenable) -> Result<Uuid, Error> {
    let refused = |key: &str| Error::Refused(Text::new(key));
    match (&order.paid_on, order.payment_run_id, order.exported) {
        (Some(on), ..) => Err(Error::Refused(Text::new("payments-reopen-paid").with("on", on))),
        (None, None, _) => Err(refused("payments-reopen-waits")),
        (None, Some(_), false) => {
            let run = order.run.as_deref().unwrap_or_default();
            Err(Error::Refused(Text::new("payments-reopen-not-exported").with("run", run)))
        }
        (None, Some(payment_run_id), true) => Ok(payment_run_id),
    }
}
