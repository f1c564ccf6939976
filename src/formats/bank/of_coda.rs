//! From CODA to the neutral types.

use std::collections::HashMap;

use super::super::coda::{self, Communication, Information, InformationContent, Movement, TransactionType};
use super::statement::{
    Balances, Counterparty, DirectDebit, Line, Position, Reference, Return, ReturnKind, Role, Statement,
};

/// A statement of CODA.
pub(super) fn statement(coda: coda::Statement) -> Statement {
    let on = coda.date();
    Statement {
        line: coda.line,
        fingerprint: coda.fingerprint,
        created_on: coda.created_on,
        duplicate: coda.duplicate,
        details_feed: coda.separate_application,
        bic: coda.bic,
        holder: coda.holder,
        account: coda.account,
        sequence: coda.sequence,
        on,
        balances: Some(Balances {
            old: coda.old_balance,
            old_on: coda.old_balance_on,
            new: coda.new_balance,
            new_on: coda.new_balance_on,
        }),
        lines: lines(coda.movements),
        pending: Vec::new(),
        messages: coda.messages,
    }
}

/// The character set of a CODA file by the name that is kept with the file.
pub(super) fn charset(encoding: coda::Encoding) -> &'static str {
    match encoding {
        coda::Encoding::Ascii => "ascii",
        coda::Encoding::Utf8 => "utf-8",
        coda::Encoding::Cp850 => "cp850",
        coda::Encoding::Windows1252 => "windows-1252",
    }
}

/// The total of a detail is the latest movement before it at the place that it names: places repeat after 9999.
fn lines(movements: Vec<Movement>) -> Vec<Line> {
    let mut latest: HashMap<coda::Position, usize> = HashMap::new();
    let mut lines = Vec::with_capacity(movements.len());
    for (index, movement) in movements.into_iter().enumerate() {
        let batch_of = movement.batch_of.and_then(|total| latest.get(&total).copied());
        // Only what may have details needs to be found again.
        if movement.code.kind.digit() <= 3 || movement.code.kind == TransactionType::BankSubtotal {
            latest.insert(movement.position, index);
        }
        lines.push(line(movement, batch_of));
    }
    lines
}

fn line(movement: Movement, batch_of: Option<usize>) -> Line {
    let reference = reference(&movement);
    let free = movement.free_text().to_owned();
    let more = movement.information.iter().map(Information::text).filter(|text| !text.is_empty());
    Line {
        line: movement.line,
        position: Position { sequence: movement.position.sequence, detail: movement.position.detail },
        role: role(&movement),
        batch_of,
        amount: movement.amount,
        booked_on: movement.booked_on,
        value_on: movement.value_on,
        code: movement.code.to_string(),
        kind: movement.code.meaning(),
        reference,
        free,
        details: movement.communication.details().map(|details| details.to_string()),
        more: more.map(str::to_owned).collect(),
        hints: Vec::new(),
        returned: movement.returned.map(returned),
        counterparty: Counterparty {
            iban: movement.counterparty.iban,
            other_account: movement.counterparty.other_account,
            bic: movement.counterparty.bic,
            name: movement.counterparty.name,
            ultimate: movement.information.into_iter().find_map(ultimate),
        },
        end_to_end_id: movement.customer_reference,
        direct_debit: match movement.communication {
            Communication::DirectDebit(debit) => Some(direct_debit(debit)),
            _ => None,
        },
        category_purpose: movement.category_purpose,
        purpose: movement.purpose,
        bank_reference: movement.bank_reference,
        batch_reference: None,
    }
}

fn role(movement: &Movement) -> Role {
    match movement.code.kind {
        TransactionType::Simple | TransactionType::WithParts => Role::Single,
        TransactionType::CustomerTotal | TransactionType::BankTotal => Role::Total,
        TransactionType::BankSubtotal => Role::Subtotal,
        TransactionType::CustomerDetail | TransactionType::BankDetail | TransactionType::SubtotalDetail => Role::Detail,
        // Category 000 is the net amount, 100 the gross one; every other one is a charge, VAT or interest.
        TransactionType::Part if matches!(movement.code.category, 0 | 100) => Role::Part,
        TransactionType::Part => Role::ChargePart,
    }
}

fn reference(movement: &Movement) -> Reference {
    match &movement.communication {
        Communication::ReconstitutedOgm(ogm) => Reference::Rebuilt(*ogm),
        Communication::InvalidOgm { .. } => Reference::Invalid,
        _ => movement.ogm().map_or(Reference::Absent, Reference::Given),
    }
}

fn returned(returned: coda::Return) -> Return {
    Return { kind: returned.kind.map(return_kind), reason: returned.reason }
}

fn return_kind(kind: coda::ReturnKind) -> ReturnKind {
    match kind {
        coda::ReturnKind::Reject => ReturnKind::Reject,
        coda::ReturnKind::Return => ReturnKind::Return,
        coda::ReturnKind::Refund => ReturnKind::Refund,
        coda::ReturnKind::Reversal => ReturnKind::Reversal,
        coda::ReturnKind::Cancellation => ReturnKind::Cancellation,
    }
}

fn direct_debit(debit: coda::DirectDebit) -> DirectDebit {
    DirectDebit {
        settled_on: debit.settled_on,
        sequence: debit.sequence,
        scheme: debit.scheme,
        outcome: debit.outcome,
        creditor: debit.creditor,
        mandate: debit.mandate,
        communication: debit.communication,
    }
}

/// Whom a record 3 names as the one behind the payer or the payee.
fn ultimate(information: Information) -> Option<String> {
    match information.content {
        InformationContent::UltimateBeneficiary { name, .. } | InformationContent::UltimatePayer { name, .. } => {
            Some(name).filter(|name| !name.is_empty())
        }
        _ => None,
    }
}
