//! Whether a decision fits its lines: they wait, and its parts add up to them.

use sqlx::PgConnection;
use uuid::Uuid;

use super::{Decision, Part, To};
use crate::domain::matching::{PartKind, Undivided, divide};
use crate::domain::money::Money;
use crate::domain::text::{FieldProblem, Text};
use crate::services::bank::collections::Moves;
use crate::services::{Actor, Error};
use crate::storage::bank::{self, OpenLine};

/// The lines, locked; each of them waits, and all are on the account of one fund.
pub(super) async fn waiting(tx: &mut PgConnection, ids: &[Uuid]) -> Result<Vec<OpenLine>, Error> {
    let lines = bank::lock_lines(tx, ids).await?;
    for id in ids {
        if !lines.iter().any(|line| line.bank_line_id == *id) {
            return Err(Error::not_found("bank line", id));
        }
    }
    for line in &lines {
        if line.decided.is_some() {
            return Err(Error::Conflict(Text::new("bank-settle-already")));
        }
        if !line.waits() {
            return Err(Error::refused(Text::new("bank-settle-not-in-suspense")));
        }
    }
    if lines.windows(2).any(|pair| pair[0].fund_id != pair[1].fund_id) {
        return Err(Error::field("lines", "", Text::new("bank-decide-two-funds")));
    }
    Ok(lines)
}

/// Who works for one municipality places money on its loans and nowhere else.
pub(super) fn only_own(actor: &Actor, decision: &Decision) -> Result<(), Error> {
    let all_on_loans = !decision.parts.is_empty() && decision.parts.iter().all(|part| part.to.loan_id().is_some());
    if actor.nis_code.is_none() || all_on_loans { Ok(()) } else { Err(Error::Forbidden) }
}

/// The amount of each part with its sign, when the parts add up and each can take money of that sign.
pub(super) fn amounts(lines: &[OpenLine], parts: &[Part]) -> Result<Vec<Money>, Error> {
    let whole: Money = lines.iter().map(|line| line.amount).sum();
    for (place, part) in parts.iter().enumerate() {
        let kind = part.to.kind();
        if !whole.is_zero() && !kind.takes(whole) {
            let key = match kind {
                PartKind::Loan => "bank-settle-money-out",
                PartKind::Return => "bank-give-back-money-in",
                _ if whole.is_negative() => "bank-decide-money-out",
                _ => "bank-decide-money-in",
            };
            return Err(Error::refused(Text::new(key).with("amount", whole).with("kind", kind)));
        }
        let twice = parts.iter().take(place).any(|other| part.to.loan_id().is_some() && other.to == part.to);
        if twice {
            return Err(Error::field(&format!("parts[{place}].loan"), "", Text::new("bank-decide-loan-twice")));
        }
    }
    let asked: Vec<Option<Money>> = parts.iter().map(|part| part.amount).collect();
    divide(whole, &asked).map_err(|problem| undivided(problem, whole))
}

fn undivided(problem: Undivided, whole: Money) -> Error {
    let (field, value, text) = match problem {
        Undivided::NoParts => ("parts".to_owned(), String::new(), Text::new("bank-decide-no-parts")),
        Undivided::NothingToPlace => ("parts".to_owned(), String::new(), Text::new("bank-decide-nothing-to-place")),
        Undivided::NotPositive(place) => {
            (format!("parts[{place}].amount"), String::new(), Text::new("application-problem-amount-positive"))
        }
        Undivided::TwoRests => ("parts".to_owned(), String::new(), Text::new("bank-decide-two-rests")),
        Undivided::OtherSum(sum) => {
            ("parts".to_owned(), sum.to_string(), Text::new("bank-decide-other-sum").with("sum", sum))
        }
    };
    Error::Invalid(vec![FieldProblem::new(field, value, text.with("whole", whole.abs()))])
}

/// Of what went back, and nobody said which payment it was: that of the collection that the line names.
pub(super) fn name_payments(parts: &mut [Part], amounts: &[Money], moves: &Moves) {
    for (part, amount) in parts.iter_mut().zip(amounts) {
        if let To::Return { loan_id, payment_id } = &mut part.to
            && payment_id.is_nil()
        {
            *payment_id = moves.payment((*loan_id, -*amount)).unwrap_or_default();
        }
    }
}
