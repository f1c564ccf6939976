//! Payment runs: orders that leave for the bank in one file.
//!
//! A run is made by one person, released by two different people and exported once. It can be cancelled until it is
//! exported. Of the two who release, at least one neither made the run nor approved an invoice in it: whoever made it
//! may be one of the two, because a small house has no third person every day, and is never the only pair of eyes.

mod came_back;
mod flags;

use std::fmt;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use uuid::Uuid;

pub use came_back::blames_account;
pub use flags::{AccountFlag, PaidAccount, RECENT_DAYS, flags};

use super::calendar::{add_days, is_banking_day, next_banking_day};
use super::text::Text;

/// How many people release a run.
pub const RELEASES: usize = 2;

/// The furthest a run can be dated ahead, in calendar days; a later day is a mistake in typing.
pub const AHEAD_DAYS: u32 = 60;

/// Whose account a run pays, where somebody must look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Whose {
    /// A contractor's, for all its orders in the run.
    #[serde(rename = "contractor_id")]
    Contractor(Uuid),
    /// That of one order to a borrower, a funder or a sender.
    #[serde(rename = "payment_order_id")]
    Order(Uuid),
}

impl Whose {
    /// The identifier of the contractor, or of the order.
    pub fn id(self) -> Uuid {
        match self {
            Self::Contractor(id) | Self::Order(id) => id,
        }
    }
}

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunState {
    /// Made; nobody has released it.
    Made,
    /// Released by one person.
    HalfReleased,
    /// Released by two.
    Released,
    /// Its file was made; the bank may have it.
    Exported,
    /// Cancelled before it was exported; its orders wait again.
    Cancelled,
}

impl RunState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Made, Self::HalfReleased, Self::Released, Self::Exported, Self::Cancelled];

    /// The state that follows from what happened to a run.
    pub fn of(releases: usize, exported: bool, cancelled: bool) -> Self {
        match (cancelled, exported, releases) {
            (true, ..) => Self::Cancelled,
            (false, true, _) => Self::Exported,
            (false, false, 0) => Self::Made,
            (false, false, 1) => Self::HalfReleased,
            (false, false, _) => Self::Released,
        }
    }

    /// The code in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::HalfReleased => "half_released",
            Self::Released => "released",
            Self::Exported => "exported",
            Self::Cancelled => "cancelled",
        }
    }

    /// True while a person can release it.
    pub fn can_be_released(self) -> bool {
        matches!(self, Self::Made | Self::HalfReleased)
    }

    /// True until it is exported or cancelled.
    pub fn can_be_cancelled(self) -> bool {
        matches!(self, Self::Made | Self::HalfReleased | Self::Released)
    }
}

impl fmt::Display for RunState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl Serialize for RunState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// Who had a hand in a run before anybody released it.
#[derive(Debug, Clone, Copy)]
pub struct Hands<'a> {
    /// Who made it.
    pub made_by: Uuid,
    /// Who approved an invoice in it.
    pub approvers: &'a [Uuid],
}

impl Hands<'_> {
    /// Whether this person neither made the run nor approved an invoice in it.
    pub fn is_independent(&self, person: Uuid) -> bool {
        person != self.made_by && !self.approvers.contains(&person)
    }
}

/// Whether a person may add their release to those that are there.
///
/// # Errors
/// The sentence why not: they released before; nobody of the two would be independent.
pub fn may_release(hands: Hands<'_>, before: &[Uuid], person: Uuid) -> Result<(), Text> {
    if before.contains(&person) {
        return Err(Text::new("payments-released-before"));
    }
    let independent = hands.is_independent(person) || before.iter().any(|other| hands.is_independent(*other));
    if before.len() + 1 == RELEASES && !independent { Err(Text::new("payments-not-independent")) } else { Ok(()) }
}

/// Whether a run can be executed on a day.
///
/// # Errors
/// The sentence why not, with a day that would be right.
pub fn execution_day(on: NaiveDate, today: NaiveDate) -> Result<(), Text> {
    let last = add_days(today, AHEAD_DAYS);
    if on < today {
        Err(Text::new("payments-day-past").with("today", today))
    } else if on > last {
        Err(Text::new("payments-day-far").with("last", last))
    } else if !is_banking_day(on) {
        Err(Text::new("payments-day-closed").with("next", next_banking_day(on)))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAKER: Uuid = Uuid::from_u128(1);
    const APPROVER: Uuid = Uuid::from_u128(2);
    const ANN: Uuid = Uuid::from_u128(3);
    const BEN: Uuid = Uuid::from_u128(4);

    fn refused(before: &[Uuid], person: Uuid) -> Option<String> {
        let hands = Hands { made_by: MAKER, approvers: &[APPROVER] };
        may_release(hands, before, person).err().map(|text| text.key)
    }

    #[test]
    fn two_different_people_release_and_one_of_them_had_no_hand_in_it() {
        let twice = Some("payments-released-before".to_owned());
        let dependent = Some("payments-not-independent".to_owned());
        for (before, person, expected) in [
            (&[][..], MAKER, None),
            (&[], ANN, None),
            (&[MAKER], ANN, None),
            (&[ANN], MAKER, None),
            (&[ANN], BEN, None),
            (&[ANN], APPROVER, None),
            (&[MAKER], MAKER, twice.clone()),
            (&[ANN], ANN, twice),
            (&[MAKER], APPROVER, dependent.clone()),
            (&[APPROVER], MAKER, dependent),
        ] {
            assert_eq!(refused(before, person), expected, "{before:?} then {person}");
        }
    }

    #[test]
    fn a_state_follows_from_what_happened() {
        for (releases, exported, cancelled, state) in [
            (0, false, false, RunState::Made),
            (1, false, false, RunState::HalfReleased),
            (2, false, false, RunState::Released),
            (2, true, false, RunState::Exported),
            (0, false, true, RunState::Cancelled),
            (2, false, true, RunState::Cancelled),
        ] {
            assert_eq!(RunState::of(releases, exported, cancelled), state);
            assert_eq!(state.can_be_released(), releases < RELEASES && !cancelled);
            assert_eq!(state.can_be_cancelled(), !exported && !cancelled);
        }
    }

    #[test]
    fn a_run_is_executed_on_a_banking_day_that_is_near() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let today = day("2026-11-26");
        let refused = |on: &str| execution_day(day(on), today).err().map(|text| text.key);
        assert_eq!(refused("2026-11-26"), None);
        assert_eq!(refused("2026-11-25").as_deref(), Some("payments-day-past"));
        assert_eq!(refused("2026-11-28").as_deref(), Some("payments-day-closed"));
        assert_eq!(refused("2026-12-25").as_deref(), Some("payments-day-closed"));
        assert_eq!(refused("2027-01-25"), None);
        assert_eq!(refused("2027-01-26").as_deref(), Some("payments-day-far"));
    }
}
