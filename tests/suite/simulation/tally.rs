//! What happened in a simulation, counted.

use std::collections::BTreeMap;
use std::fmt;

use super::options::Options;

/// Everything that can happen to a loan: in a story that is long enough, all of it does.
const KINDS: [&str; 21] = [
    "accelerated",
    "called_due",
    "corrected",
    "debt_settlement_admitted",
    "debt_settlement_ruled",
    "debtor_changed",
    "discharge_decided",
    "discharge_requested",
    "draws_closed",
    "exit_valued",
    "holiday_granted",
    "overpayment_refunded",
    "payment_received",
    "payment_reversed",
    "plan_agreed",
    "rescheduled",
    "signed",
    "spread",
    "tranche_drawn",
    "withdrawn",
    "written_off",
];

/// The counts of one seed.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// What was said no to, by the word for why.
    pub(super) refusals: BTreeMap<String, u32>,
    /// Faults that were tried on purpose, by their name.
    pub(super) faults: BTreeMap<&'static str, u32>,
    /// Facts by kind, as they are in the database at the end.
    pub(super) facts: BTreeMap<String, i64>,
    /// Loans that were signed.
    pub(super) loans: usize,
    /// Entries in the ledger.
    pub(super) entries: i64,
    /// Entries that landed after the period they belong to.
    pub(super) landed: i64,
    /// Bank lines.
    pub(super) lines: i64,
    /// Folds that were compared with the ledger.
    pub(super) folds: u64,
}

impl Tally {
    pub(super) fn refused(&mut self, why: &str) {
        *self.refusals.entry(why.to_owned()).or_default() += 1;
    }

    pub(super) fn fault(&mut self, name: &'static str) {
        *self.faults.entry(name).or_default() += 1;
    }

    /// What never happened.
    pub(super) fn missing(&self) -> Vec<&'static str> {
        KINDS.into_iter().filter(|kind| !self.facts.contains_key(*kind)).collect()
    }

    /// One line with the figures of a seed, and two with what they are made of.
    pub(super) fn told(&self, options: &Options, seconds: u64) -> String {
        let facts: i64 = self.facts.values().sum();
        let refusals: u32 = self.refusals.values().sum();
        let corrections = self.facts.get("corrected").copied().unwrap_or_default();
        format!(
            "{options}: {} loans, {facts} facts, {} entries ({} landed later), {} bank lines, {refusals} refusals, \
             {corrections} corrections, {} folds compared, {seconds} s\n  facts: {}\n  faults: {}\n  refusals: {}",
            self.loans,
            self.entries,
            self.landed,
            self.lines,
            self.folds,
            listed(&self.facts),
            listed(&self.faults),
            listed(&self.refusals),
        )
    }
}

fn listed<K: fmt::Display, V: fmt::Display>(counts: &BTreeMap<K, V>) -> String {
    counts.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
}
