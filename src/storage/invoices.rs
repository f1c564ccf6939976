//! Invoices of contractors, the quotes they answer to, and the tranches they draw.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Error, money};
use crate::domain::identity::{EnterpriseNumber, Iban};
use crate::domain::money::Money;

/// What became of an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvoiceState {
    /// Waits for a second person.
    Received,
    /// Approved: it is a tranche now.
    Approved {
        /// By whom.
        by: Uuid,
        /// When.
        at: DateTime<Utc>,
    },
    /// Refused.
    Refused {
        /// By whom.
        by: Uuid,
        /// When.
        at: DateTime<Utc>,
        /// Why.
        reason: String,
    },
}

impl InvoiceState {
    /// The code used in the database and in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Approved { .. } => "approved",
            Self::Refused { .. } => "refused",
        }
    }
}

/// An invoice of a contractor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// Its identifier.
    pub invoice_id: Uuid,
    /// The loan it is paid from.
    pub loan_id: Uuid,
    /// The quote it answers to.
    pub quote_id: Uuid,
    /// Who sent it.
    pub contractor_id: Uuid,
    /// The number the contractor gave it.
    pub invoice_number: String,
    /// Its date.
    pub invoiced_on: NaiveDate,
    /// How much, in euro.
    pub amount: Money,
    /// What the contractor wants to read on the payment.
    pub reference: Option<String>,
    /// Who entered it.
    pub made_by: Uuid,
    /// When.
    pub received_at: DateTime<Utc>,
    /// What became of it.
    pub state: InvoiceState,
}

struct InvoiceRow {
    invoice_id: Uuid,
    loan_id: Uuid,
    quote_id: Uuid,
    contractor_id: Uuid,
    invoice_number: String,
    invoiced_on: NaiveDate,
    amount: Decimal,
    reference: Option<String>,
    state: String,
    made_by: Uuid,
    received_at: DateTime<Utc>,
    decided_by: Option<Uuid>,
    decided_at: Option<DateTime<Utc>>,
    refusal_reason: Option<String>,
}

impl TryFrom<InvoiceRow> for Invoice {
    type Error = Error;

    fn try_from(row: InvoiceRow) -> Result<Self, Error> {
        let state = match (row.state.as_str(), row.decided_by, row.decided_at, row.refusal_reason) {
            ("received", None, None, None) => InvoiceState::Received,
            ("approved", Some(by), Some(at), None) => InvoiceState::Approved { by, at },
            ("refused", Some(by), Some(at), Some(reason)) => InvoiceState::Refused { by, at, reason },
            _ => return Err(Error::corrupt("invoices", format!("{}: state {}", row.invoice_id, row.state))),
        };
        Ok(Self {
            invoice_id: row.invoice_id,
            loan_id: row.loan_id,
            quote_id: row.quote_id,
            contractor_id: row.contractor_id,
            invoice_number: row.invoice_number,
            invoiced_on: row.invoiced_on,
            amount: money("invoices", row.amount)?,
            reference: row.reference,
            made_by: row.made_by,
            received_at: row.received_at,
            state,
        })
    }
}

/// A quote of an application, with who gave it and for what works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Its identifier.
    pub quote_id: Uuid,
    /// The application it was part of.
    pub application_id: Uuid,
    /// Who gave it.
    pub contractor_id: Uuid,
    /// The name of the contractor.
    pub contractor_name: String,
    /// Its enterprise number.
    pub enterprise_number: EnterpriseNumber,
    /// The account of the contractor.
    pub contractor_iban: Iban,
    /// What kind of works, as a code.
    pub work_kind: String,
    /// How much, in euro.
    pub amount: Money,
    /// What invoices have asked of it already, those refused left out.
    pub invoiced: Money,
}

struct QuoteRow {
    quote_id: Uuid,
    application_id: Uuid,
    contractor_id: Uuid,
    contractor_name: String,
    contractor_iban: String,
    enterprise_number: String,
    work_kind: String,
    amount: Decimal,
    invoiced: Decimal,
}

impl TryFrom<QuoteRow> for Quote {
    type Error = Error;

    fn try_from(row: QuoteRow) -> Result<Self, Error> {
        Ok(Self {
            quote_id: row.quote_id,
            application_id: row.application_id,
            contractor_id: row.contractor_id,
            contractor_name: row.contractor_name,
            enterprise_number: EnterpriseNumber::parse(&row.enterprise_number)
                .map_err(|problem| Error::corrupt("contractors", problem))?,
            contractor_iban: Iban::parse(&row.contractor_iban)
                .map_err(|_| Error::corrupt("contractors", format!("{}: IBAN is not one", row.contractor_id)))?,
            work_kind: row.work_kind,
            amount: money("application_quotes", row.amount)?,
            invoiced: money("invoices", row.invoiced)?,
        })
    }
}

/// The quotes of an application, with what was invoiced on each.
pub async fn quotes(db: &mut PgConnection, application_id: Uuid) -> Result<Vec<Quote>, Error> {
    let rows = sqlx::query_as!(
        QuoteRow,
        r#"SELECT q.quote_id, q.application_id, q.contractor_id, c.name AS contractor_name, c.iban AS contractor_iban,
                  c.enterprise_number, w.kind AS work_kind, q.amount,
                  coalesce((SELECT sum(i.amount) FROM invoices i
                            WHERE i.quote_id = q.quote_id AND i.state <> 'refused'), 0) AS "invoiced!"
           FROM application_quotes q JOIN contractors c USING (contractor_id) JOIN application_works w USING (work_id)
           WHERE q.application_id = $1 ORDER BY q.quote_id"#,
        application_id,
    );
    rows.fetch_all(db).await?.into_iter().map(Quote::try_from).collect()
}

/// Adds an invoice that was received (`invoices_number_key`).
pub async fn insert(db: &mut PgConnection, invoice: &Invoice) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO invoices (invoice_id, loan_id, quote_id, contractor_id, invoice_number, invoiced_on, amount,
                               reference, state, made_by, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'received', $9, $10)",
        invoice.invoice_id,
        invoice.loan_id,
        invoice.quote_id,
        invoice.contractor_id,
        invoice.invoice_number,
        invoice.invoiced_on,
        invoice.amount.decimal(),
        invoice.reference,
        invoice.made_by,
        invoice.received_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One invoice.
pub async fn get(db: &mut PgConnection, invoice_id: Uuid) -> Result<Option<Invoice>, Error> {
    let row = sqlx::query_as!(
        InvoiceRow,
        "SELECT invoice_id, loan_id, quote_id, contractor_id, invoice_number, invoiced_on, amount, reference, state,
                made_by, received_at, decided_by, decided_at, refusal_reason
         FROM invoices WHERE invoice_id = $1",
        invoice_id,
    );
    row.fetch_optional(db).await?.map(Invoice::try_from).transpose()
}

/// The invoices of a loan, or those of all loans that wait for a decision, the oldest first.
pub async fn list(db: &mut PgConnection, loan_id: Option<Uuid>) -> Result<Vec<Invoice>, Error> {
    let rows = sqlx::query_as!(
        InvoiceRow,
        "SELECT invoice_id, loan_id, quote_id, contractor_id, invoice_number, invoiced_on, amount, reference, state,
                made_by, received_at, decided_by, decided_at, refusal_reason
         FROM invoices WHERE ($1::uuid IS NULL AND state = 'received') OR loan_id = $1
         ORDER BY received_at, invoice_id",
        loan_id,
    );
    rows.fetch_all(db).await?.into_iter().map(Invoice::try_from).collect()
}

/// Writes the decision on an invoice that waits (`invoices_maker_check`). False when somebody decided before.
pub async fn decide(db: &mut PgConnection, invoice_id: Uuid, state: &InvoiceState) -> Result<bool, Error> {
    let (by, at, reason) = match state {
        InvoiceState::Received => return Err(Error::corrupt("invoices", "received is not a decision")),
        InvoiceState::Approved { by, at } => (by, at, None),
        InvoiceState::Refused { by, at, reason } => (by, at, Some(reason)),
    };
    let done = sqlx::query!(
        "UPDATE invoices SET state = $2, decided_by = $3, decided_at = $4, refusal_reason = $5
         WHERE invoice_id = $1 AND state = 'received'",
        invoice_id,
        state.code(),
        by,
        at,
        reason,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A part of a loan that an approved invoice drew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tranche {
    /// Its identifier.
    pub tranche_id: Uuid,
    /// The loan.
    pub loan_id: Uuid,
    /// The invoice.
    pub invoice_id: Uuid,
    /// How much, in euro.
    pub amount: Money,
    /// The day it was drawn.
    pub drawn_on: NaiveDate,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

/// Adds a tranche (`tranches_invoice_key`).
pub async fn insert_tranche(db: &mut PgConnection, tranche: &Tranche) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO tranches (tranche_id, loan_id, invoice_id, amount, drawn_on, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        tranche.tranche_id,
        tranche.loan_id,
        tranche.invoice_id,
        tranche.amount.decimal(),
        tranche.drawn_on,
        tranche.created_at,
    )
    .execute(db)
    .await?;
    Ok(())
}
