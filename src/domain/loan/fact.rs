//! What happened to a loan, and which of it counts.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::event::{LoanEvent, Replacement};

/// One thing that happened: when it counts and when we knew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoanFact {
    /// Its identifier, by which it can be corrected.
    pub fact_id: Uuid,
    /// The day from which it counts (a date in Belgium).
    pub effective_on: NaiveDate,
    /// The moment it was recorded.
    pub booked_at: DateTime<Utc>,
    /// What it was.
    pub event: LoanEvent,
}

/// The place of a fact in time: day, kind, identifier. When it was recorded has no say.
pub(super) type Moment = (NaiveDate, u8, Uuid);

impl LoanFact {
    /// A fact: what happened, on which day in Belgium it counts, and the moment (UTC) at which it was recorded.
    pub fn new(fact_id: Uuid, effective_on: NaiveDate, booked_at: DateTime<Utc>, event: LoanEvent) -> Self {
        Self { fact_id, effective_on, booked_at, event }
    }

    pub(super) fn moment(&self) -> Moment {
        (self.effective_on, self.event.rank(), self.fact_id)
    }
}

/// The facts as they should have been recorded, in the order in which they count: each fact, or the latest correction
/// of it, by the moment at which it was recorded. Corrections themselves are no longer among them. A correction of a fact
/// that is not there corrects nothing.
pub fn corrected(facts: &[LoanFact]) -> Vec<Cow<'_, LoanFact>> {
    let mut latest: HashMap<Uuid, (&LoanFact, Option<&Replacement>)> = HashMap::new();
    for fact in facts {
        let LoanEvent::Corrected { fact_id, replacement, .. } = &fact.event else { continue };
        let newer = |(known, _): &(&LoanFact, Option<&Replacement>)| {
            (fact.booked_at, fact.fact_id) > (known.booked_at, known.fact_id)
        };
        if latest.get(fact_id).is_none_or(newer) {
            latest.insert(*fact_id, (fact, replacement.as_ref()));
        }
    }
    let mut stand: Vec<Cow<'_, LoanFact>> = facts
        .iter()
        .filter(|fact| !matches!(fact.event, LoanEvent::Corrected { .. }))
        .filter_map(|fact| match latest.get(&fact.fact_id) {
            None => Some(Cow::Borrowed(fact)),
            Some((_, None)) => None,
            Some((_, Some(right))) => Some(Cow::Owned(LoanFact {
                effective_on: right.effective_on,
                event: (*right.event).clone(),
                ..fact.clone()
            })),
        })
        .collect();
    stand.sort_by_key(|fact| fact.moment());
    stand
}
