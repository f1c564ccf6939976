//! The way back of what was booked about our own orders: a payment, a return, a whole run.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::back::Back;
use crate::domain::text::Text;
use crate::services::{Deed, Error};
use crate::storage::bank::DecisionRow;
use crate::storage::payment_returns::{self, Standing};
use crate::storage::payment_runs::{self, Execution};
use crate::storage::{ledger, payment_orders};

/// Locks every order of a decision that is taken back: orders before loans, and those before lines.
pub(super) async fn lock_decided(tx: &mut PgConnection, decision: &DecisionRow) -> Result<(), Error> {
    let mut orders: Vec<Uuid> = decision.parts.iter().filter_map(|part| part.payment_order_id).collect();
    for payment_run_id in decision.parts.iter().filter_map(|part| part.payment_run_id) {
        orders.extend(payment_runs::orders_in(tx, payment_run_id).await?);
    }
    payment_orders::lock(tx, &orders).await?;
    Ok(())
}

/// Locks every order of a line that is taken back.
pub(super) async fn lock_imported(
    tx: &mut PgConnection,
    (bank_line_id, payment_order_id): (Uuid, Option<Uuid>),
) -> Result<(), Error> {
    let mut orders: Vec<Uuid> = payment_order_id.into_iter().collect();
    if let Some(execution) = payment_runs::execution_of_line(tx, bank_line_id).await? {
        orders.extend(payment_runs::orders_in(tx, execution.payment_run_id).await?);
    }
    payment_orders::lock(tx, &orders).await?;
    Ok(())
}

impl Back<'_> {
    /// An order that was paid by this entry waits again, unless its money came back already.
    pub(super) async fn unpaid(&self, tx: &mut PgConnection, (order_id, entry_id): (Uuid, Uuid)) -> Result<(), Error> {
        if let Some(on) = payment_returns::came_back_on(tx, entry_id).await? {
            return Err(Error::refused(Text::new("bank-undo-order-came-back").with("on", on)));
        }
        if !payment_orders::mark_unpaid(tx, order_id).await? {
            return Err(Error::internal("the payment of an order stands, and the order is not paid"));
        }
        Ok(())
    }

    /// An order that came back counts as paid again, as it was: its money waits as if nobody had said what it is.
    pub(super) async fn paid_again(
        &self,
        tx: &mut PgConnection,
        standing: &Standing,
        place: i16,
    ) -> Result<Uuid, Error> {
        if !payment_returns::take_back(tx, standing, self.undoing()).await? {
            let text = match payment_returns::run_of(tx, standing.payment_order_id).await? {
                Some(run) => Text::new("bank-undo-return-in-run").with("run", run),
                None => Text::new("bank-undo-return-gone"),
            };
            return Err(Error::refused(text));
        }
        self.audit(tx, ("payment_order.return_undone", "payment_order", standing.payment_order_id)).await?;
        self.entry(tx, (place, standing.entry_id)).await
    }

    /// Every order of a run that one debit executed waits in it again: all of them, or none. Answers the first entry.
    pub(super) async fn run(&self, tx: &mut PgConnection, execution: Execution, place: i16) -> Result<Uuid, Error> {
        let Execution { payment_run_execution_id, payment_run_id, fund_id } = execution;
        let batch = payment_runs::batch(tx, (payment_run_id, fund_id)).await?;
        let batch = batch.ok_or_else(|| Error::internal("an executed run has gone"))?;
        if let Some(gone) = batch.orders.iter().find(|order| !order.paid || !order.stays) {
            let text = Text::new("bank-undo-run-order-gone").with("run", &batch.number);
            return Err(Error::refused(text.with("order", &gone.end_to_end_id)));
        }
        let ids: Vec<Uuid> = batch.orders.iter().map(|order| order.payment_order_id).collect();
        let payments = payment_orders::payments_of(tx, &ids).await?;
        let booked = ledger::entries(tx, &payments.values().copied().collect::<Vec<_>>()).await?;
        let mut entries = Vec::new();
        for order_id in &ids {
            let found = payments.get(order_id).and_then(|entry_id| Some((*entry_id, booked.get(entry_id)?)));
            let found = found.ok_or_else(|| Error::internal(format!("order {order_id} is paid by no entry")))?;
            entries.push(self.reversal(format!("{}#{order_id}", self.key(place)), found)?);
        }
        let first = entries.first().map(|entry| entry.entry_id);
        ledger::insert_entries(tx, &entries).await?;
        payment_orders::mark_all_unpaid(tx, &ids).await?;
        payment_runs::insert_execution_undoing(tx, payment_run_execution_id, self.undoing()).await?;
        self.audit(tx, ("payment_run.execution_undone", "payment_run", payment_run_id)).await?;
        first.ok_or_else(|| Error::internal("a run without orders"))
    }

    async fn audit(
        &self,
        tx: &mut PgConnection,
        (action, subject_kind, subject_id): (&'static str, &'static str, Uuid),
    ) -> Result<(), Error> {
        let deed = Deed { action, subject_kind, subject_id, detail: json!({ "undone": self.id }) };
        self.house.audit(tx, self.actor, deed).await
    }
}
