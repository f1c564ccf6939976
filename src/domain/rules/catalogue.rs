//! The figures that the rules read: a figure that is not listed here is read by nobody, and one that is
//! listed must hold on every day on which its product is open, unless the product can do without it.

use super::Unit;
use crate::domain::product::Product;

/// A figure that some rule reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The product; none: every product.
    pub product: Option<Product>,
    /// Name of the figure.
    pub name: &'static str,
    /// What it counts.
    pub unit: Unit,
    /// Whether the product can be open without it: then the rule does not hold, or not for that group of families.
    pub optional: bool,
}

const fn of_all(name: &'static str, unit: Unit) -> Key {
    Key { product: None, name, unit, optional: false }
}

const fn of(product: Product, name: &'static str, unit: Unit) -> Key {
    Key { product: Some(product), name, unit, optional: false }
}

const fn may(product: Product, name: &'static str, unit: Unit) -> Key {
    Key { product: Some(product), name, unit, optional: true }
}

use Product::{EmergencyBuyer as Buyer, EnergyLoan as Energy, RenovationLoan as Renovation, RollingFund as Rolling};
use Unit::{Count, Days, Euro, Months, Percent, Years, YesNo};

/// Every figure that some rule reads.
pub const KEYS: &[Key] = &[
    of_all("arrears_internal_signal", Days),
    of_all("arrears_first_reminder", Days),
    of_all("arrears_next_letter_cost", Euro),
    of_all("fee_per_loan", Euro),
    of_all("collection_notice", Days),
    of_all("collection_lead", Days),
    of_all("collection_horizon", Days),
    of_all("collection_run_ahead", Days),
    of_all("collection_refund", Days),
    of_all("mandate_idle", Months),
    of(Buyer, "open", YesNo),
    of(Buyer, "amount_ceiling", Euro),
    of(Buyer, "term_years", Years),
    of(Buyer, "spread_years_max", Years),
    of(Buyer, "income_ceiling_single", Euro),
    of(Buyer, "income_ceiling_household", Euro),
    of(Buyer, "income_ceiling_per_dependant", Euro),
    of(Buyer, "income_years_back", Years),
    of(Buyer, "sole_owner_required", YesNo),
    of(Buyer, "main_residence_required", YesNo),
    of(Buyer, "no_other_real_estate_required", YesNo),
    of(Buyer, "structural_defects_required", YesNo),
    of(Buyer, "energy_works_required", YesNo),
    of(Buyer, "structural_works_required", YesNo),
    of(Buyer, "solvency_inquiry_required", YesNo),
    of(Buyer, "valid_quotes_required", YesNo),
    of(Rolling, "open", YesNo),
    of(Rolling, "amount_ceiling", Euro),
    of(Rolling, "sole_owner_required", YesNo),
    of(Rolling, "main_residence_required", YesNo),
    of(Rolling, "no_other_real_estate_required", YesNo),
    of(Rolling, "energy_works_required", YesNo),
    of(Rolling, "valid_quotes_required", YesNo),
    of(Rolling, "gain_share_percent", Percent),
    may(Rolling, "gain_share_ceiling_percent", Percent),
    may(Rolling, "gain_share_ceiling", Euro),
    of(Energy, "open", YesNo),
    of(Energy, "amount_minimum", Euro),
    of(Energy, "amount_ceiling", Euro),
    of(Energy, "instalments_min", Count),
    of(Energy, "instalments_max", Count),
    may(Energy, "instalments_max_general", Count),
    may(Energy, "instalments_max_organisation", Count),
    of(Energy, "interest_percent", Percent),
    may(Energy, "interest_percent_general", Percent),
    may(Energy, "interest_percent_organisation", Percent),
    of(Energy, "first_due_after_months", Months),
    of(Energy, "first_due_after_months_max", Months),
    of(Energy, "gross_income_ceiling", Euro),
    of(Energy, "gross_income_per_dependant", Euro),
    of(Energy, "gross_income_years_back", Years),
    of(Energy, "joint_taxable_ceiling", Euro),
    of(Energy, "joint_taxable_per_dependant", Euro),
    of(Energy, "joint_taxable_years_back", Years),
    of(Energy, "priority_group_required", YesNo),
    of(Energy, "energy_works_required", YesNo),
    of(Energy, "valid_quotes_required", YesNo),
    of(Renovation, "open", YesNo),
    of(Renovation, "amount_minimum", Euro),
    of(Renovation, "amount_ceiling", Euro),
    of(Renovation, "instalments_max", Count),
    of(Renovation, "interest_percent", Percent),
    of(Renovation, "first_due_after_months", Months),
    of(Renovation, "draws_max", Count),
    of(Renovation, "draw_months_max", Months),
    of(Renovation, "one_loan_per_dwelling", YesNo),
    of(Renovation, "main_residence_required", YesNo),
    of(Renovation, "income_ceiling_single", Euro),
    of(Renovation, "income_ceiling_household", Euro),
    of(Renovation, "income_ceiling_per_dependant", Euro),
    of(Renovation, "income_years_back", Years),
    of(Renovation, "valid_quotes_required", YesNo),
];
