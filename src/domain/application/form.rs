//! An application as it came in: everything is text and everything may be missing.

use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// A text that may have been sent as a text, a number or a yes-or-no; empty or absent is the same.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Loose(Option<String>);

impl Loose {
    /// The text without the blanks around it; none when nothing is left.
    pub fn text(&self) -> Option<&str> {
        self.0.as_deref().map(str::trim).filter(|text| !text.is_empty())
    }
}

impl<T: Into<String>> From<T> for Loose {
    fn from(text: T) -> Self {
        Self(Some(text.into()))
    }
}

impl fmt::Debug for Loose {
    /// Shows nothing: a form is full of personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.text().is_some() { "…" } else { "-" })
    }
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LooseVisitor)
    }
}

struct LooseVisitor;

impl Visitor<'_> for LooseVisitor {
    type Value = Loose;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, true, false or null")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Loose, E> {
        Ok(Loose::from(text))
    }

    fn visit_bool<E: de::Error>(self, yes: bool) -> Result<Loose, E> {
        Ok(Loose::from(if yes { "yes" } else { "no" }))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Loose, E> {
        Ok(Loose::from(number.to_string()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Loose, E> {
        Ok(Loose::from(number.to_string()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Loose, E> {
        // The shortest text that reads back as the same number: what the sender wrote. No arithmetic is done on it.
        Ok(Loose::from(number.to_string()))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Loose, E> {
        Ok(Loose(None))
    }
}

/// An application as it came in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ApplicationForm {
    /// `emergency_buyer`, `rolling_fund`, `energy_loan` or `renovation_loan`.
    pub product: Loose,
    /// Day of the application; today when it is not given.
    pub applied_on: Loose,
    /// Sum asked for, in euro.
    pub amount: Loose,
    /// Number of monthly instalments, for an energy loan or a renovation loan only.
    pub instalments: Loose,
    /// The applicant and at most one co-applicant.
    pub people: Vec<PersonForm>,
    /// The dwelling.
    pub dwelling: DwellingForm,
    /// The works, each with its quotes.
    pub works: Vec<WorkForm>,
    /// Yearly incomes.
    pub incomes: Vec<IncomeForm>,
    /// Declared facts.
    pub answers: AnswersForm,
}

/// Somebody who asks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PersonForm {
    /// Given name.
    pub given_name: Loose,
    /// Family name.
    pub family_name: Loose,
    /// National number.
    pub insz: Loose,
    /// Birth date.
    pub born_on: Loose,
    /// Mailbox.
    pub email: Loose,
    /// Telephone.
    pub phone: Loose,
    /// `nl` or `en`; Dutch when it is not given.
    pub language: Loose,
}

/// The dwelling.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DwellingForm {
    /// Street.
    pub street: Loose,
    /// House number.
    pub number: Loose,
    /// Box.
    #[serde(rename = "box")]
    pub box_number: Loose,
    /// Postcode.
    pub postcode: Loose,
    /// Locality.
    pub locality: Loose,
    /// Name or NIS code of the municipality.
    pub municipality: Loose,
    /// Year of building.
    pub built_in: Loose,
    /// Day of purchase.
    pub bought_on: Loose,
    /// EPC label.
    pub epc_label: Loose,
    /// EPC number.
    pub epc_number: Loose,
    /// EPC score.
    pub epc_score: Loose,
}

/// One kind of works.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WorkForm {
    /// Code of the kind.
    pub kind: Loose,
    /// In words.
    pub description: Loose,
    /// Yes or no; needed where the kind can be both.
    pub improves_energy: Loose,
    /// Yes or no; needed where the kind can be both.
    pub structural: Loose,
    /// Prices.
    pub quotes: Vec<QuoteForm>,
}

/// A contractor's price.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct QuoteForm {
    /// Who.
    pub contractor: ContractorForm,
    /// How much, VAT included.
    pub amount: Loose,
    /// Date of the quote.
    pub quoted_on: Loose,
    /// Last day on which it holds.
    pub valid_until: Loose,
}

/// A contractor.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ContractorForm {
    /// Name of the firm.
    pub name: Loose,
    /// Enterprise number.
    pub enterprise_number: Loose,
    /// Account.
    pub iban: Loose,
    /// Mailbox.
    pub email: Loose,
}

/// A yearly income.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IncomeForm {
    /// `applicant` or `co_applicant`; the applicant when it is not given.
    pub earner: Loose,
    /// `joint_taxable`, `gross`, `benefit` or `other`.
    pub kind: Loose,
    /// Calendar year.
    pub year: Loose,
    /// A year's sum.
    pub amount: Loose,
}

/// Declared facts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AnswersForm {
    /// Yes or no.
    pub sole_owner: Loose,
    /// Yes or no.
    pub main_residence: Loose,
    /// Yes or no.
    pub other_real_estate: Loose,
    /// Yes or no.
    pub structural_defects: Loose,
    /// A number.
    pub dependants: Loose,
    /// `market_loan_would_fail` or `market_loan_is_possible`.
    pub solvency_inquiry: Loose,
    /// Yes or no; empty is a family.
    pub organisation: Loose,
    /// `raised_allowance`, `protected_customer`, `debt_mediation`, `ocmw_guidance`.
    pub priority_grounds: Vec<Loose>,
}
