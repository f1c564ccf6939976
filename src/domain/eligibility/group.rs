//! For whom a rate and a term hold, where a product lends to more than one group.
//!
//! The energy loan of 2017 and 2018 was lent to everybody: at 0 % to the priority group, at 2 % to the others, at 1 % to
//! non-commercial legal persons, cooperatives and associations of co-owners (until the end of 2019).

use super::{Case, Finding, Met, finding, income};
use crate::domain::rules::Figure;

/// Name of the rate, before what it says of the group.
pub(super) const RATE: &str = "interest_percent";
/// Name of the longest term, before what it says of the group.
pub(super) const INSTALMENTS: &str = "instalments_max";

/// A group with a rate and a term of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// Whom the product is made for.
    Main,
    /// Anybody else, in the years in which the product was lent to them.
    General,
    /// Who asks is no family.
    Organisation,
}

/// Every group; a verdict holds the rate of one of them.
pub(super) const ALL: [Group; 3] = [Group::Organisation, Group::General, Group::Main];

impl Group {
    /// The name of a figure for this group.
    pub(super) fn key(self, name: &str) -> String {
        match self {
            Self::Main => name.to_owned(),
            Self::General => format!("{name}_general"),
            Self::Organisation => format!("{name}_organisation"),
        }
    }

    /// The figure of this group.
    pub(super) fn figure<'a>(self, case: &'a Case, name: &str) -> Option<&'a Figure> {
        case.figure(&self.key(name))
    }
}

/// The group of an application.
pub(super) fn of(case: &Case) -> Group {
    if case.application.answers.organisation == Some(true) {
        Group::Organisation
    } else if Group::General.figure(case, RATE).is_some() && !income::in_priority_group(case) {
        Group::General
    } else {
        Group::Main
    }
}

/// An organisation can have what was lent to organisations, and nothing else.
pub(super) fn organisation(case: &Case) -> Option<Finding> {
    if of(case) != Group::Organisation {
        return None;
    }
    let terms = (Group::Organisation.figure(case, RATE), Group::Organisation.figure(case, INSTALMENTS));
    let (Some(rate), Some(most)) = terms else {
        let open: Vec<_> = case.figure("open").into_iter().collect();
        return Some(finding("organisation", Met::NotMet, &open));
    };
    Some(finding("organisation", Met::Met, &[rate, most]).with("rate", percent(rate)).with("most", most))
}

/// A rate as it is written in a sentence.
fn percent(rate: &Figure) -> String {
    format!("{rate}\u{a0}%")
}

/// Who is not in the priority group had a loan at another rate and a shorter term.
pub(super) fn general(case: &Case) -> Option<Finding> {
    let (rate, most) = (Group::General.figure(case, RATE)?, Group::General.figure(case, INSTALMENTS)?);
    Some(finding("general_group", Met::Met, &[rate, most]).with("rate", percent(rate)).with("most", most))
}
