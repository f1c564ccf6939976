//! One transaction of an entry: `TxDtls`.

use super::code::Code;
use super::entry::Head;
use super::findings::Findings;
use super::node::{Node, Spot};
use super::party;
use super::remittance::{self, Remittance};
use super::statement::Context;
use super::values::{self, signed};
use crate::domain::money::Money;
use crate::formats::bank::{
    DebitOutcome, DebitScheme, DebitSequence, DirectDebit, Kind, Line, Position, Reference, Return, Role,
};

/// A transaction, before its place among the lines is known.
#[derive(Debug)]
pub(super) struct Transaction {
    /// The line of the statement that it becomes.
    pub(super) line: Line,
    /// Its amount in the currency of the account; none when the bank does not say it.
    pub(super) amount: Option<Money>,
    /// True when that is what the payer asked for, of which less may have arrived.
    pub(super) instructed: bool,
    /// Charges that were taken off it, positive.
    pub(super) charges: Money,
    /// Which group of its entry it stands in, from 1.
    pub(super) group: usize,
}

/// Reads one `TxDtls` of an entry.
pub(super) fn transaction(
    spot: Spot<'_>,
    (head, group): (&Head, usize),
    context: &Context,
    findings: &mut Findings,
) -> Transaction {
    let node = spot.node;
    let credit = match spot.text("CdtDbtInd") {
        Some(_) => values::is_credit(spot, "CdtDbtInd", findings).unwrap_or(head.credit),
        None => head.credit,
    };
    let sure = ["Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/CntrValAmt/Amt"];
    let said = amount(spot, &sure, context, findings);
    let instructed = said.is_none().then(|| amount(spot, &["AmtDtls/InstdAmt/Amt"], context, findings)).flatten();
    let code = node.find("BkTxCd").map_or_else(|| head.code.clone(), Code::of);
    let line = line(spot, (head, &code, credit), context, findings);
    let amount = said.or(instructed).map(|money| signed(money, credit));
    Transaction { line, amount, instructed: instructed.is_some(), charges: charges(spot, findings), group }
}

/// The first of these amounts that is in the currency of the account. It stands in `Amt` from version 03 on, before
/// that among the details.
fn amount(spot: Spot<'_>, places: &[&str], context: &Context, findings: &mut Findings) -> Option<Money> {
    let mut amounts = places.iter().filter_map(|place| values::amount(spot, place, findings));
    amounts.find(|amount| amount.currency == context.currency).map(|amount| amount.money)
}

/// The charges of a `Chrgs`, in whatever version: the records of it, else the total.
pub(super) fn charges(spot: Spot<'_>, findings: &mut Findings) -> Money {
    let mut sum = Money::ZERO;
    for chrgs in spot.node.all("Chrgs") {
        let path = format!("{}/Chrgs", spot.path);
        let whole = Spot { node: chrgs, path: &path };
        let records: Vec<&Node> = chrgs.all("Rcrd").collect();
        if records.is_empty() && chrgs.find("Amt").is_none() {
            sum += values::amount(whole, "TtlChrgsAndTaxAmt", findings).map_or(Money::ZERO, |amount| amount.money);
            continue;
        }
        let parts = if records.is_empty() { vec![chrgs] } else { records };
        for part in parts {
            let given_back = part.text_at("CdtDbtInd") == Some("CRDT");
            let amount = values::amount(Spot { node: part, path: &path }, "Amt", findings);
            sum += amount.map_or(Money::ZERO, |amount| signed(amount.money, !given_back));
        }
    }
    sum
}

/// What a transaction says, as a line of the statement.
fn line(
    spot: Spot<'_>,
    (head, code, credit): (&Head, &Code, bool),
    context: &Context,
    findings: &mut Findings,
) -> Line {
    let node = spot.node;
    let reason = node.text_at_any(&["RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry"]).map(str::to_owned);
    let kind = match code.kind(credit) {
        // The bank says that something came back and not what; a mandate tells a collection from a transfer.
        Kind::Other if node.find("RtrInf").is_some() => match node.text_at("Refs/MndtId") {
            Some(_) => Kind::CollectionReturned,
            None => Kind::TransferReturned,
        },
        kind => kind,
    };
    let comes_back = matches!(kind, Kind::CollectionReturned | Kind::TransferReturned);
    let returned = (node.find("RtrInf").is_some() || comes_back)
        .then(|| Return { kind: code.return_kind(reason.as_deref()), reason });
    let Remittance { reference, free, mut more, hints } = remittance::remittance(spot, findings);
    more.extend(
        node.all("AddtlTxInf")
            .chain(node.find("RtrInf").into_iter().flat_map(|info| info.all("AddtlInf")))
            .map(|node| node.text.clone()),
    );
    let direct_debit = direct_debit(spot, (kind, code), returned.as_ref(), findings);
    Line {
        line: node.line,
        position: Position::default(),
        role: Role::Detail,
        batch_of: None,
        amount: Money::ZERO,
        booked_on: head.booked_on,
        value_on: head.value_on,
        code: code.text(),
        kind,
        counterparty: party::counterparty(node, (kind, credit), context.iban.as_ref()),
        reference: reference.unwrap_or(Reference::Absent),
        direct_debit: direct_debit.map(|debit| {
            let said = || if free.is_empty() { more.first().cloned().unwrap_or_default() } else { free.clone() };
            let communication = match reference {
                Some(Reference::Given(ogm)) => ogm.to_string(),
                _ => said(),
            };
            DirectDebit { communication, ..debit }
        }),
        free,
        details: None,
        more,
        hints,
        end_to_end_id: remittance::end_to_end_id(node),
        returned,
        category_purpose: None,
        purpose: node.text_at_any(&["Purp/Cd", "Purp/Prtry"]).map(str::to_owned),
        bank_reference: node.text_at("Refs/AcctSvcrRef").map_or_else(|| head.bank_reference.clone(), str::to_owned),
        batch_reference: node.text_at("Refs/PmtInfId").map(str::to_owned),
    }
}

/// The direct debit that a transaction is: it names a mandate, or its code says so.
fn direct_debit(
    spot: Spot<'_>,
    (kind, code): (Kind, &Code),
    returned: Option<&Return>,
    findings: &mut Findings,
) -> Option<DirectDebit> {
    let mandate = spot.text("Refs/MndtId");
    let collected = matches!(kind, Kind::CollectionCredited | Kind::CollectionReturned | Kind::CollectedFromUs);
    if mandate.is_none() && !collected {
        return None;
    }
    Some(DirectDebit {
        settled_on: values::date(spot, "RltdDts/IntrBkSttlmDt", findings),
        sequence: DebitSequence::Unspecified,
        scheme: match code.subfamily.as_str() {
            "ESDD" => DebitScheme::Core,
            "BBDD" => DebitScheme::BusinessToBusiness,
            _ => DebitScheme::Unspecified,
        },
        outcome: match returned {
            Some(returned) => Some(outcome(returned.reason.as_deref())),
            None => collected.then_some(DebitOutcome::Paid),
        },
        creditor: party::creditor_identifier(spot.node).unwrap_or_default(),
        mandate: mandate.unwrap_or_default().to_owned(),
        communication: String::new(),
    })
}

/// Why a direct debit was not paid, in the five words of CODA 127, by its ISO reason (EPC173-14).
fn outcome(reason: Option<&str>) -> DebitOutcome {
    match reason {
        Some("MD01" | "MD06" | "MS02" | "SL01") => DebitOutcome::DebtorDisagrees,
        Some("AC01" | "AC04" | "AC06" | "AC13" | "AG01" | "AM04" | "MD07") => DebitOutcome::DebtorAccount,
        Some("MS03") | None => DebitOutcome::NotSpecified,
        Some(_) => DebitOutcome::Technical,
    }
}
