//! Judges the lines of a file and books them: loans first, then everything else, each in one go.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use super::batch::Batches;
use super::collections::{Till, Verdict};
use super::prepare::{Candidate, wanted};
use crate::domain::fund::landing;
use crate::domain::identity::Iban;
use crate::domain::ledger::{self, Account, Counter, JournalEntry, Posting, Unbalanced};
use crate::domain::loan::{FoldError, LoanEvent, Payer, Refused, Usage};
use crate::domain::matching::{KnownOrder, Match, Matcher, Reason};
use crate::domain::money::Money;
use crate::services::loans::book::{Booking, NewFact, Outcome as LoanOutcome, book_many};
use crate::services::{Actor, Error, House};
use crate::storage;
use crate::storage::bank::{LineRow, Outcome};
use crate::storage::ledger::NewEntry;
use crate::storage::payment_orders::{Named, OrderFor};

/// Where the money of lines comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// From the bank: a statement says so.
    Bank,
    /// It is on the account and waits: a later file says what it was.
    Suspense,
}

impl Origin {
    /// Where the money of a line of this amount comes from, for a loan.
    pub(super) fn counter(self, amount: Money) -> Counter {
        match self {
            Self::Bank => Counter::Bank,
            Self::Suspense if amount.is_negative() => Counter::Unexplained,
            Self::Suspense => Counter::Unmatched,
        }
    }

    /// An entry of the bank account, through suspense when its money waits there.
    pub(super) fn entry(self, entry: Result<JournalEntry, Unbalanced>) -> Result<JournalEntry, Unbalanced> {
        match self {
            Self::Bank => entry,
            Self::Suspense => entry.and_then(|entry| ledger::from_suspense(&entry)),
        }
    }
}

/// Judges and books. Answers the lines as they are to be kept.
///
/// Loans are locked before anything is written, so that nobody who locks a loan before its fund can wait for
/// this import while this import waits for them.
pub(super) async fn book(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    candidates: Vec<Candidate<'_>>,
    (keys, origin): (&HashMap<Uuid, String>, Origin),
) -> Result<Vec<LineRow>, Error> {
    let (references, mut end_to_end_ids) = wanted(&candidates);
    let batches = Batches::named(tx, &candidates).await?;
    end_to_end_ids.extend(batches.end_to_end_ids());
    let mut known = storage::bank::known(tx, &references).await?;
    let orders = storage::payment_orders::lock_by_end_to_end(tx, &end_to_end_ids).await?;
    for (end_to_end_id, (order, _)) in &orders {
        let paid = order.paid_on.is_some();
        let (order_id, fund_id, amount) = (order.payment_order_id, order.fund_id, order.amount);
        known.add_order(end_to_end_id.clone(), KnownOrder { order_id, fund_id, amount, paid });
    }
    batches.add_to(&mut known);
    let orders: HashMap<Uuid, Named> = orders.into_values().map(|named| (named.0.payment_order_id, named)).collect();

    let ibans: HashSet<Iban> = candidates.iter().filter_map(|line| line.row.counterparty_iban.clone()).collect();
    let agencies = storage::bank::agencies_among(tx, &ibans.into_iter().collect::<Vec<_>>()).await?;
    let mut matcher = Matcher::new(known);
    let mut judged: Vec<(LineRow, Option<Match>)> = Vec::with_capacity(candidates.len());
    let mut till = Till::open(tx, &candidates).await?;
    for (place, candidate) in candidates.into_iter().enumerate() {
        let of_debit = till.judge(place, &candidate);
        let Candidate { row, line } = candidate;
        let from_agency = row.counterparty_iban.as_ref().is_some_and(|iban| agencies.contains(iban));
        let found = match of_debit {
            Verdict::Ours(found) => found,
            Verdict::NotOurs => line.map(|line| match matcher.judge(row.fund_id, &line) {
                found if from_agency => matcher.granted(row.fund_id, &line, found),
                found => found,
            }),
        };
        judged.push((row, found));
    }
    till.book(tx, (house, actor), (&mut judged, keys, origin)).await?;
    to_loans(tx, (house, actor), &mut judged, (keys, origin)).await?;
    let funds: Vec<Uuid> = judged.iter().map(|(row, _)| row.fund_id).collect();
    let closed = storage::periods::closed_through(tx, &funds).await?;
    let known = Known { orders: &orders, batches: &batches, keys, closed: &closed, origin };
    to_ledger(tx, (house, actor), &mut judged, known).await?;
    Ok(judged.into_iter().map(|(row, _)| row).collect())
}

/// Books what borrowers paid. What a loan refuses goes on as suspense, with the loan as suggestion.
async fn to_loans(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    judged: &mut [(LineRow, Option<Match>)],
    (keys, origin): (&HashMap<Uuid, String>, Origin),
) -> Result<(), Error> {
    let mut places = Vec::new();
    let mut bookings = Vec::new();
    for (place, (row, found)) in judged.iter().enumerate() {
        if let Some(Match::Loan { loan_id, .. } | Match::Grant { loan_id }) = found {
            let event = payment(row, matches!(found, Some(Match::Grant { .. })));
            let idempotency_key = key(keys, row)?;
            let fact = NewFact { event, effective_on: row.booked_on, idempotency_key };
            bookings.push(Booking { loan_id: *loan_id, fact, counter: origin.counter(row.amount) });
            places.push((place, *loan_id));
        }
    }
    if bookings.is_empty() {
        return Ok(());
    }
    let outcomes = book_many(tx, (house, actor), bookings).await?;
    for ((place, loan_id), outcome) in places.into_iter().zip(outcomes) {
        let Some((row, found)) = judged.get_mut(place) else { continue };
        match outcome {
            LoanOutcome::Booked(booked) => row.entry_id = booked.entry_id,
            LoanOutcome::Refused(error) => {
                *found = Some(Match::Suspense { reason: because(&error), suggestion: Some(loan_id) });
            }
        }
    }
    Ok(())
}

/// A payment of the borrower; or the renovation grant, which is early repayment: instalments stay as high, and end sooner.
fn payment(row: &LineRow, is_grant: bool) -> LoanEvent {
    let (payment_id, amount) = (row.bank_line_id, row.amount);
    if is_grant {
        return LoanEvent::PaymentReceived { payment_id, amount, payer: Payer::Grant, usage: Usage::ShortenTerm };
    }
    LoanEvent::payment(payment_id, amount)
}

/// Why a loan does not take a payment.
pub(super) fn because(error: &FoldError) -> Reason {
    match error {
        FoldError::Refused { reason: Refused::Closed, .. } => Reason::LoanRepaid,
        FoldError::Refused { reason: Refused::NothingDrawn, .. } => Reason::NothingDrawn,
        FoldError::Refused { reason: Refused::BeforeSignature { .. }, .. } | FoldError::NotSigned(_) => {
            Reason::BeforeSignature
        }
        FoldError::Refused { reason: Refused::EarlyWithInterest { .. }, .. } => Reason::MoreThanClaimable,
        _ => Reason::LoanRefuses,
    }
}

/// What booking a line takes.
struct Known<'a> {
    /// Payment orders, by identifier.
    orders: &'a HashMap<Uuid, Named>,
    /// The runs that are named.
    batches: &'a Batches,
    /// The key of each statement.
    keys: &'a HashMap<Uuid, String>,
    /// The last closed day of each fund.
    closed: &'a HashMap<Uuid, NaiveDate>,
    origin: Origin,
}

/// Books funders, orders, charges and suspense, and writes on each line what became of it.
///
/// The statement is of an open day. A line in it that the bank booked on a closed day, or that was on the account
/// before the first statement, lands on the first open day and says to which day it belongs.
async fn to_ledger(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    judged: &mut [(LineRow, Option<Match>)],
    Known { orders, batches, keys, closed, origin }: Known<'_>,
) -> Result<(), Error> {
    let mut entries = Vec::new();
    let mut paid = Vec::new();
    let mut executions = Vec::new();
    let (booked_at, booked_by) = (house.clock.now(), actor.user_id);
    let new_entry = |row: &LineRow, belongs_on, (entry_id, idempotency_key), entry| NewEntry {
        entry_id,
        fund_id: row.fund_id,
        idempotency_key,
        booked_at,
        booked_by,
        reverses_entry_id: None,
        belongs_on,
        entry,
    };
    for (row, found) in judged.iter_mut() {
        let Some(found) = found else { continue };
        row.reason = found.reason();
        row.outcome = Outcome::Booked;
        let landed = landing(row.booked_on, closed.get(&row.fund_id).copied(), true).map_err(Error::internal)?;
        let (on, amount) = (landed.effective_on, row.amount);
        let entry = match *found {
            Match::Loan { loan_id, .. } | Match::Grant { loan_id } => {
                row.loan_id = Some(loan_id);
                continue;
            }
            Match::Source { source_id, kind, .. } => {
                row.source_id = Some(source_id);
                ledger::funding_received(on, source_id, kind, amount)
            }
            Match::Order { order_id } => {
                let named = orders.get(&order_id).ok_or_else(|| Error::internal("an order has gone"))?;
                row.payment_order_id = Some(order_id);
                row.loan_id = named.1;
                if let OrderFor::Source(source_id) = named.0.subject {
                    row.source_id = Some(source_id);
                }
                paid.push((order_id, row.booked_on));
                executed(on, named)?
            }
            Match::Batch { payment_run_id } => {
                let (named, execution) = batches.executed((payment_run_id, row), orders)?;
                executions.push(execution);
                for named in named {
                    let entry = in_batch(on, named)?;
                    let order_id = named.0.payment_order_id;
                    paid.push((order_id, row.booked_on));
                    let of_order = (house.ids.next(), format!("{}:{order_id}", key(keys, row)?));
                    entries.push(new_entry(row, landed.belongs_on, of_order, entry));
                }
                ledger::receipt_unmatched(on, amount)
            }
            Match::Charge => charge(on, amount),
            Match::Suspense { suggestion, .. } => {
                row.outcome = Outcome::Suspense;
                row.loan_id = suggestion;
                // What waits already goes on waiting.
                if origin == Origin::Suspense {
                    continue;
                }
                ledger::receipt_unmatched(on, amount)
            }
        };
        let entry = origin.entry(entry);
        let entry_id = house.ids.next();
        row.entry_id = Some(entry_id);
        let entry = entry.map_err(Error::internal)?;
        entries.push(new_entry(row, landed.belongs_on, (entry_id, key(keys, row)?), entry));
    }
    storage::ledger::insert_entries(tx, &entries).await?;
    if !paid.is_empty() {
        storage::payment_orders::mark_paid(tx, &paid).await?;
    }
    if !executions.is_empty() {
        storage::payment_runs::insert_executions(tx, &executions).await?;
    }
    Ok(())
}

/// The entry of one order out of a debit for many: the debit itself is on the bank account once, and each order takes
/// its part out of unexplained payments, which so come to nothing.
fn in_batch(on: NaiveDate, named: &Named) -> Result<JournalEntry, Error> {
    let entry = executed(on, named)?.map_err(Error::internal)?;
    ledger::from_suspense(&entry).map_err(Error::internal)
}

/// The entry of an order that the bank has executed, for its whole amount.
pub(super) fn executed(on: NaiveDate, (order, loan_id): &Named) -> Result<Result<JournalEntry, Unbalanced>, Error> {
    let (order_id, amount) = (order.payment_order_id, order.amount);
    match (order.subject, loan_id) {
        (OrderFor::Tranche(_), Some(loan_id)) => Ok(ledger::contractor_paid(on, *loan_id, order_id, amount)),
        (OrderFor::Source(source_id), _) => Ok(ledger::passed_to_funder(on, source_id, order_id, amount)),
        (OrderFor::Refund(loan_id), _) => Ok(ledger::refund_paid(on, loan_id, order_id, amount)),
        (OrderFor::Sender(_), _) => Ok(ledger::sender_paid(on, order_id, amount)),
        (OrderFor::Tranche(_), None) => Err(Error::internal("an order pays a tranche of no loan")),
    }
}

/// A charge of the bank, or interest and charges given back, which make the expense smaller.
pub(super) fn charge(on: NaiveDate, amount: Money) -> Result<JournalEntry, Unbalanced> {
    if amount.is_negative() {
        return ledger::bank_charge(on, -amount);
    }
    let cash = Posting::debit(Account::CashAtBank, amount);
    let given_back = Posting::credit(Account::BankCharges, amount);
    JournalEntry::new(ledger::Reason::BankCharge, on, vec![cash, given_back])
}

/// The idempotency key of a line: its statement, whatever file brings it, and its place in it.
pub(super) fn key(keys: &HashMap<Uuid, String>, row: &LineRow) -> Result<String, Error> {
    let statement = keys.get(&row.bank_statement_id).ok_or_else(|| Error::internal("a line without a statement"))?;
    Ok(format!("bank:{statement}:{}", row.ordinal))
}
