//! A contract as it came in, by page or by program: everything is text and everything may be missing.

use serde::Deserialize;
use uuid::Uuid;

use super::{Contract, Valuation};
use crate::domain::application::{LONG, Loose, Reader};
use crate::services::Error;

/// A contract as it came in; an empty one is signed today.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ContractForm {
    /// The day of signature.
    pub signed_on: Loose,
    /// Months until the first instalment.
    pub first_due_after_months: Loose,
    /// What the dwelling is worth before the works.
    pub valuation: Option<ValuationForm>,
}

/// A valuation as it came in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ValuationForm {
    /// An amount.
    pub value: Loose,
    /// Who, and when.
    pub valued_by: Loose,
}

impl ContractForm {
    /// The contract of an application.
    ///
    /// # Errors
    /// Every field that is wrong, with what would be right.
    pub fn read(&self, application_id: Uuid) -> Result<Contract, Error> {
        let mut reader = Reader::default();
        let signed_on = reader.optional_date("signed_on", &self.signed_on);
        let months = reader.whole("first_due_after_months", &self.first_due_after_months, (1, 600));
        let valuation = self.valuation.as_ref().and_then(|form| form.read(&mut reader));
        let problems = reader.into_problems();
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        let first_due_after_months = months.map(i32::unsigned_abs);
        Ok(Contract { application_id, signed_on, first_due_after_months, valuation })
    }
}

impl ValuationForm {
    /// A valuation of which one half is there needs the other.
    fn read(&self, reader: &mut Reader) -> Option<Valuation> {
        if self.value.text().is_none() && self.valued_by.text().is_none() {
            return None;
        }
        let value = reader.positive_money("valuation.value", &self.value);
        let valued_by = reader.words("valuation.valued_by", &self.valued_by, LONG);
        Some(Valuation { value: value?, valued_by: valued_by? })
    }
}
