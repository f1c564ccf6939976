//! On which account contractors are paid, and what is known of it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use crate::domain::identity::{EnterpriseNumber, Iban};
use crate::domain::payment_run::{PaidAccount, Whose};

/// A contractor, by its enterprise number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payee {
    /// Its identifier.
    pub contractor_id: Uuid,
    /// Its name.
    pub name: String,
    /// The account that the house pays.
    pub iban: String,
}

/// A contractor, locked until the end of the transaction.
pub async fn lock_payee(db: &mut PgConnection, number: EnterpriseNumber) -> Result<Option<Payee>, Error> {
    let payee = sqlx::query_as!(
        Payee,
        "SELECT contractor_id, name, iban FROM contractors WHERE enterprise_number = $1 FOR UPDATE",
        number.canonical(),
    );
    Ok(payee.fetch_optional(db).await?)
}

/// An account of a contractor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContractorAccount {
    /// The account.
    pub iban: String,
    /// Since when.
    pub recorded_at: DateTime<Utc>,
    /// Who recorded it; none for the first, which came with a quote.
    pub recorded_by: Option<String>,
    /// How it was verified.
    pub reason: Option<String>,
}

/// The accounts of a contractor, the first one first.
pub async fn accounts_of(db: &mut PgConnection, contractor_id: Uuid) -> Result<Vec<ContractorAccount>, Error> {
    let accounts = sqlx::query_as!(
        ContractorAccount,
        r#"SELECT a.iban, a.recorded_at, u.name AS "recorded_by?", a.reason
           FROM contractor_accounts a LEFT JOIN users u ON u.user_id = a.recorded_by
           WHERE a.contractor_id = $1 ORDER BY a.position"#,
        contractor_id,
    );
    Ok(accounts.fetch_all(db).await?)
}

/// The number of a run that pays this contractor and was neither exported nor cancelled.
pub async fn open_run_of(db: &mut PgConnection, contractor_id: Uuid) -> Result<Option<String>, Error> {
    let number = sqlx::query_scalar!(
        "SELECT p.number FROM payment_run_orders r JOIN payment_orders o USING (payment_order_id)
              JOIN payment_runs p ON p.payment_run_id = r.payment_run_id
         WHERE r.contractor_id = $1 AND o.payment_run_id = r.payment_run_id
           AND NOT EXISTS (SELECT 1 FROM payment_run_exports e WHERE e.payment_run_id = r.payment_run_id)
         ORDER BY p.number LIMIT 1",
        contractor_id
    );
    Ok(number.fetch_optional(db).await?)
}

/// A new account of a contractor.
#[derive(Debug)]
pub struct NewAccount<'a> {
    /// The contractor, locked.
    pub contractor_id: Uuid,
    /// The account.
    pub iban: &'a Iban,
    /// How it was verified.
    pub reason: &'a str,
    /// By whom.
    pub recorded_by: Uuid,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

/// Records a new account and directs the orders that wait outside any run to it. Answers how many.
pub async fn change_account(db: &mut PgConnection, new: &NewAccount<'_>) -> Result<u64, Error> {
    sqlx::query!(
        "INSERT INTO contractor_accounts (contractor_id, position, iban, recorded_at, recorded_by, reason)
         SELECT $1, 1 + max(position), $2, $3, $4, $5 FROM contractor_accounts WHERE contractor_id = $1",
        new.contractor_id,
        new.iban.as_str(),
        new.recorded_at,
        new.recorded_by,
        new.reason,
    )
    .execute(&mut *db)
    .await?;
    let directed = sqlx::query!(
        "UPDATE payment_orders o SET creditor_iban = $2
         FROM tranches t JOIN invoices i USING (invoice_id)
         WHERE t.tranche_id = o.tranche_id AND i.contractor_id = $1 AND o.state = 'ordered' AND o.payment_run_id IS NULL",
        new.contractor_id,
        new.iban.as_str(),
    )
    .execute(db)
    .await?;
    Ok(directed.rows_affected())
}

/// Whom a run pays, with the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunPayee {
    /// A contractor, or whoever one order is to.
    pub whose: Whose,
    /// Its name.
    pub name: String,
    /// The account.
    pub iban: String,
    /// What is known of it.
    pub account: PaidAccount,
}

/// The contractors in a run, by name, each with what is known of the account that the run pays.
pub async fn payees_of(db: &mut PgConnection, payment_run_id: Uuid) -> Result<Vec<RunPayee>, Error> {
    let rows = sqlx::query!(
        r#"SELECT a.contractor_id AS "contractor_id!", c.name, a.iban AS "iban!", a.before AS "before?",
                  a.changed_on AS "changed_on?", a.reason AS "reason?", a.returned_on AS "back_on?",
                  a.return_reason AS "back_code?", a.others AS "others!", a.borrower_loan AS "loan?",
                  (SELECT max(o.paid_on) FROM payment_orders o JOIN tranches t USING (tranche_id) JOIN invoices i USING (invoice_id)
                   WHERE i.contractor_id = a.contractor_id AND o.state = 'paid') AS "last_paid_on?"
           FROM known_contractor_accounts a JOIN contractors c USING (contractor_id)
           WHERE EXISTS (SELECT 1 FROM payment_run_orders p
                         WHERE p.payment_run_id = $1 AND p.contractor_id = a.contractor_id AND p.creditor_iban = a.iban)
           ORDER BY c.name, a.contractor_id, a.iban"#,
        payment_run_id
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let change = change((row.before, row.changed_on, row.reason))?;
            let account = PaidAccount {
                change,
                last_paid_on: row.last_paid_on,
                came_back: row.back_on.zip(row.back_code),
                other_contractors: row.others,
                borrower_loan: row.loan,
            };
            Ok(RunPayee { whose: Whose::Contractor(row.contractor_id), name: row.name, iban: row.iban, account })
        })
        .collect()
}

pub(super) type Change = (Iban, NaiveDate, String);

/// A change of account, out of its three columns.
pub(super) fn change(row: (Option<String>, Option<NaiveDate>, Option<String>)) -> Result<Option<Change>, Error> {
    let (Some(before), Some(on), reason) = row else { return Ok(None) };
    let before = Iban::parse(&before).map_err(|_| Error::corrupt("contractor_accounts", "IBAN is not one"))?;
    Ok(Some((before, on, reason.unwrap_or_default())))
}

/// What releasers said of an account in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    /// The contractor, or the order.
    pub about: Uuid,
    /// Who confirmed it.
    pub by: String,
    /// In their words.
    pub note: String,
    /// Codes of the flags that they saw.
    pub flags: Vec<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// What releasers said of the accounts in a run, in the order in which they did.
pub async fn confirmations_of(db: &mut PgConnection, payment_run_id: Uuid) -> Result<Vec<Confirmation>, Error> {
    let confirmations = sqlx::query_as!(
        Confirmation,
        r#"SELECT c.about AS "about!", u.name AS by, c.note AS "note!", c.flags AS "flags!", c.confirmed_at AS "at!"
           FROM (SELECT payment_run_id, contractor_id AS about, confirmed_by, note, flags, confirmed_at
                 FROM payment_run_confirmations
                 UNION ALL
                 SELECT payment_run_id, payment_order_id, confirmed_by, note, flags, confirmed_at
                 FROM payment_run_order_confirmations) c JOIN users u ON u.user_id = c.confirmed_by
           WHERE c.payment_run_id = $1 ORDER BY c.confirmed_at, c.about"#,
        payment_run_id
    );
    Ok(confirmations.fetch_all(db).await?)
}
