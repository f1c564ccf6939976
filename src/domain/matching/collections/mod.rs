//! Lines of the bank that are about our own direct debits: what was credited, and what came back.
//!
//! A collection is known by its end-to-end identification, which is ours and unique. Where a bank leaves it out, the
//! reference of its mandate, the amount and that no other collection of that mandate can be meant say the same. A
//! credit of a whole batch is known by our own name of the batch, or by its sum where only one batch has it.

mod placed;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::{Reason, ReturnKind};
use crate::domain::money::Money;

pub use placed::{PlacedLine, credited_by, payment_in_total, payment_named, returned_by};

/// Calendar days after its collection day within which a batch is known by its sum.
const SETTLES_WITHIN: Days = Days::new(7);

/// A collection that a file may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCollection {
    /// The collection.
    pub collection_id: Uuid,
    /// The fund whose account collects.
    pub fund_id: Uuid,
    /// The loan.
    pub loan_id: Uuid,
    /// The mandate.
    pub mandate_id: Uuid,
    /// Ours, unique.
    pub end_to_end_id: String,
    /// How much, in euro.
    pub amount: Money,
    /// What came for it, in euro: that, unless a person placed another sum.
    pub paid: Money,
    /// When.
    pub collect_on: NaiveDate,
    /// Our own name of the batch that it left in.
    pub batch: Option<String>,
    /// Where it stands.
    pub standing: Collected,
}

impl KnownCollection {
    /// What moves when it comes back, in euro: the payment that it became, or else what was asked.
    fn goes_back(&self) -> Money {
        match self.standing {
            Collected::Credited(_) => self.paid,
            _ => self.amount,
        }
    }
}

/// Where a collection stands with the bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Collected {
    /// It has not left.
    No,
    /// It has left.
    Sent,
    /// It was credited: the payment on the loan.
    Credited(Uuid),
    /// It came back.
    Returned,
}

/// What is known of a line when it is held against our collections.
#[derive(Debug, Clone, Copy)]
pub struct DebitLine<'a> {
    /// The line.
    pub bank_line_id: Uuid,
    /// The fund whose account it is on.
    pub fund_id: Uuid,
    /// Seen from the account: positive is money in.
    pub amount: Money,
    /// The booking date.
    pub booked_on: NaiveDate,
    /// The end-to-end identification.
    pub end_to_end_id: Option<&'a str>,
    /// The reference of the mandate.
    pub mandate: Option<&'a str>,
    /// Our own name of the payment file.
    pub batch: Option<&'a str>,
    /// Whether the bank calls it a direct debit.
    pub is_debit: bool,
    /// Whether it is a total without details.
    pub is_total: bool,
    /// Whether the bank says that something came back.
    pub comes_back: bool,
    /// How, where it says that too.
    pub kind: Option<ReturnKind>,
}

/// What a line is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Debit {
    /// One collection was credited.
    Credited(Uuid),
    /// A whole batch was credited.
    Total(Vec<Uuid>),
    /// One collection came back, after or before it was credited.
    Returned {
        /// The collection.
        collection_id: Uuid,
        /// How.
        kind: ReturnKind,
        /// The payment that it had become; none where no money had come.
        payment_id: Option<Uuid>,
    },
    /// It is about direct debit, and a person must look.
    Waits {
        /// Why.
        reason: Reason,
        /// The loan that it may be about.
        suggestion: Option<Uuid>,
    },
}

/// Holds lines against our collections, in their order: what one line credits, a later one can give back.
#[derive(Debug, Default)]
pub struct Debits {
    known: Vec<KnownCollection>,
    places: HashMap<Uuid, usize>,
    by_end_to_end: HashMap<String, usize>,
    by_mandate: HashMap<Uuid, Vec<usize>>,
    batches: BTreeMap<(Uuid, String), Vec<usize>>,
    /// The mandate of each reference, present or former.
    mandates: HashMap<String, Uuid>,
}

impl Debits {
    /// What the house knows of this file.
    pub fn new(known: Vec<KnownCollection>, mandates: HashMap<String, Uuid>) -> Self {
        let mut debits = Self { mandates, ..Self::default() };
        for (place, one) in known.iter().enumerate() {
            debits.places.insert(one.collection_id, place);
            debits.by_end_to_end.insert(one.end_to_end_id.clone(), place);
            debits.by_mandate.entry(one.mandate_id).or_default().push(place);
            if let Some(batch) = &one.batch {
                debits.batches.entry((one.fund_id, batch.clone())).or_default().push(place);
            }
        }
        debits.known = known;
        debits
    }

    /// A collection.
    pub fn get(&self, collection_id: Uuid) -> Option<&KnownCollection> {
        self.places.get(&collection_id).and_then(|place| self.known.get(*place))
    }

    /// What a line is about; none when it is not about our direct debits.
    pub fn judge(&mut self, line: &DebitLine<'_>) -> Option<Debit> {
        let comes_back = line.comes_back || line.amount.is_negative();
        if !comes_back && !line.amount.is_positive() {
            return None;
        }
        let found = if comes_back { self.came_back(line) } else { self.credited(line) };
        match &found {
            Some(Debit::Credited(id)) => self.mark(*id, Collected::Credited(line.bank_line_id)),
            Some(Debit::Total(ids)) => ids.clone().into_iter().for_each(|id| {
                self.mark(id, Collected::Credited(payment_in_total(line.bank_line_id, id)));
            }),
            Some(Debit::Returned { collection_id, .. }) => self.mark(*collection_id, Collected::Returned),
            Some(Debit::Waits { .. }) | None => {}
        }
        found
    }

    fn mark(&mut self, collection_id: Uuid, standing: Collected) {
        let place = self.places.get(&collection_id).copied();
        if let Some(known) = place.and_then(|place| self.known.get_mut(place)) {
            known.standing = standing;
        }
    }

    fn credited(&self, line: &DebitLine<'_>) -> Option<Debit> {
        let waits = |reason, known: &KnownCollection| Some(Debit::Waits { reason, suggestion: Some(known.loan_id) });
        if let Some(known) = self.by_end_to_end(line) {
            return match known.standing {
                Collected::Sent if known.amount == line.amount => Some(Debit::Credited(known.collection_id)),
                Collected::Sent => waits(Reason::CollectionOtherAmount, known),
                _ => waits(Reason::CollectionNotExpected, known),
            };
        }
        let sent = |known: &&KnownCollection| known.standing == Collected::Sent && known.amount == line.amount;
        match self.by_mandate(line).filter(sent).collect::<Vec<_>>().as_slice() {
            [known] => return Some(Debit::Credited(known.collection_id)),
            [] => {}
            [first, ..] => return waits(Reason::CollectionNotExpected, first),
        }
        self.total(line).map(Debit::Total)
    }

    /// The batch that a credit is the total of.
    fn total(&self, line: &DebitLine<'_>) -> Option<Vec<Uuid>> {
        let of = |places: &[usize]| places.iter().filter_map(|place| self.known.get(*place)).collect::<Vec<_>>();
        let fits = |lines: &[&KnownCollection]| {
            let sum: Money = lines.iter().map(|known| known.amount).sum();
            sum == line.amount && lines.iter().all(|known| known.standing == Collected::Sent)
        };
        let ids = |lines: &[&KnownCollection]| lines.iter().map(|known| known.collection_id).collect();
        let mut names = line.batch.into_iter().chain(line.end_to_end_id);
        let named = names.find_map(|name| self.batches.get(&(line.fund_id, name.to_owned())));
        if let Some(places) = named {
            let lines = of(places);
            return fits(&lines).then(|| ids(&lines));
        }
        if !line.is_debit && !line.is_total {
            return None;
        }
        let on_time = |lines: &[&KnownCollection]| {
            let first = lines.iter().map(|known| known.collect_on).min();
            let last = first.and_then(|day| day.checked_add_days(SETTLES_WITHIN));
            first.is_some_and(|day| day <= line.booked_on) && last.is_some_and(|day| line.booked_on <= day)
        };
        let of_fund = self.batches.iter().filter(|((fund_id, _), _)| *fund_id == line.fund_id);
        let mut fitting = of_fund.map(|(_, places)| of(places)).filter(|lines| fits(lines) && on_time(lines));
        match (fitting.next(), fitting.next()) {
            (Some(lines), None) => Some(ids(&lines)),
            _ => None,
        }
    }

    fn came_back(&self, line: &DebitLine<'_>) -> Option<Debit> {
        let back = line.amount.abs();
        let waits = |reason, suggestion| Some(Debit::Waits { reason, suggestion });
        if let Some(known) = self.by_end_to_end(line) {
            return match known.standing {
                Collected::Returned => waits(Reason::CollectionReturnedBefore, Some(known.loan_id)),
                Collected::No => waits(Reason::CollectionReturnUnknown, Some(known.loan_id)),
                // Told without an amount: what moved the money tells it too.
                Collected::Credited(_) if back.is_zero() => None,
                Collected::Sent | Collected::Credited(_) if back != known.goes_back() && !back.is_zero() => {
                    waits(Reason::CollectionOtherAmount, Some(known.loan_id))
                }
                Collected::Sent | Collected::Credited(_) => Some(Self::returned(line, known)),
            };
        }
        let open = |known: &&KnownCollection| {
            matches!(known.standing, Collected::Sent | Collected::Credited(_)) && known.goes_back() == back
        };
        let of_mandate: Vec<&KnownCollection> = self.by_mandate(line).filter(open).collect();
        let told = line.comes_back || line.is_debit;
        match of_mandate.as_slice() {
            [known] if told => Some(Self::returned(line, known)),
            [first, ..] if told => waits(Reason::CollectionReturnUnknown, Some(first.loan_id)),
            // A debit that says it gives something back, of which we know nothing; a transfer of ours that came back is
            // money in, and a creditor that collects from us is no return.
            [] if line.comes_back && line.amount.is_negative() => waits(Reason::CollectionReturnUnknown, None),
            _ => None,
        }
    }

    fn returned(line: &DebitLine<'_>, known: &KnownCollection) -> Debit {
        let payment_id = match known.standing {
            Collected::Credited(payment_id) => Some(payment_id),
            _ => None,
        };
        let usual = if payment_id.is_some() { ReturnKind::Return } else { ReturnKind::Reject };
        let kind = line.kind.unwrap_or(usual);
        Debit::Returned { collection_id: known.collection_id, kind, payment_id }
    }

    fn by_end_to_end(&self, line: &DebitLine<'_>) -> Option<&KnownCollection> {
        let place = self.by_end_to_end.get(line.end_to_end_id?)?;
        self.known.get(*place).filter(|known| known.fund_id == line.fund_id)
    }

    /// The collections of the mandate that a line names.
    fn by_mandate(&self, line: &DebitLine<'_>) -> impl Iterator<Item = &KnownCollection> {
        let mandate_id = line.mandate.and_then(|reference| self.mandates.get(reference.trim()));
        let places = mandate_id.and_then(|mandate_id| self.by_mandate.get(mandate_id));
        let of_mandate = places.into_iter().flatten().filter_map(|place| self.known.get(*place));
        let fund_id = line.fund_id;
        of_mandate.filter(move |known| known.fund_id == fund_id)
    }
}
