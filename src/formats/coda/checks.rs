//! Do the figures of a statement agree with each other?

use super::assemble::Collected;
use super::code::TransactionType;
use super::problem::{Findings, Place, found, quoted};
use super::statement::Movement;
use crate::domain::money::Money;

/// Checks count, totals, balance, account and details of one statement. `counted` is its number of records as
/// the trailer counts them, `follows` whether another statement follows in the file.
pub(super) fn statement(collected: &mut Collected, counted: usize, follows: bool) {
    let Collected { findings, movements, .. } = collected;
    // A second feed with details is outside the balances: it never is money.
    let money = collected.header.as_ref().is_none_or(|header| header.separate_application.is_none());
    if let Some((place, trailer)) = &collected.trailer {
        if trailer.records.is_some_and(|records| usize::try_from(records) != Ok(counted)) {
            let expected = format!("{counted}, the records 1, 2, 3 and 8 of this statement");
            findings.refuse(*place, "number of records", found(trailer.records.unwrap_or(0), expected));
        }
        if collected.complete && money {
            let (debit, credit) = sums(movements);
            compare(findings, *place, ("debit total", trailer.debit, debit, "the sum of its debit movements"));
            compare(findings, *place, ("credit total", trailer.credit, credit, "the sum of its credit movements"));
        }
        multiple_file_code(findings, *place, trailer.more, follows);
    }
    if let (Some((_, old)), Some((place, new))) = (&collected.old, &collected.new) {
        let (was, is) = (&old.account, &new.account);
        if (&was.number, &was.currency) != (&is.number, &is.currency) {
            let value = quoted(&format!("{} {}", is.number, is.currency));
            let expected = format!("{}, as in record 1", quoted(&format!("{} {}", was.number, was.currency)));
            findings.refuse(*place, "account", (value, expected));
        }
        if collected.complete && money {
            let moved: Money = movements.iter().filter(|m| m.moves_balance()).map(|m| m.amount).sum();
            let why = format!("the old balance {} and movements of {moved} together", old.balance);
            compare(findings, *place, ("new balance", Some(new.balance), old.balance + moved, &why));
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

fn compare(findings: &mut Findings, place: Place, check: (&'static str, Option<Money>, Money, &str)) {
    let (field, value, right, why) = check;
    if let Some(value) = value
        && value != right
    {
        findings.refuse(place, field, found(value, format!("{right}, {why}")));
    }
}

fn multiple_file_code(findings: &mut Findings, place: Place, more: Option<bool>, follows: bool) {
    if more == Some(follows) {
        return;
    }
    let value = match more {
        Some(true) => "1 (another statement follows)",
        Some(false) => "2 (the last statement)",
        None => "neither 1 nor 2",
    };
    let expected = if follows { "1, for another statement follows" } else { "2, for no statement follows" };
    findings.remark(place, "multiple file code", found(value, expected));
}

/// The details of a total add up to it, and every detail has its total.
fn details(findings: &mut Findings, movements: &[Movement], money: bool) {
    for movement in movements {
        let place = Place { line: movement.line, record: "2.1" };
        if money && !movement.moves_balance() && movement.batch_of.is_none() {
            let digit = movement.code.kind.parent().map_or(0, TransactionType::digit);
            let expected = format!("a total of type {digit} before it with the same sequence number");
            findings.refuse(place, "transaction code", found(quoted(&movement.code.to_string()), expected));
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
            let count = if details.len() == 1 {
                "its only detail".to_owned()
            } else {
                format!("its {} details", details.len())
            };
            let place = Place { line: total.line, record: "2.1" };
            findings.refuse(place, "amount", found(total.amount, format!("{sum}, the sum of {count}")));
        }
    }
}
