//! Direct debits in a bank file: what was credited pays its claims, what came back undoes the payment and does what its
//! reason asks. The same where a person places such a line, and the way back of both.

mod book;
mod came_back;
mod placed;
mod undo;

use std::collections::HashMap;

use sqlx::PgConnection;
use uuid::Uuid;

use super::prepare::Candidate;
use crate::domain::collection::CollectionState;
use crate::domain::matching::{Collected, Debit, DebitLine, Debits, KnownCollection, Match, Nature, Reason};
use crate::services::Error;
use crate::storage::bank::LineRow;
use crate::storage::collections::{self, Collection, Known};
use crate::storage::loans;

pub(super) use placed::Moves;
pub(super) use undo::Traces;

/// A line and what it is about, if that is known.
pub(super) type Judged = (LineRow, Option<Match>);

/// A line that is about our direct debits: its place in the file, and what it says.
pub(super) struct Hit {
    place: usize,
    debit: Debit,
}

/// Whether a line is about our direct debits.
pub(super) enum Verdict {
    /// It is not: others judge it.
    NotOurs,
    /// It is. It waits with its reason; or, where there is none, what becomes of it is settled by [`Till::book`].
    Ours(Option<Match>),
}

/// Everything of ours that the direct debits of a file name.
pub(super) struct Till {
    debits: Debits,
    collections: HashMap<Uuid, Collection>,
    hits: Vec<Hit>,
}

impl Till {
    /// Looks up what the lines name, and locks it, together with the loans that the file names otherwise: all loans of a
    /// file are locked at once, in the one order in which everybody locks them.
    pub(super) async fn open(
        tx: &mut PgConnection,
        candidates: &[Candidate<'_>],
        named_otherwise: Vec<Uuid>,
    ) -> Result<Self, Error> {
        let (mut ids, mut references, mut funds) = (Vec::new(), Vec::new(), Vec::new());
        for Candidate { row, line } in candidates {
            ids.extend(row.end_to_end_id.clone());
            references.extend(row.said.mandate_reference.as_deref().map(|text| text.trim().to_owned()));
            let total = line.as_ref().is_some_and(|line| line.nature == Nature::Total) || is_debit(row);
            if total && row.amount.is_positive() {
                funds.push(row.fund_id);
            }
        }
        funds.sort_unstable();
        funds.dedup();
        // Loans before their collections, as everywhere: two who meet wait for each other in one order.
        let mut loan_ids = collections::loans_named(tx, (&ids, &references), &funds).await?;
        if !loan_ids.is_empty() {
            loan_ids.extend(named_otherwise);
            loans::lock(tx, &loan_ids).await?;
        }
        let known = collections::known(tx, (&ids, &references), &funds).await?;
        let list = known.collections.iter().map(|line| of(line, &known));
        let debits = Debits::new(list.collect(), known.mandates);
        let collections = known.collections.into_iter().map(|line| (line.collection_id, line)).collect();
        Ok(Self { debits, collections, hits: Vec::new() })
    }

    /// Whether a line is about our direct debits, and what it says.
    pub(super) fn judge(&mut self, place: usize, candidate: &Candidate<'_>) -> Verdict {
        let (row, line) = (&candidate.row, candidate.line.as_ref());
        let said = &row.said;
        let failed = said.debit_outcome.as_deref().is_some_and(|outcome| outcome != "paid");
        let returned = said.return_kind.is_some() || said.return_reason.is_some() || failed;
        // The details of a total are judged themselves; a transfer of ours that came back is no direct debit.
        let idle = line.is_none() && !row.amount.is_zero();
        if idle || line.is_some_and(|line| line.nature == Nature::Returned || line.nature == Nature::Charge) {
            return Verdict::NotOurs;
        }
        let debit = self.debits.judge(&DebitLine {
            bank_line_id: row.bank_line_id,
            fund_id: row.fund_id,
            amount: row.amount,
            booked_on: row.booked_on,
            end_to_end_id: row.end_to_end_id.as_deref(),
            mandate: said.mandate_reference.as_deref(),
            batch: said.batch_reference.as_deref(),
            is_debit: is_debit(row),
            is_total: line.is_some_and(|line| line.nature == Nature::Total),
            comes_back: returned,
            kind: said.return_kind,
        });
        let Some(debit) = debit else { return Verdict::NotOurs };
        if let Debit::Waits { reason, suggestion } = debit {
            return Verdict::Ours(line.map(|_| Match::Suspense { reason, suggestion }));
        }
        // Money that left for a collection that never came waits for a person; the collection ends all the same.
        let waits = match (&debit, line) {
            (Debit::Returned { payment_id: None, collection_id, .. }, Some(_)) => Some(Match::Suspense {
                reason: Reason::CollectionRejected,
                suggestion: self.debits.get(*collection_id).map(|known| known.loan_id),
            }),
            _ => None,
        };
        self.hits.push(Hit { place, debit });
        Verdict::Ours(waits)
    }
}

fn of(line: &Collection, known: &Known) -> KnownCollection {
    let standing = match line.state {
        CollectionState::Made | CollectionState::Dropped { .. } => Collected::No,
        CollectionState::Exported { .. } => Collected::Sent,
        CollectionState::Credited { payment_id, .. } => Collected::Credited(payment_id),
        CollectionState::Returned { .. } => Collected::Returned,
    };
    KnownCollection {
        collection_id: line.collection_id,
        fund_id: line.fund_id,
        loan_id: line.loan_id,
        mandate_id: line.mandate_id,
        end_to_end_id: line.end_to_end_id.clone(),
        amount: line.amount,
        paid: known.paid.get(&line.collection_id).copied().unwrap_or(line.amount),
        collect_on: line.collect_on,
        batch: known.batches.get(&line.collection_id).cloned(),
        standing,
    }
}

/// Whether the bank calls a line a direct debit: family 05 in CODA, `IDDT` in the codes of ISO 20022, or it names a
/// mandate.
fn is_debit(row: &LineRow) -> bool {
    says_debit(&row.kind, row.said.mandate_reference.as_deref())
}

/// The same, of the code of a line and the mandate that it names.
fn says_debit(kind: &str, mandate: Option<&str>) -> bool {
    mandate.is_some() || kind.get(1..3) == Some("05") || kind.contains("-IDDT-")
}
