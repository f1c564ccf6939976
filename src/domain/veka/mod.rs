//! The figures that VEKA gets per period: per product generation and municipality, never per family.
//!
//! Every sum is worked out twice, once from loans and applications and once from the ledger, and both stand on
//! the sheet with their difference ([`Tie`]).

mod changes;
mod period;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::money::Money;
use super::product::Product;

pub use changes::{Change, changes};
pub use period::{InvalidPeriod, Period};

/// Which families a line is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Group {
    /// The product.
    pub product: Product,
    /// The day from which the rules held by which the families applied; it names the call.
    pub generation: Option<NaiveDate>,
    /// NIS code of the municipality.
    pub nis_code: String,
    /// Its name.
    pub municipality: String,
}

/// One line. Counts and amounts of the period, unless they say “at the end”. Amounts in euro.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Which families.
    #[serde(flatten)]
    pub group: Group,
    /// Applications received.
    pub received: u32,
    /// Applications approved.
    pub approved: u32,
    /// Applications refused.
    pub refused: u32,
    /// Applications withdrawn.
    pub withdrawn: u32,
    /// Contracts signed.
    pub signed: u32,
    /// Promised to families.
    pub committed: Money,
    /// Drawn for invoices.
    pub drawn: Money,
    /// Promised and not yet drawn, at the end.
    pub undrawn: Money,
    /// Principal received from borrowers.
    pub principal_received: Money,
    /// Owed by borrowers, at the end.
    pub outstanding: Money,
    /// Overdue 1 to 30 days, at the end.
    pub arrears_to_30: Money,
    /// Overdue 31 to 90 days, at the end.
    pub arrears_to_90: Money,
    /// Overdue more than 90 days, at the end.
    pub arrears_over_90: Money,
    /// What the Energiehuis claims for the contracts signed.
    pub fees: Money,
}

/// Works in applications that were approved in the period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Works {
    /// The product.
    pub product: Product,
    /// Code of the kind of works.
    pub kind: String,
    /// How many.
    pub works: u32,
    /// What was quoted for them, in euro.
    pub quoted: Money,
}

/// One funding source at the end of the period. Amounts in euro.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Funder {
    /// Code of the fund.
    pub fund: String,
    /// Who gives the money.
    pub funder: String,
    /// The reference the funder pays with; tells two lines of one funder apart.
    pub reference: String,
    /// The most it gives.
    pub ceiling: Money,
    /// What it has given.
    pub given: Money,
    /// Repaid by borrowers and due to it, in all.
    pub became_due: Money,
    /// Of that, passed on.
    pub passed_on: Money,
    /// Of that, still to be passed on.
    pub due: Money,
}

/// A sum worked out twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    /// Which sum.
    pub what: String,
    /// From the lines of this report.
    pub report: Money,
    /// From the ledger.
    pub ledger: Money,
    /// The report less the ledger: 0.00, or something is wrong.
    pub difference: Money,
}

impl Tie {
    /// A sum of the report against that of the ledger.
    pub fn new(what: &str, report: Money, ledger: Money) -> Self {
        Self { what: what.to_owned(), report, ledger, difference: report - ledger }
    }
}

/// The figures of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Per product, generation and municipality.
    pub lines: Vec<Line>,
    /// Per product and kind of works.
    pub works: Vec<Works>,
    /// Per funding source.
    pub funders: Vec<Funder>,
    /// The sums against the ledger.
    pub ties: Vec<Tie>,
}

impl Line {
    /// A line of nothing.
    pub fn empty(group: Group) -> Self {
        let none = Money::ZERO;
        Self {
            group,
            received: 0,
            approved: 0,
            refused: 0,
            withdrawn: 0,
            signed: 0,
            committed: none,
            drawn: none,
            undrawn: none,
            principal_received: none,
            outstanding: none,
            arrears_to_30: none,
            arrears_to_90: none,
            arrears_over_90: none,
            fees: none,
        }
    }

    /// Notes what is overdue by a number of days.
    pub fn add_arrears(&mut self, days: i64, open: Money) {
        match days {
            ..=0 => {}
            1..=30 => self.arrears_to_30 += open,
            31..=90 => self.arrears_to_90 += open,
            _ => self.arrears_over_90 += open,
        }
    }

    /// True where there is nothing to say.
    pub fn is_empty(&self) -> bool {
        *self == Self::empty(self.group.clone())
    }
}
