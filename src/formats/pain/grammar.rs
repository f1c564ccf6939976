//! What may stand in a payment file of ours: elements in their order, how often, and what their text may be.
//!
//! Written down from the guidelines of the EPC (EPC132-08 for transfers, EPC130-08 and EPC131-08 for direct
//! debits) and the XSDs of ISO 20022, apart from the types that write the file, so that one catches the other.

use super::{NAME_SIGNS, REMITTANCE_SIGNS};

/// What an element holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Content {
    /// Elements, all in this order.
    All(&'static [Part]),
    /// One of these elements.
    OneOf(&'static [Part]),
    /// At least one of these elements, in this order.
    Some(&'static [Part]),
    /// A text.
    Leaf(Leaf),
}

/// What a text may be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Leaf {
    /// An identifier: the character set, no blank, slashes as the EPC allows them, at most 35 signs.
    Id,
    /// Words in the character set, at most so many signs.
    Words(usize),
    /// One of these words.
    Code(&'static [&'static str]),
    /// `2026-11-26`.
    Date,
    /// `2026-11-26T10:00:00`.
    Moment,
    /// A whole number of at most 15 digits.
    Count,
    /// A sum in euro with two decimals, at most 15 digits before them.
    Sum,
    /// From 0.01 to 999999999.99, with `Ccy="EUR"`.
    Amount,
    /// An account in the SEPA zone.
    Iban,
    /// An enterprise number, ten digits.
    Enterprise,
    /// A creditor identifier.
    Creditor,
    /// A structured communication, twelve digits.
    Ogm,
}

/// An element in its parent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) name: &'static str,
    pub(super) least: usize,
    pub(super) most: usize,
    pub(super) content: Content,
}

const fn once(name: &'static str, content: Content) -> Part {
    Part { name, least: 1, most: 1, content }
}

const fn maybe(name: &'static str, content: Content) -> Part {
    Part { name, least: 0, most: 1, content }
}

const fn several(name: &'static str, content: Content) -> Part {
    Part { name, least: 1, most: usize::MAX, content }
}

const fn text(name: &'static str, leaf: Leaf) -> Part {
    once(name, Content::Leaf(leaf))
}

const fn code(name: &'static str, codes: &'static [&'static str]) -> Part {
    text(name, Leaf::Code(codes))
}

const fn all(name: &'static str, parts: &'static [Part]) -> Part {
    once(name, Content::All(parts))
}

const NAME: Leaf = Leaf::Words(NAME_SIGNS);
const IBAN: &[Part] = &[text("IBAN", Leaf::Iban)];
const ACCOUNT: &[Part] = &[all("Id", IBAN)];
const NOBODY: &[Part] = &[all("Othr", &[code("Id", &["NOTPROVIDED"])])];
const AGENT: &[Part] = &[all("FinInstnId", NOBODY)];
const PARTY: &[Part] = &[text("Nm", NAME)];
const SEPA: &[Part] = &[code("Cd", &["SEPA"])];

const COMPANY: &[Part] = &[text("Id", Leaf::Enterprise), code("Issr", &["KBO-BCE"])];
const INITIATOR: &[Part] = &[text("Nm", NAME), all("Id", &[all("OrgId", &[all("Othr", COMPANY)])])];
const HEADER: &[Part] = &[
    text("MsgId", Leaf::Id),
    text("CreDtTm", Leaf::Moment),
    text("NbOfTxs", Leaf::Count),
    text("CtrlSum", Leaf::Sum),
    all("InitgPty", INITIATOR),
];

const REFERENCE_KIND: &[Part] = &[all("CdOrPrtry", &[code("Cd", &["SCOR"])]), code("Issr", &["BBA"])];
const REFERENCE: &[Part] = &[all("Tp", REFERENCE_KIND), text("Ref", Leaf::Ogm)];
const REMITTED: Content =
    Content::OneOf(&[text("Ustrd", Leaf::Words(REMITTANCE_SIGNS)), all("Strd", &[all("CdtrRefInf", REFERENCE)])]);
const PAYMENT_ID: &[Part] = &[text("EndToEndId", Leaf::Id)];

/// pain.001.001.09.
pub(super) const TRANSFERS: Part = all("Document", &[all("CstmrCdtTrfInitn", TRANSFER_MESSAGE)]);
const TRANSFER_MESSAGE: &[Part] = &[all("GrpHdr", HEADER), several("PmtInf", Content::All(TRANSFER_BATCH))];
const TRANSFER_BATCH: &[Part] = &[
    text("PmtInfId", Leaf::Id),
    code("PmtMtd", &["TRF"]),
    code("BtchBookg", &["true"]),
    text("NbOfTxs", Leaf::Count),
    text("CtrlSum", Leaf::Sum),
    all("PmtTpInf", &[all("SvcLvl", SEPA)]),
    all("ReqdExctnDt", &[text("Dt", Leaf::Date)]),
    all("Dbtr", PARTY),
    all("DbtrAcct", ACCOUNT),
    all("DbtrAgt", AGENT),
    code("ChrgBr", &["SLEV"]),
    several("CdtTrfTxInf", Content::All(TRANSFER)),
];
const TRANSFER: &[Part] = &[
    all("PmtId", PAYMENT_ID),
    all("Amt", &[text("InstdAmt", Leaf::Amount)]),
    all("Cdtr", PARTY),
    all("CdtrAcct", ACCOUNT),
    once("RmtInf", REMITTED),
];

/// pain.008.001.08.
pub(super) const COLLECTIONS: Part = all("Document", &[all("CstmrDrctDbtInitn", COLLECTION_MESSAGE)]);
const COLLECTION_MESSAGE: &[Part] = &[all("GrpHdr", HEADER), several("PmtInf", Content::All(COLLECTION_BATCH))];
const COLLECTION_BATCH: &[Part] = &[
    text("PmtInfId", Leaf::Id),
    code("PmtMtd", &["DD"]),
    code("BtchBookg", &["true"]),
    text("NbOfTxs", Leaf::Count),
    text("CtrlSum", Leaf::Sum),
    all("PmtTpInf", COLLECTION_KIND),
    text("ReqdColltnDt", Leaf::Date),
    all("Cdtr", PARTY),
    all("CdtrAcct", ACCOUNT),
    all("CdtrAgt", AGENT),
    code("ChrgBr", &["SLEV"]),
    all("CdtrSchmeId", &[all("Id", CREDITOR)]),
    several("DrctDbtTxInf", Content::All(COLLECTION)),
];
const COLLECTION_KIND: &[Part] = &[
    all("SvcLvl", SEPA),
    all("LclInstrm", &[code("Cd", &["CORE", "B2B"])]),
    code("SeqTp", &["FRST", "RCUR", "FNAL", "OOFF"]),
];
const CREDITOR_NUMBER: &[Part] = &[text("Id", Leaf::Creditor), all("SchmeNm", &[code("Prtry", &["SEPA"])])];
const CREDITOR: &[Part] = &[all("PrvtId", &[all("Othr", CREDITOR_NUMBER)])];
const COLLECTION: &[Part] = &[
    all("PmtId", PAYMENT_ID),
    text("InstdAmt", Leaf::Amount),
    all("DrctDbtTx", &[all("MndtRltdInf", MANDATE)]),
    all("DbtrAgt", AGENT),
    all("Dbtr", PARTY),
    all("DbtrAcct", ACCOUNT),
    once("RmtInf", REMITTED),
];
const MANDATE: &[Part] = &[
    text("MndtId", Leaf::Id),
    text("DtOfSgntr", Leaf::Date),
    code("AmdmntInd", &["true", "false"]),
    maybe("AmdmntInfDtls", Content::Some(AMENDMENT)),
];
const AMENDMENT: &[Part] = &[
    maybe("OrgnlMndtId", Content::Leaf(Leaf::Id)),
    maybe("OrgnlCdtrSchmeId", Content::Some(FORMER_CREDITOR)),
    maybe("OrgnlDbtrAcct", Content::All(&[once("Id", FORMER_ACCOUNT)])),
];
const FORMER_CREDITOR: &[Part] = &[maybe("Nm", Content::Leaf(NAME)), maybe("Id", Content::All(CREDITOR))];
const FORMER_ACCOUNT: Content = Content::OneOf(&[text("IBAN", Leaf::Iban), all("Othr", &[code("Id", &["SMNDA"])])]);
