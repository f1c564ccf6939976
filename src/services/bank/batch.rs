//! The one debit with which the bank executes a payment run: which runs a file names, and their orders.

use std::collections::HashMap;

use sqlx::PgConnection;
use uuid::Uuid;

use super::prepare::Candidate;
use crate::domain::matching::{Known, KnownBatch};
use crate::services::Error;
use crate::storage::bank::LineRow;
use crate::storage::payment_orders::Named;
use crate::storage::payment_runs::{self as table, ExecutionRow, OpenBatch};

/// The exported runs that debits of a file name, by run and fund.
#[derive(Debug, Default)]
pub(super) struct Batches(HashMap<(Uuid, Uuid), OpenBatch>);

impl Batches {
    /// Looks up the runs that wait on these accounts, and keeps those that a debit names.
    pub(super) async fn named(tx: &mut PgConnection, candidates: &[Candidate<'_>]) -> Result<Self, Error> {
        let debits = |candidate: &&Candidate<'_>| candidate.line.as_ref().is_some_and(|line| line.amount.is_negative());
        let mut funds: Vec<Uuid> = candidates.iter().filter(debits).map(|candidate| candidate.row.fund_id).collect();
        funds.sort_unstable();
        funds.dedup();
        if funds.is_empty() {
            return Ok(Self::default());
        }
        let open = table::open_batches(tx, &funds).await?;
        let named = open.into_iter().filter(|open| {
            let known = known(open);
            candidates.iter().filter(debits).any(|candidate| {
                candidate.row.fund_id == open.fund_id
                    && candidate.line.as_ref().is_some_and(|line| known.is_named_by(line))
            })
        });
        Ok(Self(named.map(|open| ((open.payment_run_id, open.fund_id), open)).collect()))
    }

    /// The end-to-end identifications of their orders, to be looked up and locked with the others.
    pub(super) fn end_to_end_ids(&self) -> impl Iterator<Item = String> {
        self.0.values().flat_map(|open| open.end_to_end_ids.iter().cloned())
    }

    /// Tells the matcher about them.
    pub(super) fn add_to(&self, known: &mut Known) {
        for open in self.0.values() {
            known.add_batch(self::known(open));
        }
    }

    /// The orders that a debit executed, in the order of the run, and the record of it.
    pub(super) fn executed<'a>(
        &'a self,
        (payment_run_id, row): (Uuid, &LineRow),
        payment_run_execution_id: Uuid,
        orders: &'a HashMap<Uuid, Named>,
    ) -> Result<(Vec<&'a Named>, ExecutionRow), Error> {
        let open = self.0.get(&(payment_run_id, row.fund_id)).ok_or_else(|| Error::internal("a run has gone"))?;
        let named = open.order_ids.iter().map(|order_id| orders.get(order_id)).collect::<Option<Vec<_>>>();
        let named = named.ok_or_else(|| Error::internal("an order of a run has gone"))?;
        let execution = ExecutionRow {
            payment_run_execution_id,
            payment_run_id,
            fund_id: row.fund_id,
            bank_line_id: row.bank_line_id,
            bank_decision_id: None,
            executed_on: row.booked_on,
        };
        Ok((named, execution))
    }
}

fn known(open: &OpenBatch) -> KnownBatch {
    KnownBatch {
        payment_run_id: open.payment_run_id,
        fund_id: open.fund_id,
        names: vec![open.batch_id.clone(), open.message_id.clone()],
        amount: open.amount,
        end_to_end_ids: open.end_to_end_ids.clone(),
    }
}
