//! Contractors for people to look at: on which account each is paid, what is remarkable about it, and what waits for it.

use chrono::NaiveDate;
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{Error, money};
use super::accounts::change;
use crate::domain::identity::EnterpriseNumber;
use crate::domain::money::Money;
use crate::domain::payment_run::PaidAccount;

/// A contractor with what is known of the account that the house pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contractor {
    /// Its identifier.
    pub contractor_id: Uuid,
    /// Its name.
    pub name: String,
    /// Its enterprise number.
    pub enterprise_number: EnterpriseNumber,
    /// The account that the house pays.
    pub iban: String,
    /// What is known of it.
    pub account: PaidAccount,
    /// How many orders wait for the bank, in a run or not.
    pub waiting: i64,
    /// What they come to, in euro.
    pub waiting_sum: Money,
}

/// Which contractors.
#[derive(Debug, Clone, Default)]
pub struct ContractorFilter {
    /// Only this one.
    pub contractor_id: Option<Uuid>,
    /// Only those whose name holds these words, in capitals or not.
    pub name: Option<String>,
    /// Or whose enterprise number, or an account they have or had, holds these letters and digits.
    pub number: Option<String>,
}

/// Contractors by name.
pub async fn contractors(
    db: &mut PgConnection,
    filter: &ContractorFilter,
    limit: i64,
) -> Result<Vec<Contractor>, Error> {
    let rows = sqlx::query!(
        r#"WITH orders AS (
               SELECT i.contractor_id, max(o.paid_on) FILTER (WHERE o.state = 'paid') AS last_paid_on, count(*) FILTER (WHERE o.state = 'ordered') AS waiting,
                      sum(o.amount) FILTER (WHERE o.state = 'ordered') AS waiting_sum
               FROM payment_orders o JOIN tranches t USING (tranche_id) JOIN invoices i USING (invoice_id)
               WHERE $1::uuid IS NULL OR i.contractor_id = $1
               GROUP BY i.contractor_id)
           SELECT c.contractor_id, c.name, c.enterprise_number, c.iban, a.before AS "before?", a.changed_on AS "changed_on?",
                  a.reason AS "reason?", a.returned_on AS "back_on?", a.return_reason AS "back_code?", a.others AS "others?",
                  a.borrower_loan AS "loan?", orders.last_paid_on AS "last_paid_on?", coalesce(orders.waiting, 0) AS "waiting!",
                  coalesce(orders.waiting_sum, 0) AS "waiting_sum!"
           FROM contractors c LEFT JOIN orders USING (contractor_id)
                LEFT JOIN known_contractor_accounts a ON a.contractor_id = c.contractor_id AND a.iban = c.iban
           WHERE ($1::uuid IS NULL OR c.contractor_id = $1)
             AND ($2::text IS NULL OR strpos(lower(c.name), lower($2)) > 0
                  OR strpos(c.enterprise_number, $3) > 0
                  OR EXISTS (SELECT 1 FROM contractor_accounts y
                             WHERE y.contractor_id = c.contractor_id AND strpos(y.iban, $3) > 0))
           ORDER BY lower(c.name), c.contractor_id LIMIT $4"#,
        filter.contractor_id,
        filter.name,
        filter.number,
        limit
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let enterprise_number = EnterpriseNumber::parse(&row.enterprise_number);
            Ok(Contractor {
                contractor_id: row.contractor_id,
                name: row.name,
                enterprise_number: enterprise_number.map_err(|problem| Error::corrupt("contractors", problem))?,
                iban: row.iban,
                account: PaidAccount {
                    change: change((row.before, row.changed_on, row.reason))?,
                    last_paid_on: row.last_paid_on,
                    came_back: row.back_on.zip(row.back_code),
                    other_contractors: row.others.unwrap_or_default(),
                    borrower_loan: row.loan,
                },
                waiting: row.waiting,
                waiting_sum: money("payment_orders", row.waiting_sum)?,
            })
        })
        .collect()
}

/// An order that waits for the bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaitingOrder {
    /// Ours; comes back on the statement.
    pub end_to_end_id: String,
    /// Code of the fund that pays.
    pub fund: String,
    /// How much, in euro.
    pub amount: Money,
    /// On which account.
    pub iban: String,
    /// What the contractor reads.
    pub remittance: String,
    /// Since when it waits.
    pub ordered_on: NaiveDate,
    /// The loan it is for.
    pub loan_id: Uuid,
    /// Its number.
    pub loan: String,
    /// The number of the run it is in.
    pub run: Option<String>,
}

/// The orders that wait for the bank to pay a contractor, the oldest first.
pub async fn waiting_orders(db: &mut PgConnection, contractor_id: Uuid) -> Result<Vec<WaitingOrder>, Error> {
    let rows = sqlx::query!(
        r#"SELECT o.end_to_end_id, f.code AS fund, o.amount, o.creditor_iban, o.remittance, o.ordered_on, l.loan_id,
                  l.number AS loan, r.number AS "run?"
           FROM payment_orders o JOIN funds f USING (fund_id) JOIN tranches t USING (tranche_id)
                JOIN invoices i USING (invoice_id) JOIN loans l ON l.loan_id = t.loan_id
                LEFT JOIN payment_runs r ON r.payment_run_id = o.payment_run_id
           WHERE i.contractor_id = $1 AND o.state = 'ordered'
           ORDER BY o.ordered_on, o.created_at, o.payment_order_id"#,
        contractor_id
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(WaitingOrder {
                end_to_end_id: row.end_to_end_id,
                fund: row.fund,
                amount: money("payment_orders", row.amount)?,
                iban: row.creditor_iban,
                remittance: row.remittance,
                ordered_on: row.ordered_on,
                loan_id: row.loan_id,
                loan: row.loan,
                run: row.run,
            })
        })
        .collect()
}
