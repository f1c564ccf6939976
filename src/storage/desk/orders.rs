//! Payment orders with the names that go with them.

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{Error, money};
use crate::domain::money::Money;

/// An order in a list.
#[derive(Debug, Clone)]
pub struct OrderLine {
    /// Name of the fund that pays.
    pub fund: String,
    /// `contractor` or `funder`.
    pub kind: String,
    /// Who is paid.
    pub creditor: String,
    /// To which account.
    pub iban: String,
    /// How much.
    pub amount: Money,
    /// What the creditor reads.
    pub remittance: String,
    /// `ordered` or `paid`.
    pub state: String,
    /// Since when.
    pub ordered_on: NaiveDate,
    /// The day the bank paid it.
    pub paid_on: Option<NaiveDate>,
    /// The loan it is for.
    pub loan_id: Option<Uuid>,
    /// Its number.
    pub loan: Option<String>,
}

/// Orders: those that wait for the bank first, then the latest paid; of one state or of both.
pub async fn list(db: &mut PgConnection, state: Option<&str>, limit: i64) -> Result<Vec<OrderLine>, Error> {
    let rows = sqlx::query!(
        r#"SELECT f.name AS fund, o.kind, o.creditor_name, o.creditor_iban, o.amount, o.remittance, o.state,
                  o.ordered_on, o.paid_on, l.loan_id AS "loan_id?", l.number AS "loan?"
           FROM payment_orders o JOIN funds f USING (fund_id) LEFT JOIN tranches t USING (tranche_id)
           LEFT JOIN loans l ON l.loan_id = t.loan_id
           WHERE $1::text IS NULL OR o.state = $1
           ORDER BY o.paid_on DESC NULLS FIRST, o.ordered_on, o.created_at LIMIT $2"#,
        state,
        limit
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(OrderLine {
                fund: row.fund,
                kind: row.kind,
                creditor: row.creditor_name,
                iban: row.creditor_iban,
                amount: money("payment_orders", row.amount)?,
                remittance: row.remittance,
                state: row.state,
                ordered_on: row.ordered_on,
                paid_on: row.paid_on,
                loan_id: row.loan_id,
                loan: row.loan,
            })
        })
        .collect()
}
