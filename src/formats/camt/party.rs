//! The other side of a transaction, in the old layout and in the one with a level `Pty` (from version 08).

use super::node::Node;
use crate::domain::identity::Iban;
use crate::formats::bank::{Counterparty, Kind};

/// Whom the bank names on one side.
struct Side {
    name: &'static str,
    account: &'static str,
    agent: &'static str,
    ultimate: &'static str,
}

const DEBTOR: Side = Side { name: "Dbtr", account: "DbtrAcct", agent: "DbtrAgt", ultimate: "UltmtDbtr" };
const CREDITOR: Side = Side { name: "Cdtr", account: "CdtrAcct", agent: "CdtrAgt", ultimate: "UltmtCdtr" };

/// The other side. Parties keep their part when a payment comes back, so the kind says which of them it is;
/// where it says nothing, the direction does. The account of the statement itself is never the other side.
pub(super) fn counterparty(node: &Node, (kind, credit): (Kind, bool), own: Option<&Iban>) -> Counterparty {
    let debtor = match kind {
        Kind::TransferReceived | Kind::CollectionCredited | Kind::CollectionReturned => true,
        Kind::TransferSent | Kind::TransferReturned | Kind::CollectedFromUs => false,
        Kind::OwnAccounts | Kind::Closing | Kind::Charges | Kind::Other => credit,
    };
    let (first, other) = if debtor { (DEBTOR, CREDITOR) } else { (CREDITOR, DEBTOR) };
    let party = side(node, &first);
    if party.iban.is_some() && party.iban.as_ref() == own {
        return side(node, &other);
    }
    party
}

fn side(node: &Node, side: &Side) -> Counterparty {
    let Side { name, account, agent, ultimate } = *side;
    let parties = node.find("RltdPties");
    let number = parties
        .and_then(|parties| parties.find(account))
        .and_then(|account| account.text_at_any(&["Id/IBAN", "Id/Othr/Id", "Id/PrtryAcct/Id"]));
    let iban = number.and_then(|number| Iban::parse(number).ok());
    let agent = node.find("RltdAgts").and_then(|agents| agents.find(agent));
    Counterparty {
        other_account: number.filter(|_| iban.is_none()).map(str::to_owned),
        iban,
        bic: agent.and_then(|agent| agent.text_at_any(&["FinInstnId/BICFI", "FinInstnId/BIC"])).map(str::to_owned),
        name: parties.and_then(|parties| name_of(parties.find(name)?)).map(str::to_owned),
        ultimate: parties.and_then(|parties| name_of(parties.find(ultimate)?)).map(str::to_owned),
    }
}

fn name_of(party: &Node) -> Option<&str> {
    party.text_at_any(&["Nm", "Pty/Nm", "Agt/FinInstnId/Nm"])
}

/// The creditor identifier of a direct debit: the identification of the creditor with the scheme `SEPA`, else the
/// only one there is.
pub(super) fn creditor_identifier(node: &Node) -> Option<String> {
    let creditor = node.find("RltdPties")?.find("Cdtr")?;
    let party = creditor.find("Pty").unwrap_or(creditor);
    let private = party.find("Id/PrvtId").into_iter();
    let all: Vec<&Node> = private.chain(party.find("Id/OrgId")).flat_map(|id| id.all("Othr")).collect();
    let sepa = all.iter().find(|other| other.text_at("SchmeNm/Prtry") == Some("SEPA"));
    let only = if let [only] = all.as_slice() { Some(only) } else { None };
    sepa.or(only).and_then(|other| other.text_at("Id")).map(str::to_owned)
}
