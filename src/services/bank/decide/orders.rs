//! Parts of a decision that are about our own orders: one that the bank executed without saying so, one that came back,
//! or all of a run.

use sqlx::PgConnection;
use uuid::Uuid;

use super::parts::Desk;
use super::{Part, To};
use crate::domain::ledger::{self, JournalEntry, Unbalanced};
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::services::Error;
use crate::services::bank::entries::{came_back, executed, in_batch};
use crate::services::bank::returned::{self, Returned};
use crate::storage::ledger::insert_entries;
use crate::storage::payment_orders::{self, Named};
use crate::storage::payment_runs::{self, ExecutionRow, RunBatch};

/// Locks every order that a decision is about, in one order.
pub(super) async fn lock(tx: &mut PgConnection, parts: &[Part]) -> Result<(), Error> {
    let mut orders = Vec::new();
    for part in parts {
        match part.to {
            To::Order(order_id) | To::ReturnedOrder(order_id) => orders.push(order_id),
            To::Run(payment_run_id) => orders.extend(payment_runs::orders_in(tx, payment_run_id).await?),
            _ => {}
        }
    }
    if !orders.is_empty() {
        payment_orders::lock(tx, &orders).await?;
    }
    Ok(())
}

impl Desk<'_> {
    /// An order of this fund as it is now: an earlier part may have been about it too.
    async fn named(&self, tx: &mut PgConnection, order_id: Uuid) -> Result<Named, Error> {
        let named = payment_orders::lock(tx, &[order_id]).await?.pop();
        let named = named.filter(|(order, _)| order.fund_id == self.fund_id);
        named.ok_or_else(|| Error::field("payment_order_id", order_id, Text::new("bank-decide-unknown-order")))
    }

    /// An order that the bank executed without saying so.
    pub(super) async fn order(
        &self,
        tx: &mut PgConnection,
        order_id: Uuid,
        amount: Money,
    ) -> Result<Result<JournalEntry, Unbalanced>, Error> {
        let named = self.named(tx, order_id).await?;
        if named.0.paid_on.is_some() {
            return Err(Error::refused(Text::new("bank-decide-order-paid")));
        }
        if named.0.amount != -amount {
            let text = Text::new("bank-decide-order-amount").with("ordered", named.0.amount);
            return Err(Error::refused(text.with("amount", -amount)));
        }
        payment_orders::mark_paid(tx, &[(order_id, self.on)]).await?;
        let entry = executed(self.on, &named)?;
        Ok(entry.and_then(|entry| ledger::from_suspense(&entry)))
    }

    /// An order whose money came back, in whole: it waits again, as when the import had known it.
    pub(super) async fn returned_order(
        &self,
        tx: &mut PgConnection,
        order_id: Uuid,
        (place, amount): (i16, Money),
    ) -> Result<Uuid, Error> {
        let named = self.named(tx, order_id).await?;
        if named.0.paid_on.is_none() {
            return Err(Error::refused(Text::new("bank-decide-order-not-paid")));
        }
        if named.0.amount != amount {
            let text = Text::new("bank-decide-returned-amount").with("ordered", named.0.amount);
            return Err(Error::refused(text.with("amount", amount)));
        }
        let entry = came_back(self.on, &named)?.and_then(|entry| ledger::from_suspense(&entry));
        let entry_id = self.post(tx, place, entry).await?;
        let bank_line_id = self.line_of(amount)?;
        let one = Returned { order_id, bank_line_id, entry_id, on: self.on };
        returned::keep(tx, (self.house, self.actor), (&[one], Some(self.bank_decision_id))).await?;
        Ok(entry_id)
    }

    /// Every order of a run on this account, executed as one amount: all of them, or none.
    pub(super) async fn run(
        &self,
        tx: &mut PgConnection,
        payment_run_id: Uuid,
        (place, amount): (i16, Money),
    ) -> Result<Uuid, Error> {
        let batch = payment_runs::batch(tx, (payment_run_id, self.fund_id)).await?;
        let batch = batch.ok_or_else(|| Error::refused(Text::new("bank-decide-run-other-fund")))?;
        can_be_executed(&batch, amount)?;
        let ids: Vec<Uuid> = batch.orders.iter().map(|order| order.payment_order_id).collect();
        let named = payment_orders::lock(tx, &ids).await?;
        let mut entries = Vec::new();
        for order_id in &ids {
            let named = named.iter().find(|(order, _)| order.payment_order_id == *order_id);
            let named = named.ok_or_else(|| Error::internal("an order of a run has gone"))?;
            // One key for them all, and a number for each: they are one part.
            let key = format!("{}#{order_id}", self.key(place));
            entries.push(self.entry(key, Ok(in_batch(self.on, named)?))?);
        }
        let first = entries.first().map(|entry| entry.entry_id);
        insert_entries(tx, &entries).await?;
        payment_orders::mark_paid(tx, &ids.iter().map(|id| (*id, self.on)).collect::<Vec<_>>()).await?;
        let execution = ExecutionRow {
            payment_run_execution_id: self.house.ids.next(),
            payment_run_id,
            fund_id: self.fund_id,
            bank_line_id: self.first_line()?,
            bank_decision_id: Some(self.bank_decision_id),
            executed_on: self.on,
        };
        payment_runs::insert_executions(tx, &[execution]).await?;
        first.ok_or_else(|| Error::internal("a run without orders"))
    }

    /// The line that brought this sum: what its bank says of it is kept with the order. Of more than one, nobody can say.
    fn line_of(&self, amount: Money) -> Result<Uuid, Error> {
        let of_sum: Vec<Uuid> =
            self.lines.iter().filter(|line| line.amount == amount).map(|line| line.bank_line_id).collect();
        match (self.lines, of_sum.as_slice()) {
            ([line], _) => Ok(line.bank_line_id),
            (_, [one]) => Ok(*one),
            _ => Err(Error::refused(Text::new("bank-decide-returned-alone").with("amount", amount))),
        }
    }

    fn first_line(&self) -> Result<Uuid, Error> {
        let first = self.lines.first().map(|line| line.bank_line_id);
        first.ok_or_else(|| Error::internal("a decision about no line"))
    }
}

/// Fine for a run that has left, of which every order waits, and that asks exactly this of the account.
fn can_be_executed(batch: &RunBatch, amount: Money) -> Result<(), Error> {
    let refused = |key: &str| Text::new(key).with("run", &batch.number);
    if !batch.exported {
        return Err(Error::refused(refused("bank-decide-run-not-exported")));
    }
    if batch.executed {
        return Err(Error::refused(refused("bank-decide-run-executed")));
    }
    if let Some(order) = batch.orders.iter().find(|order| order.paid || !order.stays) {
        return Err(Error::refused(refused("bank-decide-run-order-gone").with("order", &order.end_to_end_id)));
    }
    if batch.amount != -amount {
        let text = refused("bank-decide-run-amount").with("ordered", batch.amount);
        return Err(Error::refused(text.with("amount", -amount)));
    }
    Ok(())
}
