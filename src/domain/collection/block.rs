//! Whether a collection may leave in a file. What stands in the way is told; nothing is made to fit.

use chrono::NaiveDate;
use serde::Serialize;

use super::super::calendar::add_days;
use super::super::identity::CreditorId;
use super::super::money::Money;
use super::dates::{Terms, earliest};
use super::mandate::{Mandate, MandateReference, Standing};

/// Why a collection stays behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// The mandate was stopped, or the collection day is before its signature.
    MandateStopped,
    /// The mandate ended after its idle months.
    MandateExpired,
    /// Nobody may ask the borrower to pay: a death, a collective debt settlement, given up.
    MayNotCollect,
    /// What is open on the claim is no longer what was announced.
    AmountChanged,
    /// The borrower was not told, or was told another day, amount, mandate or creditor.
    NotNotified,
    /// The borrower was told too shortly before.
    NoticeTooShort,
    /// The bank needs the file earlier than today for this day.
    TooLate,
    /// The account is one of the house itself.
    OwnAccount,
}

impl Block {
    /// Every reason.
    pub const ALL: [Self; 8] = [
        Self::MandateStopped,
        Self::MandateExpired,
        Self::MayNotCollect,
        Self::AmountChanged,
        Self::NotNotified,
        Self::NoticeTooShort,
        Self::TooLate,
        Self::OwnAccount,
    ];

    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::MandateStopped => "mandate_stopped",
            Self::MandateExpired => "mandate_expired",
            Self::MayNotCollect => "may_not_collect",
            Self::AmountChanged => "amount_changed",
            Self::NotNotified => "not_notified",
            Self::NoticeTooShort => "notice_too_short",
            Self::TooLate => "too_late",
            Self::OwnAccount => "own_account",
        }
    }

    /// The reason of a code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.code() == code)
    }
}

/// What was announced to the borrower.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    /// How much.
    pub amount: Money,
    /// When.
    pub collect_on: NaiveDate,
    /// Under which mandate.
    pub reference: MandateReference,
    /// By whom.
    pub creditor: CreditorId,
    /// The day of the notice.
    pub notified_on: NaiveDate,
}

/// What is known of a collection when a file is made.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// The mandate.
    pub mandate: &'a Mandate,
    /// The creditor that the file names.
    pub creditor: &'a CreditorId,
    /// What is to be collected.
    pub amount: Money,
    /// On which day.
    pub collect_on: NaiveDate,
    /// What is open on the claim.
    pub open: Money,
    /// Whether somebody may ask the borrower to pay.
    pub may_collect: bool,
    /// Whether the account is one of the house itself.
    pub own_account: bool,
    /// The last notice.
    pub announced: Option<&'a Announced>,
}

/// Fine, or the first reason why a collection stays behind in a file that leaves today.
pub fn may_leave(facts: &Facts<'_>, today: NaiveDate, terms: &Terms) -> Result<(), Block> {
    match facts.mandate.standing(facts.collect_on, terms) {
        Standing::Good => {}
        Standing::Expired => return Err(Block::MandateExpired),
        Standing::Stopped | Standing::NotSignedYet => return Err(Block::MandateStopped),
    }
    if !facts.may_collect {
        return Err(Block::MayNotCollect);
    }
    if facts.own_account {
        return Err(Block::OwnAccount);
    }
    if facts.open != facts.amount {
        return Err(Block::AmountChanged);
    }
    let Some(told) = facts.announced else { return Err(Block::NotNotified) };
    let same = told.amount == facts.amount
        && told.collect_on == facts.collect_on
        && told.reference == facts.mandate.reference
        && told.creditor == *facts.creditor;
    if !same {
        return Err(Block::NotNotified);
    }
    if add_days(told.notified_on, terms.notice_days) > facts.collect_on {
        return Err(Block::NoticeTooShort);
    }
    if facts.collect_on < earliest(today, terms) {
        return Err(Block::TooLate);
    }
    Ok(())
}
