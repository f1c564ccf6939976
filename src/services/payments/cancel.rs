//! Cancelling a run before it is exported: its orders wait again.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::show::view;
use super::{person, words};
use crate::domain::access::Permission;
use crate::domain::text::Text;
use crate::services::{Actor, Deed, Error, House};
use crate::storage::payment_runs as table;

/// Cancels a run that is locked.
pub(super) async fn cancel(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    (payment_run_id, reason): (Uuid, &str),
) -> Result<(), Error> {
    person(actor, Permission::MakePayments)?;
    let reason = words("reason", reason, "payments-reason-needed")?;
    let run = view(tx, payment_run_id).await?;
    if !run.head.state.can_be_cancelled() {
        let state = Text::new(&format!("payments-state-{}", run.head.state));
        return Err(Error::Conflict(Text::new("payments-not-cancellable").with_part("state", state)));
    }
    table::insert_cancellation(tx, (payment_run_id, reason), (actor.user_id, house.clock.now())).await?;
    let detail = json!({ "number": run.head.number, "orders": run.head.count });
    let deed =
        Deed { action: "payment_run.cancelled", subject_kind: "payment_run", subject_id: payment_run_id, detail };
    house.audit(tx, actor, deed).await
}
