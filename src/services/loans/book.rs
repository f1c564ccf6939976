//! The one way in which a fact enters a loan, alone or with thousands of others.
//!
//! The loan is locked, its facts are folded, the new fact is checked against them, and the fact and what it does
//! to the ledger are written together. A key that was used before writes nothing and gives back what it wrote
//! then. Who may do this, and the audit row, are the business of the use case that calls.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::page::{Landed, Page};
use super::refused;
use crate::domain::ledger::Counter;
use crate::domain::loan::{FoldError, LoanEvent, LoanFact, fold};
use crate::domain::text::Text;
use crate::services::{Actor, Error, House};
use crate::storage::ledger::NewEntry;
use crate::storage::loans::NewFactRow;
use crate::storage::{self, loans, periods};

/// What happened, before it is booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFact {
    /// What happened.
    pub event: LoanEvent,
    /// The day from which it counts.
    pub effective_on: NaiveDate,
    /// The same key never books twice.
    pub idempotency_key: String,
}

/// A fact for a loan, and what it does to the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// The loan.
    pub loan_id: Uuid,
    /// What happened.
    pub fact: NewFact,
    /// Where the money of it comes from or goes, if it moves any. How much of it repays, is too much, or goes to a
    /// funder follows from the loan.
    pub counter: Counter,
}

/// A fact that is in the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Booked {
    /// The fact.
    pub fact_id: Uuid,
    /// Its entry in the ledger, if it has one; the first, where days long past changed too.
    pub entry_id: Option<Uuid>,
    /// False when this key had booked it before.
    pub is_new: bool,
}

/// What became of one booking among many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is in the books, now or since before.
    Booked(Booked),
    /// The loan does not allow it; nothing of it was written.
    Refused(FoldError),
}

/// Books one fact.
pub async fn book(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    (loan_id, fact): (Uuid, NewFact),
    counter: Counter,
) -> Result<Booked, Error> {
    match book_many(tx, (house, actor), vec![Booking { loan_id, fact, counter }]).await?.pop() {
        Some(Outcome::Booked(booked)) => Ok(booked),
        Some(Outcome::Refused(reason)) => Err(refused(&reason)),
        None => Err(Error::internal("a booking had no outcome")),
    }
}

/// Books many facts, in their order: one statement to lock, one to read and one to write each table. A fact that
/// its loan refuses leaves the others alone. Answers in the order of the bookings.
pub async fn book_many(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    bookings: Vec<Booking>,
) -> Result<Vec<Outcome>, Error> {
    let mut loan_ids: Vec<Uuid> = bookings.iter().map(|booking| booking.loan_id).collect();
    loan_ids.sort_unstable();
    loan_ids.dedup();
    let mut book = Book::open(tx, (house, actor), &loan_ids).await?;
    let keys: Vec<String> = bookings.iter().map(|booking| booking.fact.idempotency_key.clone()).collect();
    for (key, stored) in loans::by_key(tx, &keys).await? {
        let booked = Booked { fact_id: stored.fact.fact_id, entry_id: stored.entry_id, is_new: false };
        book.known.insert(key, (stored.loan_id, stored.fact.event.kind(), booked));
    }
    let outcomes = bookings.into_iter().map(|booking| book.enter(booking)).collect::<Result<Vec<_>, Error>>()?;
    storage::ledger::insert_entries(tx, &book.entries).await.map_err(already_booked)?;
    loans::insert_facts(tx, &book.rows).await.map_err(already_booked)?;
    Ok(outcomes)
}

/// The code and the last closed day of each of these funds of which something is closed.
async fn closed(tx: &mut PgConnection, fund_ids: &[Uuid]) -> Result<HashMap<Uuid, (String, NaiveDate)>, Error> {
    let through = periods::closed_through(tx, fund_ids).await?;
    if through.is_empty() {
        return Ok(HashMap::new());
    }
    let funds = storage::funds::list(tx).await?.into_iter();
    Ok(funds.filter_map(|fund| Some((fund.fund_id, (fund.code, *through.get(&fund.fund_id)?)))).collect())
}

/// Two programs with one key at the same moment: the second is told.
fn already_booked(error: storage::Error) -> Error {
    match error.constraint() {
        Some("loan_facts_idempotency_key_key" | "journal_entries_idempotency_key_key") => {
            Error::Conflict(Text::new("booking-conflict-at-once"))
        }
        _ => error.into(),
    }
}

/// The loans being booked on, and what will be written.
struct Book<'a> {
    house: &'a House,
    actor: &'a Actor,
    today: NaiveDate,
    now: DateTime<Utc>,
    pages: HashMap<Uuid, Page>,
    known: HashMap<String, (Uuid, &'static str, Booked)>,
    entries: Vec<NewEntry>,
    rows: Vec<NewFactRow>,
}

impl<'a> Book<'a> {
    async fn open(
        tx: &mut PgConnection,
        (house, actor): (&'a House, &'a Actor),
        loan_ids: &[Uuid],
    ) -> Result<Self, Error> {
        let today = house.clock.today();
        let locked = loans::lock(tx, loan_ids).await?;
        let mut facts = loans::facts_of(tx, loan_ids).await?;
        let mut shares = loans::shares_of(tx, loan_ids).await?;
        let fund_ids: Vec<Uuid> = locked.iter().map(|loan| loan.fund_id).collect();
        let closed = closed(tx, &fund_ids).await?;
        let mut pages = HashMap::new();
        for loan in locked {
            let facts = facts.remove(&loan.loan_id).unwrap_or_default();
            let state = match facts.as_slice() {
                [] => None,
                some => Some(fold(&loan.terms, some, today).map_err(Error::internal)?),
            };
            let shares = shares.remove(&loan.loan_id).unwrap_or_default();
            let closed = closed.get(&loan.fund_id).cloned();
            pages.insert(loan.loan_id, Page { loan, facts, shares, state, closed });
        }
        let now = house.clock.now();
        let (known, entries, rows) = (HashMap::new(), Vec::new(), Vec::new());
        Ok(Self { house, actor, today, now, pages, known, entries, rows })
    }

    fn enter(&mut self, booking: Booking) -> Result<Outcome, Error> {
        let Booking { loan_id, fact: NewFact { event, effective_on, idempotency_key }, counter } = booking;
        if let Some((known_loan, kind, booked)) = self.known.get(&idempotency_key) {
            if *known_loan == loan_id && *kind == event.kind() {
                return Ok(Outcome::Booked(Booked { is_new: false, ..*booked }));
            }
            return Err(Error::Conflict(Text::new("booking-conflict-other-fact").with("key", idempotency_key)));
        }
        let page = self.pages.get_mut(&loan_id).ok_or_else(|| Error::not_found("loan", loan_id))?;
        let fact = LoanFact::new(self.house.ids.next(), effective_on, self.now, event);
        page.open_on(&fact, counter)?;
        let after = match page.admit(&fact, (counter, self.today)) {
            Ok(after) => after,
            Err(reason) => return Ok(Outcome::Refused(reason)),
        };
        let made = page.entries(&fact, &after, (counter, self.today))?;
        page.facts.push(fact.clone());
        page.state = Some(after);
        let fund_id = page.loan.fund_id;
        let entry_id = self.keep(made, fund_id, &idempotency_key);
        let booked = Booked { fact_id: fact.fact_id, entry_id, is_new: true };
        self.known.insert(idempotency_key.clone(), (loan_id, fact.event.kind(), booked));
        let booked_by = self.actor.user_id;
        self.rows.push(NewFactRow { loan_id, fact, booked_by, idempotency_key, entry_id });
        Ok(Outcome::Booked(booked))
    }

    /// Keeps entries to be written, the first under the key of the fact itself; answers the first.
    fn keep(&mut self, made: Vec<Landed>, fund_id: Uuid, key: &str) -> Option<Uuid> {
        let mut first = None;
        for (place, Landed { entry, belongs_on }) in (1..).zip(made) {
            let entry_id = self.house.ids.next();
            first = first.or(Some(entry_id));
            self.entries.push(NewEntry {
                entry_id,
                fund_id,
                idempotency_key: if place == 1 { key.to_owned() } else { format!("{key}#{place}") },
                booked_at: self.now,
                booked_by: self.actor.user_id,
                reverses_entry_id: None,
                belongs_on,
                entry,
            });
        }
        first
    }
}
