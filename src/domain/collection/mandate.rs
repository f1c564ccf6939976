//! The mandate: the debtor's permission, with its life of at most 36 idle months.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Serialize, Serializer};

use super::super::calendar::add_months;
use super::super::identity::{CreditorId, Iban};
use super::super::text::Text;
use super::SequenceType;
use super::dates::Terms;

/// The reference of a mandate: 1 to 35 capital letters and digits, unique for its creditor. The scheme allows more
/// signs; Belgian banks advise these only, so that nothing changes on the way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MandateReference(String);

/// Why a text is not a reference of a mandate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a mandate reference; write 1 to 35 letters and digits, like MNKF202600012")]
pub struct InvalidReference(pub String);

impl MandateReference {
    /// Reads a reference, with or without blanks, in capitals or not.
    pub fn parse(text: &str) -> Result<Self, InvalidReference> {
        let bare: String = text.chars().filter(|sign| !sign.is_whitespace()).collect::<String>().to_ascii_uppercase();
        let right = (1..=35).contains(&bare.len()) && bare.bytes().all(|sign| sign.is_ascii_alphanumeric());
        if right { Ok(Self(bare)) } else { Err(InvalidReference(text.to_owned())) }
    }

    /// As stored and sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MandateReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for MandateReference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Whether a mandate is for one collection or for a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MandateKind {
    /// A series.
    Recurrent,
    /// One collection; then it is used up.
    OneOff,
}

impl MandateKind {
    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Recurrent => "recurrent",
            Self::OneOff => "one_off",
        }
    }

    /// The kind of a code.
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Recurrent, Self::OneOff].into_iter().find(|kind| kind.code() == code)
    }

    /// The sequence type of its collections.
    pub fn sequence_type(self) -> SequenceType {
        match self {
            Self::Recurrent => SequenceType::Recurrent,
            Self::OneOff => SequenceType::OneOff,
        }
    }
}

/// Why a mandate was stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "cause", rename_all = "snake_case")]
pub enum StopCause {
    /// Somebody says so: the debtor takes it back, a dispute, another account.
    Person {
        /// In their words.
        reason: String,
    },
    /// The bank gave a collection back for a reason that ends it.
    Returned {
        /// The ISO reason; none where the bank gave none.
        reason: Option<String>,
    },
    /// It was for one collection, and that was made.
    Used,
}

impl StopCause {
    /// The code in the database.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Person { .. } => "person",
            Self::Returned { .. } => "returned",
            Self::Used => "used",
        }
    }

    /// The words of a person, or the ISO reason of the bank.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Person { reason } => Some(reason),
            Self::Returned { reason } => reason.as_deref(),
            Self::Used => None,
        }
    }
}

/// Where a mandate is in its life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum MandateState {
    /// It may be collected under.
    Active,
    /// Not any more.
    Stopped {
        /// Since when.
        on: NaiveDate,
        /// Why.
        because: StopCause,
    },
    /// It ended by itself: 36 months without a collection.
    Expired {
        /// The first day on which it no longer held.
        on: NaiveDate,
    },
}

impl MandateState {
    /// The code in the database and in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Stopped { .. } => "stopped",
            Self::Expired { .. } => "expired",
        }
    }
}

/// A mandate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    /// Its reference.
    pub reference: MandateReference,
    /// One collection, or a series.
    pub kind: MandateKind,
    /// The day the debtor signed it; sent with every collection.
    pub signed_on: NaiveDate,
    /// In whose name the account stands.
    pub debtor_name: String,
    /// The account.
    pub debtor_iban: Iban,
    /// Its bank; none lets our bank find it.
    pub debtor_bic: Option<String>,
    /// The creditor it was signed for, or last amended to.
    pub creditor: CreditorId,
    /// The day of the last collection that left the house.
    pub last_collected_on: Option<NaiveDate>,
    /// Where it is in its life.
    pub state: MandateState,
}

/// Whether a mandate may be collected under on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It may.
    Good,
    /// It was stopped.
    Stopped,
    /// It ended by itself.
    Expired,
    /// The day is before its signature.
    NotSignedYet,
}

/// A step that the mandate does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAllowed {
    /// It has ended.
    #[error("the mandate is {0}")]
    Ended(&'static str),
    /// What was given is what it says already.
    #[error("that is what the mandate says already")]
    Same,
    /// It has not been idle for long enough.
    #[error("the mandate still holds")]
    StillHolds,
}

impl NotAllowed {
    /// The sentence for people.
    pub fn text(self) -> Text {
        match self {
            Self::Ended("expired") => Text::new("mandate-problem-expired"),
            Self::Ended(_) => Text::new("mandate-problem-stopped"),
            Self::Same => Text::new("mandate-problem-same"),
            Self::StillHolds => Text::new("mandate-problem-holds"),
        }
    }
}

/// What changed in a mandate. The debtor's bank hears it once, with the first collection after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amendment {
    /// The debtor pays from another account.
    Account {
        /// The account before.
        was: Iban,
        /// The account now.
        becomes: Iban,
        /// At another bank: then the file says `SMNDA` instead of the account before.
        other_bank: bool,
    },
    /// The mandate has another reference.
    Reference {
        /// The reference before.
        was: MandateReference,
        /// The reference now.
        becomes: MandateReference,
    },
    /// The creditor collects under another identifier.
    Creditor {
        /// The identifier before.
        was: CreditorId,
        /// The identifier now.
        becomes: CreditorId,
    },
}

impl Amendment {
    /// The code in the database and in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Account { .. } => "account",
            Self::Reference { .. } => "reference",
            Self::Creditor { .. } => "creditor",
        }
    }

    /// What stood in the mandate, and what stands there now.
    pub fn values(&self) -> (String, String) {
        match self {
            Self::Account { was, becomes, .. } => (was.canonical(), becomes.canonical()),
            Self::Reference { was, becomes } => (was.to_string(), becomes.to_string()),
            Self::Creditor { was, becomes } => (was.canonical(), becomes.canonical()),
        }
    }
}

/// What the next collection tells the debtor's bank about changes: what stood in the mandate when it last heard of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notice {
    /// The account before, at the same bank.
    pub original_iban: Option<Iban>,
    /// The account changed to one at another bank (`SMNDA`).
    pub other_bank: bool,
    /// The reference before.
    pub original_reference: Option<MandateReference>,
    /// The creditor before.
    pub original_creditor: Option<CreditorId>,
}

impl Notice {
    /// All changes since the bank last heard of the mandate, in their order, as one: from what it knew.
    pub fn of(changes: &[Amendment]) -> Self {
        let mut notice = Self::default();
        for change in changes {
            match change {
                Amendment::Account { was, other_bank, .. } => {
                    notice.other_bank |= other_bank;
                    notice.original_iban.get_or_insert_with(|| was.clone());
                }
                Amendment::Reference { was, .. } => {
                    notice.original_reference.get_or_insert_with(|| was.clone());
                }
                Amendment::Creditor { was, .. } => {
                    notice.original_creditor.get_or_insert_with(|| was.clone());
                }
            }
        }
        if notice.other_bank {
            notice.original_iban = None;
        }
        notice
    }

    /// True where there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Mandate {
    /// The first day on which it no longer holds because nothing was collected: so many months after the last
    /// collection, or after the signature where there was none.
    pub fn expires_on(&self, terms: &Terms) -> NaiveDate {
        let since = self.last_collected_on.unwrap_or(self.signed_on).max(self.signed_on);
        add_months(since, i32::try_from(terms.idle_months).unwrap_or(i32::MAX), since.day())
    }

    /// Whether it may be collected under on a day.
    pub fn standing(&self, on: NaiveDate, terms: &Terms) -> Standing {
        match self.state {
            MandateState::Stopped { .. } => Standing::Stopped,
            MandateState::Expired { .. } => Standing::Expired,
            MandateState::Active if on < self.signed_on => Standing::NotSignedYet,
            MandateState::Active if on >= self.expires_on(terms) => Standing::Expired,
            MandateState::Active => Standing::Good,
        }
    }

    /// Stops it. What a person says counts for one that a return had stopped too: the debtor may take it back meanwhile,
    /// and then it stays stopped when that return turns out to be none.
    pub fn stop(self, on: NaiveDate, because: StopCause) -> Result<Self, NotAllowed> {
        let stopped_by_return =
            matches!(&self.state, MandateState::Stopped { because: StopCause::Returned { .. }, .. });
        if !(stopped_by_return && matches!(because, StopCause::Person { .. })) {
            self.require_active()?;
        }
        Ok(Self { state: MandateState::Stopped { on, because }, ..self })
    }

    /// Lets it hold again when a return that stopped it turns out to be none.
    pub fn resume(self) -> Result<Self, NotAllowed> {
        match self.state {
            MandateState::Stopped { because: StopCause::Returned { .. }, .. } => {
                Ok(Self { state: MandateState::Active, ..self })
            }
            MandateState::Active => Err(NotAllowed::StillHolds),
            _ => Err(NotAllowed::Ended(self.state.code())),
        }
    }

    /// Ends it after its idle months.
    pub fn expire(self, today: NaiveDate, terms: &Terms) -> Result<Self, NotAllowed> {
        self.require_active()?;
        let on = self.expires_on(terms);
        if today < on {
            return Err(NotAllowed::StillHolds);
        }
        Ok(Self { state: MandateState::Expired { on }, ..self })
    }

    /// A collection under it has left the house; one for one collection is used up.
    pub fn collected(self, on: NaiveDate) -> Result<Self, NotAllowed> {
        self.require_active()?;
        let state = match self.kind {
            MandateKind::Recurrent => MandateState::Active,
            MandateKind::OneOff => MandateState::Stopped { on, because: StopCause::Used },
        };
        Ok(Self { last_collected_on: self.last_collected_on.max(Some(on)), state, ..self })
    }

    /// The same mandate with a change, and the change as the bank must hear it.
    ///
    /// A new account wakes a mandate that stopped because the bank could not take the old one: the permission still
    /// holds.
    pub fn amend(self, change: Change) -> Result<(Self, Amendment), NotAllowed> {
        let wakes = matches!(change, Change::Account(..)) && self.stopped_for_its_account();
        if !wakes {
            self.require_active()?;
        }
        let mut changed = self.clone();
        let amendment = match change {
            Change::Account(becomes, bic, other_bank) => {
                changed.debtor_iban = becomes.clone();
                changed.debtor_bic = bic;
                changed.state = MandateState::Active;
                Amendment::Account { was: self.debtor_iban, becomes, other_bank }
            }
            Change::Reference(becomes) => {
                changed.reference = becomes.clone();
                Amendment::Reference { was: self.reference, becomes }
            }
            Change::Creditor(becomes) => {
                changed.creditor = becomes.clone();
                Amendment::Creditor { was: self.creditor, becomes }
            }
        };
        let (was, becomes) = amendment.values();
        if was == becomes { Err(NotAllowed::Same) } else { Ok((changed, amendment)) }
    }

    fn stopped_for_its_account(&self) -> bool {
        let MandateState::Stopped { because: StopCause::Returned { reason: Some(reason) }, .. } = &self.state else {
            return false;
        };
        matches!(reason.as_str(), "AC01" | "AC04" | "AC06" | "AG01")
    }

    fn require_active(&self) -> Result<(), NotAllowed> {
        match self.state {
            MandateState::Active => Ok(()),
            _ => Err(NotAllowed::Ended(self.state.code())),
        }
    }
}

/// What a person or the house changes in a mandate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Another account, its bank's BIC where it is known, and whether that is another bank.
    Account(Iban, Option<String>, bool),
    /// Another reference.
    Reference(MandateReference),
    /// Another identifier of the creditor.
    Creditor(CreditorId),
}

/// Whether two accounts are at different banks: of Belgian accounts the first three digits name the bank (protocol
/// number of the National Bank); of others the country and the first four signs are compared, which may say "another"
/// too often: `SMNDA` is right then too.
pub fn is_other_bank(was: &Iban, becomes: &Iban) -> bool {
    let digits = if was.country() == "BE" { 3 } else { 4 };
    was.country() != becomes.country() || was.bban().get(..digits) != becomes.bban().get(..digits)
}
