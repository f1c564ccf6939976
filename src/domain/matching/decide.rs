//! The decision for one line after another. Lines of one file bear on each other: an order is paid once, a
//! funder's promise is used up.

use uuid::Uuid;

use super::known::{Known, Party, file_numbers};
use super::{Certainty, Line, Match, Nature, Reason, Reference};
use crate::domain::identity::Ogm;
use crate::domain::money::Money;

/// Judges the lines of a file in their order.
#[derive(Debug)]
pub struct Matcher {
    known: Known,
}

impl Matcher {
    /// A matcher that knows what the house knows of this file.
    pub fn new(known: Known) -> Self {
        Self { known }
    }

    /// What a line on the account of a fund is about.
    pub fn judge(&mut self, fund_id: Uuid, line: &Line<'_>) -> Match {
        if line.nature == Nature::Opening {
            return Match::Suspense { reason: Reason::OpeningBalance, suggestion: None };
        }
        if line.amount.is_negative() { self.money_out(fund_id, line) } else { self.money_in(fund_id, line) }
    }

    fn money_in(&mut self, fund_id: Uuid, line: &Line<'_>) -> Match {
        let suggestion = || self.suggestion(fund_id, line);
        let suspense = |reason| Match::Suspense { reason, suggestion: suggestion() };
        // A transfer of ours that came back carries the reference we gave it, which is not the payer's.
        match line.nature {
            Nature::Returned => return self.known.came_back(fund_id, line),
            Nature::OwnAccounts => return Match::Suspense { reason: Reason::BetweenOwnAccounts, suggestion: None },
            Nature::Payment | Nature::Charge | Nature::Total | Nature::Opening => {}
        }
        let in_text = self.known_in_texts(line);
        let structured = match line.reference {
            Reference::Given(ogm) => Some((ogm, Certainty::Structured, Reason::UnknownReference)),
            Reference::Rebuilt(ogm) => Some((ogm, Certainty::Rebuilt, Reason::ReconstitutedReferenceUnknown)),
            Reference::Invalid => return suspense(Reason::InvalidReference),
            Reference::Absent => None,
        };
        match (structured, in_text.as_slice()) {
            (Some((ogm, certainty, unknown)), others) => {
                if !self.known.parties.contains_key(&ogm) {
                    return suspense(unknown);
                }
                if others.iter().any(|other| *other != ogm) {
                    return suspense(Reason::TwoReferences);
                }
                self.settle(fund_id, line.amount, (ogm, certainty))
            }
            (None, [ogm]) => self.settle(fund_id, line.amount, (*ogm, Certainty::FreeText)),
            (None, [_, _, ..]) => suspense(Reason::TwoReferences),
            (None, []) => match line.nature {
                Nature::Charge => Match::Charge,
                Nature::Total => suspense(Reason::TotalWithoutDetails),
                _ if line.texts.iter().any(|text| !Ogm::find_all(text).is_empty()) => {
                    suspense(Reason::UnknownReference)
                }
                _ => match suggestion() {
                    Some(loan_id) => Match::Suspense { reason: Reason::LoanNumberInText, suggestion: Some(loan_id) },
                    None => suspense(Reason::NoReference),
                },
            },
        }
    }

    /// A reference that is ours: to the loan or the funder, when it is of this fund and the funder keeps to
    /// what was promised.
    fn settle(&mut self, fund_id: Uuid, amount: Money, (ogm, certainty): (Ogm, Certainty)) -> Match {
        let nothing_certain = |reason| Match::Suspense { reason, suggestion: None };
        match self.known.parties.get_mut(&ogm) {
            None => nothing_certain(Reason::UnknownReference),
            Some(party) if party.fund_id() != fund_id => nothing_certain(Reason::ReferenceOfAnotherFund),
            Some(Party::Loan { loan_id, .. }) => Match::Loan { loan_id: *loan_id, certainty },
            Some(Party::Source { room, .. }) if *room < amount => nothing_certain(Reason::SourcePaidTooMuch),
            Some(Party::Source { source_id, kind, room, .. }) => {
                *room -= amount;
                Match::Source { source_id: *source_id, kind: *kind, certainty }
            }
        }
    }

    fn money_out(&mut self, fund_id: Uuid, line: &Line<'_>) -> Match {
        let suspense = |reason| Match::Suspense { reason, suggestion: None };
        if let Some(order) = line.end_to_end_id.and_then(|id| self.known.orders.get_mut(id)) {
            return if order.fund_id != fund_id {
                suspense(Reason::OrderOfAnotherFund)
            } else if order.paid {
                suspense(Reason::OrderAlreadyPaid)
            } else if order.amount != line.amount.abs() {
                suspense(Reason::AmountDiffersFromOrder)
            } else {
                order.paid = true;
                Match::Order { order_id: order.order_id }
            };
        }
        if let Some(found) = self.known.batch_of(fund_id, line) {
            return found;
        }
        match line.nature {
            Nature::Charge => Match::Charge,
            Nature::OwnAccounts => suspense(Reason::BetweenOwnAccounts),
            Nature::Total => suspense(Reason::TotalWithoutDetails),
            Nature::Payment | Nature::Returned | Nature::Opening => suspense(Reason::DebitWithoutOrder),
        }
    }

    /// The references in the texts that are ours, each once, in order.
    fn known_in_texts(&self, line: &Line<'_>) -> Vec<Ogm> {
        let mut found: Vec<Ogm> = Vec::new();
        for ogm in line.texts.iter().flat_map(|text| Ogm::find_all(text)) {
            if self.known.parties.contains_key(&ogm) && !found.contains(&ogm) {
                found.push(ogm);
            }
        }
        found
    }

    /// The one loan of this fund that the texts name, by number or by reference; none when they name two.
    pub(super) fn suggestion(&self, fund_id: Uuid, line: &Line<'_>) -> Option<Uuid> {
        let by_number = line
            .texts
            .iter()
            .flat_map(|text| file_numbers(text))
            .filter_map(|number| self.known.numbers.get(&number).copied());
        let by_reference = self.known_in_texts(line).into_iter().filter_map(|ogm| match self.known.parties.get(&ogm) {
            Some(Party::Loan { loan_id, fund_id }) => Some((*loan_id, *fund_id)),
            _ => None,
        });
        let mut loans: Vec<Uuid> = by_number
            .chain(by_reference)
            .filter(|(_, of_fund)| *of_fund == fund_id)
            .map(|(loan_id, _)| loan_id)
            .collect();
        loans.sort_unstable();
        loans.dedup();
        match loans.as_slice() {
            [loan_id] => Some(*loan_id),
            _ => None,
        }
    }
}
