//! What a debtor signed, and what changed of it since.

use chrono::NaiveDate;

use super::ID_SIGNS;
use super::collections::{Collection, Seen, Sequence};
use super::elements::{self, Element, around, holding, text};
use super::line::Line;
use crate::domain::identity::{CreditorId, Iban};
use crate::domain::text::Text;

/// What a debtor signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    /// Unique per creditor, at most 35 signs.
    pub mandate_id: String,
    /// The day of the signature; sent with every collection.
    pub signed_on: NaiveDate,
    /// What changed since the last collection; sent once.
    pub amendment: Option<Amendment>,
}

/// What a mandate was before it changed; only what did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Amendment {
    /// Its identifier.
    pub mandate_id: Option<String>,
    /// The account of the debtor.
    pub account: Option<OriginalAccount>,
    /// The creditor.
    pub creditor: Option<OriginalCreditor>,
}

/// The account of the debtor before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OriginalAccount {
    /// This one.
    Iban(Iban),
    /// Not told: `SMNDA`, *same mandate, new debtor account*, in `OrgnlDbtrAcct` since EPC guidelines 9.0 of 2016.
    NotTold,
}

/// The creditor before: what changed of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginalCreditor {
    /// The name, when it changed.
    pub name: Option<String>,
    /// The identifier, when it changed.
    pub id: Option<CreditorId>,
}

/// `MndtRltdInf` of a collection; none when there is no mandate, or it cannot be written.
pub(super) fn mandate(
    line: &mut Line,
    collection: &Collection,
    creditor: &CreditorId,
    seen: &mut Seen,
) -> Option<Element> {
    let Some(mandate) = &collection.mandate else {
        line.problems.add("mandate", "", Text::new("pain-no-mandate"));
        return None;
    };
    line.id("mandate.mandate_id", &mandate.mandate_id, ID_SIGNS);
    if mandate.signed_on > collection.collect_on {
        let text = Text::new("pain-signed-later").with("on", collection.collect_on);
        line.problems.add("mandate.signed_on", mandate.signed_on, text);
    }
    let single = collection.sequence != Sequence::Recurrent;
    if single && !seen.single.insert((mandate.mandate_id.clone(), collection.sequence)) {
        let text = Text::new("pain-sequence-twice").with("sequence", collection.sequence.code());
        line.problems.add("sequence", collection.sequence.code(), text);
    }
    let mut content = vec![
        text("MndtId", &mandate.mandate_id),
        text("DtOfSgntr", mandate.signed_on),
        text("AmdmntInd", mandate.amendment.is_some()),
    ];
    if let Some(amendment) = &mandate.amendment {
        content.push(amended(line, collection, (mandate, amendment), creditor)?);
    }
    Some(around("MndtRltdInf", content))
}

/// `AmdmntInfDtls`. What is told must differ from what the collection itself says, or the bank of the debtor answers
/// MD02.
fn amended(
    line: &mut Line,
    collection: &Collection,
    (mandate, amendment): (&Mandate, &Amendment),
    creditor: &CreditorId,
) -> Option<Element> {
    if *amendment == Amendment::default() {
        line.problems.add("mandate.amendment", "", Text::new("pain-amendment-empty"));
        return None;
    }
    let unchanged = |line: &mut Line, field: &str, value: &str| {
        line.problems.add(field, value, Text::new("pain-amendment-same"));
    };
    let mut details = Vec::new();
    if let Some(original) = &amendment.mandate_id {
        line.id("mandate.amendment.mandate_id", original, ID_SIGNS);
        if *original == mandate.mandate_id {
            unchanged(line, "mandate.amendment.mandate_id", original);
        }
        details.push(text("OrgnlMndtId", original));
    }
    if let Some(original) = &amendment.creditor {
        details.push(original_creditor(line, original, creditor)?);
    }
    match &amendment.account {
        None => {}
        Some(OriginalAccount::NotTold) => {
            details.push(around("OrgnlDbtrAcct", [around("Id", [holding("Othr", "Id", "SMNDA")])]));
        }
        Some(OriginalAccount::Iban(iban)) => {
            if Iban::parse(&collection.debtor_iban).as_ref() == Ok(iban) {
                unchanged(line, "mandate.amendment.account", iban.as_str());
            }
            details.push(elements::account("OrgnlDbtrAcct", iban));
        }
    }
    Some(around("AmdmntInfDtls", details))
}

fn original_creditor(line: &mut Line, original: &OriginalCreditor, now: &CreditorId) -> Option<Element> {
    const FIELD: &str = "mandate.amendment.creditor";
    if original.name.is_none() && original.id.is_none() {
        line.problems.add(FIELD, "", Text::new("pain-amendment-empty"));
    }
    if original.id.as_ref() == Some(now) {
        line.problems.add(FIELD, now, Text::new("pain-amendment-same"));
    }
    let mut content = Vec::new();
    if let Some(name) = &original.name {
        content.push(text("Nm", line.name(FIELD, name)?));
    }
    content.extend(original.id.as_ref().map(elements::creditor_id));
    Some(around("OrgnlCdtrSchmeId", content))
}
