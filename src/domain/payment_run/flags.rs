//! What is remarkable about the account of a contractor that a run pays. Fraud with invoices is a letter that says
//! “our account has changed”; so a change is shown with what it was before, and a person says how it was verified.

use chrono::NaiveDate;
use serde::Serialize;

use super::came_back::blames_account;
use crate::domain::calendar::add_days;
use crate::domain::identity::Iban;

/// For how many calendar days a change is recent.
pub const RECENT_DAYS: u32 = 30;

/// Why somebody must look at an account before money goes there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "flag", rename_all = "snake_case")]
pub enum AccountFlag {
    /// It changed in the last thirty days, or since money last went there.
    Changed {
        /// What it was before.
        before: Iban,
        /// Since when.
        on: NaiveDate,
        /// The day on which the contractor was last paid; none when never.
        last_paid_on: Option<NaiveDate>,
        /// How the change was verified, in the words of who recorded it.
        reason: String,
    },
    /// It is, or was, the account of another contractor too, or of a contractor though the order is not to one.
    OfAnotherContractor {
        /// Their name.
        name: String,
    },
    /// Its bank sent a transfer back, and blames the account.
    CameBack {
        /// The day on which it came back.
        on: NaiveDate,
        /// Why, as ISO code.
        code: String,
    },
    /// A borrower of ours paid from it, or was refunded on it.
    OfBorrower {
        /// The number of one loan.
        loan: String,
    },
}

impl AccountFlag {
    /// The code in the database and in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Changed { .. } => "changed",
            Self::OfAnotherContractor { .. } => "of_another_contractor",
            Self::CameBack { .. } => "came_back",
            Self::OfBorrower { .. } => "of_borrower",
        }
    }

    /// What tells this flag from another of the same account: a later change is another flag.
    pub fn key(&self) -> String {
        match self {
            Self::Changed { on, .. } => format!("{} {on}", self.code()),
            Self::CameBack { on, code } => format!("{} {on} {code}", self.code()),
            Self::OfAnotherContractor { name } => format!("{} {name}", self.code()),
            Self::OfBorrower { .. } => self.code().to_owned(),
        }
    }
}

/// What is known of an account that a run pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidAccount {
    /// The account before this one, with the day of the change and how it was verified; none for the first account.
    pub change: Option<(Iban, NaiveDate, String)>,
    /// The day on which the contractor was last paid.
    pub last_paid_on: Option<NaiveDate>,
    /// The last transfer to it that its bank sent back: the day, and why as ISO code.
    pub came_back: Option<(NaiveDate, String)>,
    /// Other contractors that have or had it.
    pub other_contractors: Vec<String>,
    /// A loan of a borrower who used it.
    pub borrower_loan: Option<String>,
}

/// What is remarkable about an account in a run that was made on a day.
pub fn flags(account: &PaidAccount, made_on: NaiveDate) -> Vec<AccountFlag> {
    let changed = account.change.as_ref().and_then(|(before, on, reason)| {
        let recent = made_on <= add_days(*on, RECENT_DAYS);
        // A payment on the day of the change may still have gone to the account before.
        let unpaid = account.last_paid_on.is_none_or(|paid| paid <= *on);
        let (before, on, last_paid_on) = (before.clone(), *on, account.last_paid_on);
        (recent || unpaid).then(|| AccountFlag::Changed { before, on, last_paid_on, reason: reason.clone() })
    });
    let came_back = account.came_back.iter().filter_map(|(on, code)| {
        // A later payment that stayed shows that the account works.
        let unpaid = account.last_paid_on.is_none_or(|paid| paid <= *on);
        let flag = || AccountFlag::CameBack { on: *on, code: code.clone() };
        (unpaid && blames_account(Some(code))).then(flag)
    });
    let others = account.other_contractors.iter().map(|name| AccountFlag::OfAnotherContractor { name: name.clone() });
    let borrower = account.borrower_loan.iter().map(|loan| AccountFlag::OfBorrower { loan: loan.clone() });
    changed.into_iter().chain(came_back).chain(others).chain(borrower).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn codes(changed_on: Option<&str>, last_paid_on: Option<&str>) -> Vec<&'static str> {
        let before = Iban::from_bban("BE", "999000000171").ok();
        let account = PaidAccount {
            change: before.zip(changed_on).map(|(before, on)| (before, day(on), "called".to_owned())),
            last_paid_on: last_paid_on.map(day),
            came_back: None,
            other_contractors: Vec::new(),
            borrower_loan: None,
        };
        flags(&account, day("2026-11-26")).iter().map(AccountFlag::code).collect()
    }

    #[test]
    fn a_change_is_shown_for_thirty_days_and_until_money_went_there() {
        assert_eq!(codes(None, None), [""; 0], "the account a contractor came with");
        assert_eq!(codes(Some("2026-10-27"), Some("2026-11-20")), ["changed"], "thirty days ago");
        assert_eq!(codes(Some("2026-10-26"), Some("2026-11-20")), [""; 0], "thirty-one days ago, paid since");
        assert_eq!(codes(Some("2025-01-10"), Some("2024-12-01")), ["changed"], "not paid since");
        assert_eq!(codes(Some("2025-01-10"), Some("2025-01-10")), ["changed"], "paid on that day");
        assert_eq!(codes(Some("2025-01-10"), None), ["changed"], "never paid");
    }

    #[test]
    fn an_account_from_which_money_came_back_is_shown_until_money_stayed_there() {
        let came_back = |code: &str, last_paid_on: Option<&str>| {
            let account = PaidAccount {
                change: None,
                last_paid_on: last_paid_on.map(day),
                came_back: Some((day("2026-11-20"), code.to_owned())),
                other_contractors: Vec::new(),
                borrower_loan: None,
            };
            flags(&account, day("2026-11-26")).iter().map(AccountFlag::key).collect::<Vec<_>>()
        };
        assert_eq!(came_back("AC04", None), ["came_back 2026-11-20 AC04"]);
        assert_eq!(came_back("AC04", Some("2026-11-20")), ["came_back 2026-11-20 AC04"], "paid before it came back");
        assert_eq!(came_back("AC04", Some("2026-11-21")), [""; 0]);
        assert_eq!(came_back("AM09", None), [""; 0], "not the account's fault");
    }

    #[test]
    fn an_account_that_others_use_is_shown_whenever_it_was_recorded() {
        let account = PaidAccount {
            change: None,
            last_paid_on: Some(day("2026-11-20")),
            came_back: None,
            other_contractors: vec!["Dakwerken Voorbeeld".to_owned()],
            borrower_loan: Some("L-2026-00012".to_owned()),
        };
        let found: Vec<_> = flags(&account, day("2026-11-26")).iter().map(AccountFlag::code).collect();
        assert_eq!(found, ["of_another_contractor", "of_borrower"]);
    }
}
