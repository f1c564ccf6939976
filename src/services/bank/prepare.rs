//! From the movements of a statement to lines that can be judged and kept.
//!
//! What has details is not booked itself: its details are, down to the last level. So a total and its details
//! never count twice, and the sum of what is booked is the change of the balance.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::clock::Ids;
use crate::domain::identity::Ogm;
use crate::domain::matching::{Line, Nature, Reason, Reference, file_numbers};
use crate::formats::coda::{Communication, Information, Kind, Movement, Position, TransactionType};
use crate::storage::bank::{LineRow, Outcome, Wanted};

/// A line on its way to be judged.
#[derive(Debug)]
pub(super) struct Candidate<'a> {
    pub(super) row: LineRow,
    /// None for what is not booked: a total with details, or 0.00.
    pub(super) line: Option<Line<'a>>,
}

/// The lines of one statement, in its order.
pub(super) fn candidates<'a>(
    movements: &'a [Movement],
    (statement_id, fund_id): (Uuid, Uuid),
    ids: &Ids,
) -> Vec<Candidate<'a>> {
    let parents = parents(movements);
    let with_details: HashSet<usize> = parents.iter().flatten().copied().collect();
    let mut candidates = Vec::with_capacity(movements.len());
    for (index, (movement, parent)) in movements.iter().zip(&parents).enumerate() {
        let idle = if with_details.contains(&index) {
            Some(Reason::DetailsBooked)
        } else if movement.amount.is_zero() {
            Some(Reason::NothingToBook)
        } else {
            None
        };
        let ordinal = i32::try_from(index + 1).unwrap_or(i32::MAX);
        let mut row = row(movement, (ids.next(), statement_id, fund_id, ordinal));
        row.reason = idle.unwrap_or(row.reason);
        let parent = parent.and_then(|parent| movements.get(parent));
        let line = if idle.is_some() { None } else { Some(line(movement, parent)) };
        candidates.push(Candidate { row, line });
    }
    candidates
}

/// The total of each detail, as its index: the latest movement before it at the place that the detail names,
/// because places repeat after 9999.
fn parents(movements: &[Movement]) -> Vec<Option<usize>> {
    let mut latest: HashMap<Position, usize> = HashMap::new();
    let mut parents = Vec::with_capacity(movements.len());
    for (index, movement) in movements.iter().enumerate() {
        parents.push(movement.batch_of.and_then(|total| latest.get(&total).copied()));
        latest.insert(movement.position, index);
    }
    parents
}

/// What is judged. A part of an amount is a charge, or else the gross amount, which speaks with the reference
/// and the texts of the whole.
fn line<'a>(movement: &'a Movement, parent: Option<&'a Movement>) -> Line<'a> {
    let amount = movement.amount;
    let whole = parent.filter(|_| movement.code.kind == TransactionType::Part);
    if whole.is_some() && !matches!(movement.code.category, 0 | 100) {
        let (nature, reference) = (Nature::Charge, Reference::Absent);
        return Line { amount, nature, reference, texts: Vec::new(), end_to_end_id: None };
    }
    let mut line = Line {
        amount,
        nature: nature(movement),
        reference: reference(movement),
        texts: movement.texts(),
        end_to_end_id: movement.customer_reference.as_deref(),
    };
    if let Some(whole) = whole {
        if line.reference == Reference::Absent {
            line.reference = reference(whole);
        }
        line.texts.extend(whole.texts());
        line.end_to_end_id = line.end_to_end_id.or(whole.customer_reference.as_deref());
    }
    line
}

fn reference(movement: &Movement) -> Reference {
    match &movement.communication {
        Communication::ReconstitutedOgm(ogm) => Reference::Rebuilt(*ogm),
        Communication::InvalidOgm { .. } => Reference::Invalid,
        _ => movement.ogm().map_or(Reference::Absent, Reference::Given),
    }
}

fn nature(movement: &Movement) -> Nature {
    use TransactionType::{BankSubtotal, BankTotal, CustomerTotal};
    match movement.code.meaning() {
        Kind::Charges | Kind::Closing => Nature::Charge,
        Kind::TransferReturned => Nature::Returned,
        Kind::OwnAccounts => Nature::OwnAccounts,
        _ if matches!(movement.code.kind, CustomerTotal | BankTotal | BankSubtotal) => Nature::Total,
        _ => Nature::Payment,
    }
}

fn row(movement: &Movement, (id, statement, fund, ordinal): (Uuid, Uuid, Uuid, i32)) -> LineRow {
    let texts = [movement.free_text()].into_iter().chain(movement.information.iter().map(Information::text));
    let free = texts.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n");
    LineRow {
        bank_line_id: id,
        bank_statement_id: statement,
        fund_id: fund,
        ordinal,
        sequence: format!("{:04}", movement.position.sequence),
        detail: format!("{:04}", movement.position.detail),
        batch_of: movement.batch_of.map(|total| format!("{:04}", total.sequence)),
        amount: movement.amount,
        booked_on: movement.booked_on,
        value_on: movement.value_on,
        kind: movement.code.to_string(),
        bank_reference: movement.bank_reference.clone(),
        counterparty_iban: movement.counterparty.iban.clone(),
        counterparty_bic: movement.counterparty.bic.clone(),
        counterparty_name: movement.counterparty.name.clone(),
        structured: movement.ogm(),
        free: Some(free).filter(|text| !text.is_empty()),
        end_to_end_id: movement.customer_reference.clone(),
        outcome: Outcome::Detailed,
        reason: Reason::NothingToBook,
        loan_id: None,
        payment_order_id: None,
        source_id: None,
        entry_id: None,
    }
}

/// Everything that the lines of a file name, to be looked up at once, and the end-to-end identifications of
/// its debits.
pub(super) fn wanted(candidates: &[Candidate<'_>]) -> (Wanted, Vec<String>) {
    let mut ogms: HashSet<Ogm> = HashSet::new();
    let mut numbers: HashSet<String> = HashSet::new();
    let mut orders: HashSet<String> = HashSet::new();
    for line in candidates.iter().filter_map(|candidate| candidate.line.as_ref()) {
        if line.amount.is_negative() {
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
