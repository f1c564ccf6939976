//! Payment orders with the names that go with them.

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::payment_returns::CameBack;
use super::super::{Error, money};
use crate::domain::money::Money;

/// An order in a list.
#[derive(Debug, Clone)]
pub struct OrderLine {
    /// Code of the fund that pays.
    pub fund: String,
    /// What the bank gives back when it has paid.
    pub end_to_end_id: String,
    /// `contractor`, `funder` or `refund`.
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
    /// When its last payment came back, and why as ISO code and in the words of the bank.
    pub came_back: Option<CameBack>,
    /// The loan it is for.
    pub loan_id: Option<Uuid>,
    /// Its number.
    pub loan: Option<String>,
}

/// Which orders.
#[derive(Debug, Clone, Default)]
pub struct OrderFilter {
    /// Only `ordered` or `paid`.
    pub state: Option<String>,
    /// Only of the fund with this code.
    pub fund: Option<String>,
    /// Only for loans in this municipality (NIS code).
    pub nis_code: Option<String>,
}

/// Orders: those that wait for the bank first, then the latest paid.
pub async fn list(db: &mut PgConnection, filter: &OrderFilter, limit: i64) -> Result<Vec<OrderLine>, Error> {
    let rows = sqlx::query!(
        r#"SELECT f.code AS fund, o.kind, o.creditor_name, o.creditor_iban, o.amount, o.remittance, o.state,
                  o.end_to_end_id, o.ordered_on, o.paid_on, l.loan_id AS "loan_id?", l.number AS "loan?",
                  back.returned_on AS "back_on?", back.return_reason AS "back_code?", back.free AS "back_words?",
                  back.bank_line_id AS "back_line?"
           FROM payment_orders o JOIN funds f USING (fund_id) LEFT JOIN tranches t USING (tranche_id)
           LEFT JOIN loans l ON l.loan_id = coalesce(t.loan_id, o.refund_loan_id)
           LEFT JOIN LATERAL (
               SELECT r.returned_on, b.return_reason, b.free, b.bank_line_id
               FROM standing_payment_order_returns r JOIN bank_lines b USING (bank_line_id)
               WHERE r.payment_order_id = o.payment_order_id ORDER BY r.returned_at DESC LIMIT 1) back ON true
           WHERE ($1::text IS NULL OR o.state = $1) AND ($2::text IS NULL OR f.code = $2)
             AND ($3::text IS NULL OR l.nis_code = $3)
           ORDER BY o.paid_on DESC NULLS FIRST, o.ordered_on, o.created_at LIMIT $4"#,
        filter.state,
        filter.fund,
        filter.nis_code,
        limit
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(OrderLine {
                fund: row.fund,
                end_to_end_id: row.end_to_end_id,
                kind: row.kind,
                creditor: row.creditor_name,
                iban: row.creditor_iban,
                amount: money("payment_orders", row.amount)?,
                remittance: row.remittance,
                state: row.state,
                ordered_on: row.ordered_on,
                paid_on: row.paid_on,
                came_back: row.back_on.zip(row.back_line).map(|(on, bank_line_id)| {
                    let (code, words) = (row.back_code, row.back_words);
                    CameBack { on, code, words, bank_line_id }
                }),
                loan_id: row.loan_id,
                loan: row.loan,
            })
        })
        .collect()
}

/// Orders of a fund in one state, together.
#[derive(Debug, Clone)]
pub struct OrderTotal {
    /// Code of the fund.
    pub fund: String,
    /// What people call it.
    pub fund_name: String,
    /// How many wait for the bank.
    pub ordered: i64,
    /// Their sum.
    pub ordered_sum: Money,
    /// How many were paid.
    pub paid: i64,
    /// Their sum.
    pub paid_sum: Money,
}

/// The sums of every fund, by code, within one municipality or not.
pub async fn totals(db: &mut PgConnection, nis_code: Option<&str>) -> Result<Vec<OrderTotal>, Error> {
    let rows = sqlx::query!(
        r#"SELECT f.code, f.name, count(*) FILTER (WHERE o.state = 'ordered') AS "ordered!",
                  coalesce(sum(o.amount) FILTER (WHERE o.state = 'ordered'), 0) AS "ordered_sum!",
                  count(*) FILTER (WHERE o.state = 'paid') AS "paid!",
                  coalesce(sum(o.amount) FILTER (WHERE o.state = 'paid'), 0) AS "paid_sum!"
           FROM funds f
           LEFT JOIN (payment_orders o LEFT JOIN tranches t USING (tranche_id)
                      LEFT JOIN loans l ON l.loan_id = coalesce(t.loan_id, o.refund_loan_id))
             ON o.fund_id = f.fund_id AND ($1::text IS NULL OR l.nis_code = $1)
           GROUP BY f.code, f.name ORDER BY f.code"#,
        nis_code
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(OrderTotal {
                fund: row.code,
                fund_name: row.name,
                ordered: row.ordered,
                ordered_sum: money("payment_orders", row.ordered_sum)?,
                paid: row.paid,
                paid_sum: money("payment_orders", row.paid_sum)?,
            })
        })
        .collect()
}
