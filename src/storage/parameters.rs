//! The dated figures of the rules.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::Error;
use crate::domain::product::Product;
use crate::domain::rules::{ParameterRow, RuleBook};

struct Row {
    product: String,
    key: String,
    valid_from: NaiveDate,
    value: Option<Decimal>,
    unit: String,
    source: String,
    source_nl: String,
    confirmed: bool,
}

impl TryFrom<Row> for ParameterRow {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let corrupt = |problem: String| Error::corrupt("rule_parameters", format!("{}: {problem}", row.key));
        let product = match row.product.as_str() {
            "any" => None,
            code => Some(code.parse::<Product>().map_err(|problem| corrupt(problem.to_string()))?),
        };
        Ok(Self {
            product,
            valid_from: row.valid_from,
            value: row.value,
            unit: row
                .unit
                .parse()
                .map_err(|problem: crate::domain::rules::UnknownUnit| corrupt(problem.to_string()))?,
            source: row.source,
            source_nl: row.source_nl,
            confirmed: row.confirmed,
            key: row.key,
        })
    }
}

/// Every figure of every product and day.
pub async fn book(db: &mut PgConnection) -> Result<RuleBook, Error> {
    let rows = sqlx::query_as!(
        Row,
        "SELECT product, key, valid_from, value, unit, source, source_nl, confirmed FROM rule_parameters
         ORDER BY product, key, valid_from"
    )
    .fetch_all(db)
    .await?;
    Ok(RuleBook::new(rows.into_iter().map(ParameterRow::try_from).collect::<Result<_, _>>()?))
}
