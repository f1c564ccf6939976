//! What a second feed is about: each total in it with its details.

use chrono::NaiveDate;

use crate::domain::money::Money;
use crate::formats::bank::{Line, Role, Statement};

/// Details that together are one amount on the account.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// What stands for the whole, when the feed repeats it.
    pub(super) total: Option<&'a Line>,
    /// Down to the last level: what has details itself is left out.
    pub(super) details: Vec<&'a Line>,
}

impl Group<'_> {
    /// What its details come to.
    pub(super) fn amount(&self) -> Money {
        self.details.iter().map(|line| line.amount).sum()
    }

    /// The day on which the bank booked it.
    pub(super) fn booked_on(&self) -> Option<NaiveDate> {
        self.total.or(self.details.first().copied()).map(|line| line.booked_on)
    }

    /// The bank's reference, of the total or of all details alike.
    pub(super) fn bank_reference(&self) -> Option<&str> {
        let first = self.total.or(self.details.first().copied()).map(|line| line.bank_reference.as_str())?;
        let alike = self.total.is_some() || self.details.iter().all(|line| line.bank_reference == first);
        Some(first).filter(|reference| alike && !reference.is_empty())
    }

    /// Our own name of the payment file.
    pub(super) fn batch_reference(&self) -> Option<&str> {
        let mut lines = self.total.into_iter().chain(self.details.iter().copied());
        lines.find_map(|line| line.batch_reference.as_deref())
    }
}

/// The groups of a feed in its order. Details whose total is not in the feed belong together when they have one
/// sequence number, as they do in a CODA separate application.
pub(super) fn groups(statement: &Statement) -> Vec<Group<'_>> {
    let lines = &statement.lines;
    let mut has_details = vec![false; lines.len()];
    for total in lines.iter().filter_map(|line| line.batch_of) {
        if let Some(has) = has_details.get_mut(total) {
            *has = true;
        }
    }
    let mut groups: Vec<Group<'_>> = Vec::new();
    // For each line the group that it is in.
    let mut places: Vec<Option<usize>> = Vec::with_capacity(lines.len());
    let mut orphans: Option<(u16, usize)> = None;
    for (index, line) in lines.iter().enumerate() {
        let above = line.batch_of.and_then(|total| places.get(total).copied().flatten());
        let place = match (above, orphans) {
            (Some(place), _) => place,
            (None, Some((sequence, place))) if !line.moves_balance() && sequence == line.position.sequence => place,
            (None, _) => {
                groups.push(Group { total: line.moves_balance().then_some(line), details: Vec::new() });
                orphans = (!line.moves_balance()).then_some((line.position.sequence, groups.len() - 1));
                groups.len() - 1
            }
        };
        places.push(Some(place));
        let whole = has_details.get(index).copied().unwrap_or_default();
        if let Some(group) = groups.get_mut(place).filter(|_| !whole) {
            group.details.push(line);
        }
    }
    // A total without details explains nothing.
    groups.retain(|group| group.details.iter().any(|line| !matches!(line.role, Role::Total | Role::Subtotal)));
    groups
}

/// Everything in a feed as one group, when it holds nothing but details: a bank may number each of them apart.
pub(super) fn together(statement: &Statement) -> Option<Group<'_>> {
    let groups = groups(statement);
    let only_details = groups.len() > 1 && groups.iter().all(|group| group.total.is_none());
    let details = groups.into_iter().flat_map(|group| group.details).collect();
    only_details.then_some(Group { total: None, details })
}
