//! What the payer said with a movement: free text, a structured communication, a direct debit, and so on.

use chrono::NaiveDate;

use super::layout::{self, Details};
use super::line::{date, digits};
use super::lines::{part, trimmed, without_end};
use super::statement::ReturnKind;
use crate::domain::identity::Ogm;
use crate::domain::money::Money;

/// The communication of a movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Communication {
    /// Free text, joined over the records without adding or removing blanks; empty when there is none.
    Free(String),
    /// A structured communication as the payer gave it (101).
    Structured(Ogm),
    /// A structured communication that the bank rebuilt from a free text (102): less certain.
    ReconstitutedOgm(Ogm),
    /// Twelve positions that should be a structured communication and are not.
    InvalidOgm {
        /// What stands there.
        text: String,
        /// True for 102, false for 101.
        reconstituted: bool,
    },
    /// An ISO 11649 creditor reference (100), `RF…`.
    CreditorReference(String),
    /// An amount in another currency (105).
    ForeignAmount {
        /// The gross amount in the currency of the account, when it is a number of whole cents.
        gross: Option<Money>,
        /// The original currency, three letters.
        currency: String,
        /// The structured communication that came with it.
        ogm: Option<Ogm>,
        /// All positions, as they stand there.
        text: String,
    },
    /// A SEPA direct debit (127).
    DirectDebit(DirectDebit),
    /// Any other structured communication, kept as it stands there: 103 cheque or card number, 106 VAT or
    /// charge, 107 old direct debit, 108 closing, 111 to 115 terminals, 121 to 126 bills and credits, and types
    /// that the standard does not know. [`Communication::details`] reads its fields.
    OtherStructured {
        /// Its type, three digits.
        code: String,
        /// Its positions after the type.
        text: String,
    },
}

/// A SEPA direct debit (communication 127).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectDebit {
    /// The settlement date.
    pub settled_on: Option<NaiveDate>,
    /// Its place in a series.
    pub sequence: DebitSequence,
    /// Core or business to business.
    pub scheme: DebitScheme,
    /// Paid, or why not; none when the bank does not say.
    pub outcome: Option<DebitOutcome>,
    /// The identifier of the creditor.
    pub creditor: String,
    /// The reference of the mandate.
    pub mandate: String,
    /// What the creditor said: a structured communication or a text.
    pub communication: String,
    /// The structured communication, when it is one.
    pub ogm: Option<Ogm>,
    /// How it came back; none when it was paid or the other bank does not say.
    pub returned: Option<ReturnKind>,
    /// The ISO reason (AM04, MD06).
    pub reason: Option<String>,
}

/// The place of a direct debit in a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DebitSequence {
    /// 0 or unknown.
    Unspecified,
    /// 1.
    Recurrent,
    /// 2.
    OneOff,
    /// 3.
    First,
    /// 4.
    Last,
}

/// The scheme of a direct debit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DebitScheme {
    /// 0 or unknown.
    Unspecified,
    /// 1: consumers too.
    Core,
    /// 2: enterprises only.
    BusinessToBusiness,
}

/// Whether a direct debit was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DebitOutcome {
    /// 0.
    Paid,
    /// 1: a technical reason.
    Technical,
    /// 2: the reason is not given.
    NotSpecified,
    /// 3: the debtor disagrees.
    DebtorDisagrees,
    /// 4: something with the debtor's account.
    DebtorAccount,
}

impl Communication {
    /// The fields of a structured communication that is more than a reference: 103, 105 to 108, 111 to 115, 121 to
    /// 126. None for the others, and for types that the standard does not know.
    pub fn details(&self) -> Option<Details> {
        match self {
            Self::OtherStructured { code, text } => layout::of_communication(code, text),
            Self::ForeignAmount { text, .. } => layout::of_communication("105", text),
            _ => None,
        }
    }
}

/// Reads a structured communication: three digits of type and the positions after them. Answers what stands after
/// the last position that its type has, for the types that are a reference and nothing else.
pub(super) fn structured(text: &str) -> (Communication, &str) {
    let code = cut(text, 1, 3);
    let content = text.get(part(text, 0, 3).len()..).unwrap_or_default();
    match code {
        "100" => (Communication::CreditorReference(cut(content, 1, 25).to_owned()), after(content, 25)),
        "101" | "102" => (reference(content, code == "102"), after(content, 12)),
        "105" => (foreign_amount(content), ""),
        "127" => (Communication::DirectDebit(direct_debit(content)), ""),
        _ => (Communication::OtherStructured { code: code.to_owned(), text: without_end(content).to_owned() }, ""),
    }
}

fn reference(content: &str, reconstituted: bool) -> Communication {
    let text = cut(content, 1, 12);
    match (Ogm::parse(text), reconstituted) {
        (Ok(ogm), false) => Communication::Structured(ogm),
        (Ok(ogm), true) => Communication::ReconstitutedOgm(ogm),
        (Err(_), _) => Communication::InvalidOgm { text: text.to_owned(), reconstituted },
    }
}

fn foreign_amount(content: &str) -> Communication {
    let thousandths = digits(cut(content, 1, 15)).and_then(|amount| i64::try_from(amount).ok());
    Communication::ForeignAmount {
        gross: thousandths.filter(|amount| amount % 10 == 0).map(|amount| Money::from_cents(amount / 10)),
        currency: cut(content, 43, 3).to_owned(),
        ogm: Ogm::parse(cut(content, 46, 12)).ok(),
        text: without_end(content).to_owned(),
    }
}

fn direct_debit(content: &str) -> DirectDebit {
    let communication = cut(content, 80, 62).to_owned();
    DirectDebit {
        settled_on: date(cut(content, 1, 6)),
        sequence: match cut(content, 7, 1) {
            "1" => DebitSequence::Recurrent,
            "2" => DebitSequence::OneOff,
            "3" => DebitSequence::First,
            "4" => DebitSequence::Last,
            _ => DebitSequence::Unspecified,
        },
        scheme: match cut(content, 8, 1) {
            "1" => DebitScheme::Core,
            "2" => DebitScheme::BusinessToBusiness,
            _ => DebitScheme::Unspecified,
        },
        outcome: match cut(content, 9, 1) {
            "0" => Some(DebitOutcome::Paid),
            "1" => Some(DebitOutcome::Technical),
            "2" => Some(DebitOutcome::NotSpecified),
            "3" => Some(DebitOutcome::DebtorDisagrees),
            "4" => Some(DebitOutcome::DebtorAccount),
            _ => None,
        },
        creditor: cut(content, 10, 35).to_owned(),
        mandate: cut(content, 45, 35).to_owned(),
        ogm: Ogm::parse(&communication).ok(),
        communication,
        returned: ReturnKind::of_digit(cut(content, 142, 1)),
        reason: Some(cut(content, 143, 4)).filter(|reason| !reason.is_empty()).map(str::to_owned),
    }
}

/// The positions of a field, counted from 1, without blanks on either side.
pub(super) fn cut(content: &str, first: usize, length: usize) -> &str {
    trimmed(part(content, first - 1, length))
}

fn after(content: &str, length: usize) -> &str {
    content.get(part(content, 0, length).len()..).unwrap_or_default()
}
