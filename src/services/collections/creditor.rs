//! Under which SEPA creditor identifier a fund collects.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::access::Permission;
use crate::domain::identity::CreditorId;
use crate::domain::text::{Problems, Text};
use crate::services::{Actor, Deed, Error, House};
use crate::storage::collections::{self, Creditor, NewCreditor};
use crate::storage::{self, funds};

/// A creditor identifier as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditorForm {
    /// Code of the fund.
    pub fund: String,
    /// `BE12ZZZ0456810810`.
    pub identifier: String,
    /// The name on the statements of borrowers, at most 70 signs.
    pub name: String,
    /// The first day; today when left out.
    pub valid_from: Option<NaiveDate>,
}

/// Sets the identifier of a fund from a day on, which is not before today. Its mandates are amended by the next night's
/// preparation, and each debtor's bank hears of it with the next collection.
///
/// # Errors
/// The actor may not; every field that is wrong; there is an identifier from that day already.
pub async fn set_creditor(house: &House, actor: &Actor, form: CreditorForm) -> Result<Creditor, Error> {
    actor.require(Permission::ManageFunds)?;
    let today = house.clock.today();
    let valid_from = form.valid_from.unwrap_or(today);
    let name = form.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut tx = house.begin().await?;
    let fund = funds::list(&mut tx).await?.into_iter().find(|fund| fund.code.eq_ignore_ascii_case(form.fund.trim()));
    let mut problems = Problems::default();
    if fund.is_none() {
        problems.add("fund", &form.fund, Text::new("collection-problem-fund"));
    }
    let identifier = CreditorId::parse(&form.identifier).ok();
    if identifier.is_none() {
        problems.add("identifier", &form.identifier, Text::new("collection-problem-creditor"));
    }
    if name.is_empty() || name.chars().count() > 70 {
        problems.add("name", &form.name, Text::new("collection-problem-name"));
    }
    if valid_from < today {
        problems.add("valid_from", valid_from, Text::new("collection-problem-past").with("today", today));
    }
    let (Some(fund), Some(identifier), true) = (fund, identifier, problems.is_empty()) else {
        return Err(Error::Invalid(problems.into_vec()));
    };
    let creditor = Creditor { identifier, name };
    let (fund_id, made_by, created_at) = (fund.fund_id, actor.user_id, house.clock.now());
    let new = NewCreditor { fund_id, valid_from, creditor: &creditor, made_by, created_at };
    collections::insert_creditor(&mut tx, &new).await.map_err(|error| twice(error, valid_from))?;
    let detail = json!({ "identifier": creditor.identifier, "valid_from": valid_from });
    let deed = Deed { action: "fund.creditor_set", subject_kind: "fund", subject_id: fund_id, detail };
    house.audit(&mut tx, actor, deed).await?;
    house.commit(tx).await?;
    Ok(creditor)
}

fn twice(error: storage::Error, valid_from: NaiveDate) -> Error {
    match error.constraint() {
        Some("creditors_pkey") => {
            Error::Conflict(Text::new("collection-problem-creditor-twice").with("on", valid_from))
        }
        _ => error.into(),
    }
}
