//! A debit in suspense gives a payment back: a direct debit that the borrower's bank returned.

use sqlx::PgConnection;
use uuid::Uuid;

use super::decide::To;
use super::settle::{Settled, whole};
use crate::services::loans::state::LockedLoan;
use crate::services::{Actor, Error, House};

/// A payment that the bank has given back.
pub(in crate::services) struct GivenBack<'a> {
    /// The debit in suspense.
    pub(in crate::services) bank_line_id: Uuid,
    /// The payment on the loan.
    pub(in crate::services) payment_id: Uuid,
    /// Why, in a few words.
    pub(in crate::services) reason: &'a str,
}

/// Undoes a payment of a locked loan from the day on which the bank gave it back: Dr loan / Cr unexplained payments.
///
/// # Errors
/// The actor may not; no such line or payment; the line is no debit in suspense, was settled before, is on the
/// account of another fund, or is of another amount.
pub(in crate::services) async fn give_back(
    tx: &mut PgConnection,
    doer: (&House, &Actor),
    locked: &LockedLoan,
    given: GivenBack<'_>,
) -> Result<Settled, Error> {
    let GivenBack { bank_line_id, payment_id, reason } = given;
    let to = To::Return { loan_id: locked.loan.loan_id, payment_id };
    whole(tx, doer, (bank_line_id, to, reason.to_owned())).await
}
