//! A family asks: who, for which dwelling, for which works at which price, and what it declares.
//!
//! [`ApplicationForm`] is what came in, as text; [`parse`] makes a [`NewApplication`] of it or tells everything
//! that is wrong, each problem with the path of its field.

mod answers;
mod form;
mod parse;
mod people;
mod reader;
mod state;
mod work;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::identity::{EnterpriseNumber, Iban, Insz};
use super::money::Money;
use super::product::Product;

pub use answers::{Answers, IncomeKind, PriorityGround, SolvencyInquiry, UnknownAnswer};
pub use form::{
    AnswersForm, ApplicationForm, ContractorForm, DwellingForm, IncomeForm, Loose, PersonForm, QuoteForm, WorkForm,
};
pub use parse::{Setting, parse};
pub(crate) use people::person;
pub(crate) use reader::{LONG, Reader};
pub use state::{InvalidTransition, State};
pub use work::{UnknownWorkKind, WorkKind};

/// An application whose every field is right. Whether the family may have the loan is another question:
/// `domain::eligibility`.
#[derive(Debug, Clone)]
pub struct NewApplication {
    /// The product asked for.
    pub product: Product,
    /// The day whose rules judge it.
    pub applied_on: NaiveDate,
    /// The sum asked for, above zero.
    pub amount: Money,
    /// The wanted number of monthly instalments, for a product that has them.
    pub instalments: Option<u32>,
    /// One or two people; the first is the applicant.
    pub people: Vec<Person>,
    /// The dwelling.
    pub dwelling: Dwelling,
    /// At least one.
    pub works: Vec<Work>,
    /// Yearly incomes.
    pub incomes: Vec<Income>,
    /// What the family declared and what the OCMW found.
    pub answers: Answers,
}

impl NewApplication {
    /// Every quote of every work.
    pub fn quotes(&self) -> impl Iterator<Item = &Quote> {
        self.works.iter().flat_map(|work| &work.quotes)
    }

    /// The sum of all quotes.
    pub fn quoted(&self) -> Money {
        self.quotes().map(|quote| quote.amount).sum()
    }
}

/// Somebody who asks. Personal data.
#[derive(Debug, Clone)]
pub struct Person {
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// National number, for its legal purpose only.
    pub insz: Insz,
    /// Birth date, asked and never derived.
    pub born_on: NaiveDate,
    /// Address of the mailbox.
    pub email: Option<String>,
    /// Telephone number as typed.
    pub phone: Option<String>,
    /// Language of letters: `nl` or `en`.
    pub language: String,
}

/// The dwelling. Personal data.
#[derive(Debug, Clone)]
pub struct Dwelling {
    /// Street.
    pub street: String,
    /// House number.
    pub number: String,
    /// Box.
    pub box_number: Option<String>,
    /// Four digits.
    pub postcode: String,
    /// Locality, as on the letter box.
    pub locality: String,
    /// NIS code of the municipality.
    pub nis_code: String,
    /// Year in which it was built.
    pub built_in: Option<i16>,
    /// Day on which the family bought it.
    pub bought_on: Option<NaiveDate>,
    /// Label of the energy performance certificate before the works, `A+` to `F`.
    pub epc_label: Option<String>,
    /// Number of the certificate.
    pub epc_number: Option<String>,
    /// Score of the certificate, kWh per square metre and year; below zero for a dwelling that gives energy.
    pub epc_score: Option<i32>,
}

/// One kind of works, with its quotes.
#[derive(Debug, Clone)]
pub struct Work {
    /// What kind.
    pub kind: WorkKind,
    /// In the words of the family or the desk; may be empty.
    pub description: String,
    /// Whether these works improve the energy performance.
    pub improves_energy: bool,
    /// Whether these works repair a structural defect.
    pub structural: bool,
    /// What contractors ask for it.
    pub quotes: Vec<Quote>,
}

/// A contractor's price.
#[derive(Debug, Clone)]
pub struct Quote {
    /// Who.
    pub contractor: Contractor,
    /// How much, above zero, VAT included.
    pub amount: Money,
    /// Date of the quote.
    pub quoted_on: NaiveDate,
    /// Last day on which it holds.
    pub valid_until: NaiveDate,
}

/// A contractor, who is paid directly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contractor {
    /// Name of the firm.
    pub name: String,
    /// Enterprise number.
    pub enterprise_number: EnterpriseNumber,
    /// Account that is paid.
    pub iban: Iban,
    /// Mailbox.
    pub email: Option<String>,
}

/// An income of a year.
#[derive(Debug, Clone)]
pub struct Income {
    /// Whose.
    pub earner: Role,
    /// What kind.
    pub kind: IncomeKind,
    /// The calendar year in which it was earned.
    pub year: i16,
    /// A year's sum, zero or more.
    pub amount: Money,
}

/// The part a person has in an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Asks, and signs the contract.
    Applicant,
    /// Asks along.
    CoApplicant,
}

impl Role {
    /// Both, in order.
    pub const ALL: [Self; 2] = [Self::Applicant, Self::CoApplicant];

    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Applicant => "applicant",
            Self::CoApplicant => "co_applicant",
        }
    }

    /// Their place in the list of people.
    pub fn position(self) -> usize {
        match self {
            Self::Applicant => 0,
            Self::CoApplicant => 1,
        }
    }
}
