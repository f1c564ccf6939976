//! What makes a loan due before its date.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What makes a loan due before its date (Noodkoopfonds, conditions 1 to 4; death; sale), or what took its place on a
/// loan in instalments.
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
    /// Instalments were not paid; recorded by an acceleration only.
    Acceleration,
    /// The contract was taken back; recorded by a withdrawal only.
    Withdrawal,
}

/// A text that names no trigger.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "trigger “{0}” does not exist; it is moved_out, other_property_acquired, rights_transferred, \
     rights_established or death"
)]
pub struct UnknownTrigger(pub String);

impl Trigger {
    /// Every trigger that a contract names, in its order.
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
            Self::Acceleration => "acceleration",
            Self::Withdrawal => "withdrawal",
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
