//! Contracts: from an approved application to a loan.

mod form;
mod sign;
mod terms;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::money::Money;

pub use form::{ContractForm, ValuationForm};
pub use sign::{Signed, SignedContract, preview, sign};

/// A contract on its way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// The approved application.
    pub application_id: Uuid,
    /// The day of signature; today when none.
    pub signed_on: Option<NaiveDate>,
    /// After how many months the first instalment falls due, where the family chose; what is usual when none.
    pub first_due_after_months: Option<u32>,
    /// What the dwelling is worth before the works: for a contract with a share of the gain, and for no other.
    pub valuation: Option<Valuation>,
}

impl Contract {
    /// A contract that is signed today with nothing to choose in it.
    pub fn of(application_id: Uuid) -> Self {
        Self { application_id, signed_on: None, first_due_after_months: None, valuation: None }
    }
}

/// What a dwelling is worth, and who said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Valuation {
    /// The value, in euro.
    pub value: Money,
    /// Who valued it, and when.
    pub valued_by: String,
}
