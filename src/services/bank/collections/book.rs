//! Books what the import found: credits and returns of single collections, and credits of whole batches.

use std::collections::HashMap;

use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use super::super::book::{Origin, because};
use super::super::entries::key;
use super::came_back::{CameBack, answer};
use super::{Hit, Judged, Till};
use crate::domain::fund::landing;
use crate::domain::ledger::{self, Counter};
use crate::domain::loan::LoanEvent;
use crate::domain::matching::{Debit, Match, Reason, payment_in_total};
use crate::domain::money::Money;
use crate::services::loans::book::{Booking, NewFact, Outcome as LoanOutcome, book_many};
use crate::services::{Actor, Error, House};
use crate::storage::bank::{LineRow, Outcome};
use crate::storage::collections::{self, Credit};
use crate::storage::ledger::NewEntry;
use crate::storage::{self, periods};

/// The lines of a file, the key of each statement, and where the money comes from.
type OfFile<'a> = (&'a mut [Judged], &'a HashMap<Uuid, String>, Origin);

impl Till {
    /// Books what was found. Loans are locked as everywhere: before anything is written.
    pub(in crate::services::bank) async fn book(
        mut self,
        tx: &mut PgConnection,
        doer: (&House, &Actor),
        (judged, keys, origin): OfFile<'_>,
    ) -> Result<(), Error> {
        if self.hits.is_empty() {
            return Ok(());
        }
        let hits = std::mem::take(&mut self.hits);
        let (totals, singles): (Vec<Hit>, Vec<Hit>) =
            hits.into_iter().partition(|hit| matches!(hit.debit, Debit::Total(_)));
        for hit in totals {
            self.total(tx, doer, (hit, judged, keys, origin)).await?;
        }
        self.singles(tx, doer, singles, (judged, keys, origin)).await
    }

    /// A credit of a whole batch: the money comes in as one sum and goes to its claims, all of them or none. One claim
    /// that its loan does not take makes the whole wait for a person.
    async fn total(
        &self,
        tx: &mut PgConnection,
        (house, actor): (&House, &Actor),
        (hit, judged, keys, origin): (Hit, &mut [Judged], &HashMap<Uuid, String>, Origin),
    ) -> Result<(), Error> {
        let Debit::Total(ids) = &hit.debit else { return Ok(()) };
        let Some((row, found)) = judged.get_mut(hit.place) else { return Ok(()) };
        let mut part = Connection::begin(&mut *tx).await.map_err(storage::Error::from)?;
        let (mut bookings, mut credits) = (Vec::with_capacity(ids.len()), Vec::with_capacity(ids.len()));
        for line in ids.iter().filter_map(|id| self.collections.get(id)) {
            let payment_id = payment_in_total(row.bank_line_id, line.collection_id);
            let fact = NewFact {
                event: LoanEvent::payment(payment_id, line.amount),
                effective_on: row.booked_on,
                idempotency_key: format!("{}:{}", key(keys, row)?, line.collection_id),
            };
            bookings.push(Booking { loan_id: line.loan_id, fact, counter: Counter::Unmatched });
            credits.push(credit(house, row, (line.collection_id, payment_id, line.amount)));
        }
        let outcomes = book_many(&mut part, (house, actor), bookings).await?;
        if outcomes.iter().any(|outcome| matches!(outcome, LoanOutcome::Refused(_))) {
            part.rollback().await.map_err(storage::Error::from)?;
            *found = Some(Match::Suspense { reason: Reason::CollectionTotalRefused, suggestion: None });
            return Ok(());
        }
        collections::credit(&mut part, &credits).await?;
        part.commit().await.map_err(storage::Error::from)?;
        let closed = periods::closed_through(tx, &[row.fund_id]).await?.remove(&row.fund_id);
        let landed = landing(row.booked_on, closed, true).map_err(Error::internal)?;
        let entry = ledger::receipt_unmatched(landed.effective_on, row.amount);
        let entry = origin.entry(entry).map_err(Error::internal)?;
        let entry_id = house.ids.next();
        let entry = NewEntry {
            entry_id,
            fund_id: row.fund_id,
            idempotency_key: key(keys, row)?,
            booked_at: house.clock.now(),
            booked_by: actor.user_id,
            reverses_entry_id: None,
            belongs_on: landed.belongs_on,
            entry,
        };
        storage::ledger::insert_entries(tx, &[entry]).await?;
        (row.outcome, row.reason, row.entry_id) = (Outcome::Booked, Reason::CollectionTotal, Some(entry_id));
        Ok(())
    }

    /// Credits and returns of single collections, in the order of the file.
    async fn singles(
        &mut self,
        tx: &mut PgConnection,
        (house, actor): (&House, &Actor),
        hits: Vec<Hit>,
        (judged, keys, origin): OfFile<'_>,
    ) -> Result<(), Error> {
        let mut bookings = Vec::new();
        let mut booked = Vec::new();
        let mut ended = Vec::new();
        for hit in hits {
            let Some((row, _)) = judged.get(hit.place) else { continue };
            match self.booking(&hit.debit, (row, origin), key(keys, row)?) {
                Some(booking) => {
                    bookings.push(booking);
                    booked.push(hit);
                }
                None => ended.push((hit, None)),
            }
        }
        let mut credited = Vec::new();
        for (hit, outcome) in booked.into_iter().zip(book_many(tx, (house, actor), bookings).await?) {
            let Some((row, found)) = judged.get_mut(hit.place) else { continue };
            let loan_id = self.loan_of(&hit.debit);
            match (outcome, &hit.debit) {
                (LoanOutcome::Refused(error), _) => {
                    *found = Some(Match::Suspense { reason: because(&error), suggestion: loan_id });
                }
                (LoanOutcome::Booked(done), Debit::Credited(collection_id)) => {
                    (row.outcome, row.reason) = (Outcome::Booked, Reason::CollectionCredited);
                    (row.loan_id, row.entry_id) = (loan_id, done.entry_id);
                    credited.push(credit(house, row, (*collection_id, row.bank_line_id, row.amount)));
                }
                (LoanOutcome::Booked(done), _) => {
                    (row.outcome, row.reason) = (Outcome::Booked, Reason::CollectionReturned);
                    (row.loan_id, row.entry_id) = (loan_id, done.entry_id);
                    ended.push((hit, Some(done.fact_id)));
                }
            }
        }
        collections::credit(tx, &credited).await?;
        self.end(tx, (house, actor), (ended, judged)).await
    }

    fn loan_of(&self, debit: &Debit) -> Option<Uuid> {
        let (Debit::Credited(id) | Debit::Returned { collection_id: id, .. }) = debit else { return None };
        self.collections.get(id).map(|line| line.loan_id)
    }

    /// What a line does to its loan; none where no money had come.
    fn booking(&self, debit: &Debit, (row, origin): (&LineRow, Origin), idempotency_key: String) -> Option<Booking> {
        let event = match debit {
            Debit::Credited(_) => LoanEvent::payment(row.bank_line_id, row.amount),
            Debit::Returned { kind, payment_id, .. } => LoanEvent::PaymentReversed {
                payment_id: (*payment_id)?,
                reason: format!("direct debit: {kind} {}", row.said.return_reason.as_deref().unwrap_or(""))
                    .trim()
                    .to_owned(),
            },
            Debit::Total(_) | Debit::Waits { .. } => return None,
        };
        let fact = NewFact { event, effective_on: row.booked_on, idempotency_key };
        Some(Booking { loan_id: self.loan_of(debit)?, fact, counter: origin.counter(row.amount) })
    }

    /// Ends collections that came back, and does what their reasons ask.
    async fn end(
        &self,
        tx: &mut PgConnection,
        doer: (&House, &Actor),
        (ended, judged): (Vec<(Hit, Option<Uuid>)>, &[Judged]),
    ) -> Result<(), Error> {
        let mut back = Vec::with_capacity(ended.len());
        for (hit, fact_id) in ended {
            let (Debit::Returned { collection_id, kind, .. }, Some((row, _))) = (hit.debit, judged.get(hit.place))
            else {
                continue;
            };
            let Some(collection) = self.collections.get(&collection_id) else { continue };
            back.push(CameBack {
                collection,
                bank_line_id: row.bank_line_id,
                bank_decision_id: None,
                on: row.booked_on,
                kind,
                reason: row.said.return_reason.as_deref(),
                outcome: row.said.debit_outcome.as_deref(),
                fact_id,
            });
        }
        answer(tx, doer, &back).await
    }
}

/// A collection that a line of the import credits, with the payment that it becomes.
fn credit(house: &House, row: &LineRow, (collection_id, payment_id, amount): (Uuid, Uuid, Money)) -> Credit {
    Credit {
        credit_id: house.ids.next(),
        collection_id,
        bank_line_id: row.bank_line_id,
        bank_decision_id: None,
        payment_id,
        amount,
        credited_on: row.booked_on,
        created_at: house.clock.now(),
    }
}
