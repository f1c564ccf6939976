//! Do the figures of a statement agree with each other?

use super::assemble::Collected;
use super::code::TransactionType;
use super::problem::{Findings, Place, as_is, quoted};
use super::statement::Movement;
use crate::domain::money::Money;
use crate::domain::text::Text;

/// Checks count, totals, balance, account and details of one statement. `counted` is its number of records as
/// the trailer counts them, `follows` whether another statement follows in the file.
pub(super) fn statement(collected: &mut Collected, counted: usize, follows: bool) {
    let Collected { findings, movements, .. } = collected;
    // A second feed with details is outside the balances: it never is money.
    let money = collected.header.as_ref().is_none_or(|header| header.separate_application.is_none());
    if let Some((place, trailer)) = &collected.trailer {
        if trailer.records.is_some_and(|records| usize::try_from(records) != Ok(counted)) {
            let expected = Text::new("coda-records-counted").with("count", counted);
            findings.refuse(*place, "number of records", (as_is(trailer.records.unwrap_or(0)), expected));
        }
        if collected.complete && money {
            let (debit, credit) = sums(movements);
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
            let moved: Money = movements.iter().filter(|m| m.moves_balance()).map(|m| m.amount).sum();
            let why = Text::new("coda-old-balance-and-movements").with("old", old.balance).with("moved", moved);
            compare(findings, *place, ("new balance", Some(new.balance), old.balance + moved, why));
        }
    }
    if collected.complete {
        details(findings, movements, money);
    }
}

/// The debit and the credit sum of what moves the balance.
fn sums(movements: &[Movement]) -> (Money, Money) {
    let amounts = || movements.iter().filter(|movement| movement.moves_balance()).map(|movement| movement.amount);
    (-amounts().filter(|amount| amount.is_negative()).sum::<Money>(), amounts().filter(|a| a.is_positive()).sum())
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

/// The details of a total add up to it, and every detail has its total.
fn details(findings: &mut Findings, movements: &[Movement], money: bool) {
    for movement in movements {
        let place = Place { line: movement.line, record: "2.1" };
        if money && !movement.moves_balance() && movement.batch_of.is_none() {
            let digit = movement.code.kind.parent().map_or(0, TransactionType::digit);
            let expected = Text::new("coda-total-before").with("type", digit);
            findings.refuse(place, "transaction code", (quoted(&movement.code.to_string()), expected));
        }
    }
    for (index, total) in movements.iter().enumerate() {
        if !total.moves_balance() && total.code.kind != TransactionType::BankSubtotal {
            continue;
        }
        // Details follow their total within the same sequence number.
        let group = movements.iter().skip(index + 1).take_while(|m| m.position.sequence == total.position.sequence);
        let details: Vec<Money> = group.filter(|m| m.batch_of == Some(total.position)).map(|m| m.amount).collect();
        let sum: Money = details.iter().sum();
        if !details.is_empty() && sum != total.amount {
            let expected = Text::new("coda-sum-of-details").with("amount", sum).with("count", details.len());
            let place = Place { line: total.line, record: "2.1" };
            findings.refuse(place, "amount", (as_is(total.amount), expected));
        }
    }
}
