//! What the payer said with a movement: free text, a structured communication, a direct debit, and so on.

use chrono::NaiveDate;

use super::line::date;
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
    /// charge, 107 old direct debit, 108 closing, 111 to 115 terminals, 121 to 126 bills and credits.
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

/// Reads a structured communication: three digits of type and the positions after them.
pub(super) fn structured(text: &str) -> Communication {
    let signs: Vec<char> = text.chars().collect();
    let code = cut(&signs, 1, 3);
    let content: Vec<char> = signs.get(3..).unwrap_or_default().to_vec();
    match code.as_str() {
        "100" => Communication::CreditorReference(cut(&content, 1, 25)),
        "101" | "102" => reference(&content, code == "102"),
        "105" => foreign_amount(&content),
        "127" => Communication::DirectDebit(direct_debit(&content)),
        _ => Communication::OtherStructured { code, text: whole(&content) },
    }
}

fn reference(content: &[char], reconstituted: bool) -> Communication {
    let text = cut(content, 1, 12);
    match (Ogm::parse(&text), reconstituted) {
        (Ok(ogm), false) => Communication::Structured(ogm),
        (Ok(ogm), true) => Communication::ReconstitutedOgm(ogm),
        (Err(_), _) => Communication::InvalidOgm { text, reconstituted },
    }
}

fn foreign_amount(content: &[char]) -> Communication {
    let thousandths: Option<i64> = cut(content, 1, 15).parse().ok();
    Communication::ForeignAmount {
        gross: thousandths.filter(|amount| amount % 10 == 0).map(|amount| Money::from_cents(amount / 10)),
        currency: cut(content, 43, 3),
        ogm: Ogm::parse(&cut(content, 46, 12)).ok(),
        text: whole(content),
    }
}

fn direct_debit(content: &[char]) -> DirectDebit {
    let communication = cut(content, 80, 62);
    DirectDebit {
        settled_on: date(&cut(content, 1, 6)),
        sequence: match cut(content, 7, 1).as_str() {
            "1" => DebitSequence::Recurrent,
            "2" => DebitSequence::OneOff,
            "3" => DebitSequence::First,
            "4" => DebitSequence::Last,
            _ => DebitSequence::Unspecified,
        },
        scheme: match cut(content, 8, 1).as_str() {
            "1" => DebitScheme::Core,
            "2" => DebitScheme::BusinessToBusiness,
            _ => DebitScheme::Unspecified,
        },
        outcome: match cut(content, 9, 1).as_str() {
            "0" => Some(DebitOutcome::Paid),
            "1" => Some(DebitOutcome::Technical),
            "2" => Some(DebitOutcome::NotSpecified),
            "3" => Some(DebitOutcome::DebtorDisagrees),
            "4" => Some(DebitOutcome::DebtorAccount),
            _ => None,
        },
        creditor: cut(content, 10, 35),
        mandate: cut(content, 45, 35),
        ogm: Ogm::parse(&communication).ok(),
        communication,
        returned: ReturnKind::of_digit(&cut(content, 142, 1)),
        reason: Some(cut(content, 143, 4)).filter(|reason| !reason.is_empty()),
    }
}

/// The positions of a field, counted from 1, without blanks on either side.
pub(super) fn cut(content: &[char], first: usize, length: usize) -> String {
    content.iter().skip(first - 1).take(length).collect::<String>().trim().to_owned()
}

fn whole(content: &[char]) -> String {
    content.iter().collect::<String>().trim_end().to_owned()
}
