//! Judges the lines of a file and books them: loans first, then everything else, each in one go.

use std::collections::{HashMap, HashSet};

use sqlx::PgConnection;
use uuid::Uuid;

use super::batch::Batches;
use super::collections::{Till, Verdict};
use super::entries::{Known, key, to_ledger};
use super::prepare::{Candidate, wanted};
use crate::domain::identity::Iban;
use crate::domain::ledger::{self, Counter, JournalEntry, Unbalanced};
use crate::domain::loan::{FoldError, LoanEvent, Payer, Refused, Usage};
use crate::domain::matching::{KnownOrder, Match, Matcher, Reason};
use crate::domain::money::Money;
use crate::services::loans::book::{Booking, NewFact, Outcome as LoanOutcome, book_many};
use crate::services::{Actor, Error, House};
use crate::storage;
use crate::storage::bank::LineRow;
use crate::storage::payment_orders::Named;

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
    for end_to_end_id in storage::payment_returns::among(tx, &end_to_end_ids).await? {
        known.add_came_back(end_to_end_id);
    }
    batches.add_to(&mut known);
    let orders: HashMap<Uuid, Named> = orders.into_values().map(|named| (named.0.payment_order_id, named)).collect();

    let ibans: HashSet<Iban> = candidates.iter().filter_map(|line| line.row.counterparty_iban.clone()).collect();
    let agencies = storage::bank::agencies_among(tx, &ibans.into_iter().collect::<Vec<_>>()).await?;
    let named: Vec<Uuid> = known.loans().collect();
    let mut matcher = Matcher::new(known);
    let mut judged: Vec<(LineRow, Option<Match>)> = Vec::with_capacity(candidates.len());
    let mut till = Till::open(tx, &candidates, named).await?;
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
