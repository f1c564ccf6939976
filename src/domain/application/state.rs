//! The states of an application and the steps between them.

use chrono::{DateTime, Utc};
use serde::Serialize;

/// Where an application stands, with the data of that state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// Judged by the rules; waits for the committee.
    Submitted,
    /// Two people said yes; the money is spoken for.
    Approved {
        /// When the second said yes.
        decided_at: DateTime<Utc>,
    },
    /// Somebody said no.
    Refused {
        /// When.
        decided_at: DateTime<Utc>,
        /// Why.
        reason: String,
    },
    /// The family no longer asks.
    Withdrawn {
        /// When the committee had said yes, if it had.
        decided_at: Option<DateTime<Utc>>,
        /// When it was withdrawn.
        withdrawn_at: DateTime<Utc>,
    },
    /// The contract is signed: there is a loan.
    Signed {
        /// When the committee said yes.
        decided_at: DateTime<Utc>,
        /// When the contract was recorded.
        signed_at: DateTime<Utc>,
    },
}

/// A step that this state does not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an application that is {from} cannot be {to}")]
pub struct InvalidTransition {
    /// Code of the state it is in.
    pub from: &'static str,
    /// Code of the state it was to go to.
    pub to: &'static str,
}

impl State {
    /// Codes of every state.
    pub const CODES: [&'static str; 5] = ["submitted", "approved", "refused", "withdrawn", "signed"];

    /// The code in the database and in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Approved { .. } => "approved",
            Self::Refused { .. } => "refused",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Signed { .. } => "signed",
        }
    }

    fn refuse_step(&self, to: &'static str) -> InvalidTransition {
        InvalidTransition { from: self.code(), to }
    }

    /// Submitted → approved.
    pub fn approve(self, decided_at: DateTime<Utc>) -> Result<Self, InvalidTransition> {
        match self {
            Self::Submitted => Ok(Self::Approved { decided_at }),
            other => Err(other.refuse_step("approved")),
        }
    }

    /// Submitted → refused, with a reason.
    pub fn refuse(self, decided_at: DateTime<Utc>, reason: String) -> Result<Self, InvalidTransition> {
        match self {
            Self::Submitted => Ok(Self::Refused { decided_at, reason }),
            other => Err(other.refuse_step("refused")),
        }
    }

    /// Submitted or approved → withdrawn.
    pub fn withdraw(self, withdrawn_at: DateTime<Utc>) -> Result<Self, InvalidTransition> {
        match self {
            Self::Submitted => Ok(Self::Withdrawn { decided_at: None, withdrawn_at }),
            Self::Approved { decided_at } => Ok(Self::Withdrawn { decided_at: Some(decided_at), withdrawn_at }),
            other => Err(other.refuse_step("withdrawn")),
        }
    }

    /// Approved → signed.
    pub fn sign(self, signed_at: DateTime<Utc>) -> Result<Self, InvalidTransition> {
        match self {
            Self::Approved { decided_at } => Ok(Self::Signed { decided_at, signed_at }),
            other => Err(other.refuse_step("signed")),
        }
    }
}
