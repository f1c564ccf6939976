//! Lines that a person placed: which of our collections moves with the money.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Collected, KnownCollection};
use crate::domain::money::Money;

/// What a line that a person places says of direct debit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlacedLine<'a> {
    /// The end-to-end identification.
    pub end_to_end_id: Option<&'a str>,
    /// The mandate that it names by its reference, present or former.
    pub mandate_id: Option<Uuid>,
    /// Our own name of the payment file.
    pub batch: Option<&'a str>,
    /// Whether it is about direct debit at all.
    pub is_debit: bool,
}

impl PlacedLine<'_> {
    /// The collections of a loan that this line can be about: the one that it names, which may be of another loan; or
    /// those of its mandate, or of its batch, or any where it is a direct debit and names nothing.
    fn about<'k>(&self, loan_id: Uuid, known: &'k [KnownCollection]) -> (bool, Vec<&'k KnownCollection>) {
        let of_loan = |one: &&KnownCollection| one.loan_id == loan_id;
        let named = known.iter().find(|one| self.end_to_end_id == Some(one.end_to_end_id.as_str()));
        if let Some(named) = named {
            return (true, Some(named).into_iter().filter(of_loan).collect());
        }
        let of_batch = |one: &&KnownCollection| self.batch.is_some() && one.batch.as_deref() == self.batch;
        let found = known.iter().filter(of_loan);
        let found = match self.mandate_id {
            Some(mandate_id) => found.filter(|one| one.mandate_id == mandate_id).collect(),
            None if known.iter().any(|one| of_batch(&one)) => found.filter(of_batch).collect(),
            None if self.is_debit => found.collect(),
            None => Vec::new(),
        };
        (false, found)
    }
}

/// The collection that is credited by a part of a line, given to a loan as a payment: the one that the line names, for
/// whatever amount; else the only one of exactly this amount that can be meant and is with the bank.
pub fn credited_by(line: &PlacedLine<'_>, (loan_id, amount): (Uuid, Money), known: &[KnownCollection]) -> Option<Uuid> {
    let (named, about) = line.about(loan_id, known);
    let sent = about.into_iter().filter(|one| one.standing == Collected::Sent && (named || one.amount == amount));
    only(sent).map(|one| one.collection_id)
}

/// The payment that a part of a line gives back, where the person did not say which: that of the collection that the
/// line names, as above.
pub fn payment_named(line: &PlacedLine<'_>, (loan_id, back): (Uuid, Money), known: &[KnownCollection]) -> Option<Uuid> {
    let (_, about) = line.about(loan_id, known);
    let credited = about.into_iter().filter(|one| one.goes_back() == back).filter_map(|one| match one.standing {
        Collected::Credited(payment_id) => Some(payment_id),
        _ => None,
    });
    only(credited)
}

/// The collection that comes back with a payment: the one that became it, whatever the line says.
pub fn returned_by((loan_id, payment_id): (Uuid, Uuid), known: &[KnownCollection]) -> Option<Uuid> {
    let became = |one: &&KnownCollection| one.loan_id == loan_id && one.standing == Collected::Credited(payment_id);
    known.iter().find(became).map(|one| one.collection_id)
}

/// The payment that a collection becomes when its whole batch is credited by one line: always the same, and another one
/// by another line.
pub fn payment_in_total(bank_line_id: Uuid, collection_id: Uuid) -> Uuid {
    let hash = Sha256::new().chain_update(bank_line_id.as_bytes()).chain_update(collection_id.as_bytes()).finalize();
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(hash).for_each(|(byte, from)| *byte = from);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// The only one; none where there are more, for then it is not certain which.
fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    let first = found.next()?;
    found.next().is_none().then_some(first)
}
