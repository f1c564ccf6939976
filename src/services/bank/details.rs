//! A second feed with the details of totals: a CODA separate application, or a CAMT.054. Its money came in with the
//! totals and waits in suspense; the details take it out, and what of them nobody can place waits in its stead.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::accept::Feed;
use super::book::{Origin, book};
use super::groups::{Group, groups, together};
use super::prepare::{Candidate, detail};
use super::report::ExplainedTotal;
use crate::domain::ledger;
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::services::{Actor, Error, House};
use crate::storage;
use crate::storage::bank::{BankFileRow, Details, Explained, LineRow, TopLine};
use crate::storage::ledger::NewEntry;

/// What the feeds of a file are about.
#[derive(Debug, Default)]
pub(super) struct Plan<'a> {
    /// Each total with what explains it.
    totals: Vec<(TopLine, Group<'a>)>,
    /// The feeds that are new, by fingerprint and fund.
    feeds: Vec<([u8; 32], Uuid)>,
    /// When a feed that is known came.
    pub(super) known_since: Option<DateTime<Utc>>,
}

impl Plan<'_> {
    /// True when there is nothing to book.
    pub(super) fn is_empty(&self) -> bool {
        self.totals.is_empty()
    }

    /// The totals, for the report.
    pub(super) fn report(&self) -> Vec<ExplainedTotal> {
        let report = |(total, group): &(TopLine, Group<'_>)| ExplainedTotal {
            bank_line_id: total.bank_line_id,
            statement: total.statement,
            sequence: total.sequence.clone(),
            booked_on: total.booked_on,
            amount: total.amount,
            details: group.details.len(),
        };
        self.totals.iter().map(report).collect()
    }

    /// The number of each statement that gets lines, by its identifier.
    pub(super) fn numbers(&self) -> HashMap<Uuid, u16> {
        self.totals.iter().map(|(total, _)| (total.bank_statement_id, total.statement)).collect()
    }
}

/// Finds the waiting total of every group in the feeds. The inner error says which have none.
pub(super) async fn plan<'a>(tx: &mut PgConnection, feeds: &[Feed<'a>]) -> Result<Result<Plan<'a>, Vec<Text>>, Error> {
    let mut plan = Plan::default();
    if feeds.is_empty() {
        return Ok(Ok(plan));
    }
    let hashes: Vec<[u8; 32]> = feeds.iter().map(|feed| feed.sha256).collect();
    let known = storage::bank::feeds_known(tx, &hashes).await?;
    plan.known_since = known.values().copied().max();
    let new: Vec<&Feed<'a>> = feeds.iter().filter(|feed| !known.contains_key(&feed.sha256)).collect();
    let funds: Vec<Uuid> = new.iter().map(|feed| feed.fund.fund_id).collect();
    let days: Vec<_> = new.iter().flat_map(|feed| &feed.statement.lines).map(|line| line.booked_on).collect();
    let lines = storage::bank::top_lines(tx, &funds, &days).await?;
    let mut taken = HashSet::new();
    let mut problems = Vec::new();
    let mut seen = HashSet::new();
    for feed in new.into_iter().filter(|feed| seen.insert(feed.sha256)) {
        plan.feeds.push((feed.sha256, feed.fund.fund_id));
        let apart = find(feed, groups(feed.statement), (&lines, &taken));
        let found = apart.or_else(|problems| match together(feed.statement) {
            Some(group) => find(feed, vec![group], (&lines, &taken)).map_err(|_| problems),
            None => Err(problems),
        });
        match found {
            Ok(found) => {
                taken.extend(found.iter().map(|(total, _)| total.bank_line_id));
                plan.totals.extend(found);
            }
            Err(found) => problems.extend(found),
        }
    }
    Ok(if problems.is_empty() { Ok(plan) } else { Err(problems) })
}

/// The waiting total of each group of a feed; a group whose amount is on the account and waits for nothing needs none.
fn find<'a>(
    feed: &Feed<'a>,
    groups: Vec<Group<'a>>,
    (lines, taken): (&[TopLine], &HashSet<Uuid>),
) -> Result<Vec<(TopLine, Group<'a>)>, Vec<Text>> {
    let mut taken = taken.clone();
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for group in groups {
        let about = |line: &&TopLine| {
            let day = Some(line.booked_on) == group.booked_on();
            line.fund_id == feed.fund.fund_id && day && line.amount == group.amount()
        };
        let alike: Vec<&TopLine> = lines.iter().filter(about).collect();
        match best(&alike, &group, &taken) {
            Some(total) => {
                taken.insert(total.bank_line_id);
                found.push((total.clone(), group));
            }
            // Placed as it was, or explained before.
            None if alike.iter().any(|line| !line.waits) => {}
            None => problems.push(no_total(feed, &group)),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

/// The total that a group explains, among those of its day and amount: the one with the same references where both
/// sides have them, never one that is of another payment file of ours.
fn best<'a>(alike: &[&'a TopLine], group: &Group<'_>, taken: &HashSet<Uuid>) -> Option<&'a TopLine> {
    let batch = group.batch_reference();
    let fits = |line: &&&TopLine| {
        let other_batch = matches!((batch, line.batch_reference.as_deref()), (Some(one), Some(two)) if one != two);
        line.waits && !taken.contains(&line.bank_line_id) && !other_batch
    };
    let same = |line: &TopLine| {
        let same_batch = batch.is_some() && line.batch_reference.as_deref() == batch;
        let same_reference = group.bank_reference() == Some(line.bank_reference.as_str());
        (same_batch, same_reference)
    };
    // Of equals the first: the order of the account.
    alike.iter().filter(fits).copied().rev().max_by_key(|line| same(line))
}

fn no_total(feed: &Feed<'_>, group: &Group<'_>) -> Text {
    let on = group.booked_on().unwrap_or(feed.statement.on);
    Text::new("bank-problem-no-total-waits")
        .with("fund", &feed.fund.code)
        .with("on", on)
        .with("amount", group.amount())
        .with("count", group.details.len())
}

/// Books the details of the totals in a plan and keeps them. The file must be kept already.
pub(super) async fn explain(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    (file, plan): (&BankFileRow<'_>, &Plan<'_>),
) -> Result<Vec<LineRow>, Error> {
    let ids: Vec<Uuid> = plan.totals.iter().map(|(total, _)| total.bank_line_id).collect();
    let mut keys = HashMap::new();
    let mut last: HashMap<Uuid, i32> = HashMap::new();
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    for (total, group) in &plan.totals {
        // Places in the statement go on where they ended, so that a key is never used twice.
        keys.insert(total.bank_statement_id, format!("details:{}", total.bank_statement_id));
        let ordinal = last.entry(total.bank_statement_id).or_insert(total.last_ordinal);
        for (line, number) in group.details.iter().zip(1..) {
            *ordinal += 1;
            let details = Details { explains_line_id: total.bank_line_id, details_file_id: file.bank_file_id };
            candidates.push(detail((line, group.total), (total, details), (house.ids.next(), *ordinal, number)));
        }
    }
    let lines = book(tx, (house, actor), candidates, (&keys, Origin::Suspense)).await?;
    let waiting = storage::bank::lock_waiting(tx, &ids).await?;
    if ids.iter().any(|id| !waiting.contains(id)) {
        return Err(Error::Refused(Text::new("bank-problem-total-was-settled")));
    }
    part(tx, (house, actor), plan).await?;
    storage::bank::insert_lines(tx, &lines).await?;
    let explained: Vec<Explained> = plan
        .totals
        .iter()
        .map(|(total, _)| Explained {
            bank_decision_id: house.ids.next(),
            bank_line_id: total.bank_line_id,
            fund_id: total.fund_id,
        })
        .collect();
    let reason = if file.name.trim().is_empty() { file.format } else { file.name };
    storage::bank::insert_explained(tx, &explained, (reason, house.clock.now(), actor.user_id)).await?;
    storage::bank::insert_feeds(tx, file.bank_file_id, &plan.feeds).await?;
    Ok(lines)
}

/// A total of money in may hold some money out, and the other way round: then each waits where money of its sign does.
async fn part(tx: &mut PgConnection, (house, actor): (&House, &Actor), plan: &Plan<'_>) -> Result<(), Error> {
    let mut entries = Vec::new();
    for (total, group) in &plan.totals {
        let against = group.details.iter().map(|line| line.amount);
        let against: Money = against.filter(|amount| amount.is_negative() != total.amount.is_negative()).sum();
        if against.is_zero() {
            continue;
        }
        let closed = storage::periods::closed_through(tx, &[total.fund_id]).await?.get(&total.fund_id).copied();
        let landed = crate::domain::fund::landing(total.booked_on, closed, true).map_err(Error::internal)?;
        entries.push(NewEntry {
            entry_id: house.ids.next(),
            fund_id: total.fund_id,
            idempotency_key: format!("bank:parted:{}", total.bank_line_id),
            booked_at: house.clock.now(),
            booked_by: actor.user_id,
            reverses_entry_id: None,
            belongs_on: landed.belongs_on,
            entry: ledger::parted(landed.effective_on, against.abs()).map_err(Error::internal)?,
        });
    }
    storage::ledger::insert_entries(tx, &entries).await.map_err(Error::from)
}
