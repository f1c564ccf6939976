//! One entry of a statement: `Ntry`, alone or as the total of its transactions.

use chrono::NaiveDate;

use super::code::Code;
use super::findings::{Findings, as_is, nothing, quoted};
use super::node::Spot;
use super::statement::Context;
use super::transaction::{self, Transaction};
use super::values::{self, compare, signed};
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::formats::bank::{Counterparty, Kind, Line, Position, Reference, Return, Role};

/// What an entry says before its transactions.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) amount: Money,
    pub(super) credit: bool,
    /// True when the bank has booked it; what is announced only is never money.
    pub(super) booked: bool,
    pub(super) booked_on: NaiveDate,
    pub(super) value_on: Option<NaiveDate>,
    pub(super) code: Code,
    pub(super) bank_reference: String,
}

/// Reads what stands before the transactions; none, and its problems noted, when it is no entry.
pub(super) fn head(spot: Spot<'_>, context: &Context, findings: &mut Findings) -> Option<Head> {
    let amount = values::required_amount(spot, "Amt", findings);
    if let Some(amount) = &amount
        && amount.currency != context.currency
    {
        let expected = Text::new("camt-currency-of-account").with("currency", &context.currency);
        findings.refuse(spot.place("Amt"), quoted(&amount.currency), expected);
    }
    let credit = values::is_credit(spot, "CdtDbtInd", findings);
    let booked = status(spot, findings);
    let value_on = values::date(spot, "ValDt", findings);
    let booked_on = match values::date(spot, "BookgDt", findings) {
        None if spot.node.find("BookgDt").is_none() => {
            let day = value_on.or(context.on);
            if let Some(day) = day.filter(|_| booked == Some(true)) {
                findings.remark(spot.place("BookgDt"), nothing(), Text::new("camt-taken-as").with("on", day));
            }
            day
        }
        day => day,
    };
    Some(Head {
        amount: signed(amount?.money, credit?),
        credit: credit?,
        booked: booked?,
        booked_on: booked_on?,
        value_on,
        code: spot.node.find("BkTxCd").map(Code::of).unwrap_or_default(),
        bank_reference: spot.node.text_at_any(&["AcctSvcrRef", "NtryRef"]).unwrap_or_default().to_owned(),
    })
}

/// Whether the entry is booked: plain text up to version 06, a level deeper after it.
fn status(spot: Spot<'_>, findings: &mut Findings) -> Option<bool> {
    match spot.node.text_at_any(&["Sts/Cd", "Sts/Prtry", "Sts"]) {
        Some("BOOK") => Some(true),
        Some("PDNG" | "INFO" | "FUTR") => Some(false),
        other => {
            let found = other.map_or_else(nothing, quoted);
            findings.refuse(spot.place("Sts"), found, Text::new("camt-status"));
            None
        }
    }
}

/// Adds an entry to the lines, with its transactions below it when there are several.
pub(super) fn entry(
    spot: Spot<'_>,
    (head, transactions): (&Head, Vec<Transaction>),
    lines: &mut Vec<Line>,
    (sequence, findings): (u16, &mut Findings),
) {
    let announced = announced(spot, findings);
    check_groups(spot, &transactions, findings);
    let batch = transactions.len() > 1 || announced.is_some_and(|count| count != 1);
    let charges = transaction::charges(spot, findings);
    if !batch && transactions.len() == 1 {
        single(spot, (head, transactions), (charges, sequence), (lines, findings));
        return;
    }
    let role = if batch { Role::Total } else { Role::Single };
    let at = lines.len();
    lines.push(own_line(spot, (head, role, sequence)));
    let sum: Money = transactions.iter().filter_map(|one| one.amount).sum();
    let unsure = sum != head.amount && transactions.iter().any(|one| one.instructed);
    if unsure || transactions.iter().any(|one| one.amount.is_none()) {
        let expected = Text::new("camt-amount-of-each").with("count", transactions.len());
        findings.doubt(spot.place("NtryDtls/TxDtls"), Text::new("camt-no-amount"), expected);
        return;
    }
    let of_details: Money = transactions.iter().map(|one| one.charges).sum();
    let count = transactions.len();
    let mut details: Vec<Line> = transactions
        .into_iter()
        .map(|one| Line { amount: one.amount.unwrap_or_default(), batch_of: Some(at), ..one.line })
        .collect();
    if count > 0 && sum != head.amount {
        if let Some(charges) = taken_off(sum - head.amount, [charges, of_details]) {
            details.push(charge(spot, (head, at), charges));
        } else {
            let why = Text::new("coda-sum-of-details").with("amount", sum).with("count", count);
            findings.refuse(spot.place("Amt"), as_is(head.amount), why);
        }
    }
    for (detail, line) in (1..).zip(&mut details) {
        line.position = Position { sequence, detail: wrapped(detail) };
    }
    lines.append(&mut details);
}

/// An entry of one transaction is one line; when charges were taken off, it has its gross amount and the charges as
/// parts.
fn single(
    spot: Spot<'_>,
    (head, transactions): (&Head, Vec<Transaction>),
    (charges, sequence): (Money, u16),
    (lines, findings): (&mut Vec<Line>, &mut Findings),
) {
    let at = lines.len();
    for one in transactions {
        let own = own_line(spot, (head, Role::Single, sequence));
        let gross = one.amount.filter(|_| !one.instructed).unwrap_or(head.amount);
        let mut line = Line { amount: head.amount, role: Role::Single, position: own.position, ..one.line };
        if line.free.is_empty() && line.more.is_empty() {
            line.more = own.more;
        }
        line.batch_reference = line.batch_reference.or(own.batch_reference);
        let part = Line { amount: gross, role: Role::Part, batch_of: Some(at), ..line.clone() };
        lines.push(line);
        if gross == head.amount {
            continue;
        }
        let Some(charges) = taken_off(gross - head.amount, [charges, one.charges]) else {
            let why = Text::new("coda-sum-of-details").with("amount", gross).with("count", 1);
            findings.refuse(spot.place("Amt"), as_is(head.amount), why);
            continue;
        };
        for (detail, part) in (1..).zip([part, charge(spot, (head, at), charges)]) {
            lines.push(Line { position: Position { sequence, detail }, ..part });
        }
    }
}

/// The charges that explain why more stands in the transactions than in the entry, when one of these does.
fn taken_off(difference: Money, charges: [Money; 2]) -> Option<Money> {
    charges.into_iter().find(|charges| *charges == difference)
}

/// The line of the entry itself, without what its transactions say.
fn own_line(spot: Spot<'_>, (head, role, sequence): (&Head, Role, u16)) -> Line {
    let kind = head.code.kind(head.credit);
    let comes_back = matches!(kind, Kind::CollectionReturned | Kind::TransferReturned);
    let batch = spot.node.all("NtryDtls").find_map(|group| group.text_at("Btch/PmtInfId"));
    Line {
        line: spot.node.line,
        position: Position { sequence, detail: 0 },
        role,
        batch_of: None,
        amount: head.amount,
        booked_on: head.booked_on,
        value_on: head.value_on,
        code: head.code.text(),
        kind,
        counterparty: Counterparty::default(),
        reference: Reference::Absent,
        free: String::new(),
        details: None,
        more: spot.text("AddtlNtryInf").map(str::to_owned).into_iter().collect(),
        hints: Vec::new(),
        end_to_end_id: None,
        direct_debit: None,
        returned: comes_back.then(|| Return { kind: head.code.return_kind(None), reason: None }),
        category_purpose: None,
        purpose: None,
        bank_reference: head.bank_reference.clone(),
        batch_reference: batch.map(str::to_owned),
    }
}

/// Charges that were taken off an amount, as a part of it.
fn charge(spot: Spot<'_>, (head, whole): (&Head, usize), charges: Money) -> Line {
    let own = own_line(spot, (head, Role::ChargePart, 0));
    Line { amount: -charges, kind: Kind::Charges, batch_of: Some(whole), more: Vec::new(), returned: None, ..own }
}

/// How many transactions the bank says there are; none when it names no batch. A batch without a number is one of
/// unknown size: 0.
fn announced(spot: Spot<'_>, findings: &mut Findings) -> Option<usize> {
    let mut counts = Vec::new();
    for (group, number) in spot.node.all("NtryDtls").zip(1..) {
        if group.find("Btch").is_some() {
            let path = format!("{}/NtryDtls[{number}]", spot.path);
            let count = values::count(Spot { node: group, path: &path }, "Btch/NbOfTxs", findings);
            counts.push(count.unwrap_or(0));
        }
    }
    if counts.is_empty() { None } else { Some(counts.iter().sum()) }
}

/// Number and total that a batch promises against the transactions below it, when there are any.
fn check_groups(spot: Spot<'_>, transactions: &[Transaction], findings: &mut Findings) {
    for (group, number) in spot.node.all("NtryDtls").zip(1..) {
        let path = format!("{}/NtryDtls[{number}]", spot.path);
        let below = Spot { node: group, path: &path };
        let own: Vec<&Transaction> = transactions.iter().filter(|one| one.group == number).collect();
        if own.is_empty() {
            continue;
        }
        let said = group.text_at("Btch/NbOfTxs").and_then(|text| text.parse::<usize>().ok());
        let why = || Text::new("camt-transactions-counted").with("count", own.len());
        compare((below, "Btch/NbOfTxs"), (said, &own.len()), why, findings);
        let Some(total) = values::amount(below, "Btch/TtlAmt", findings) else { continue };
        let amounts: Option<Vec<Money>> = own.iter().map(|one| one.amount).collect();
        let Some(amounts) = amounts else { continue };
        let sum = amounts.iter().sum::<Money>().abs();
        let why = || Text::new("coda-sum-of-details").with("amount", sum).with("count", own.len());
        compare((below, "Btch/TtlAmt"), (Some(total.money), &sum), why, findings);
    }
}

/// A number of a line or a detail: after 9999 comes 0000, as in CODA.
pub(super) fn wrapped(number: usize) -> u16 {
    u16::try_from(number % 10_000).unwrap_or_default()
}
