//! An invoice as a program sends it: everything is text and everything may be missing.

use serde::Deserialize;
use uuid::Uuid;

use super::receive::NewInvoice;
use crate::domain::application::{LONG, Loose, Reader};
use crate::domain::text::Text;
use crate::services::Error;

/// An invoice as it came in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InvoiceForm {
    /// The quote it answers to, as the file of the application shows it.
    pub quote_id: Loose,
    /// The enterprise number printed on it.
    pub enterprise_number: Loose,
    /// The kind of works it is for, where the paper says so.
    pub work_kind: Loose,
    /// The number the contractor gave it.
    pub invoice_number: Loose,
    /// Its date.
    pub invoiced_on: Loose,
    /// How much, taxes included.
    pub amount: Loose,
    /// What the contractor wants to read on the payment.
    pub reference: Loose,
}

impl InvoiceForm {
    /// The invoice, for a loan.
    ///
    /// # Errors
    /// Every field that is wrong, with what would be right. Whether it fits the quote is for [`super::receive`] to say.
    pub fn read(&self, loan_id: Uuid) -> Result<NewInvoice, Error> {
        let mut reader = Reader::default();
        let quote_id: Option<Uuid> = reader
            .required("quote_id", &self.quote_id)
            .is_some()
            .then(|| reader.read("quote_id", &self.quote_id, Text::new("loan-event-problem-id")))
            .flatten();
        let enterprise_number = reader.words("enterprise_number", &self.enterprise_number, LONG);
        let invoice_number = reader.words("invoice_number", &self.invoice_number, LONG);
        let invoiced_on = reader.date("invoiced_on", &self.invoiced_on);
        let amount = reader.positive_money("amount", &self.amount);
        let work_kind = reader.optional_words("work_kind", &self.work_kind, LONG);
        let reference = reader.optional_words("reference", &self.reference, LONG);
        let problems = reader.into_problems();
        match (quote_id, enterprise_number, invoice_number, invoiced_on, amount) {
            (Some(quote_id), Some(enterprise_number), Some(invoice_number), Some(invoiced_on), Some(amount))
                if problems.is_empty() =>
            {
                Ok(NewInvoice {
                    loan_id,
                    quote_id,
                    enterprise_number,
                    work_kind,
                    invoice_number,
                    invoiced_on,
                    amount,
                    reference,
                })
            }
            _ => Err(Error::Invalid(problems)),
        }
    }
}
