//! The life of one attempt to collect a claim.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

/// Where an attempt is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum CollectionState {
    /// Made, and not yet sent.
    Made,
    /// In a file that left the house.
    Exported {
        /// The day it left.
        on: NaiveDate,
    },
    /// The money is on the account; for eight weeks the debtor can take it back.
    Credited {
        /// The day the file left.
        exported_on: NaiveDate,
        /// The day of the bank.
        on: NaiveDate,
        /// The payment on the loan.
        payment_id: Uuid,
    },
    /// It came back, before or after the money was there.
    Returned {
        /// The day the file left.
        exported_on: NaiveDate,
        /// The payment that it had become.
        credited: Option<(NaiveDate, Uuid)>,
        /// The day of the bank.
        on: NaiveDate,
    },
    /// Never sent: there is nothing to collect any more, or nobody may.
    Dropped {
        /// The day that was seen.
        on: NaiveDate,
        /// Why.
        because: Dropped,
    },
}

/// Why an attempt was never sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Dropped {
    /// The claim was paid otherwise, or is no claim any more.
    NothingDue,
    /// The mandate has ended.
    MandateEnded,
    /// Nobody may ask the borrower to pay: a death, a collective debt settlement, given up.
    MayNotCollect,
    /// It was to try again what had come back, and that turned out not to have come back.
    ReturnUndone,
}

impl Dropped {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::NothingDue, Self::MandateEnded, Self::MayNotCollect, Self::ReturnUndone];

    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::NothingDue => "nothing_due",
            Self::MandateEnded => "mandate_ended",
            Self::MayNotCollect => "may_not_collect",
            Self::ReturnUndone => "return_undone",
        }
    }

    /// The reason of a code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.code() == code)
    }
}

/// A step that an attempt does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a collection that is {from} cannot become {to}")]
pub struct InvalidStep {
    /// Where it is.
    pub from: &'static str,
    /// Where it should have gone.
    pub to: &'static str,
}

impl CollectionState {
    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Exported { .. } => "exported",
            Self::Credited { .. } => "credited",
            Self::Returned { .. } => "returned",
            Self::Dropped { .. } => "dropped",
        }
    }

    /// The file with it left the house.
    pub fn export(self, on: NaiveDate) -> Result<Self, InvalidStep> {
        match self {
            Self::Made => Ok(Self::Exported { on }),
            _ => Err(self.not("exported")),
        }
    }

    /// The bank credited it.
    pub fn credit(self, on: NaiveDate, payment_id: Uuid) -> Result<Self, InvalidStep> {
        match self {
            Self::Exported { on: exported_on } => Ok(Self::Credited { exported_on, on, payment_id }),
            _ => Err(self.not("credited")),
        }
    }

    /// The bank gave it back.
    pub fn give_back(self, on: NaiveDate) -> Result<Self, InvalidStep> {
        match self {
            Self::Exported { on: exported_on } => Ok(Self::Returned { exported_on, credited: None, on }),
            Self::Credited { exported_on, on: credited_on, payment_id } => {
                Ok(Self::Returned { exported_on, credited: Some((credited_on, payment_id)), on })
            }
            _ => Err(self.not("returned")),
        }
    }

    /// That it was credited is taken back: it is with the bank, as it was.
    pub fn take_back_credit(self) -> Result<Self, InvalidStep> {
        match self {
            Self::Credited { exported_on, .. } => Ok(Self::Exported { on: exported_on }),
            _ => Err(self.not("exported")),
        }
    }

    /// That it came back is taken back: it is credited or with the bank, as it was.
    pub fn take_back_return(self) -> Result<Self, InvalidStep> {
        match self {
            Self::Returned { exported_on, credited: None, .. } => Ok(Self::Exported { on: exported_on }),
            Self::Returned { exported_on, credited: Some((on, payment_id)), .. } => {
                Ok(Self::Credited { exported_on, on, payment_id })
            }
            _ => Err(self.not("credited")),
        }
    }

    /// It need not be sent any more.
    pub fn let_go(self, on: NaiveDate, because: Dropped) -> Result<Self, InvalidStep> {
        match self {
            Self::Made => Ok(Self::Dropped { on, because }),
            _ => Err(self.not("dropped")),
        }
    }

    /// The last day on which the debtor can take the money back without a reason; none before it was credited.
    pub fn provisional_until(self, refund_days: u32) -> Option<NaiveDate> {
        match self {
            Self::Credited { on, .. } => Some(super::super::calendar::add_days(on, refund_days)),
            _ => None,
        }
    }

    fn not(self, to: &'static str) -> InvalidStep {
        InvalidStep { from: self.code(), to }
    }
}
