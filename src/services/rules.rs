//! The dated figures in force on a day, and what is wrong with any of them.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Actor, Error, House};
use crate::domain::access::Permission;
use crate::domain::product::Product;
use crate::domain::rules::{self, Figure, Problem};
use crate::storage::parameters;

/// The rules on a day.
#[derive(Debug, Clone, Serialize)]
pub struct RulesCheck {
    /// True when nothing is wrong with any figure of any day.
    pub ok: bool,
    /// The day.
    pub on: NaiveDate,
    /// Every figure in force on it.
    pub parameters: Vec<InForce>,
    /// Everything that is wrong, on whatever day.
    pub problems: Vec<Problem>,
}

/// A figure in force.
#[derive(Debug, Clone, Serialize)]
pub struct InForce {
    /// The product; none: every product.
    pub product: Option<Product>,
    /// The figure.
    #[serde(flatten)]
    pub figure: Figure,
}

/// Lists the figures of a day and checks those of every day.
pub async fn check(house: &House, actor: &Actor, on: NaiveDate) -> Result<RulesCheck, Error> {
    actor.require(Permission::SeeFunds)?;
    let book = parameters::book(&mut *house.read().await?).await?;
    let problems = rules::check(&book);
    let parameters = book.in_force(on).into_iter().map(|(product, figure)| InForce { product, figure }).collect();
    Ok(RulesCheck { ok: problems.is_empty(), on, parameters, problems })
}
