//! What is answered to whoever recorded or previewed an event.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value};
use sqlx::PgConnection;
use uuid::Uuid;

use super::happen::Happened;
use crate::domain::ledger::{Account, Reason};
use crate::domain::loan::LoanState;
use crate::domain::money::Money;
use crate::services::loans::state::{LockedLoan, lock_loan};
use crate::services::{Actor, Error, House};
use crate::storage::ledger::{self, Booked};

/// Fields of an event that say who somebody is; whoever sent them has them, and nobody else needs them.
const PERSONAL: [&str; 3] = ["person", "iban", "name"];

/// An answer.
#[derive(Debug, Serialize)]
struct Answer {
    /// Number of the loan.
    loan: String,
    /// The day from which the event counts.
    effective_on: NaiveDate,
    /// The event as sent, without what says who somebody is.
    event: Value,
    /// What it did to the ledger.
    entries: Vec<Entry>,
    /// Where the loan stands now.
    state: Value,
    /// The other loan, when a payment went there.
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<Other>,
}

/// The loan that a payment went to.
#[derive(Debug, Serialize)]
struct Other {
    loan: String,
    state: LoanState,
}

/// An entry in the ledger.
#[derive(Debug, Serialize)]
pub(in crate::services) struct Entry {
    reason: Reason,
    effective_on: NaiveDate,
    /// The day it belongs to, where that day was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    belongs_on: Option<NaiveDate>,
    lines: Vec<Line>,
}

/// A line of an entry; one of the two sides is filled.
#[derive(Debug, Serialize)]
struct Line {
    account: Account,
    #[serde(skip_serializing_if = "Option::is_none")]
    debit: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit: Option<Money>,
}

/// The answer as JSON; the same for a preview and for what is kept.
pub(super) async fn answer(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    (form, locked): (&Map<String, Value>, &LockedLoan),
    happened: Happened,
) -> Result<String, Error> {
    let mut entries = Vec::new();
    for key in &happened.booked {
        entries.extend(entries_of(ledger::booked_by_key(tx, key).await?));
    }
    let after = lock_loan(tx, house, actor, locked.loan.loan_id).await?;
    let mut state = serde_json::to_value(&after.state).map_err(Error::internal)?;
    if let (true, Some(fields)) = (form.contains_key("person"), state.as_object_mut()) {
        // The identifier of somebody new is made by chance: a preview could not say the same.
        fields.remove("debtor_id");
    }
    let other = match happened.other {
        Some(loan_id) => Some(other(tx, (house, actor), loan_id).await?),
        None => None,
    };
    let shown = form.iter().filter(|(name, _)| !PERSONAL.contains(&name.as_str()));
    let event = Value::Object(shown.map(|(name, value)| (name.clone(), value.clone())).collect());
    let (loan, effective_on) = (locked.loan.number.clone(), happened.effective_on);
    let answer = Answer { loan, effective_on, event, entries, state, other };
    serde_json::to_string(&answer).map_err(Error::internal)
}

async fn other(tx: &mut PgConnection, (house, actor): (&House, &Actor), loan_id: Uuid) -> Result<Other, Error> {
    let locked = lock_loan(tx, house, actor, loan_id).await?;
    Ok(Other { loan: locked.loan.number, state: locked.state })
}

/// Postings, entry by entry.
pub(in crate::services) fn entries_of(postings: Vec<Booked>) -> Vec<Entry> {
    let mut entries: Vec<(Uuid, Entry)> = Vec::new();
    for posting in postings {
        let line = Line {
            account: posting.account,
            debit: posting.amount.is_positive().then_some(posting.amount),
            credit: posting.amount.is_negative().then(|| posting.amount.abs()),
        };
        match entries.last_mut().filter(|(entry_id, _)| *entry_id == posting.entry_id) {
            Some((_, entry)) => entry.lines.push(line),
            None => entries.push((
                posting.entry_id,
                Entry {
                    reason: posting.reason,
                    effective_on: posting.effective_on,
                    belongs_on: posting.belongs_on,
                    lines: vec![line],
                },
            )),
        }
    }
    entries.into_iter().map(|(_, entry)| entry).collect()
}
