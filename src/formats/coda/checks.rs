//! Do the figures of a statement agree with each other? Counted movement by movement, so that none has to be kept.

use super::assemble::Collected;
use super::code::TransactionType;
use super::problem::{Findings, Place, as_is, quoted};
use super::statement::{Movement, Position};
use crate::domain::money::Money;
use crate::domain::text::Text;

/// What the movements of a statement add up to so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// How many movements, details included.
    pub(super) movements: usize,
    debit: Money,
    credit: Money,
    group: Group,
    /// What is wrong with totals and details; worth saying only when every record could be read.
    findings: Findings,
}

/// The movements with one sequence number.
#[derive(Debug, Default)]
struct Group {
    sequence: Option<u16>,
    /// The latest total of each type that can have details: 1, 2, 3 and 7.
    totals: [Option<Total>; 4],
    /// The line that opened each level of details, by its globalisation code.
    levels: [Option<usize>; 10],
    /// The line of its latest movement.
    last: usize,
}

/// A total, and its details so far.
#[derive(Debug, Clone, Copy)]
struct Total {
    line: usize,
    position: Position,
    amount: Money,
    details: Money,
    count: usize,
}

/// The place of a total among those of its group.
fn slot(kind: TransactionType) -> Option<usize> {
    match kind {
        TransactionType::CustomerTotal => Some(0),
        TransactionType::BankTotal => Some(1),
        TransactionType::WithParts => Some(2),
        TransactionType::BankSubtotal => Some(3),
        _ => None,
    }
}

impl Tally {
    /// Counts a movement and finds its total: the latest of the right type with the same sequence number. `money`
    /// is false in a second feed with details, where totals may be missing.
    pub(super) fn add(&mut self, movement: &mut Movement, money: bool) {
        self.movements += 1;
        if movement.moves_balance() {
            if movement.amount.is_negative() {
                self.debit += -movement.amount;
            } else {
                self.credit += movement.amount;
            }
        }
        if self.group.sequence != Some(movement.position.sequence) {
            self.close_group();
            self.group.sequence = Some(movement.position.sequence);
        }
        let kind = movement.code.kind;
        if let Some(parent) = kind.parent() {
            let total = slot(parent).and_then(|slot| self.group.totals[slot].as_mut());
            if let Some(total) = total {
                movement.batch_of = Some(total.position);
                total.details += movement.amount;
                total.count += 1;
            } else if money {
                let expected = Text::new("coda-total-before").with("type", parent.digit());
                let place = Place { line: movement.line, record: "2.1" };
                self.findings.refuse(place, "transaction code", (quoted(&movement.code.to_string()), expected));
            }
        }
        if let Some(slot) = slot(kind) {
            let (line, position, amount) = (movement.line, movement.position, movement.amount);
            let total = Total { line, position, amount, details: Money::ZERO, count: 0 };
            if let Some(before) = self.group.totals[slot].replace(total) {
                settle(before, &mut self.findings);
            }
        }
        self.level(movement);
    }

    /// A code opens its level of details, and closes it with those inside it when it comes again; alone it does
    /// both. Banks forget to close: nothing hangs on it.
    fn level(&mut self, movement: &Movement) {
        self.group.last = movement.line;
        let code = usize::from(movement.globalisation);
        if code > 0 && code < self.group.levels.len() {
            if self.group.levels[code].is_some() {
                self.group.levels[code..].fill(None);
            } else {
                self.group.levels[code] = Some(movement.line);
            }
        }
    }

    fn close_group(&mut self) {
        for total in self.group.totals.iter_mut().filter_map(Option::take) {
            settle(total, &mut self.findings);
        }
        for (code, line) in self.group.levels.iter_mut().enumerate() {
            if let Some(line) = line.take().filter(|line| *line != self.group.last) {
                let place = Place { line, record: "2.1" };
                let expected = Text::new("coda-level-closed").with("code", code);
                self.findings.remark(place, "globalisation code", (as_is(code), expected));
            }
        }
    }
}

/// The details of a total add up to it.
fn settle(total: Total, findings: &mut Findings) {
    if total.count > 0 && total.details != total.amount {
        let expected = Text::new("coda-sum-of-details").with("amount", total.details).with("count", total.count);
        findings.refuse(Place { line: total.line, record: "2.1" }, "amount", (as_is(total.amount), expected));
    }
}

/// Checks count, totals, balance, account and details of one statement at its end. `follows` says whether another
/// statement follows in the file.
pub(super) fn statement(collected: &mut Collected, follows: bool) {
    let money = collected.money();
    let Collected { findings, tally, counted, .. } = collected;
    if let Some((place, trailer)) = &collected.trailer {
        if trailer.records.is_some_and(|records| records != *counted) {
            let expected = Text::new("coda-records-counted").with("count", *counted);
            findings.refuse(*place, "number of records", (as_is(trailer.records.unwrap_or(0)), expected));
        }
        if collected.complete && money {
            let (debit, credit) = (tally.debit, tally.credit);
            compare(findings, *place, ("debit total", trailer.debit, debit, Text::new("coda-sum-of-debits")));
            compare(findings, *place, ("credit total", trailer.credit, credit, Text::new("coda-sum-of-credits")));
        }
        multiple_file_code(findings, *place, trailer.more, follows);
    }
    if let (Some((_, old)), Some((place, new))) = (&collected.old, &collected.new) {
        let (was, is) = (&old.account, &new.account);
        if (&was.number, &was.currency) != (&is.number, &is.currency) {
            let [was, is] = [was, is].map(|account| quoted(&format!("{} {}", account.number, account.currency)));
            findings.refuse(*place, "account", (is, Text::new("coda-as-in-record-1").with_part("account", was)));
        }
        if collected.complete && money {
            let moved = tally.credit - tally.debit;
            let why = Text::new("coda-old-balance-and-movements").with("old", old.balance).with("moved", moved);
            compare(findings, *place, ("new balance", Some(new.balance), old.balance + moved, why));
        }
    }
    tally.close_group();
    if collected.complete {
        findings.problems.append(&mut tally.findings.problems);
    }
}

/// Compares a figure with what it must be; `why` is the sentence that says where that comes from.
fn compare(findings: &mut Findings, place: Place, check: (&'static str, Option<Money>, Money, Text)) {
    let (field, value, right, why) = check;
    if let Some(value) = value
        && value != right
    {
        findings.refuse(place, field, (as_is(value), why.with("amount", right)));
    }
}

fn multiple_file_code(findings: &mut Findings, place: Place, more: Option<bool>, follows: bool) {
    if more == Some(follows) {
        return;
    }
    let found = match more {
        Some(true) => Text::new("coda-says-more"),
        Some(false) => Text::new("coda-says-last"),
        None => Text::new("coda-says-neither"),
    };
    let expected = if follows { Text::new("coda-more-follows") } else { Text::new("coda-none-follows") };
    findings.remark(place, "multiple file code", (found, expected));
}
