//! What happened to a loan.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::money::Money;

/// One thing that happened: when it counts and when we knew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoanFact {
    /// The day from which it counts (a date in Belgium).
    pub effective_on: NaiveDate,
    /// The moment it was recorded.
    pub booked_at: DateTime<Utc>,
    /// What it was.
    pub event: LoanEvent,
}

/// An event in the life of a loan; stored as JSON with its `kind`. Amounts in euro, above zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LoanEvent {
    /// The contract was signed.
    Signed,
    /// A part of the loan was approved for a contractor's invoice.
    TrancheDrawn {
        /// The tranche.
        tranche_id: Uuid,
        /// How much.
        amount: Money,
    },
    /// Nothing more will be drawn; instalments are now claims on what was.
    DrawsClosed,
    /// The borrower, or somebody for them, paid.
    PaymentReceived {
        /// The payment.
        payment_id: Uuid,
        /// How much.
        amount: Money,
    },
    /// A payment turned out not to be one: a returned direct debit, a receipt booked on the wrong loan.
    PaymentReversed {
        /// The payment that is undone.
        payment_id: Uuid,
        /// Why, in a few words.
        reason: String,
    },
    /// The whole loan was called due.
    CalledDue {
        /// What made it due.
        trigger: Trigger,
        /// When it must be paid.
        due_on: NaiveDate,
    },
}

/// What makes a loan due before its date (Noodkoopfonds, conditions 1 to 4; death; sale).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// The borrower is no longer registered at the address.
    MovedOut,
    /// The borrower acquired rights in other real estate *inter vivos*.
    OtherPropertyAcquired,
    /// Rights in the dwelling went *inter vivos* to others: a sale or a gift.
    RightsTransferred,
    /// Real rights on the dwelling were established *inter vivos* for others.
    RightsEstablished,
    /// The borrower died.
    Death,
}

/// A text that names no trigger.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "trigger “{0}” does not exist; it is moved_out, other_property_acquired, rights_transferred, \
     rights_established or death"
)]
pub struct UnknownTrigger(pub String);

impl Trigger {
    /// Every trigger, in the order of the contract.
    pub const ALL: [Self; 5] =
        [Self::MovedOut, Self::OtherPropertyAcquired, Self::RightsTransferred, Self::RightsEstablished, Self::Death];

    /// The code used in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::MovedOut => "moved_out",
            Self::OtherPropertyAcquired => "other_property_acquired",
            Self::RightsTransferred => "rights_transferred",
            Self::RightsEstablished => "rights_established",
            Self::Death => "death",
        }
    }
}

impl fmt::Display for Trigger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for Trigger {
    type Err = UnknownTrigger;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|trigger| trigger.code() == text).ok_or_else(|| UnknownTrigger(text.to_owned()))
    }
}

impl LoanEvent {
    /// The `kind` under which it is stored.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::TrancheDrawn { .. } => "tranche_drawn",
            Self::DrawsClosed => "draws_closed",
            Self::PaymentReceived { .. } => "payment_received",
            Self::PaymentReversed { .. } => "payment_reversed",
            Self::CalledDue { .. } => "called_due",
        }
    }

    /// The order of events of one day that were recorded in the same instant.
    fn rank(&self) -> u8 {
        match self {
            Self::Signed => 0,
            Self::TrancheDrawn { .. } => 1,
            Self::DrawsClosed => 2,
            Self::CalledDue { .. } => 3,
            Self::PaymentReceived { .. } => 4,
            Self::PaymentReversed { .. } => 5,
        }
    }
}

/// The place of a fact in time: day, moment of recording, kind.
pub(super) type Moment = (NaiveDate, DateTime<Utc>, u8);

impl LoanFact {
    /// A fact.
    pub fn new(effective_on: NaiveDate, booked_at: DateTime<Utc>, event: LoanEvent) -> Self {
        Self { effective_on, booked_at, event }
    }

    pub(super) fn moment(&self) -> Moment {
        (self.effective_on, self.booked_at, self.event.rank())
    }
}
