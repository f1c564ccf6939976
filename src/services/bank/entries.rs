//! Books what no loan takes: funders, orders, charges and suspense, all at once.

use std::collections::HashMap;

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use super::batch::Batches;
use super::book::Origin;
use super::returned::{self, Returned};
use crate::domain::fund::landing;
use crate::domain::ledger::{self, Account, JournalEntry, Posting, Unbalanced};
use crate::domain::matching::Match;
use crate::domain::money::Money;
use crate::services::{Actor, Error, House};
use crate::storage;
use crate::storage::bank::{LineRow, Outcome};
use crate::storage::ledger::NewEntry;
use crate::storage::payment_orders::{Named, OrderFor};
use crate::storage::payment_runs::ExecutionRow;

/// What booking a line takes.
pub(super) struct Known<'a> {
    /// Payment orders, by identifier.
    pub(super) orders: &'a HashMap<Uuid, Named>,
    /// The runs that are named.
    pub(super) batches: &'a Batches,
    /// The key of each statement.
    pub(super) keys: &'a HashMap<Uuid, String>,
    /// The last closed day of each fund.
    pub(super) closed: &'a HashMap<Uuid, NaiveDate>,
    pub(super) origin: Origin,
}

/// Books funders, orders, charges and suspense, and writes on each line what became of it.
///
/// The statement is of an open day. A line in it that the bank booked on a closed day, or that was on the account
/// before the first statement, lands on the first open day and says to which day it belongs.
pub(super) async fn to_ledger(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    judged: &mut [(LineRow, Option<Match>)],
    Known { orders, batches, keys, closed, origin }: Known<'_>,
) -> Result<(), Error> {
    let mut made = Made::default();
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
                let named = about(row, (order_id, orders))?;
                made.paid.push((order_id, row.booked_on));
                executed(on, named)?
            }
            Match::Returned { order_id } => came_back(on, about(row, (order_id, orders))?)?,
            Match::Batch { payment_run_id } => {
                let (named, execution) = batches.executed((payment_run_id, row), house.ids.next(), orders)?;
                made.executions.push(execution);
                for named in named {
                    let entry = in_batch(on, named)?;
                    let order_id = named.0.payment_order_id;
                    made.paid.push((order_id, row.booked_on));
                    let of_order = (house.ids.next(), format!("{}:{order_id}", key(keys, row)?));
                    made.entries.push(new_entry(row, landed.belongs_on, of_order, entry));
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
        if let Match::Returned { order_id } = *found {
            made.returned.push(Returned { order_id, bank_line_id: row.bank_line_id, entry_id, on: row.booked_on });
        }
        let entry = entry.map_err(Error::internal)?;
        made.entries.push(new_entry(row, landed.belongs_on, (entry_id, key(keys, row)?), entry));
    }
    made.keep(tx, (house, actor)).await
}

/// What lines made that no loan took: to be written all at once.
#[derive(Default)]
struct Made {
    entries: Vec<NewEntry>,
    /// The orders that the bank has executed, each with its day.
    paid: Vec<(Uuid, NaiveDate)>,
    executions: Vec<ExecutionRow>,
    /// The orders that came back, some of them perhaps paid in this very file.
    returned: Vec<Returned>,
}

impl Made {
    async fn keep(self, tx: &mut PgConnection, doer: (&House, &Actor)) -> Result<(), Error> {
        storage::ledger::insert_entries(tx, &self.entries).await?;
        if !self.paid.is_empty() {
            storage::payment_orders::mark_paid(tx, &self.paid).await?;
        }
        if !self.executions.is_empty() {
            storage::payment_runs::insert_executions(tx, &self.executions).await?;
        }
        returned::keep(tx, doer, (&self.returned, None)).await
    }
}

/// Says on a line of which order it is, and whom that is about. Answers the order.
fn about<'a>(row: &mut LineRow, (order_id, orders): (Uuid, &'a HashMap<Uuid, Named>)) -> Result<&'a Named, Error> {
    let named = orders.get(&order_id).ok_or_else(|| Error::internal("an order has gone"))?;
    row.payment_order_id = Some(order_id);
    row.loan_id = named.1;
    if let OrderFor::Source(source_id) = named.0.subject {
        row.source_id = Some(source_id);
    }
    Ok(named)
}

/// The entry of one order out of a debit for many: the debit itself is on the bank account once, and each order takes
/// its part out of unexplained payments, which so come to nothing.
pub(super) fn in_batch(on: NaiveDate, named: &Named) -> Result<JournalEntry, Error> {
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

/// The entry of an order that came back: its payment turned round.
pub(super) fn came_back(on: NaiveDate, named: &Named) -> Result<Result<JournalEntry, Unbalanced>, Error> {
    Ok(executed(on, named)?.and_then(|entry| ledger::came_back(&entry)))
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
