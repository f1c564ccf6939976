//! Names that go with loans, and what hangs on one of them.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{Error, money};
use crate::domain::money::Money;

/// The words that go with a loan.
#[derive(Debug, Clone)]
pub struct Names {
    /// Name of the borrower.
    pub borrower: String,
    /// Name of the municipality.
    pub municipality: String,
    /// Name of the fund.
    pub fund: String,
    /// Code of the fund.
    pub fund_code: String,
    /// The dwelling, on one line.
    pub address: String,
    /// Number of the application.
    pub application: String,
}

/// The words that go with these loans.
pub async fn names(db: &mut PgConnection, loan_ids: &[Uuid]) -> Result<HashMap<Uuid, Names>, Error> {
    let rows = sqlx::query!(
        r#"SELECT l.loan_id, p.given_name || ' ' || p.family_name AS "borrower!", m.name AS municipality, f.name AS fund,
                  f.code AS fund_code, d.street || ' ' || d.house_number || coalesce(' bus ' || d.box, '') || ', '
                  || d.postcode || ' ' || d.locality AS "address!", a.number AS application
           FROM loans l JOIN persons p ON p.person_id = l.borrower_id JOIN municipalities m ON m.nis_code = l.nis_code
           JOIN funds f ON f.fund_id = l.fund_id JOIN dwellings d ON d.dwelling_id = l.dwelling_id
           JOIN applications a ON a.application_id = l.application_id
           WHERE l.loan_id = ANY($1)"#,
        loan_ids
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let names = Names {
                borrower: row.borrower,
                municipality: row.municipality,
                fund: row.fund,
                fund_code: row.fund_code,
                address: row.address,
                application: row.application,
            };
            (row.loan_id, names)
        })
        .collect())
}

/// An invoice with the order that pays it.
#[derive(Debug, Clone)]
pub struct InvoiceLine {
    /// Its identifier.
    pub invoice_id: Uuid,
    /// The contractor.
    pub contractor: String,
    /// The contractor's number for it.
    pub invoice_number: String,
    /// Date of the invoice.
    pub invoiced_on: NaiveDate,
    /// How much.
    pub amount: Money,
    /// Code of the state.
    pub state: String,
    /// Who entered it.
    pub made_by: Uuid,
    /// Why it was refused.
    pub refusal_reason: Option<String>,
    /// State of the payment order, when there is one.
    pub order_state: Option<String>,
    /// The day the bank paid it.
    pub paid_on: Option<NaiveDate>,
}

/// The invoices of a loan, the oldest first.
pub async fn invoices(db: &mut PgConnection, loan_id: Uuid) -> Result<Vec<InvoiceLine>, Error> {
    let rows = sqlx::query!(
        r#"SELECT i.invoice_id, c.name AS contractor, i.invoice_number, i.invoiced_on, i.amount, i.state, i.made_by,
                  i.refusal_reason, o.state AS "order_state?", o.paid_on
           FROM invoices i JOIN contractors c USING (contractor_id) LEFT JOIN tranches t USING (invoice_id)
           LEFT JOIN payment_orders o USING (tranche_id)
           WHERE i.loan_id = $1 ORDER BY i.invoiced_on, i.received_at"#,
        loan_id
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(InvoiceLine {
                invoice_id: row.invoice_id,
                contractor: row.contractor,
                invoice_number: row.invoice_number,
                invoiced_on: row.invoiced_on,
                amount: money("invoices", row.amount)?,
                state: row.state,
                made_by: row.made_by,
                refusal_reason: row.refusal_reason,
                order_state: row.order_state,
                paid_on: row.paid_on,
            })
        })
        .collect()
}

/// A posting with its entry, for T-accounts.
#[derive(Debug, Clone)]
pub struct PostingLine {
    /// The entry.
    pub entry_id: Uuid,
    /// Code of the reason.
    pub reason: String,
    /// The day it counts from.
    pub effective_on: NaiveDate,
    /// The day it really belongs to, where that day was closed when it was booked.
    pub belongs_on: Option<NaiveDate>,
    /// When we knew.
    pub booked_at: DateTime<Utc>,
    /// Code of the account.
    pub account: String,
    /// Number of the account.
    pub number: i16,
    /// Debit positive, credit negative.
    pub amount: Money,
}

/// Every posting of the entries that touch a loan, whole entries, the oldest first.
pub async fn postings(db: &mut PgConnection, loan_id: Uuid) -> Result<Vec<PostingLine>, Error> {
    let rows = sqlx::query!(
        "SELECT e.entry_id, e.reason, e.effective_on, e.belongs_on, e.booked_at, p.account, a.number, p.amount
         FROM journal_entries e JOIN postings p USING (entry_id) JOIN accounts a USING (account)
         WHERE e.entry_id IN (SELECT entry_id FROM postings WHERE loan_id = $1)
         ORDER BY e.effective_on, e.booked_at, e.entry_id, p.line",
        loan_id
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(PostingLine {
                entry_id: row.entry_id,
                reason: row.reason,
                effective_on: row.effective_on,
                belongs_on: row.belongs_on,
                booked_at: row.booked_at,
                account: row.account,
                number: row.number,
                amount: money("postings", row.amount)?,
            })
        })
        .collect()
}

/// Who recorded each fact of a loan, by the identifier of the fact.
pub async fn recorders(db: &mut PgConnection, loan_id: Uuid) -> Result<HashMap<Uuid, String>, Error> {
    let rows = sqlx::query!(
        "SELECT f.fact_id, u.name FROM loan_facts f JOIN users u ON u.user_id = f.booked_by WHERE f.loan_id = $1",
        loan_id
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.fact_id, row.name)).collect())
}

/// A loan for a choice list: identifier, number, name of the borrower.
pub async fn choices(
    db: &mut PgConnection,
    fund_id: Uuid,
    within: Option<&str>,
) -> Result<Vec<(Uuid, String, String)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT l.loan_id, l.number, p.given_name || ' ' || p.family_name AS "borrower!"
           FROM loans l JOIN persons p ON p.person_id = l.borrower_id
           WHERE l.fund_id = $1 AND ($2::text IS NULL OR l.nis_code = $2) ORDER BY l.serial"#,
        fund_id,
        within
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.loan_id, row.number, row.borrower)).collect())
}

/// Loans with an invoice that waits for a decision.
pub async fn with_waiting_invoices(db: &mut PgConnection) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar!("SELECT DISTINCT loan_id FROM invoices WHERE state = 'received'").fetch_all(db).await?)
}
