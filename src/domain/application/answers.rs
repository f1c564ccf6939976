//! What the family declared, what the OCMW found, and the kinds of income.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Declared facts; none where nobody has answered yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// The buyers together own the whole dwelling.
    pub sole_owner: Option<bool>,
    /// The dwelling is or becomes their main residence.
    pub main_residence: Option<bool>,
    /// One of them has rights in other real estate.
    pub other_real_estate: Option<bool>,
    /// The dwelling has structural defects of safety, health or quality.
    pub structural_defects: Option<bool>,
    /// How many people depend on them.
    pub dependants: Option<u32>,
    /// Outcome of the solvency inquiry of the OCMW.
    pub solvency_inquiry: Option<SolvencyInquiry>,
    /// It is asked for a non-commercial legal person, a cooperative or an association of co-owners; the people of the
    /// application are those who sign for it.
    pub organisation: Option<bool>,
    /// Grounds of the priority group other than income, each proved by a paper.
    pub priority_grounds: Vec<PriorityGround>,
}

/// A text that is not one of the answers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not one of the answers")]
pub struct UnknownAnswer(pub String);

/// What the solvency inquiry of the OCMW found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SolvencyInquiry {
    /// A loan of the market would lead to payment trouble.
    MarketLoanWouldFail,
    /// The family could carry a loan of the market.
    MarketLoanIsPossible,
}

impl SolvencyInquiry {
    /// Both outcomes.
    pub const ALL: [Self; 2] = [Self::MarketLoanWouldFail, Self::MarketLoanIsPossible];

    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::MarketLoanWouldFail => "market_loan_would_fail",
            Self::MarketLoanIsPossible => "market_loan_is_possible",
        }
    }
}

/// A ground of the priority group of the energy loan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriorityGround {
    /// Raised allowance of the health insurance (verhoogde tegemoetkoming).
    RaisedAllowance,
    /// Protected customer for energy (beschermde afnemer).
    ProtectedCustomer,
    /// Debt mediation by a recognised service.
    DebtMediation,
    /// Guidance by the OCMW.
    OcmwGuidance,
}

impl PriorityGround {
    /// Every ground.
    pub const ALL: [Self; 4] =
        [Self::RaisedAllowance, Self::ProtectedCustomer, Self::DebtMediation, Self::OcmwGuidance];

    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::RaisedAllowance => "raised_allowance",
            Self::ProtectedCustomer => "protected_customer",
            Self::DebtMediation => "debt_mediation",
            Self::OcmwGuidance => "ocmw_guidance",
        }
    }
}

/// A kind of yearly income.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncomeKind {
    /// Joint taxable income (gezamenlijk belastbaar inkomen), from the tax assessment.
    JointTaxable,
    /// Gross income.
    Gross,
    /// A benefit that is not taxed.
    Benefit,
    /// Anything else.
    Other,
}

impl IncomeKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::JointTaxable, Self::Gross, Self::Benefit, Self::Other];

    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::JointTaxable => "joint_taxable",
            Self::Gross => "gross",
            Self::Benefit => "benefit",
            Self::Other => "other",
        }
    }
}

/// Reads a code of a closed list.
macro_rules! read_by_code {
    ($($answer:ty),+) => {$(
        impl FromStr for $answer {
            type Err = UnknownAnswer;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.into_iter().find(|one| one.code() == text).ok_or_else(|| UnknownAnswer(text.to_owned()))
            }
        }
    )+};
}
read_by_code!(SolvencyInquiry, PriorityGround, IncomeKind, super::Role);
