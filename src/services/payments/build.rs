//! From orders to the file of the bank.

use chrono::{NaiveDate, Timelike};
use serde::Serialize;

use super::Payer;
use crate::clock::ZONE;
use crate::domain::identity::{Iban, Ogm};
use crate::domain::money::Money;
use crate::domain::text::FieldProblem;
use crate::formats::pain::{Blocked, Built, Head, Remittance, Transfer, transfers};
use crate::services::{Error, House};
use crate::storage::payment_runs::{OpenOrder, RunOrder};

/// An order that cannot be paid as it is, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BlockedOrder {
    /// Which.
    pub end_to_end_id: String,
    /// Code of the fund that would pay.
    pub fund: String,
    /// Who would be paid.
    pub creditor_name: String,
    /// How much, in euro.
    pub amount: Money,
    /// Everything that is wrong with it.
    pub problems: Vec<FieldProblem>,
}

impl BlockedOrder {
    /// The blocked orders of a list.
    pub(super) fn of(orders: &[OpenOrder], blocked: &[Blocked]) -> Vec<Self> {
        let order = |blocked: &Blocked| {
            let order = orders.get(blocked.position)?;
            Some(Self {
                end_to_end_id: order.end_to_end_id.clone(),
                fund: order.fund.clone(),
                creditor_name: order.creditor_name.clone(),
                amount: order.amount,
                problems: blocked.problems.clone(),
            })
        };
        blocked.iter().filter_map(order).collect()
    }
}

/// What the bank is asked of one order, whether it waits or is in a run.
pub(super) trait ToPay {
    /// The transfer on a day.
    fn transfer(&self, execute_on: NaiveDate) -> Result<Transfer, Error>;
}

impl ToPay for OpenOrder {
    fn transfer(&self, execute_on: NaiveDate) -> Result<Transfer, Error> {
        Ok(Transfer {
            account: self.account.clone(),
            execute_on,
            end_to_end_id: self.end_to_end_id.clone(),
            amount: self.amount,
            creditor_name: self.creditor_name.clone(),
            creditor_iban: self.creditor_iban.clone(),
            remittance: remittance(&self.remittance),
        })
    }
}

impl ToPay for RunOrder {
    fn transfer(&self, execute_on: NaiveDate) -> Result<Transfer, Error> {
        Ok(Transfer {
            account: Iban::parse(&self.account).map_err(|_| Error::internal("the account of a fund is not one"))?,
            execute_on,
            end_to_end_id: self.end_to_end_id.clone(),
            amount: self.amount,
            creditor_name: self.creditor_name.clone(),
            creditor_iban: self.creditor_iban.clone(),
            remittance: remittance(&self.remittance),
        })
    }
}

/// A reference that is a structured communication goes as one; every other goes as words.
fn remittance(reference: &str) -> Remittance {
    Ogm::parse(reference).map_or_else(|_| Remittance::Free(reference.to_owned()), Remittance::Structured)
}

/// Builds the file of orders.
///
/// # Errors
/// The name of the house or the identifier of the message cannot be written, or the file does not pass its check.
pub(super) fn build(
    house: &House,
    (payer, message_id): (&Payer, &str),
    orders: &[impl ToPay],
    execute_on: NaiveDate,
) -> Result<Built, Error> {
    let now = house.clock.now().with_timezone(&ZONE).naive_local();
    let head = Head {
        message_id: message_id.to_owned(),
        created_at: now.with_nanosecond(0).unwrap_or(now),
        name: payer.name.clone(),
        enterprise_number: payer.enterprise_number,
    };
    let lines = orders.iter().map(|order| order.transfer(execute_on)).collect::<Result<Vec<_>, _>>()?;
    transfers(&head, &lines).map_err(Error::Invalid)
}
