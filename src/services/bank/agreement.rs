//! Does the ledger agree with the bank, day by day, and since which statement does it not?

use std::collections::BTreeMap;

use serde::Serialize;
use uuid::Uuid;

use crate::domain::access::Permission;
use crate::services::{Actor, Error, House};
use crate::storage::bank::{DayEnd, day_ends};

/// The account of a fund beside its ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Agreement {
    /// Code of the fund.
    pub fund: String,
    /// The last day that a statement closes.
    pub last: DayEnd,
    /// The first day of the unbroken run of days, up to the last, on which the two differ; none when they agree.
    pub differs_since: Option<DayEnd>,
    /// How many days differ in all: a difference may have come and gone.
    pub days_that_differ: usize,
}

/// How every fund that has statements stands with its bank, or one fund, by code.
///
/// # Errors
/// The actor may not, or the database failed.
pub async fn agreement(house: &House, actor: &Actor, fund_id: Option<Uuid>) -> Result<Vec<Agreement>, Error> {
    let mut of_fund: BTreeMap<String, Vec<DayEnd>> = BTreeMap::new();
    for day in days(house, actor, fund_id).await? {
        of_fund.entry(day.fund.clone()).or_default().push(day);
    }
    Ok(of_fund.into_values().filter_map(|days| judged(&days)).collect())
}

/// Every day that a statement closes, by fund and day.
///
/// # Errors
/// The actor may not, or the database failed.
pub async fn days(house: &House, actor: &Actor, fund_id: Option<Uuid>) -> Result<Vec<DayEnd>, Error> {
    actor.require(Permission::SeeBank)?;
    let mut db = house.read().await?;
    Ok(day_ends(&mut db, fund_id).await?)
}

/// Sums up the days of one fund, the earliest first.
fn judged(days: &[DayEnd]) -> Option<Agreement> {
    let last = days.last()?.clone();
    let differs = |day: &&DayEnd| !day.difference().is_zero();
    let since = days.iter().rev().take_while(differs).last().cloned();
    let days_that_differ = days.iter().filter(differs).count();
    Some(Agreement { fund: last.fund.clone(), last, differs_since: since, days_that_differ })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Money;

    fn day(on: &str, sequence: i16, (bank, ledger): (i64, i64)) -> DayEnd {
        DayEnd {
            fund: "ROL".to_owned(),
            on: on.parse().unwrap_or_default(),
            bank_statement_id: Uuid::nil(),
            sequence,
            bank: Money::from_cents(bank),
            ledger: Money::from_cents(ledger),
        }
    }

    fn since(days: &[DayEnd]) -> (Option<i16>, usize) {
        judged(days).map_or((None, 0), |found| (found.differs_since.map(|day| day.sequence), found.days_that_differ))
    }

    #[test]
    fn a_difference_is_told_from_the_statement_with_which_it_began() {
        let [first, second, third, fourth] = [
            day("2026-01-02", 1, (100, 100)),
            day("2026-01-05", 2, (250, 200)),
            day("2026-01-06", 3, (300, 250)),
            day("2026-01-07", 4, (300, 300)),
        ];
        let days = [first, second, third, fourth];
        assert_eq!(since(&days[..1]), (None, 0));
        assert_eq!(since(&days[..3]), (Some(2), 2));
        assert_eq!(since(&days), (None, 2), "it came and went");
        assert_eq!(since(&days[1..2]), (Some(2), 1));
    }

    #[test]
    fn a_fund_without_statements_has_nothing_to_agree_with() {
        assert_eq!(judged(&[]), None);
    }
}
