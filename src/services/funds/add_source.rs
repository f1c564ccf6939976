//! Adds a source of money to a fund and gives it the reference that its funder pays with.

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use crate::domain::access::Permission;
use crate::domain::fund::FundingSource;
use crate::domain::identity::{Iban, Ogm};
use crate::domain::ledger::FundingKind;
use crate::domain::money::Money;
use crate::domain::text::{Problems, Text};
use crate::services::{Actor, Deed, Error, House};
use crate::storage::{self, funds};

/// References of funders begin with 2, those of loans with 1: ten digits, the last nine count.
const FIRST_REFERENCE: u64 = 2_000_000_000;

/// A source to add, as typed.
#[derive(Debug, Clone)]
pub struct NewSource {
    /// The fund.
    pub fund_id: Uuid,
    /// Credit line, grant or own means.
    pub kind: FundingKind,
    /// Who gives it.
    pub funder: String,
    /// Set: the project of this municipality (NIS code), for its families only.
    pub nis_code: Option<String>,
    /// The most it gives, in euro.
    pub ceiling: Money,
    /// Days within which repaid principal is passed on to the funder; none: it revolves.
    pub pass_on_within_days: Option<i32>,
    /// First day on which it may be committed.
    pub available_from: NaiveDate,
    /// Last day on which new money may be committed.
    pub ends_on: Option<NaiveDate>,
    /// Where repaid principal is passed on to.
    pub funder_iban: Option<String>,
}

/// Adds a source. A credit line must be passed back, so it needs a term and an account.
pub async fn add_source(house: &House, actor: &Actor, new: NewSource) -> Result<FundingSource, Error> {
    actor.require(Permission::ManageFunds)?;
    let funder_iban = checked(&new)?;
    let mut tx = house.begin().await?;
    funds::get(&mut tx, new.fund_id).await?.ok_or_else(|| Error::not_found("fund", new.fund_id))?;
    let serial = funds::next_source_serial(&mut tx).await?;
    let base = FIRST_REFERENCE + u64::try_from(serial).map_err(Error::internal)?;
    let source = FundingSource {
        source_id: house.ids.next(),
        fund_id: new.fund_id,
        kind: new.kind,
        funder: new.funder.trim().to_owned(),
        nis_code: new.nis_code,
        ceiling: new.ceiling,
        revolves: new.pass_on_within_days.is_none(),
        pass_on_within_days: new.pass_on_within_days,
        available_from: new.available_from,
        ends_on: new.ends_on,
        ogm: Ogm::from_base(base).map_err(Error::internal)?,
        funder_iban,
        created_at: house.clock.now(),
    };
    funds::insert_source(&mut tx, &source).await.map_err(|error| unknown_town(error, &source))?;
    let detail = json!({ "fund_id": source.fund_id, "kind": source.kind.code(), "ceiling": source.ceiling });
    let deed = Deed { action: "fund.source_added", subject_kind: "source", subject_id: source.source_id, detail };
    house.audit(&mut tx, actor, deed).await?;
    house.commit(tx).await?;
    Ok(source)
}

fn checked(new: &NewSource) -> Result<Option<Iban>, Error> {
    let mut problems = Problems::default();
    if new.funder.trim().is_empty() {
        problems.add("funder", &new.funder, Text::new("funding-funder"));
    }
    if !new.ceiling.is_positive() {
        problems.add("ceiling", new.ceiling, Text::new("funding-ceiling"));
    }
    if new.kind == FundingKind::CreditLine && new.pass_on_within_days.is_none() {
        problems.add("pass_on_within_days", "", Text::new("funding-credit-line-passed-on"));
    }
    if let Some(days) = new.pass_on_within_days.filter(|days| *days < 0) {
        problems.add("pass_on_within_days", days, Text::new("funding-days"));
    }
    if let Some(last) = new.ends_on.filter(|last| *last < new.available_from) {
        problems.add("ends_on", last, Text::new("funding-ends-before").with("from", new.available_from));
    }
    let typed = new.funder_iban.as_deref().unwrap_or_default().trim();
    let iban = if typed.is_empty() { None } else { Iban::parse(typed).ok() };
    if iban.is_none() && !typed.is_empty() {
        problems.add("funder_iban", typed, Text::new("funding-iban"));
    }
    if iban.is_none() && typed.is_empty() && new.pass_on_within_days.is_some() {
        problems.add("funder_iban", "", Text::new("funding-iban-needed"));
    }
    problems.into_result().map_err(Error::Invalid)?;
    Ok(iban)
}

fn unknown_town(error: storage::Error, source: &FundingSource) -> Error {
    match error.constraint() {
        Some("funding_sources_nis_code_fkey") => {
            Error::field("nis_code", source.nis_code.as_deref().unwrap_or_default(), Text::new("funding-nis-code"))
        }
        _ => error.into(),
    }
}
