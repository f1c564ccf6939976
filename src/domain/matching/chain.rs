//! Statements of one account form a chain: each begins with the balance and the number where the last one ended.

use chrono::{Datelike, NaiveDate};

use crate::domain::money::Money;
use crate::domain::text::Text;

/// What the chain needs of one statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Its number of the year; 0 when the bank does not number.
    pub sequence: u16,
    /// The date of its new balance.
    pub on: NaiveDate,
    /// The balance it begins with.
    pub old_balance: Money,
    /// The balance it ends with.
    pub new_balance: Money,
}

/// How a statement does not follow on the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// It begins with another balance than the last one ended with.
    Balance {
        /// The last statement.
        last: Link,
        /// The one that does not follow.
        next: Link,
    },
    /// The balances meet, and a number is missing in between.
    Number {
        /// The last statement.
        last: Link,
        /// The one that does not follow.
        next: Link,
    },
    /// It is of a day before the last one.
    Earlier {
        /// The last statement.
        last: Link,
        /// The one that comes too late.
        next: Link,
    },
}

/// Whether a statement follows on the last one of its account. The first one of an account always does.
pub fn follows(last: Option<Link>, next: Link) -> Result<(), Break> {
    let Some(last) = last else {
        return Ok(());
    };
    if next.on < last.on {
        return Err(Break::Earlier { last, next });
    }
    if next.old_balance != last.new_balance {
        return Err(Break::Balance { last, next });
    }
    if number_follows(last, next) { Ok(()) } else { Err(Break::Number { last, next }) }
}

/// One more than the last, or 1 in a new year; a bank that does not number sends 0, and may begin or end to number
/// when it sends another format. The last statement of a
/// year may be made, and numbered, in the next one.
fn number_follows(last: Link, next: Link) -> bool {
    let unnumbered = (last.sequence == 0 || next.sequence == 0) && (next.on > last.on || next.sequence != 0);
    let one_more = next.sequence == last.sequence % 999 + 1;
    let new_year =
        next.sequence == 1 && (next.on.year() > last.on.year() || (next.on.month(), next.on.day()) == (12, 31));
    unnumbered || one_more || new_year
}

impl Break {
    /// The sentence for people, with the balance and number that were expected and those that were found.
    pub fn text(&self) -> Text {
        let (key, last, next) = match self {
            Self::Balance { last, next } => ("bank-problem-balance-breaks", last, next),
            Self::Number { last, next } => ("bank-problem-number-missing", last, next),
            Self::Earlier { last, next } => ("bank-problem-earlier-than-last", last, next),
        };
        Text::new(key)
            .with("sequence", number(next.sequence))
            .with("on", next.on)
            .with("expected", last.new_balance)
            .with("found", next.old_balance)
            .with("last", number(last.sequence))
            .with("lastOn", last.on)
            .with("expectedSequence", number(last.sequence % 999 + 1))
    }
}

fn number(sequence: u16) -> String {
    format!("{sequence:03}")
}
