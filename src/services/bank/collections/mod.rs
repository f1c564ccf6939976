//! Direct debits in a bank file: what was credited pays its claims, what came back undoes the payment and does what its
//! reason asks.

use std::collections::HashMap;

use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use super::book::{Origin, because};
use super::entries::key;
use super::prepare::Candidate;
use crate::domain::collection::{Action, CollectionState, Reported, StopCause, asks, retry_day};
use crate::domain::fund::landing;
use crate::domain::ledger::{self, Counter};
use crate::domain::loan::LoanEvent;
use crate::domain::matching::{
    Collected, Debit, DebitLine, Debits, KnownCollection, Match, Nature, Reason, ReturnKind,
};
use crate::services::collections::terms;
use crate::services::loans::book::{Booking, NewFact, Outcome as LoanOutcome, book_many};
use crate::services::loans::load;
use crate::services::{Actor, Deed, Error, House};
use crate::storage::bank::{LineRow, Outcome};
use crate::storage::collections::{self, Collection, NewReturn, end_to_end_id};
use crate::storage::ledger::NewEntry;
use crate::storage::{self, periods};

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
    /// Looks up what the lines name, and locks it.
    pub(super) async fn open(tx: &mut PgConnection, candidates: &[Candidate<'_>]) -> Result<Self, Error> {
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
        let known = collections::known(tx, (&ids, &references), &funds).await?;
        let list = known.collections.iter().map(|line| of(line, known.batches.get(&line.collection_id).cloned()));
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

    /// Books what was found. Loans are locked as everywhere: before anything is written.
    pub(super) async fn book(
        mut self,
        tx: &mut PgConnection,
        doer: (&House, &Actor),
        (judged, keys, origin): (&mut [Judged], &HashMap<Uuid, String>, Origin),
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
        self.singles(tx, doer, (singles, judged, keys, origin)).await
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
        let bookings: Vec<Booking> = ids
            .iter()
            .filter_map(|id| self.collections.get(id))
            .map(|line| Booking {
                loan_id: line.loan_id,
                fact: NewFact {
                    event: LoanEvent::payment(line.collection_id, line.amount),
                    effective_on: row.booked_on,
                    idempotency_key: format!("collection:{}", line.collection_id),
                },
                counter: Counter::Unmatched,
            })
            .collect();
        let outcomes = book_many(&mut part, (house, actor), bookings).await?;
        if outcomes.iter().any(|outcome| matches!(outcome, LoanOutcome::Refused(_))) {
            part.rollback().await.map_err(storage::Error::from)?;
            *found = Some(Match::Suspense { reason: Reason::CollectionTotalRefused, suggestion: None });
            return Ok(());
        }
        let credited: Vec<_> = ids.iter().map(|id| (*id, row.booked_on, *id)).collect();
        collections::credit(&mut part, &credited).await?;
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
        (hits, judged, keys, origin): (Vec<Hit>, &mut [Judged], &HashMap<Uuid, String>, Origin),
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
                    credited.push((*collection_id, row.booked_on, row.bank_line_id));
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
        if ended.is_empty() {
            return Ok(());
        }
        let mut marks = Vec::new();
        for (hit, _) in &ended {
            let (Debit::Returned { collection_id, .. }, Some((row, _))) = (&hit.debit, judged.get(hit.place)) else {
                continue;
            };
            marks.push((*collection_id, row.booked_on));
        }
        collections::give_back(tx, &marks).await?;
        let mut rows = Vec::with_capacity(ended.len());
        for (hit, fact_id) in ended {
            let (Debit::Returned { collection_id, kind, .. }, Some((row, _))) = (hit.debit, judged.get(hit.place))
            else {
                continue;
            };
            let Some(line) = self.collections.get(&collection_id) else { continue };
            rows.push(answer(tx, doer, (line, row), (kind, fact_id)).await?);
        }
        Ok(collections::insert_returns(tx, &rows).await?)
    }
}

/// Does what one return asks, and says what that was.
async fn answer(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    (line, row): (&Collection, &LineRow),
    (kind, fact_id): (ReturnKind, Option<Uuid>),
) -> Result<NewReturn, Error> {
    let reason = row.said.return_reason.clone();
    let reported = row.said.debit_outcome.as_deref().and_then(Reported::of_code);
    let asked = asks((kind, reason.as_deref(), reported), line.retry);
    if asked.stops_mandate {
        stop(tx, (line.mandate_id, house.clock.today()), reason.clone()).await?;
    }
    let mut action = asked.action;
    let mut retry_id = None;
    if action == Action::Retry {
        retry_id = retry(tx, house, line).await?;
        if retry_id.is_none() {
            action = Action::Contact;
        }
    }
    let detail = serde_json::json!({ "collection_id": line.collection_id, "kind": kind, "reason": reason, "action": action.code() });
    let deed = Deed { action: "collection.returned", subject_kind: "loan", subject_id: line.loan_id, detail };
    house.audit(tx, actor, deed).await?;
    Ok(NewReturn {
        return_id: house.ids.next(),
        collection_id: line.collection_id,
        bank_line_id: row.bank_line_id,
        kind,
        reason,
        fact_id,
        action,
        retry_id,
        returned_on: row.booked_on,
        created_at: house.clock.now(),
    })
}

/// Stops a mandate for the reason of the bank; one that has ended already stays as it is.
async fn stop(
    tx: &mut PgConnection,
    (mandate_id, on): (Uuid, chrono::NaiveDate),
    reason: Option<String>,
) -> Result<(), Error> {
    let Some(row) = collections::lock_mandate(tx, mandate_id).await? else { return Ok(()) };
    if let Ok(stopped) = row.mandate.stop(on, StopCause::Returned { reason }) {
        collections::update_mandate(tx, mandate_id, &stopped).await?;
    }
    Ok(())
}

/// Makes the second try of a claim; the night announces it. None where nothing can be tried: the mandate has ended, nobody
/// may collect, or it was tried before.
async fn retry(tx: &mut PgConnection, house: &House, line: &Collection) -> Result<Option<Uuid>, Error> {
    let today = house.clock.today();
    let terms = terms(tx, today).await?;
    let mandate = collections::active_of_loans(tx, &[line.loan_id]).await?.remove(&line.loan_id);
    let state = load::states(tx, &[line.loan_id], today).await?.pop();
    let (Some(mandate), Some((_, state))) = (mandate, state) else { return Ok(None) };
    if !state.may_collect() {
        return Ok(None);
    }
    let open = state.instalments.iter().filter(|of| of.instalment.due_on == line.due_on).map(|of| of.open).sum();
    let next = state.instalments.iter().map(|of| of.instalment.due_on).filter(|due_on| *due_on > today).min();
    let collection_id = house.ids.next();
    let again = Collection {
        collection_id,
        mandate_id: mandate.mandate_id,
        attempt: line.attempt + 1,
        retry: true,
        amount: open,
        collect_on: retry_day((line.collect_on, next), today, &terms),
        sequence_type: mandate.mandate.kind.sequence_type(),
        end_to_end_id: end_to_end_id(collection_id),
        revision: 1,
        state: CollectionState::Made,
        blocked: None,
        run_id: None,
        created_at: house.clock.now(),
        ..line.clone()
    };
    if !again.amount.is_positive() {
        return Ok(None);
    }
    Ok(collections::insert_collections(tx, &[again]).await?.pop())
}

fn of(line: &Collection, batch: Option<String>) -> KnownCollection {
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
        collect_on: line.collect_on,
        batch,
        standing,
    }
}

/// Whether the bank calls a line a direct debit: family 05 in CODA, `IDDT` in the codes of ISO 20022, or it names a
/// mandate.
fn is_debit(row: &LineRow) -> bool {
    row.said.mandate_reference.is_some() || row.kind.get(1..3) == Some("05") || row.kind.contains("-IDDT-")
}
