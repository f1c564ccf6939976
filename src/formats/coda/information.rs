//! What records 3 add to a movement.

use super::communication::cut;

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
    /// Any other structured information, kept as it stands there: 002 text of the bank, 004 the other bank,
    /// 005 correspondent, 006 detail amount, 007 coins, 010 and 011 securities.
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
}

/// Reads the joined text of records 3.1, 3.2 and 3.3.
pub(super) fn content(structured: bool, text: &str) -> InformationContent {
    if !structured {
        return InformationContent::Free(text.trim_end().to_owned());
    }
    let signs: Vec<char> = text.chars().collect();
    let code = cut(&signs, 1, 3);
    match code.as_str() {
        "001" => InformationContent::Counterparty {
            name: cut(&signs, 4, 70),
            street: cut(&signs, 74, 35),
            locality: cut(&signs, 109, 35),
            identification: cut(&signs, 144, 35),
        },
        "008" => {
            InformationContent::UltimateBeneficiary { name: cut(&signs, 4, 70), identification: cut(&signs, 74, 35) }
        }
        "009" => InformationContent::UltimatePayer { name: cut(&signs, 4, 70), identification: cut(&signs, 74, 35) },
        _ => InformationContent::Other { code, text: cut(&signs, 4, 268) },
    }
}
