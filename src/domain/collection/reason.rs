//! What the house does when a collection comes back: a total function of what the bank said.
//!
//! The meaning of each reason is that of EPC173-14 (reasons for R-transactions). What a house does with it is its own
//! rule: stop where the permission or the account is gone, try once more where only the money was not there, and ask a
//! person for everything else.

use super::super::matching::ReturnKind;

/// The reason in one digit that a bank gives where it gives no ISO code (CODA 127, "paid or reason of refusal").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reported {
    /// Something was wrong with the message.
    Technical,
    /// Nobody says.
    NotSpecified,
    /// The debtor does not agree.
    Disagrees,
    /// Something is wrong with the account.
    Account,
}

impl Reported {
    /// The reason of a code of a bank line; none of `paid` and of an unknown one.
    pub fn of_code(code: &str) -> Option<Self> {
        match code {
            "technical" => Some(Self::Technical),
            "not_specified" => Some(Self::NotSpecified),
            "debtor_disagrees" => Some(Self::Disagrees),
            "debtor_account" => Some(Self::Account),
            _ => None,
        }
    }
}

/// What is done, or waits for a person to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Collect once more on the next pay date.
    Retry,
    /// Ask the borrower which account it is, and amend the mandate.
    AskAccount,
    /// The permission is gone: show the signed mandate, speak with the borrower.
    StopMandate,
    /// Speak with the borrower; a transfer with the communication of the loan always works.
    Contact,
    /// Something is wrong with our file or our identifier: mend it and collect again.
    Technical,
    /// The borrower has died: no letters, the heirs or the notary.
    Estate,
    /// The bank misses data of the debtor.
    CompleteData,
    /// The debtor's bank filters us out: ask the borrower to allow our identifier.
    AllowList,
    /// The bank sees the same collection twice: look at our own files first.
    CheckDuplicate,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 9] = [
        Self::Retry,
        Self::AskAccount,
        Self::StopMandate,
        Self::Contact,
        Self::Technical,
        Self::Estate,
        Self::CompleteData,
        Self::AllowList,
        Self::CheckDuplicate,
    ];

    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Retry => "retry",
            Self::AskAccount => "ask_account",
            Self::StopMandate => "stop_mandate",
            Self::Contact => "contact",
            Self::Technical => "technical",
            Self::Estate => "estate",
            Self::CompleteData => "complete_data",
            Self::AllowList => "allow_list",
            Self::CheckDuplicate => "check_duplicate",
        }
    }

    /// The action of a code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.code() == code)
    }

    /// Whether a person must do something; what the house does by itself needs nobody.
    pub fn waits_for_a_person(self) -> bool {
        self != Self::Retry
    }
}

/// What a return asks of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// What is done, or waits for a person.
    pub action: Action,
    /// Whether the mandate stops at once.
    pub stops_mandate: bool,
}

/// What a return asks: its kind, its ISO reason, and the reason in one digit where there is no ISO one. An instalment
/// that was tried twice (`tried_again`) is not tried a third time: a person looks.
pub fn asks((kind, reason, reported): (ReturnKind, Option<&str>, Option<Reported>), tried_again: bool) -> Asked {
    let (action, stops_mandate) = match reason.map(str::trim) {
        // The account is wrong, closed, or of a sort that cannot be collected from.
        Some("AC01" | "AC04" | "AG01") => (Action::AskAccount, true),
        // Blocked, or blocked for direct debits by its holder: a transfer is the other way.
        Some("AC06") => (Action::Contact, true),
        // No valid mandate, or taken back as not allowed (up to thirteen months).
        Some("MD01") => (Action::StopMandate, true),
        Some("MD07") => (Action::Estate, true),
        // No money, or nobody says, which often hides it: once more, after a pay day.
        Some("AM04" | "MS03") => (Action::Retry, false),
        // Taken back within eight weeks, or refused: the mandate holds, and only a talk helps.
        Some("MD06" | "MS02") => (Action::Contact, false),
        Some("AM05" | "DUPL") => (Action::CheckDuplicate, false),
        Some("SL01") => (Action::AllowList, false),
        Some("RR01" | "RR02" | "RR03") => (Action::CompleteData, false),
        // Of our file, our identifier, or the scheme it was sent under.
        Some(
            "AC13" | "AG02" | "BE05" | "CNOR" | "DNOR" | "FF01" | "FF05" | "MD02" | "RC01" | "TECH" | "TM01" | "ED05",
        ) => (Action::Technical, false),
        Some(code) if !code.is_empty() => (Action::Contact, false),
        _ => match reported {
            Some(Reported::Technical) => (Action::Technical, false),
            Some(Reported::Account) => (Action::AskAccount, false),
            Some(Reported::Disagrees | Reported::NotSpecified) | None => (Action::Contact, false),
        },
    };
    // Only what a bank gave back for want of money is tried again: never what the debtor or we ourselves took back.
    let by_a_bank = matches!(kind, ReturnKind::Reject | ReturnKind::Return);
    let action = if action == Action::Retry && (tried_again || !by_a_bank) { Action::Contact } else { action };
    Asked { action, stops_mandate }
}
