//! The bank transaction code: what an entry is to a lender, in the words that CODA uses too.

use super::node::Node;
use crate::formats::bank::{Kind, ReturnKind};
use crate::formats::coda::{TransactionCode, TransactionType};

/// A bank transaction code (ISO 20022 external code set: domain, family, subfamily), or one of the bank's own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Code {
    domain: String,
    pub(super) family: String,
    pub(super) subfamily: String,
    proprietary: String,
}

impl Code {
    /// The code in a `BkTxCd`.
    pub(super) fn of(node: &Node) -> Self {
        let text = |path: &str| node.text_at(path).unwrap_or_default().to_owned();
        Self {
            domain: text("Domn/Cd"),
            family: text("Domn/Fmly/Cd"),
            subfamily: text("Domn/Fmly/SubFmlyCd"),
            proprietary: text("Prtry/Cd"),
        }
    }

    /// The code as it is kept: `PMNT-RCDT-ESCT`, else the bank's own, else `none`.
    pub(super) fn text(&self) -> String {
        if !self.domain.is_empty() {
            return [&self.domain, &self.family, &self.subfamily].map(String::as_str).join("-");
        }
        if self.proprietary.is_empty() { "none".to_owned() } else { self.proprietary.clone() }
    }

    /// What it is: by the code of ISO, else by the bank's own, else [`Kind::Other`]: a person decides.
    pub(super) fn kind(&self, credit: bool) -> Kind {
        self.iso_kind(credit).or_else(|| self.coda_kind()).unwrap_or(Kind::Other)
    }

    fn iso_kind(&self, credit: bool) -> Option<Kind> {
        let kind = match (self.domain.as_str(), self.family.as_str(), self.subfamily.as_str()) {
            (_, _, "CHRG" | "COMM" | "COME" | "COMI" | "COMT" | "FEES" | "TAXE") => Kind::Charges,
            (_, _, "INTR") => Kind::Closing,
            ("PMNT", "RCDT" | "RRCT" | "ICDT" | "IRCT", "RRTN" | "RPCR" | "RJCT") => Kind::TransferReturned,
            ("PMNT", "RCDT" | "RRCT", _) if credit => Kind::TransferReceived,
            ("PMNT", "ICDT" | "IRCT", _) if credit => Kind::TransferReturned,
            ("PMNT", "ICDT" | "IRCT", _) => Kind::TransferSent,
            ("PMNT", "IDDT", "UPDD" | "PRDD" | "RCDD") => Kind::CollectionReturned,
            ("PMNT", "IDDT", _) if credit => Kind::CollectionCredited,
            ("PMNT", "IDDT", _) => Kind::CollectionReturned,
            ("PMNT", "RDDT", _) if !credit => Kind::CollectedFromUs,
            ("CAMT", "CAPL" | "ACCB", _) => Kind::OwnAccounts,
            _ => return None,
        };
        Some(kind)
    }

    /// Belgian banks may put the CODA code beside the one of ISO: eight digits of type, family, transaction and
    /// category.
    fn coda_kind(&self) -> Option<Kind> {
        let digits = self.proprietary.as_str();
        if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let part = |from: usize, to: usize| digits.get(from..to).and_then(|text| text.parse::<u8>().ok());
        let (family, transaction) = (part(1, 3)?, part(3, 5)?);
        let code = TransactionCode { kind: TransactionType::Simple, family, transaction, category: 0 };
        Some(code.meaning())
    }

    /// How something came back, as far as the code and the reason tell. MD06 is always a refund: the debtor asks
    /// the money back within eight weeks (EPC, SDD Core rulebook).
    pub(super) fn return_kind(&self, reason: Option<&str>) -> Option<ReturnKind> {
        match (self.family.as_str(), self.subfamily.as_str()) {
            _ if reason == Some("MD06") => Some(ReturnKind::Refund),
            (_, "RCDD" | "RPCR") => Some(ReturnKind::Cancellation),
            (_, "PRDD") => Some(ReturnKind::Reversal),
            (_, "RJCT") => Some(ReturnKind::Reject),
            (_, "UPDD" | "RRTN") => Some(ReturnKind::Return),
            _ => None,
        }
    }
}
