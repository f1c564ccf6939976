//! Direct debit under SEPA Core: what a borrower allows (the mandate), each attempt to collect a claim, and what the
//! house does when the money comes back.
//!
//! Sources: the SEPA Direct Debit Core scheme rulebook (EPC016-06) and its guidelines for banks (EPC114-06); which
//! reasons a bank gives is in EPC173-14.

mod block;
mod dates;
mod line;
mod mandate;
mod reason;
#[cfg(test)]
mod tests;
mod undone;

pub use super::matching::ReturnKind;
pub use block::{Announced, Block, Facts, may_leave};
pub use dates::{Terms, collection_day, last_of_run, retry_day, send_by};
pub use line::{CollectionState, Dropped, InvalidStep};
pub use mandate::{
    Amendment, Change, InvalidReference, Mandate, MandateKind, MandateReference, MandateState, NotAllowed, Notice,
    Standing, StopCause, is_other_bank,
};
pub use reason::{Action, Asked, Reported, asks};
pub use undone::{Remark, after_return_undone};

use serde::Serialize;

/// Which place a collection has among those of its mandate (ISO 20022, `SequenceType3Code`).
///
/// `FRST` may be left out since 20 November 2016 and `FNAL` never was needed: a recurrent mandate is always `RCUR`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum SequenceType {
    /// One of a series.
    #[serde(rename = "RCUR")]
    Recurrent,
    /// The only one.
    #[serde(rename = "OOFF")]
    OneOff,
}

impl SequenceType {
    /// The code in the file, in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Recurrent => "RCUR",
            Self::OneOff => "OOFF",
        }
    }

    /// The type of a code of ours.
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Recurrent, Self::OneOff].into_iter().find(|own| own.code() == code)
    }
}
