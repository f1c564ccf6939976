//! What is to be done for one loan tonight.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::clock::Ids;
use crate::domain::calendar::add_days;
use crate::domain::collection::{
    Announced, Block, CollectionState, Dropped, Facts, MandateKind, Standing, Terms, collection_day, may_leave,
};
use crate::domain::loan::LoanState;
use crate::domain::money::Money;
use crate::letters::Occasion;
use crate::storage::collections::{Collection, Creditor, MandateRow, end_to_end_id};
use crate::storage::loans::Loan;

/// A loan and what is known of its collections.
pub(super) struct Known<'a> {
    pub(super) loan: &'a Loan,
    pub(super) state: &'a LoanState,
    /// The active mandate; none where the fund has no creditor identifier.
    pub(super) mandate: Option<&'a MandateRow>,
    /// Of claims that are due today or later, and those that have not left.
    pub(super) collections: &'a [Collection],
    pub(super) announced: &'a HashMap<Uuid, Announced>,
}

/// Something to be done.
pub(super) enum Step {
    /// A collection is let go.
    LetGo(Uuid, Dropped),
    /// A collection is made or changed, and the borrower is told.
    Announce(Box<Announcement>),
}

/// A collection as the borrower is told of it.
pub(super) struct Announcement {
    pub(super) collection: Collection,
    /// As it was; none when it is new.
    pub(super) was: Option<Collection>,
    pub(super) occasion: Occasion,
}

/// The day the night works for and the day it works on; the figures in force.
type When<'a> = ((NaiveDate, NaiveDate), &'a Terms);

/// A source of identifiers, and the moment.
pub(super) type Made<'a> = (&'a Ids, DateTime<Utc>);

/// Everything that is to be done for a loan; nothing when all is as it should be.
pub(super) fn plan(
    known: &Known<'_>,
    creditor: Option<&Creditor>,
    ((on, today), terms): When<'_>,
    made: Made<'_>,
) -> Vec<Step> {
    let open = claims(known.state);
    let waiting = known.collections.iter().filter(|line| line.state == CollectionState::Made && line.run_id.is_none());
    let mut steps = Vec::new();
    for line in waiting {
        let due = open.get(&line.due_on).copied().unwrap_or_default();
        steps.extend(again(known, creditor, (line, due), (today, terms)));
    }
    let (Some(mandate), true) = (known.mandate, known.state.may_collect()) else { return steps };
    let last = add_days(on, terms.horizon_days);
    let mut room = room(mandate, known.collections);
    for (due_on, amount) in open.range(on..=last) {
        let of_claim = || known.collections.iter().filter(|line| line.due_on == *due_on);
        // What came back is tried again by what its reason asks, or by nobody.
        let busy = of_claim().any(|line| !matches!(line.state, CollectionState::Dropped { .. }));
        let collect_on = collection_day(*due_on, today, terms);
        if busy || room == 0 || mandate.mandate.standing(collect_on, terms) != Standing::Good {
            continue;
        }
        room -= 1;
        let attempt = of_claim().map(|line| line.attempt).max().unwrap_or_default() + 1;
        let collection = fresh(known, mandate, (*due_on, *amount, collect_on), (attempt, made));
        let new = Announcement { collection, was: None, occasion: Occasion::Instalment };
        steps.push(Step::Announce(Box::new(new)));
    }
    steps
}

/// What is open on each day on which something is due. A claim is a day, whatever lines it is made of.
fn claims(state: &LoanState) -> BTreeMap<NaiveDate, Money> {
    let mut claims = BTreeMap::new();
    for line in state.instalments.iter().filter(|line| line.open.is_positive()) {
        *claims.entry(line.instalment.due_on).or_insert(Money::ZERO) += line.open;
    }
    claims
}

/// How many collections a mandate still allows: one for one collection allows none while it has one.
fn room(mandate: &MandateRow, collections: &[Collection]) -> usize {
    let used = |line: &&Collection| {
        line.mandate_id == mandate.mandate_id && !matches!(line.state, CollectionState::Dropped { .. })
    };
    match mandate.mandate.kind {
        MandateKind::Recurrent => usize::MAX,
        MandateKind::OneOff => 1_usize.saturating_sub(collections.iter().filter(used).count()),
    }
}

/// What is to be done with a collection that has not left.
fn again(
    known: &Known<'_>,
    creditor: Option<&Creditor>,
    (line, due): (&Collection, Money),
    (today, terms): (NaiveDate, &Terms),
) -> Option<Step> {
    let let_go = |because| Some(Step::LetGo(line.collection_id, because));
    if !known.state.may_collect() {
        return let_go(Dropped::MayNotCollect);
    }
    if !due.is_positive() {
        return let_go(Dropped::NothingDue);
    }
    // Without an identifier of the creditor nothing leaves, and nothing is lost by waiting.
    let creditor = creditor?;
    let Some(row) = known.mandate else { return let_go(Dropped::MandateEnded) };
    let announced = known.announced.get(&line.collection_id);
    let facts = Facts {
        mandate: &row.mandate,
        creditor: &creditor.identifier,
        amount: line.amount,
        collect_on: line.collect_on,
        open: due,
        may_collect: true,
        own_account: false,
        announced,
    };
    match may_leave(&facts, today, terms) {
        Ok(()) => return None,
        Err(Block::MandateExpired | Block::MandateStopped) => return let_go(Dropped::MandateEnded),
        Err(_) => {}
    }
    let collect_on = collection_day(line.collect_on, today, terms);
    let collection = Collection {
        amount: due,
        collect_on,
        mandate_id: row.mandate_id,
        sequence_type: row.mandate.kind.sequence_type(),
        // A second try is made when the first came back, and is told of tonight for the first time.
        revision: if announced.is_some() { line.revision + 1 } else { line.revision },
        ..line.clone()
    };
    let occasion = match (announced, line.retry) {
        (Some(_), _) => Occasion::Changed,
        (None, true) => Occasion::Retry,
        (None, false) => Occasion::Instalment,
    };
    Some(Step::Announce(Box::new(Announcement { collection, was: Some(line.clone()), occasion })))
}

fn fresh(
    known: &Known<'_>,
    mandate: &MandateRow,
    (due_on, amount, collect_on): (NaiveDate, Money, NaiveDate),
    (attempt, (ids, now)): (i16, Made<'_>),
) -> Collection {
    let collection_id = ids.next();
    Collection {
        collection_id,
        loan_id: known.loan.loan_id,
        fund_id: known.loan.fund_id,
        mandate_id: mandate.mandate_id,
        due_on,
        attempt,
        retry: false,
        amount,
        collect_on,
        sequence_type: mandate.mandate.kind.sequence_type(),
        end_to_end_id: end_to_end_id(collection_id),
        revision: 1,
        state: CollectionState::Made,
        blocked: None,
        run_id: None,
        created_at: now,
    }
}
