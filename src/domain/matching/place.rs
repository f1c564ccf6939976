//! Where a person can place the money of a line that waits, and how it is divided.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::super::loan::Payer;
use super::super::money::Money;

/// Where a part of the money goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// In: a payment on a loan.
    Loan,
    /// Out: the bank gave a payment on a loan back.
    Return,
    /// In: a funder, a grant, the house's own means. Out: passed on to a funder.
    Source,
    /// A charge of the bank, or one given back.
    Charge,
    /// Out: a payment order of ours.
    Order,
    /// In: a payment order of ours that came back.
    ReturnedOrder,
    /// Out: every order of a payment run, executed as one amount.
    Run,
    /// In: it is not ours and stays owed to its sender.
    NotOurs,
    /// In: it is ordered back to the account it came from.
    Refund,
}

/// A text that names no kind of part.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is no place for money; use loan, return, source, charge, order, returned_order, run, not_ours or refund"
)]
pub struct UnknownPart(pub String);

impl PartKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Loan,
        Self::Return,
        Self::Source,
        Self::Charge,
        Self::Order,
        Self::ReturnedOrder,
        Self::Run,
        Self::NotOurs,
        Self::Refund,
    ];

    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Loan => "loan",
            Self::Return => "return",
            Self::Source => "source",
            Self::Charge => "charge",
            Self::Order => "order",
            Self::ReturnedOrder => "returned_order",
            Self::Run => "run",
            Self::NotOurs => "not_ours",
            Self::Refund => "refund",
        }
    }

    /// Whether money of this sign can go there; positive is money in.
    pub fn takes(self, amount: Money) -> bool {
        match self {
            Self::Loan | Self::ReturnedOrder | Self::NotOurs | Self::Refund => amount.is_positive(),
            Self::Return | Self::Order | Self::Run => amount.is_negative(),
            Self::Source | Self::Charge => !amount.is_zero(),
        }
    }
}

impl fmt::Display for PartKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for PartKind {
    type Err = UnknownPart;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.code() == text).ok_or_else(|| UnknownPart(text.to_owned()))
    }
}

/// Who paid, as a person knows it. All but the last are learned with the account they paid from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaidBy {
    /// The borrower.
    #[default]
    Borrower,
    /// Who manages the budget of the family.
    BudgetManager,
    /// Who mediates in its debts.
    DebtMediator,
    /// A contractor who gives money back for it.
    Contractor,
    /// The agency that grants a renovation premium.
    Agency,
    /// Somebody who will not pay again, such as a notary.
    Other,
}

/// A text that names nobody who pays.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is nobody who pays; use borrower, budget_manager, debt_mediator, contractor, agency or other")]
pub struct UnknownPaidBy(pub String);

impl PaidBy {
    /// Everybody.
    pub const ALL: [Self; 6] =
        [Self::Borrower, Self::BudgetManager, Self::DebtMediator, Self::Contractor, Self::Agency, Self::Other];

    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Borrower => "borrower",
            Self::BudgetManager => "budget_manager",
            Self::DebtMediator => "debt_mediator",
            Self::Contractor => "contractor",
            Self::Agency => "agency",
            Self::Other => "other",
        }
    }

    /// Who that is for the loan.
    pub fn payer(self) -> Payer {
        match self {
            Self::Borrower => Payer::Borrower,
            Self::Agency => Payer::Grant,
            Self::BudgetManager | Self::DebtMediator | Self::Contractor | Self::Other => Payer::ThirdParty,
        }
    }

    /// Whether the account is worth remembering.
    pub fn is_learned(self) -> bool {
        self != Self::Other
    }
}

impl From<Payer> for PaidBy {
    fn from(payer: Payer) -> Self {
        match payer {
            Payer::Borrower => Self::Borrower,
            Payer::Grant => Self::Agency,
            Payer::ThirdParty => Self::Other,
        }
    }
}

impl fmt::Display for PaidBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for PaidBy {
    type Err = UnknownPaidBy;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|who| who.code() == text).ok_or_else(|| UnknownPaidBy(text.to_owned()))
    }
}

/// Why amounts are no division of a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undivided {
    /// There are no parts, and there is something to place.
    NoParts,
    /// What cancels out has no parts.
    NothingToPlace,
    /// The part at this place, from 0, is 0.00 or less.
    NotPositive(usize),
    /// Two parts leave their amount open.
    TwoRests,
    /// The parts add up to another sum than the whole: the sum of them.
    OtherSum(Money),
}

/// Divides `whole` into parts, each with its own sign. Amounts are given without a sign, in euro; one of them may be
/// left out and takes what the others leave. All of it is placed, to the cent, or nothing.
///
/// # Errors
/// The parts do not add up to the whole, or one of them is nothing.
pub fn divide(whole: Money, parts: &[Option<Money>]) -> Result<Vec<Money>, Undivided> {
    match (whole.is_zero(), parts.is_empty()) {
        (true, true) => return Ok(Vec::new()),
        (true, false) => return Err(Undivided::NothingToPlace),
        (false, true) => return Err(Undivided::NoParts),
        (false, false) => {}
    }
    if let Some(place) = parts.iter().position(|part| part.is_some_and(|amount| !amount.is_positive())) {
        return Err(Undivided::NotPositive(place));
    }
    let named: Money = parts.iter().flatten().sum();
    let rest = whole.abs() - named;
    match parts.iter().filter(|part| part.is_none()).count() {
        0 if rest.is_zero() => {}
        1 if rest.is_positive() => {}
        0 | 1 => return Err(Undivided::OtherSum(named)),
        _ => return Err(Undivided::TwoRests),
    }
    let signed = |amount: Money| if whole.is_negative() { -amount } else { amount };
    Ok(parts.iter().map(|part| signed(part.unwrap_or(rest))).collect())
}
