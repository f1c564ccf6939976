//! A person says which loan a credit in suspense was for: a decision with one part.

use sqlx::PgConnection;
use uuid::Uuid;

use super::decide::{Became, Decision, Made, Part, To, decide_in};
use crate::domain::loan::{Payer, Usage};
use crate::services::{Actor, Error, House};

/// What a person decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// The line in suspense.
    pub bank_line_id: Uuid,
    /// The loan it was for.
    pub loan_id: Uuid,
    /// Why, in the person's words.
    pub reason: String,
    /// Who paid.
    pub payer: Payer,
    /// What it does to the instalments that are not due yet.
    pub usage: Usage,
}

/// What a settlement has booked: the fact, and the key of its entries.
pub(in crate::services) type Settled = (Uuid, String);

/// Moves a credit in suspense to a loan: Dr unmatched receipts / Cr loan. It counts on the loan from the day the
/// bank booked it, so a family is not late because of us.
///
/// # Errors
/// The actor may not; no such line or loan; the reason is empty; the line is no credit in suspense, was settled
/// before, or is on the account of another fund; the loan does not take the payment.
pub async fn settle(house: &House, actor: &Actor, settlement: Settlement) -> Result<(), Error> {
    let mut tx = house.begin().await?;
    settle_in(&mut tx, (house, actor), settlement).await?;
    house.commit(tx).await
}

/// The same, in a transaction of somebody else.
pub(in crate::services) async fn settle_in(
    tx: &mut PgConnection,
    doer: (&House, &Actor),
    settlement: Settlement,
) -> Result<Settled, Error> {
    let Settlement { bank_line_id, loan_id, reason, payer, usage } = settlement;
    let to = To::Loan { loan_id, paid_by: payer.into(), usage };
    whole(tx, doer, (bank_line_id, to, reason)).await
}

/// Decides that the whole of a line goes to one place on a loan.
pub(super) async fn whole(
    tx: &mut PgConnection,
    doer: (&House, &Actor),
    (bank_line_id, to, reason): (Uuid, To, String),
) -> Result<Settled, Error> {
    let decision = Decision { lines: vec![bank_line_id], parts: vec![Part { amount: None, to }], reason };
    match decide_in(tx, doer, decision).await? {
        Became::Made(Made { mut keys, fact_id: Some(fact_id), .. }) if keys.len() == 1 => Ok((fact_id, keys.remove(0))),
        Became::Made(_) | Became::Asked => Err(Error::internal("a settlement without a fact")),
    }
}
