//! The notice before a direct debit: how much, when, under which mandate and by whom, in time for the borrower to answer
//! (SEPA Core rulebook EPC016-06, pre-notification).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::people::{Helper, Letterhead};
use super::words::Language;
use super::{LetterError, mail, pdf};
use crate::domain::money::Money;

/// Everything the notice and its mail say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionNotice {
    /// The language of the borrower.
    pub language: Language,
    /// The business date of the notice.
    pub written_on: NaiveDate,
    /// What identifies this notice for good.
    pub identity: String,
    /// Who writes.
    pub house: Letterhead,
    /// The name under which is collected, as it stands on the statement of the borrower.
    pub creditor_name: String,
    /// The SEPA creditor identifier.
    pub creditor_id: String,
    /// The lines of the envelope, name first.
    pub addressee: Vec<String>,
    /// The name after "Beste".
    pub greeting: String,
    /// The number of the loan, the only reference in subjects and file names.
    pub loan_number: String,
    /// What is collected, in euro.
    pub amount: Money,
    /// When.
    pub collect_on: NaiveDate,
    /// When the instalment is due.
    pub due_on: NaiveDate,
    /// The reference of the mandate.
    pub mandate: String,
    /// The account, of which only the end is shown: a mail travels in the open.
    pub account_end: String,
    /// Why it is written.
    pub occasion: Occasion,
    /// The social service of the borrower's municipality.
    pub helper: Helper,
}

/// Why a notice is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// An instalment falls due.
    Instalment,
    /// Something that an earlier notice said is different now.
    Changed,
    /// The bank could not collect, and it is tried once more.
    Retry,
}

/// The facts in the words of the reader's language.
#[derive(Debug, Serialize)]
pub(super) struct View<'a> {
    pub(super) written_on: String,
    pub(super) house: &'a Letterhead,
    pub(super) creditor_name: &'a str,
    pub(super) creditor_id: &'a str,
    pub(super) addressee: &'a [String],
    pub(super) greeting: &'a str,
    pub(super) loan_number: &'a str,
    pub(super) amount: String,
    pub(super) collect_on: String,
    pub(super) due_on: String,
    pub(super) mandate: &'a str,
    pub(super) account_end: &'a str,
    pub(super) changed: bool,
    pub(super) retry: bool,
    pub(super) helper: &'a Helper,
}

impl CollectionNotice {
    /// The notice as PDF.
    pub fn pdf(&self) -> Result<Vec<u8>, LetterError> {
        let template = match self.language {
            Language::Nl => "collection_notice.nl.typ",
            Language::En => "collection_notice.en.typ",
        };
        Ok(pdf::set(&pdf::Manuscript {
            template,
            data: &self.view(),
            pictures: Vec::new(),
            written_on: self.written_on,
            identity: self.identity.clone(),
        })?)
    }

    /// The mail that carries the notice.
    pub fn mail(&self) -> Result<mail::Mail, LetterError> {
        Ok(mail::collection_notice(self.language, &self.view())?)
    }

    /// The name of the attachment: the loan number only, no personal data.
    pub fn file_name(&self) -> String {
        let number: String =
            self.loan_number.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect();
        match self.language {
            Language::Nl => format!("vooraankondiging-{number}.pdf"),
            Language::En => format!("collection-notice-{number}.pdf"),
        }
    }

    fn view(&self) -> View<'_> {
        let language = self.language;
        View {
            written_on: language.day(self.written_on),
            house: &self.house,
            creditor_name: &self.creditor_name,
            creditor_id: &self.creditor_id,
            addressee: &self.addressee,
            greeting: &self.greeting,
            loan_number: &self.loan_number,
            amount: language.amount(self.amount),
            collect_on: language.day(self.collect_on),
            due_on: language.day(self.due_on),
            mandate: &self.mandate,
            account_end: &self.account_end,
            changed: self.occasion == Occasion::Changed,
            retry: self.occasion == Occasion::Retry,
            helper: &self.helper,
        }
    }
}
