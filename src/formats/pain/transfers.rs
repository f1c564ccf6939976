//! pain.001.001.09: what the bank is asked to pay.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;

use super::elements::{self, Element, around, holding, text};
use super::line::{self, Line};
use super::{Batch, Blocked, Built, Head, Remittance};
use crate::domain::identity::Iban;
use crate::domain::money::Money;
use crate::domain::text::{FieldProblem, Text};

/// One transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// The account of ours that pays.
    pub account: Iban,
    /// The day on which it is executed; TARGET must be open.
    pub execute_on: NaiveDate,
    /// Ours, unique; comes back on the statement. At most 35 signs.
    pub end_to_end_id: String,
    /// From 0.01 to 999,999,999.99 euro.
    pub amount: Money,
    /// Who is paid.
    pub creditor_name: String,
    /// Their account, as stored or typed; a wrong one blocks the line.
    pub creditor_iban: String,
    /// What they read.
    pub remittance: Remittance,
}

/// Writes transfers: one `PmtInf` per day and account, each booked by the bank as one debit (`BtchBookg` true).
///
/// # Errors
/// The head cannot be written, or the finished file does not pass the check of the guidelines.
pub fn transfers(head: &Head, lines: &[Transfer]) -> Result<Built, Vec<FieldProblem>> {
    let name = line::head(head)?;
    let mut blocked = Vec::new();
    let mut seen = HashSet::new();
    let mut groups: BTreeMap<(NaiveDate, &Iban), Vec<(usize, Element)>> = BTreeMap::new();
    for (position, transfer) in lines.iter().enumerate() {
        match transaction(transfer, &mut seen) {
            Ok(written) => {
                groups.entry((transfer.execute_on, &transfer.account)).or_default().push((position, written));
            }
            Err(problems) => {
                blocked.push(Blocked { position, end_to_end_id: transfer.end_to_end_id.clone(), problems });
            }
        }
    }
    let mut batches: Vec<Batch> = Vec::with_capacity(groups.len());
    let mut payments = Vec::with_capacity(groups.len());
    for (number, ((on, account), transactions)) in (1..).zip(groups) {
        let amounts: Vec<_> = transactions.iter().filter_map(|(at, _)| Some((*at, lines.get(*at)?.amount))).collect();
        let batch = elements::batch(head, number, (account, on), &amounts);
        payments.push(payment(&batch, &name, transactions.into_iter().map(|(_, written)| written)));
        batches.push(batch);
    }
    payments.insert(0, elements::group_header(head, &name, &batches));
    let message = ("urn:iso:std:iso:20022:tech:xsd:pain.001.001.09", "CstmrCdtTrfInitn");
    elements::finish(message, payments, (batches, blocked))
}

fn payment(batch: &Batch, name: &str, transfers: impl Iterator<Item = Element>) -> Element {
    let mut content = elements::payment(batch, "TRF");
    content.extend([
        around("PmtTpInf", [holding("SvcLvl", "Cd", "SEPA")]),
        holding("ReqdExctnDt", "Dt", batch.on),
        elements::party("Dbtr", name),
        elements::account("DbtrAcct", &batch.account),
        elements::no_agent("DbtrAgt"),
        text("ChrgBr", "SLEV"),
    ]);
    content.extend(transfers);
    around("PmtInf", content)
}

fn transaction(transfer: &Transfer, seen: &mut HashSet<String>) -> Result<Element, Vec<FieldProblem>> {
    let mut line = Line::default();
    line::end_to_end(&mut line, &transfer.end_to_end_id, seen);
    line.amount(transfer.amount);
    line.day("execute_on", transfer.execute_on);
    let creditor = line.name("creditor_name", &transfer.creditor_name);
    let account = line.account("creditor_iban", &transfer.creditor_iban);
    if account.as_ref() == Some(&transfer.account) {
        line.problems.add("creditor_iban", &transfer.creditor_iban, Text::new("pain-own-account"));
    }
    let remittance = line.remittance(&transfer.remittance);
    match (creditor, account, remittance) {
        (Some(creditor), Some(account), Some(remittance)) if line.problems.is_empty() => Ok(around(
            "CdtTrfTxInf",
            [
                holding("PmtId", "EndToEndId", &transfer.end_to_end_id),
                around("Amt", [elements::amount(transfer.amount)]),
                elements::party("Cdtr", &creditor),
                elements::account("CdtrAcct", &account),
                remittance,
            ],
        )),
        _ => Err(line.problems.into_vec()),
    }
}
