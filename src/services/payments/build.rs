//! From orders to the file of the bank.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Timelike, Utc};
use serde::Serialize;

use super::Payer;
use crate::clock::ZONE;
use crate::domain::identity::{Iban, Ogm};
use crate::domain::money::Money;
use crate::domain::payment_run::blames_account;
use crate::domain::text::{FieldProblem, Text};
use crate::formats::pain::{Blocked, Built, Head, Remittance, Transfer, transfers};
use crate::services::{Error, House};
use crate::storage::payment_runs::{OpenOrder, RedirectionAsk, RunOrder};

/// An order that cannot be paid as it is, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BlockedOrder {
    /// Which.
    pub end_to_end_id: String,
    /// `contractor`, `funder`, `refund`, …
    pub kind: String,
    /// Code of the fund that would pay.
    pub fund: String,
    /// Who would be paid.
    pub creditor_name: String,
    /// How much, in euro.
    pub amount: Money,
    /// Everything that is wrong with it.
    pub problems: Vec<FieldProblem>,
    /// True where it came back, and a person can say that its account is right.
    pub came_back: bool,
    /// Another account that one person asked for; a second one must ask for the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<AskedAccount>,
}

/// Another account that somebody asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskedAccount {
    /// The account.
    pub iban: String,
    /// Who asked.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl BlockedOrder {
    /// Whether two people can direct it to another account: an order to a contractor follows the contractor.
    pub fn can_be_redirected(&self) -> bool {
        self.kind != "contractor"
    }

    /// The same, with the account that was asked for it, out of the asks of all.
    pub(super) fn asked_among(mut self, asks: &mut HashMap<String, RedirectionAsk>) -> Self {
        let shown =
            |ask: RedirectionAsk| AskedAccount { iban: ask.iban, by: ask.name, reason: ask.reason, at: ask.asked_at };
        self.asked = asks.remove(&self.end_to_end_id).map(shown);
        self
    }

    /// The blocked orders of a list.
    pub(super) fn of(orders: &[OpenOrder], blocked: &[Blocked]) -> Vec<Self> {
        let order = |blocked: &Blocked| {
            let order = orders.get(blocked.position)?;
            Some(Self {
                end_to_end_id: order.end_to_end_id.clone(),
                kind: order.kind.clone(),
                fund: order.fund.clone(),
                creditor_name: order.creditor_name.clone(),
                amount: order.amount,
                problems: blocked.problems.clone(),
                came_back: false,
                asked: None,
            })
        };
        blocked.iter().filter_map(order).collect()
    }
}

/// Parts the orders that wait from those that stay behind: their money came back from the very account that they are
/// for, the bank blames that account, and nobody has said since that it is right.
pub(super) fn held_back(orders: Vec<OpenOrder>) -> (Vec<OpenOrder>, Vec<BlockedOrder>) {
    let (mut ready, mut behind) = (Vec::new(), Vec::new());
    for order in orders {
        match order.came_back.clone().filter(|(_, code)| blames_account(code.as_deref())) {
            None => ready.push(order),
            Some((on, code)) => {
                // Each sentence names the door that there is for such an order.
                let of_contractor = order.kind == "contractor";
                let key = if of_contractor { "payments-held-back" } else { "payments-held-back-order" };
                let text = Text::new(key).with("on", on).with("code", code.unwrap_or_default());
                behind.push(BlockedOrder {
                    problems: vec![FieldProblem::new("creditor_iban", &order.creditor_iban, text)],
                    end_to_end_id: order.end_to_end_id,
                    kind: order.kind,
                    fund: order.fund,
                    creditor_name: order.creditor_name,
                    amount: order.amount,
                    came_back: true,
                    asked: None,
                });
            }
        }
    }
    (ready, behind)
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
