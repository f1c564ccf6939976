//! The free first reminder: what Book XIX of the Code of Economic Law (WER art. XIX.2, in force since
//! 1 September 2023) demands before anything may be charged for a late payment.
//!
//! It states the sum, the creditor with its enterprise number, what the debt is and when it fell due, the
//! term of at least fourteen calendar days, and what non-payment within that term may cost.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::people::{Creditor, Helper, Letterhead, PaymentAccount};
use super::words::{Language, grouped_iban};
use super::{epc, mail, pdf};
use crate::domain::money::Money;

/// The term of WER art. XIX.2, in calendar days, counted at the earliest from the day of writing.
const TERM_DAYS: u64 = 14;

/// Everything the letter and its mail say. Texts come from the templates; these are the facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstReminder {
    /// The language of the borrower.
    pub language: Language,
    /// The business date of the letter.
    pub written_on: NaiveDate,
    /// What identifies this letter for good: the outbox id, so that sending again gives the same bytes.
    pub identity: String,
    /// Who writes.
    pub house: Letterhead,
    /// To whom the money is owed; may be the house itself.
    pub creditor: Creditor,
    /// The lines of the envelope, name first. A budget manager may stand here in the borrower's place.
    pub addressee: Vec<String>,
    /// The name after "Beste".
    pub greeting: String,
    /// The number of the loan, the only reference in subjects and file names: `EL-2024-0012`.
    pub loan_number: String,
    /// The product as the contract names it: `Energielening`.
    pub product: String,
    /// What fell due and is not (wholly) paid, oldest first.
    pub instalments: Vec<DueInstalment>,
    /// The last day of the term.
    pub pay_by: NaiveDate,
    /// What follows when the term passes unpaid.
    pub costs_after_term: CostsAfterTerm,
    /// The account of the fund.
    pub account: PaymentAccount,
    /// The social service of the borrower's municipality.
    pub helper: Helper,
}

/// One instalment that fell due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueInstalment {
    /// Its number in the schedule, from 1.
    pub number: u32,
    /// How many instalments the schedule has.
    pub of: u32,
    /// The day it fell due.
    pub due_on: NaiveDate,
    /// What of it is still open, in euro.
    pub open: Money,
}

/// What the contract may charge when the term passes: to be named in the first reminder (WER art. XIX.2, § 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostsAfterTerm {
    /// The fixed compensation, 0.00 when the house asks none.
    pub compensation: Money,
    /// The most a next letter may cost, postage apart (WER Book VII: 7.50); 0.00 when it is free.
    pub next_letter: Money,
}

/// Why a reminder cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    /// A reminder without a debt.
    #[error("the reminder of loan {0} has nothing to ask: give at least one instalment with an open amount above 0.00")]
    NothingDue(String),
    /// An instalment that is not late.
    #[error(
        "instalment {number} of loan {loan_number} is due on {due_on}, not before the letter's date; it is not late"
    )]
    NotLate {
        /// The loan.
        loan_number: String,
        /// The instalment.
        number: u32,
        /// When it falls due.
        due_on: NaiveDate,
    },
    /// A term below the law's.
    #[error("pay_by is {pay_by}; WER art. XIX.2 gives 14 calendar days, so {earliest} at the earliest")]
    TermTooShort {
        /// The last day that was given.
        pay_by: NaiveDate,
        /// The first last day that is lawful.
        earliest: NaiveDate,
    },
    /// The payment code cannot be made.
    #[error(transparent)]
    Payment(#[from] epc::InvalidEpc),
    /// The PDF cannot be made.
    #[error(transparent)]
    Pdf(#[from] pdf::PdfError),
    /// The mail cannot be made.
    #[error("the mail of the letter cannot be rendered")]
    Mail(#[from] askama::Error),
}

/// The facts in the words of the reader's language: what the Typst and askama templates see.
#[derive(Debug, Serialize)]
pub(super) struct View<'a> {
    pub(super) written_on: String,
    pub(super) house: &'a Letterhead,
    pub(super) creditor: &'a Creditor,
    pub(super) addressee: &'a [String],
    pub(super) greeting: &'a str,
    pub(super) loan_number: &'a str,
    pub(super) product: &'a str,
    pub(super) instalments: Vec<Row>,
    pub(super) amount: String,
    pub(super) pay_by: String,
    pub(super) iban: String,
    pub(super) beneficiary: &'a str,
    pub(super) ogm: &'a str,
    pub(super) helper: &'a Helper,
    /// `None`: no compensation is asked.
    pub(super) compensation: Option<String>,
    /// `None`: the next letter is free too.
    pub(super) next_letter: Option<String>,
    /// True when the house manages the loan of another creditor.
    pub(super) on_behalf: bool,
}

/// One instalment in words.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub(super) number: u32,
    pub(super) of: u32,
    pub(super) due_on: String,
    pub(super) open: String,
}

impl FirstReminder {
    /// The sum that is asked: all open instalments together.
    pub fn amount_due(&self) -> Money {
        self.instalments.iter().map(|instalment| instalment.open).sum()
    }

    /// Whether the law lets this reminder go out as it is.
    pub fn check(&self) -> Result<(), LetterError> {
        if self.instalments.is_empty() || self.instalments.iter().any(|instalment| !instalment.open.is_positive()) {
            return Err(LetterError::NothingDue(self.loan_number.clone()));
        }
        if let Some(early) = self.instalments.iter().find(|instalment| instalment.due_on >= self.written_on) {
            return Err(LetterError::NotLate {
                loan_number: self.loan_number.clone(),
                number: early.number,
                due_on: early.due_on,
            });
        }
        let earliest = self.written_on.checked_add_days(Days::new(TERM_DAYS)).unwrap_or(NaiveDate::MAX);
        if self.pay_by < earliest {
            return Err(LetterError::TermTooShort { pay_by: self.pay_by, earliest });
        }
        Ok(())
    }

    /// The letter as PDF.
    pub fn pdf(&self) -> Result<Vec<u8>, LetterError> {
        self.check()?;
        let picture = epc::svg(&self.account, self.amount_due())?;
        let template = match self.language {
            Language::Nl => "first_reminder.nl.typ",
            Language::En => "first_reminder.en.typ",
        };
        Ok(pdf::set(&pdf::Manuscript {
            template,
            data: &self.view(),
            pictures: vec![("payment.svg", picture.into_bytes())],
            written_on: self.written_on,
            identity: self.identity.clone(),
        })?)
    }

    /// The mail that carries the letter.
    pub fn mail(&self) -> Result<mail::Mail, LetterError> {
        self.check()?;
        Ok(mail::first_reminder(self.language, &self.view())?)
    }

    /// The name of the attachment: the loan number only, no personal data.
    pub fn file_name(&self) -> String {
        let number: String =
            self.loan_number.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect();
        match self.language {
            Language::Nl => format!("herinnering-{number}.pdf"),
            Language::En => format!("reminder-{number}.pdf"),
        }
    }

    fn view(&self) -> View<'_> {
        let language = self.language;
        let unless_zero = |amount: Money| amount.is_positive().then(|| language.amount(amount));
        View {
            written_on: language.day(self.written_on),
            house: &self.house,
            creditor: &self.creditor,
            addressee: &self.addressee,
            greeting: &self.greeting,
            loan_number: &self.loan_number,
            product: &self.product,
            instalments: self.instalments.iter().map(|instalment| instalment.row(language)).collect(),
            amount: language.amount(self.amount_due()),
            pay_by: language.day(self.pay_by),
            iban: grouped_iban(&self.account.iban),
            beneficiary: &self.account.beneficiary,
            ogm: &self.account.ogm,
            helper: &self.helper,
            compensation: unless_zero(self.costs_after_term.compensation),
            next_letter: unless_zero(self.costs_after_term.next_letter),
            on_behalf: self.creditor.name != self.house.name,
        }
    }
}

impl DueInstalment {
    fn row(self, language: Language) -> Row {
        Row { number: self.number, of: self.of, due_on: language.day(self.due_on), open: language.amount(self.open) }
    }
}
