//! The loan products of an Energiehuis. The figures of each (ceilings, rates, terms) are dated data; this
//! is only their name.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A loan product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Product {
    /// Noodkooplening: 0 %, one repayment 20 years after signature or at a trigger event (Noodkoopfonds,
    /// decision of the Flemish Government of 17 July 2020 and its later calls).
    EmergencyBuyer,
    /// Rollend fonds (subsidieretentie): 0 %, no term, due when the house is sold or the owner dies.
    RollingFund,
    /// Energielening: 0 % for the priority group, equal monthly principal (granted to 31 August 2022).
    EnergyLoan,
    /// Mijn `VerbouwLening`: an annuity at a rate fixed by application date (from 1 September 2022).
    RenovationLoan,
}

/// A text that names no product.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("product “{0}” does not exist; it is emergency_buyer, rolling_fund, energy_loan or renovation_loan")]
pub struct UnknownProduct(pub String);

impl Product {
    /// Every product, in the order people list them.
    pub const ALL: [Self; 4] = [Self::EmergencyBuyer, Self::RollingFund, Self::EnergyLoan, Self::RenovationLoan];

    /// The code used in the database, in JSON, in rules and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::EmergencyBuyer => "emergency_buyer",
            Self::RollingFund => "rolling_fund",
            Self::EnergyLoan => "energy_loan",
            Self::RenovationLoan => "renovation_loan",
        }
    }
}

impl fmt::Display for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for Product {
    type Err = UnknownProduct;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|product| product.code() == text).ok_or_else(|| UnknownProduct(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back_and_json_agrees() {
        for product in Product::ALL {
            assert_eq!(product.code().parse(), Ok(product));
            assert_eq!(serde_json::to_value(product).ok(), Some(serde_json::Value::from(product.code())));
        }
    }

    #[test]
    fn an_unknown_product_is_told_the_four_that_exist() {
        let sentence = "Energielening".parse::<Product>().map_err(|error| error.to_string());
        assert_eq!(
            sentence,
            Err("product “Energielening” does not exist; it is emergency_buyer, rolling_fund, energy_loan or \
                 renovation_loan"
                .to_owned())
        );
    }
}
