//! What records 3 add to a movement.

use super::communication::cut;
use super::layout::{self, Details};
use super::lines::{part, without_end};

/// One record 3.1 with its 3.2 and 3.3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Information {
    /// Its detail number, in the same counter as the movements.
    pub detail: u16,
    /// What it says.
    pub content: InformationContent,
}

/// The content of an information record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InformationContent {
    /// Free text; some banks put the real communication here.
    Free(String),
    /// The counterparty (001).
    Counterparty {
        /// Name.
        name: String,
        /// Street and number.
        street: String,
        /// Postal code and town.
        locality: String,
        /// An identification the bank does not explain.
        identification: String,
    },
    /// For whom the money is in the end (008).
    UltimateBeneficiary {
        /// Name.
        name: String,
        /// Identification.
        identification: String,
    },
    /// From whom the money is in the end (009).
    UltimatePayer {
        /// Name.
        name: String,
        /// Identification.
        identification: String,
    },
    /// Any other structured information, kept as it stands there: 002 and 003 text of the bank, 004 the other bank,
    /// 005 correspondent, 006 detail amount, 007 coins and notes, 010 and 011 securities, and types that the
    /// standard does not know. [`Information::details`] reads its fields.
    Other {
        /// Its type, three digits.
        code: String,
        /// Its positions after the type.
        text: String,
    },
}

impl Information {
    /// The text in which a reference may stand; empty for names and addresses.
    pub fn text(&self) -> &str {
        match &self.content {
            InformationContent::Free(text) | InformationContent::Other { text, .. } => text,
            _ => "",
        }
    }

    /// The fields of information 002 to 007, 010 and 011; none for names, free text and unknown types.
    pub fn details(&self) -> Option<Details> {
        match &self.content {
            InformationContent::Other { code, text } => layout::of_information(code, text),
            _ => None,
        }
    }
}

/// Reads the joined text of records 3.1, 3.2 and 3.3.
pub(super) fn content(structured: bool, text: &str) -> InformationContent {
    if !structured {
        return InformationContent::Free(without_end(text).to_owned());
    }
    let field = |first, length| cut(text, first, length).to_owned();
    match cut(text, 1, 3) {
        "001" => InformationContent::Counterparty {
            name: field(4, 70),
            street: field(74, 35),
            locality: field(109, 35),
            identification: field(144, 35),
        },
        "008" => InformationContent::UltimateBeneficiary { name: field(4, 70), identification: field(74, 35) },
        "009" => InformationContent::UltimatePayer { name: field(4, 70), identification: field(74, 35) },
        code => InformationContent::Other {
            code: code.to_owned(),
            text: without_end(text.get(part(text, 0, 3).len()..).unwrap_or_default()).to_owned(),
        },
    }
}
