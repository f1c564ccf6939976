//! From the lines of a statement to lines that can be judged and kept.
//!
//! What has details is not booked itself: its details are, down to the last level. So a total and its details
//! never count twice, and the sum of what is booked is the change of the balance.

use std::collections::HashSet;

use uuid::Uuid;

use crate::clock::Ids;
use crate::domain::identity::Ogm;
use crate::domain::matching::{Line, Nature, Reason, Reference, file_numbers};
use crate::formats::bank::{self, DebitOutcome, Kind, Role};
use crate::storage::bank::{Details, LineRow, Outcome, Said, TopLine, Wanted};

/// A line on its way to be judged.
#[derive(Debug)]
pub(super) struct Candidate<'a> {
    pub(super) row: LineRow,
    /// None for what is not booked: a total with details, or 0.00.
    pub(super) line: Option<Line<'a>>,
}

/// The lines of one statement, in its order.
pub(super) fn candidates<'a>(
    lines: &'a [bank::Line],
    (statement_id, fund_id): (Uuid, Uuid),
    ids: &Ids,
) -> Vec<Candidate<'a>> {
    let with_details: HashSet<usize> = lines.iter().filter_map(|line| line.batch_of).collect();
    let mut candidates = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let idle = if with_details.contains(&index) {
            Some(Reason::DetailsBooked)
        } else if line.amount.is_zero() {
            Some(Reason::NothingToBook)
        } else {
            None
        };
        let ordinal = i32::try_from(index + 1).unwrap_or(i32::MAX);
        let total = line.total(lines);
        let mut row = row((line, total), (ids.next(), statement_id, fund_id, ordinal));
        row.reason = idle.unwrap_or(row.reason);
        let line = if idle.is_some() { None } else { Some(to_judge(line, total)) };
        candidates.push(Candidate { row, line });
    }
    candidates
}

/// What is judged. A part of an amount is a charge, or else the gross amount, which speaks with the reference
/// and the texts of the whole.
fn to_judge<'a>(line: &'a bank::Line, total: Option<&'a bank::Line>) -> Line<'a> {
    let amount = line.amount;
    if total.is_some() && line.role == Role::ChargePart {
        let (nature, reference) = (Nature::Charge, Reference::Absent);
        return Line { amount, nature, reference, texts: Vec::new(), end_to_end_id: None };
    }
    let mut judged = Line {
        amount,
        nature: nature(line),
        reference: line.reference,
        texts: line.texts(),
        end_to_end_id: line.end_to_end_id.as_deref(),
    };
    // A total that names our payment file in its own field (`Btch/PmtInfId`): that file may be a run. A single payment out
    // of it is known by its own identification.
    if total.is_none() && line.end_to_end_id.is_none() {
        judged.texts.extend(line.batch_reference.as_deref());
    }
    if let Some(whole) = total.filter(|_| line.role == Role::Part) {
        if judged.reference == Reference::Absent {
            judged.reference = whole.reference;
        }
        judged.texts.extend(whole.texts());
        judged.end_to_end_id = judged.end_to_end_id.or(whole.end_to_end_id.as_deref());
    }
    judged
}

fn nature(line: &bank::Line) -> Nature {
    match line.kind {
        Kind::Charges | Kind::Closing => Nature::Charge,
        Kind::TransferReturned => Nature::Returned,
        // A bank may say it in the fields of an R-transaction alone (CODA 2.2, positions 113 to 117).
        Kind::TransferReceived | Kind::Other if comes_back(line) => Nature::Returned,
        Kind::OwnAccounts => Nature::OwnAccounts,
        _ if matches!(line.role, Role::Total | Role::Subtotal) => Nature::Total,
        _ => Nature::Payment,
    }
}

/// Whether the bank says of money in that it was sent before, and not by direct debit.
fn comes_back(line: &bank::Line) -> bool {
    line.amount.is_positive() && line.returned.is_some() && line.direct_debit.is_none()
}

fn row(
    (line, total): (&bank::Line, Option<&bank::Line>),
    (id, statement, fund, ordinal): (Uuid, Uuid, Uuid, i32),
) -> LineRow {
    LineRow {
        bank_line_id: id,
        bank_statement_id: statement,
        fund_id: fund,
        ordinal,
        sequence: format!("{:04}", line.position.sequence),
        detail: format!("{:04}", line.position.detail),
        batch_of: total.map(|total| format!("{:04}", total.position.sequence)),
        amount: line.amount,
        booked_on: line.booked_on,
        value_on: line.value_on,
        kind: line.code.clone(),
        bank_reference: line.bank_reference.clone(),
        counterparty_iban: line.counterparty.iban.clone(),
        counterparty_bic: line.counterparty.bic.clone(),
        counterparty_name: line.counterparty.name.clone(),
        structured: line.ogm(),
        free: line.readable(),
        end_to_end_id: line.end_to_end_id.clone(),
        said: said(line, total),
        outcome: Outcome::Detailed,
        reason: Reason::NothingToBook,
        loan_id: None,
        payment_order_id: None,
        source_id: None,
        entry_id: None,
        details: None,
    }
}

/// A detail that a second feed brings for a total, as a line of the statement of that total.
pub(super) fn detail<'a>(
    (line, total): (&'a bank::Line, Option<&'a bank::Line>),
    (top, details): (&TopLine, Details),
    (id, ordinal, number): (Uuid, i32, u16),
) -> Candidate<'a> {
    let total = total.filter(|total| !std::ptr::eq(*total, line));
    let mut row = row((line, total), (id, top.bank_statement_id, top.fund_id, ordinal));
    row.sequence = top.sequence.clone();
    row.detail = format!("{:04}", number % 10_000);
    row.batch_of = Some(top.sequence.clone());
    // The money is on the account since the bank booked the total.
    row.booked_on = top.booked_on;
    row.said.batch_reference = row.said.batch_reference.or_else(|| top.batch_reference.clone());
    row.details = Some(details);
    let line = if line.amount.is_zero() { None } else { Some(to_judge(line, total)) };
    Candidate { row, line }
}

/// What the bank says of this line; the name of its payment file may stand on its total only.
fn said(line: &bank::Line, total: Option<&bank::Line>) -> Said {
    let debit = line.direct_debit.as_ref();
    let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Said {
        return_kind: line.returned.as_ref().and_then(|returned| returned.kind),
        return_reason: line.returned.as_ref().and_then(|returned| returned.reason.clone()),
        mandate_reference: debit.and_then(|debit| filled(&debit.mandate)),
        creditor_identifier: debit.and_then(|debit| filled(&debit.creditor)),
        debit_outcome: debit.and_then(|debit| debit.outcome).map(|outcome| outcome_code(outcome).to_owned()),
        purpose: line.purpose.clone(),
        category_purpose: line.category_purpose.clone(),
        batch_reference: line.batch_reference.clone().or_else(|| total.and_then(|total| total.batch_reference.clone())),
        counterparty_ultimate: line.counterparty.ultimate.clone(),
    }
}

fn outcome_code(outcome: DebitOutcome) -> &'static str {
    match outcome {
        DebitOutcome::Paid => "paid",
        DebitOutcome::Technical => "technical",
        DebitOutcome::NotSpecified => "not_specified",
        DebitOutcome::DebtorDisagrees => "debtor_disagrees",
        DebitOutcome::DebtorAccount => "debtor_account",
    }
}

/// Everything that the lines of a file name, to be looked up at once, and the end-to-end identifications of
/// its debits and of what comes back.
pub(super) fn wanted(candidates: &[Candidate<'_>]) -> (Wanted, Vec<String>) {
    let mut ogms: HashSet<Ogm> = HashSet::new();
    let mut numbers: HashSet<String> = HashSet::new();
    let mut orders: HashSet<String> = HashSet::new();
    for line in candidates.iter().filter_map(|candidate| candidate.line.as_ref()) {
        if line.amount.is_negative() || line.nature == Nature::Returned {
            orders.extend(line.end_to_end_id.map(str::to_owned));
            continue;
        }
        if let Reference::Given(ogm) | Reference::Rebuilt(ogm) = line.reference {
            ogms.insert(ogm);
        }
        for text in &line.texts {
            ogms.extend(Ogm::find_all(text));
            numbers.extend(file_numbers(text));
        }
    }
    let wanted = Wanted { ogms: ogms.into_iter().collect(), loan_numbers: numbers.into_iter().collect() };
    (wanted, orders.into_iter().collect())
}
