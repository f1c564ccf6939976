//! Registers the invoice of a contractor, checked against the quote, the works and the contract.

use chrono::NaiveDate;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::access::Permission;
use crate::domain::identity::EnterpriseNumber;
use crate::domain::money::Money;
use crate::domain::text::{Problems, Text};
use crate::services::loans::state::{LockedLoan, lock_loan};
use crate::services::{Actor, Deed, Error, House};
use crate::storage::invoices::{self, Invoice, InvoiceState, Quote};
use crate::storage::{self};

/// An invoice as it came, typed from the paper.
#[derive(Debug, Clone)]
pub struct NewInvoice {
    /// The loan it is paid from.
    pub loan_id: Uuid,
    /// The quote it answers to.
    pub quote_id: Uuid,
    /// The enterprise number printed on it; must be that of the contractor of the quote.
    pub enterprise_number: String,
    /// The kind of works it is for (a code), where the paper says so; must be that of the quote.
    pub work_kind: Option<String>,
    /// The number the contractor gave it.
    pub invoice_number: String,
    /// Its date.
    pub invoiced_on: NaiveDate,
    /// How much, in euro, taxes included.
    pub amount: Money,
    /// What the contractor wants to read on the payment.
    pub reference: Option<String>,
}

/// Registers an invoice. Somebody else approves it.
pub async fn receive(house: &House, actor: &Actor, new: NewInvoice) -> Result<Invoice, Error> {
    actor.require(Permission::ManageLoans)?;
    let mut tx = house.begin().await?;
    // The lock makes two invoices for the last of a quote wait for each other.
    let locked = lock_loan(&mut tx, house, actor, new.loan_id).await?;
    let quotes = invoices::quotes(&mut tx, locked.loan.application_id).await?;
    let quote = quotes.iter().find(|quote| quote.quote_id == new.quote_id).ok_or_else(|| {
        Error::field("quote_id", new.quote_id, Text::new("invoicing-quote-unknown").with("number", &locked.loan.number))
    })?;
    typed(house, &new, quote)?;
    fits(&mut tx, &locked, quote, new.amount).await?;
    let invoice = Invoice {
        invoice_id: house.ids.next(),
        loan_id: new.loan_id,
        quote_id: new.quote_id,
        contractor_id: quote.contractor_id,
        invoice_number: new.invoice_number.trim().to_owned(),
        invoiced_on: new.invoiced_on,
        amount: new.amount,
        reference: new.reference.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
        made_by: actor.user_id,
        received_at: house.clock.now(),
        state: InvoiceState::Received,
    };
    invoices::insert(&mut tx, &invoice).await.map_err(|error| twice(error, &invoice))?;
    let detail = json!({ "loan_id": invoice.loan_id, "amount": invoice.amount });
    let deed = Deed { action: "invoice.received", subject_kind: "invoice", subject_id: invoice.invoice_id, detail };
    house.audit(&mut tx, actor, deed).await?;
    house.commit(tx).await?;
    Ok(invoice)
}

/// What was typed, field by field.
fn typed(house: &House, new: &NewInvoice, quote: &Quote) -> Result<(), Error> {
    let mut problems = Problems::default();
    let contractor = &quote.contractor_name;
    match EnterpriseNumber::parse(&new.enterprise_number) {
        Err(_) => problems.add("enterprise_number", &new.enterprise_number, Text::new("invoicing-enterprise-number")),
        Ok(number) if number != quote.enterprise_number => {
            let text = Text::new("invoicing-other-contractor").with("contractor", contractor);
            problems.add("enterprise_number", number, text.with("right", quote.enterprise_number));
        }
        Ok(_) => {}
    }
    if let Some(kind) = new.work_kind.as_ref().filter(|kind| **kind != quote.work_kind) {
        let works = Text::new(&format!("work-{}", quote.work_kind));
        problems.add("work_kind", kind, Text::new("invoicing-other-works").with_part("works", works));
    }
    if new.invoice_number.trim().is_empty() {
        problems.add("invoice_number", "", Text::new("invoicing-number"));
    }
    let today = house.clock.today();
    if new.invoiced_on > today {
        problems.add("invoiced_on", new.invoiced_on, Text::new("invoicing-in-future").with("today", today));
    }
    if !new.amount.is_positive() {
        problems.add("amount", new.amount, Text::new("invoicing-amount"));
    }
    let left = quote.amount - quote.invoiced;
    if new.amount > left {
        let text = Text::new("invoicing-above-quote").with("quote", quote.amount).with("invoiced", quote.invoiced);
        problems.add("amount", new.amount, text.with("left", left));
    }
    problems.into_result().map_err(Error::Invalid)
}

/// Whether the loan can still pay it, with the invoices that wait for a decision.
async fn fits(tx: &mut PgConnection, locked: &LockedLoan, quote: &Quote, amount: Money) -> Result<(), Error> {
    let state = &locked.state;
    if let Some(on) = state.draws_closed_on {
        return Err(Error::Refused(Text::new("invoicing-draws-closed").with("on", on)));
    }
    let loan_id = locked.loan.loan_id;
    let waiting: Money = invoices::list(tx, Some(loan_id))
        .await?
        .iter()
        .filter(|invoice| invoice.state == InvoiceState::Received)
        .map(|invoice| invoice.amount)
        .sum();
    let left = state.undrawn - waiting;
    if amount > left {
        let text = Text::new("invoicing-above-contract").with("amount", amount).with("left", left.or_zero());
        return Err(Error::Refused(text.with("contractor", &quote.contractor_name)));
    }
    Ok(())
}

fn twice(error: storage::Error, invoice: &Invoice) -> Error {
    match error.constraint() {
        Some("invoices_number_key") => {
            Error::field("invoice_number", &invoice.invoice_number, Text::new("invoicing-number-twice"))
        }
        _ => error.into(),
    }
}
