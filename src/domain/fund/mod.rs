//! A fund: where its money comes from, what is promised out of it, and what it can still lend.
//!
//! Nothing here is stored as truth: every figure follows from the ledger and from the commitments.

mod allocate;
mod history;
mod period;
mod position;

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::identity::{Iban, Ogm};
use super::ledger::FundingKind;
use super::money::Money;
use super::product::Product;

pub use allocate::{CannotFund, Room, allocate};
pub use history::{Month, MonthMovement, series};
pub use period::{ClosedPeriod, Landing, first_open, landing};
pub use position::{FundFacts, Position};

/// A fund with its own bank account, out of which one product is lent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fund {
    /// Its identifier.
    pub fund_id: Uuid,
    /// Short code: `NKF`.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// The product it lends.
    pub product: Product,
    /// Its own bank account.
    pub iban: Iban,
    /// Its bank.
    pub bic: Option<String>,
    /// When it was opened here.
    pub created_at: DateTime<Utc>,
}

/// A source of money of a fund. Amounts in euro.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundingSource {
    /// Its identifier.
    pub source_id: Uuid,
    /// The fund it feeds.
    pub fund_id: Uuid,
    /// Credit line, grant or own means.
    pub kind: FundingKind,
    /// Who gives it.
    pub funder: String,
    /// Set: the project of this municipality (NIS code), for its families only.
    pub nis_code: Option<String>,
    /// The most it gives.
    pub ceiling: Money,
    /// True where repaid principal may be lent again, false where it goes back to the funder.
    pub revolves: bool,
    /// Days within which repaid principal is passed on; none where it revolves.
    pub pass_on_within_days: Option<i32>,
    /// First day on which it may be committed.
    pub available_from: NaiveDate,
    /// Last day on which new money may be committed out of it.
    pub ends_on: Option<NaiveDate>,
    /// The reference the funder pays with.
    pub ogm: Ogm,
    /// Where repaid principal is passed on to.
    pub funder_iban: Option<Iban>,
    /// When it was added here.
    pub created_at: DateTime<Utc>,
}

impl FundingSource {
    /// True on the days on which new money may be committed out of it.
    pub fn is_active(&self, on: NaiveDate) -> bool {
        self.available_from <= on && self.ends_on.is_none_or(|last| on <= last)
    }

    /// True when families of this municipality may be helped out of it.
    pub fn serves(&self, nis_code: &str) -> bool {
        self.nis_code.as_deref().is_none_or(|own| own == nis_code)
    }
}

/// What a movement of a commitment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommitmentKind {
    /// Promised to a family.
    Committed,
    /// Paid out of the promise.
    Drawn,
    /// Given back: the works cost less.
    Released,
}

/// A text that names no kind of commitment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("commitment kind “{0}” does not exist; it is committed, drawn or released")]
pub struct UnknownCommitmentKind(pub String);

impl CommitmentKind {
    /// The code used in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Committed => "committed",
            Self::Drawn => "drawn",
            Self::Released => "released",
        }
    }
}

impl fmt::Display for CommitmentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for CommitmentKind {
    type Err = UnknownCommitmentKind;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Committed, Self::Drawn, Self::Released]
            .into_iter()
            .find(|kind| kind.code() == text)
            .ok_or_else(|| UnknownCommitmentKind(text.to_owned()))
    }
}
