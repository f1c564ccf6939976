//! pain.008.001.08: what the bank is asked to collect.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;

use super::elements::{self, Element, around, holding, text};
use super::line::{self, Line};
use super::mandate::{Mandate, mandate};
use super::{Batch, Blocked, Built, Head, Remittance};
use crate::domain::identity::{CreditorId, Iban, Reach};
use crate::domain::money::Money;
use crate::domain::text::{FieldProblem, Text};

/// Whose mandate it is. Consumers always sign the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// `CORE` (EPC016-06).
    Core,
    /// `B2B` (EPC222-07): between enterprises, without a right of refund.
    BusinessToBusiness,
}

impl Scheme {
    /// The code in the file.
    pub fn code(self) -> &'static str {
        match self {
            Self::Core => "CORE",
            Self::BusinessToBusiness => "B2B",
        }
    }
}

/// Which collection of a mandate it is. Since 2016 a first one may also be sent as recurrent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sequence {
    /// `FRST`: the first of several.
    First,
    /// `RCUR`: one of several.
    Recurrent,
    /// `FNAL`: the last; the mandate is finished.
    Last,
    /// `OOFF`: the only one; the mandate is finished.
    OneOff,
}

impl Sequence {
    /// The code in the file.
    pub fn code(self) -> &'static str {
        match self {
            Self::First => "FRST",
            Self::Recurrent => "RCUR",
            Self::Last => "FNAL",
            Self::OneOff => "OOFF",
        }
    }
}

/// One collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// The account of ours that receives.
    pub account: Iban,
    /// The day the debtor pays; TARGET must be open.
    pub collect_on: NaiveDate,
    /// CORE or B2B.
    pub scheme: Scheme,
    /// First, recurrent, last or one-off.
    pub sequence: Sequence,
    /// Ours, unique; comes back on the statement. At most 35 signs.
    pub end_to_end_id: String,
    /// From 0.01 to 999,999,999.99 euro.
    pub amount: Money,
    /// Who pays.
    pub debtor_name: String,
    /// Their account, as stored or typed; a wrong one blocks the line.
    pub debtor_iban: String,
    /// What they signed; none blocks the line.
    pub mandate: Option<Mandate>,
    /// What they read.
    pub remittance: Remittance,
}

/// What collections of one batch have in common, in the order of the file.
type Group<'a> = (NaiveDate, Scheme, Sequence, &'a Iban);

/// Writes collections: one `PmtInf` per day, scheme, sequence type and account, each booked by the bank as one credit
/// (`BtchBookg` true), with the creditor identifier once per `PmtInf`.
///
/// # Errors
/// The head cannot be written, or the finished file does not pass the check of the guidelines.
pub fn collections(head: &Head, creditor: &CreditorId, lines: &[Collection]) -> Result<Built, Vec<FieldProblem>> {
    let name = line::head(head)?;
    let mut blocked = Vec::new();
    let mut seen = Seen::default();
    let mut groups: BTreeMap<Group<'_>, Vec<(usize, Element)>> = BTreeMap::new();
    for (position, collection) in lines.iter().enumerate() {
        match transaction(collection, creditor, &mut seen) {
            Ok(written) => {
                let group = (collection.collect_on, collection.scheme, collection.sequence, &collection.account);
                groups.entry(group).or_default().push((position, written));
            }
            Err(problems) => {
                blocked.push(Blocked { position, end_to_end_id: collection.end_to_end_id.clone(), problems });
            }
        }
    }
    let mut batches: Vec<Batch> = Vec::with_capacity(groups.len());
    let mut payments = Vec::with_capacity(groups.len());
    for (number, ((on, scheme, sequence, account), transactions)) in (1..).zip(groups) {
        let amounts: Vec<_> = transactions.iter().filter_map(|(at, _)| Some((*at, lines.get(*at)?.amount))).collect();
        let batch = elements::batch(head, number, (account, on), &amounts);
        let content = transactions.into_iter().map(|(_, written)| written);
        payments.push(payment(&batch, (&name, creditor), (scheme, sequence), content));
        batches.push(batch);
    }
    payments.insert(0, elements::group_header(head, &name, &batches));
    let message = ("urn:iso:std:iso:20022:tech:xsd:pain.008.001.08", "CstmrDrctDbtInitn");
    elements::finish(message, payments, (batches, blocked))
}

fn payment(
    batch: &Batch,
    (name, creditor): (&str, &CreditorId),
    (scheme, sequence): (Scheme, Sequence),
    collections: impl Iterator<Item = Element>,
) -> Element {
    let kind =
        [holding("SvcLvl", "Cd", "SEPA"), holding("LclInstrm", "Cd", scheme.code()), text("SeqTp", sequence.code())];
    let mut content = elements::payment(batch, "DD");
    content.extend([
        around("PmtTpInf", kind),
        text("ReqdColltnDt", batch.on),
        elements::party("Cdtr", name),
        elements::account("CdtrAcct", &batch.account),
        elements::no_agent("CdtrAgt"),
        text("ChrgBr", "SLEV"),
        around("CdtrSchmeId", [elements::creditor_id(creditor)]),
    ]);
    content.extend(collections);
    around("PmtInf", content)
}

/// What may come only once in a file.
#[derive(Default)]
pub(super) struct Seen {
    end_to_end_ids: HashSet<String>,
    /// Mandates with a first, a last or an only collection in this file.
    pub(super) single: HashSet<(String, Sequence)>,
}

fn transaction(collection: &Collection, creditor: &CreditorId, seen: &mut Seen) -> Result<Element, Vec<FieldProblem>> {
    let mut line = Line::default();
    line::end_to_end(&mut line, &collection.end_to_end_id, &mut seen.end_to_end_ids);
    line.amount(collection.amount);
    line.day("collect_on", collection.collect_on);
    let debtor = line.name("debtor_name", &collection.debtor_name);
    let account = line.account("debtor_iban", &collection.debtor_iban);
    if account.as_ref().is_some_and(|iban| iban.reach() == Reach::SepaOutsideEea) {
        line.problems.add("debtor_iban", &collection.debtor_iban, Text::new("pain-address-needed"));
    }
    let mandate = mandate(&mut line, collection, creditor, seen);
    let remittance = line.remittance(&collection.remittance);
    match (debtor, account, mandate, remittance) {
        (Some(debtor), Some(account), Some(mandate), Some(remittance)) if line.problems.is_empty() => Ok(around(
            "DrctDbtTxInf",
            [
                holding("PmtId", "EndToEndId", &collection.end_to_end_id),
                elements::amount(collection.amount),
                around("DrctDbtTx", [mandate]),
                elements::no_agent("DbtrAgt"),
                elements::party("Dbtr", &debtor),
                elements::account("DbtrAcct", &account),
                remittance,
            ],
        )),
        _ => Err(line.problems.into_vec()),
    }
}
