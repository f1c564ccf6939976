//! What a line that waits may be about: proposals for a person, best first, each with its reasons. Nothing here is
//! booked, and no reference that is unknown is taken for the nearest one that is known.
//!
//! Facts are looked up for many lines at once; the rules over them are pure. In this order:
//!
//! 1. the structured communication of a loan or a source;
//! 2. such a communication inside free text, with blanks or missing slashes;
//! 3. a collection of ours by direct debit, by its end-to-end identification or its mandate;
//! 4. a payment order of ours, by its end-to-end identification, or by account and sum: money out pays it, money that
//!    the bank says comes back is its return; or a whole payment run, by its name or its sum;
//! 5. the account of somebody who pays for the loan, where exactly one loan claims that very sum;
//! 6. such an account;
//! 7. the number of a loan or an application in the text; from a granting agency that is its grant;
//! 8. the name of a borrower, which is the weakest: banks have put the name of the holder there.

mod about;
mod facts;
mod found;
mod names;

use std::collections::{BTreeMap, HashMap};

use self::found::Found;
use super::PaidBy;

pub use about::{About, Confidence, Grounds};
pub use facts::{Facts, LoanFacts, OrderFacts, RunFacts, SourceFacts, Waiting};
pub use names::{family_names, words};

/// The most proposals for one line.
pub const BEST: usize = 3;

/// A proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What the line may be about.
    pub about: About,
    /// Why, the best reason first.
    pub grounds: Vec<Grounds>,
    /// How sure.
    pub confidence: Confidence,
    /// Who seems to pay.
    pub paid_by: PaidBy,
}

/// The best proposals for a line, at most [`BEST`]. The same facts give the same proposals in the same order.
pub fn propose(line: &Waiting<'_>, facts: &Facts) -> Vec<Proposal> {
    let mut found = Found { line, facts, grounds: BTreeMap::new(), payers: HashMap::new() };
    if line.amount.is_positive() {
        found.money_in();
    } else {
        found.money_out();
    }
    found.ranked()
}
