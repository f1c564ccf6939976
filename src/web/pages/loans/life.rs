//! The life of a loan as people read it: each fact, who recorded it where that was not on its own day, and what was
//! corrected of it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::clock::business_date;
use crate::domain::loan::{LoanEvent, LoanFact};
use crate::domain::money::Money;
use crate::services::desk::LoanFile;

/// A fact.
#[derive(Debug)]
pub(super) struct Happening {
    /// Code of the kind.
    pub(super) kind: &'static str,
    /// The sum it is about.
    pub(super) amount: Option<Money>,
    /// The day from which it counts.
    pub(super) effective_on: NaiveDate,
    /// Of a correction: code of the kind of fact that was wrong.
    pub(super) of: Option<&'static str>,
    /// Set where it was recorded on another day than its own, or corrects another: when, and by whom.
    pub(super) recorded: Option<(DateTime<Utc>, String)>,
    /// The last correction of it.
    pub(super) corrected: Option<Correction>,
}

/// What was corrected of a fact.
#[derive(Debug)]
pub(super) struct Correction {
    /// The day it was recorded.
    pub(super) on: NaiveDate,
    /// By whom.
    pub(super) by: String,
    /// Why.
    pub(super) reason: String,
    /// The day from which the fact counts now; none where it is undone.
    pub(super) now: Option<NaiveDate>,
}

/// The facts of a loan, in their order.
pub(super) fn life(file: &LoanFile) -> Vec<Happening> {
    let kinds: HashMap<Uuid, &'static str> = file.facts.iter().map(|fact| (fact.fact_id, fact.event.kind())).collect();
    file.facts.iter().map(|fact| happening(file, fact, &kinds)).collect()
}

fn happening(file: &LoanFile, fact: &LoanFact, kinds: &HashMap<Uuid, &'static str>) -> Happening {
    let of = match &fact.event {
        LoanEvent::Corrected { fact_id, .. } => kinds.get(fact_id).copied(),
        _ => None,
    };
    let is_late = business_date(fact.booked_at) != fact.effective_on;
    let recorded = (is_late || of.is_some()).then(|| (fact.booked_at, recorder(file, fact)));
    Happening {
        kind: fact.event.kind(),
        amount: fact.event.amount(),
        effective_on: fact.effective_on,
        of,
        recorded,
        corrected: correction(file, fact.fact_id),
    }
}

fn recorder(file: &LoanFile, fact: &LoanFact) -> String {
    file.recorders.get(&fact.fact_id).cloned().unwrap_or_default()
}

fn correction(file: &LoanFile, corrected_id: Uuid) -> Option<Correction> {
    let of_it = file.facts.iter().filter_map(|fact| match &fact.event {
        LoanEvent::Corrected { fact_id, replacement, reason } if *fact_id == corrected_id => {
            Some((fact, replacement, reason))
        }
        _ => None,
    });
    let (fact, replacement, reason) = of_it.max_by_key(|(fact, ..)| (fact.booked_at, fact.fact_id))?;
    Some(Correction {
        on: business_date(fact.booked_at),
        by: recorder(file, fact),
        reason: reason.clone(),
        now: replacement.as_ref().map(|right| right.effective_on),
    })
}
