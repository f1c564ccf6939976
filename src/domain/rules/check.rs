//! What is wrong with the dated figures: gaps, units, sources, figures that nobody reads.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use super::{KEYS, Key, ParameterRow, RuleBook, Unit};
use crate::domain::product::Product;

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The product; none: every product.
    pub product: Option<Product>,
    /// Name of the figure.
    pub key: String,
    /// The day from which it is wrong, when there is one.
    pub valid_from: Option<NaiveDate>,
    /// What is wrong, as a sentence that says what would be right.
    pub problem: String,
}

/// What can be wrong with a figure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The product is open and the figure is not there.
    #[error("there is no figure while the product is open; add a row that starts on {0} or before")]
    Gap(NaiveDate),
    /// The figure has no row at all.
    #[error("there is no row of this figure; add one with its source")]
    Absent,
    /// The unit is not the one that the rule reads.
    #[error("the unit is {found}; the rule reads {right}")]
    WrongUnit {
        /// In the row.
        found: Unit,
        /// In the rule.
        right: Unit,
    },
    /// No rule reads it.
    #[error("no rule reads this figure; correct its name or remove the row")]
    Unread,
    /// Not said where it was read, in one of the languages.
    #[error("the source is empty in one of the languages; write where the figure was read, in English and in Dutch")]
    NoSource,
    /// Below zero.
    #[error("{0} is below zero; write a figure of zero or more")]
    Negative(Decimal),
    /// Not a figure of its unit.
    #[error("{value} is not a number of {unit}; write {right}")]
    OutOfUnit {
        /// The figure.
        value: Decimal,
        /// Its unit.
        unit: Unit,
        /// What the unit takes.
        right: &'static str,
    },
    /// The least is more than the most.
    #[error("the least, {least}, is more than the most, {most}; one of the two is wrong")]
    LeastAboveMost {
        /// The least.
        least: Decimal,
        /// The most.
        most: Decimal,
    },
}

/// Everything that is wrong with the rule book, over all its days. Empty: all is well.
pub fn check(book: &RuleBook) -> Vec<Problem> {
    let mut problems = Vec::new();
    for row in book.rows() {
        for trouble in row_troubles(row) {
            problems.push(problem(row.product, &row.key, Some(row.valid_from), &trouble));
        }
    }
    for key in KEYS {
        problems.extend(gap(book, *key));
    }
    for product in Product::ALL {
        problems.extend(BOUNDS.iter().filter_map(|bounds| least_above_most(book, product, *bounds)));
        problems.extend(TOGETHER.iter().filter_map(|pair| one_without_other(book, product, *pair)));
    }
    problems
}

/// Figures that bound the same thing: the least (or what is usual), the most.
const BOUNDS: [(&str, &str); 3] = [
    ("amount_minimum", "amount_ceiling"),
    ("instalments_min", "instalments_max"),
    ("first_due_after_months", "first_due_after_months_max"),
];

/// Optional figures that mean nothing without each other: the rate and the term of a group.
const TOGETHER: [(&str, &str); 2] = [
    ("interest_percent_general", "instalments_max_general"),
    ("interest_percent_organisation", "instalments_max_organisation"),
];

fn problem(product: Option<Product>, key: &str, valid_from: Option<NaiveDate>, trouble: &Trouble) -> Problem {
    Problem { product, key: key.to_owned(), valid_from, problem: trouble.to_string() }
}

fn row_troubles(row: &ParameterRow) -> Vec<Trouble> {
    let mut troubles = Vec::new();
    match KEYS.iter().find(|key| key.product == row.product && key.name == row.key) {
        None => troubles.push(Trouble::Unread),
        Some(key) if key.unit != row.unit => {
            troubles.push(Trouble::WrongUnit { found: row.unit, right: key.unit });
        }
        Some(_) => {}
    }
    if row.source.trim().is_empty() || row.source_nl.trim().is_empty() {
        troubles.push(Trouble::NoSource);
    }
    if let Some(value) = row.value {
        troubles.extend(value_trouble(value, row.unit));
    }
    troubles
}

fn value_trouble(value: Decimal, unit: Unit) -> Option<Trouble> {
    if value.is_sign_negative() && !value.is_zero() {
        return Some(Trouble::Negative(value));
    }
    let bare = value.normalize();
    let (fits, right) = match unit {
        Unit::Euro => (bare.scale() <= 2, "euros and cents, two decimals"),
        Unit::Percent => (bare <= Decimal::ONE_HUNDRED, "0 to 100"),
        Unit::Months | Unit::Years | Unit::Days | Unit::Count => (bare.scale() == 0, "a whole number"),
        Unit::YesNo => (bare.is_zero() || bare == Decimal::ONE, "1 for yes or 0 for no"),
    };
    (!fits).then_some(Trouble::OutOfUnit { value, unit, right })
}

/// The days on which anything of a product changes.
fn change_days(book: &RuleBook, product: Option<Product>) -> BTreeSet<NaiveDate> {
    book.rows().iter().filter(|row| row.product == product || row.product.is_none()).map(|row| row.valid_from).collect()
}

fn gap(book: &RuleBook, key: Key) -> Option<Problem> {
    if key.optional {
        return None;
    }
    let exists = book.rows().iter().any(|row| row.product == key.product && row.key == key.name);
    if !exists {
        return Some(problem(key.product, key.name, None, &Trouble::Absent));
    }
    let product = key.product?;
    let missing = change_days(book, key.product).into_iter().find(|day| {
        let rules = book.at(product, *day);
        rules.says_yes("open") && rules.get(key.name).is_none()
    })?;
    Some(problem(key.product, key.name, Some(missing), &Trouble::Gap(missing)))
}

fn least_above_most(book: &RuleBook, product: Product, (least, most): (&str, &str)) -> Option<Problem> {
    let key = least;
    change_days(book, Some(product)).into_iter().find_map(|day| {
        let rules = book.at(product, day);
        let (least, most) = (rules.get(least)?.value, rules.get(most)?.value);
        (least > most).then(|| problem(Some(product), key, Some(day), &Trouble::LeastAboveMost { least, most }))
    })
}

fn one_without_other(book: &RuleBook, product: Product, (one, other): (&str, &str)) -> Option<Problem> {
    change_days(book, Some(product)).into_iter().find_map(|day| {
        let rules = book.at(product, day);
        let missing = match (rules.get(one), rules.get(other)) {
            (Some(_), None) => other,
            (None, Some(_)) => one,
            _ => return None,
        };
        Some(problem(Some(product), missing, Some(day), &Trouble::Gap(day)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn row(key: &Key, valid_from: &str) -> ParameterRow {
        ParameterRow {
            product: key.product,
            key: key.name.to_owned(),
            valid_from: day(valid_from),
            value: Some(Decimal::ONE),
            unit: key.unit,
            source: "a decree".to_owned(),
            source_nl: "een decreet".to_owned(),
            confirmed: true,
        }
    }

    fn complete() -> Vec<ParameterRow> {
        KEYS.iter().map(|key| row(key, "2020-01-01")).collect()
    }

    /// The row of a figure of the emergency buyer.
    fn at(rows: &[ParameterRow], key: &str) -> usize {
        let wanted = |row: &ParameterRow| row.product == Some(Product::EmergencyBuyer) && row.key == key;
        rows.iter().position(wanted).unwrap_or(usize::MAX)
    }

    fn told(rows: Vec<ParameterRow>) -> Vec<String> {
        check(&RuleBook::new(rows)).into_iter().map(|problem| format!("{}: {}", problem.key, problem.problem)).collect()
    }

    #[test]
    fn a_complete_book_has_no_problem() {
        assert_eq!(told(complete()), Vec::<String>::new());
    }

    #[test]
    fn a_figure_that_starts_after_its_product_opened_is_a_gap() {
        let mut rows = complete();
        let ceiling = at(&rows, "amount_ceiling");
        rows[ceiling].valid_from = day("2020-02-01");
        assert_eq!(
            told(rows),
            [
                "amount_ceiling: there is no figure while the product is open; add a row that starts on 2020-01-01 or before"
            ]
        );
    }

    #[test]
    fn a_figure_that_stops_while_its_product_is_open_is_a_gap_and_when_it_is_closed_is_not() {
        let mut rows = complete();
        let (ceiling, open) = (at(&rows, "amount_ceiling"), at(&rows, "open"));
        rows.push(ParameterRow { value: None, valid_from: day("2022-01-01"), ..rows[ceiling].clone() });
        assert_eq!(told(rows.clone()).len(), 1);
        rows.push(ParameterRow { value: None, valid_from: day("2022-01-01"), ..rows[open].clone() });
        assert_eq!(told(rows), Vec::<String>::new());
    }

    #[test]
    fn a_wrong_unit_an_empty_source_a_figure_below_zero_and_a_name_that_nobody_reads_are_told() {
        let mut rows = complete();
        let ceiling = at(&rows, "amount_ceiling");
        rows[ceiling].unit = Unit::Years;
        rows[ceiling + 1].source = " ".to_owned();
        rows[ceiling + 3].source_nl = String::new();
        rows[ceiling + 2].value = Some(Decimal::NEGATIVE_ONE);
        rows.push(ParameterRow { key: "celling".to_owned(), ..rows[ceiling].clone() });
        let told = told(rows);
        assert_eq!(told.len(), 5, "{told:?}");
        assert!(told.contains(&"amount_ceiling: the unit is years; the rule reads euro".to_owned()), "{told:?}");
        assert!(told.contains(&"celling: no rule reads this figure; correct its name or remove the row".to_owned()));
    }

    #[test]
    fn a_least_amount_above_the_ceiling_is_told() {
        let mut rows = complete();
        for row in &mut rows {
            if row.key == "amount_minimum" {
                row.value = Some(Decimal::TWO);
            }
        }
        // Of the energy loan and of Mijn VerbouwLening.
        assert_eq!(
            told(rows),
            vec!["amount_minimum: the least, 2, is more than the most, 1; one of the two is wrong"; 2]
        );
    }

    #[test]
    fn an_optional_figure_may_be_absent_and_half_of_a_pair_may_not() {
        let mut rows = complete();
        rows.retain(|row| !row.key.starts_with("gain_share_ceiling"));
        assert_eq!(told(rows.clone()), Vec::<String>::new());
        rows.retain(|row| row.key != "instalments_max_general");
        assert_eq!(
            told(rows),
            [
                "instalments_max_general: there is no figure while the product is open; add a row that starts on 2020-01-01 or before"
            ]
        );
    }

    #[test]
    fn a_yes_or_no_of_two_and_half_a_year_are_told() {
        let mut rows = complete();
        let (open, term) = (at(&rows, "open"), at(&rows, "term_years"));
        rows[open].value = Some(Decimal::TWO);
        rows[term].value = Some(Decimal::new(5, 1));
        assert_eq!(told(rows).len(), 2);
    }
}
