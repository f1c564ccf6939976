//! What else follows when a person takes back that a collection came back.

use super::super::text::Text;
use super::{Mandate, MandateState, StopCause};

/// What taking back did beside the collection itself, or what it leaves to a person. Each is one sentence for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Remark {
    /// The second try was let go; nobody had been told of it.
    RetryDropped,
    /// The second try was let go, of which the borrower had been told.
    RetryDroppedAfterNotice,
    /// The mandate holds again.
    MandateResumed,
    /// The mandate stays stopped: another return stops it too.
    MandateStaysForAnotherReturn,
    /// The mandate stays stopped: the loan has another one by now.
    MandateStaysForAnotherMandate,
}

impl Remark {
    /// Every remark.
    pub const ALL: [Self; 5] = [
        Self::RetryDropped,
        Self::RetryDroppedAfterNotice,
        Self::MandateResumed,
        Self::MandateStaysForAnotherReturn,
        Self::MandateStaysForAnotherMandate,
    ];

    /// The code in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::RetryDropped => "retry_dropped",
            Self::RetryDroppedAfterNotice => "retry_dropped_after_notice",
            Self::MandateResumed => "mandate_resumed",
            Self::MandateStaysForAnotherReturn => "mandate_stays_for_another_return",
            Self::MandateStaysForAnotherMandate => "mandate_stays_for_another_mandate",
        }
    }

    /// The sentence for people.
    pub fn text(self) -> Text {
        Text::new(&format!("undo-remark-{}", self.code()))
    }
}

/// What becomes of a mandate under which a return that stops it is taken back: `others_stop` where another return that
/// stands stops it too, `other_active` where the loan has another mandate by now. None where it was not stopped by a
/// return, or no longer is: a new account woke it, a person stopped it, it ended by itself.
pub fn after_return_undone(
    mandate: &Mandate,
    others_stop: bool,
    other_active: bool,
) -> Option<(Option<Mandate>, Remark)> {
    let MandateState::Stopped { because: StopCause::Returned { .. }, .. } = &mandate.state else { return None };
    if others_stop {
        return Some((None, Remark::MandateStaysForAnotherReturn));
    }
    if other_active {
        return Some((None, Remark::MandateStaysForAnotherMandate));
    }
    mandate.clone().resume().ok().map(|resumed| (Some(resumed), Remark::MandateResumed))
}
