//! Opens a fund with its own bank account.

use serde_json::json;

use crate::domain::access::Permission;
use crate::domain::fund::Fund;
use crate::domain::identity::Iban;
use crate::domain::product::Product;
use crate::domain::text::{Problems, Text};
use crate::services::{Actor, Deed, Error, House};
use crate::storage::{self, funds};

/// A fund to open, as typed.
#[derive(Debug, Clone)]
pub struct NewFund {
    /// Short code, 2 to 12 capitals and digits: `NKF`.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// The product it lends.
    pub product: Product,
    /// Its own bank account.
    pub iban: String,
    /// Its bank.
    pub bic: Option<String>,
}

/// Opens a fund. Refuses a code or an account that another fund has.
pub async fn open_fund(house: &House, actor: &Actor, new: NewFund) -> Result<Fund, Error> {
    actor.require(Permission::ManageFunds)?;
    let fund = checked(house, new)?;
    let mut tx = house.begin().await?;
    funds::insert_fund(&mut tx, &fund).await.map_err(|error| taken(error, &fund))?;
    let detail = json!({ "code": fund.code, "product": fund.product.code() });
    let deed = Deed { action: "fund.opened", subject_kind: "fund", subject_id: fund.fund_id, detail };
    house.audit(&mut tx, actor, deed).await?;
    house.commit(tx).await?;
    Ok(fund)
}

fn checked(house: &House, new: NewFund) -> Result<Fund, Error> {
    let mut problems = Problems::default();
    let code = new.code.trim().to_owned();
    let plain = code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
    if !plain || !(2..=12).contains(&code.len()) {
        problems.add("code", &new.code, Text::new("funding-code"));
    }
    let name = new.name.trim().to_owned();
    if name.is_empty() {
        problems.add("name", &new.name, Text::new("funding-name"));
    }
    let iban = Iban::parse(&new.iban);
    if iban.is_err() {
        problems.add("iban", &new.iban, Text::new("funding-iban"));
    }
    match (problems.into_result(), iban) {
        (Ok(()), Ok(iban)) => Ok(Fund {
            fund_id: house.ids.next(),
            code,
            name,
            product: new.product,
            iban,
            bic: new.bic.map(|bic| bic.trim().to_owned()).filter(|bic| !bic.is_empty()),
            created_at: house.clock.now(),
        }),
        (Err(problems), _) => Err(Error::Invalid(problems)),
        (Ok(()), Err(problem)) => Err(Error::internal(problem)),
    }
}

fn taken(error: storage::Error, fund: &Fund) -> Error {
    match error.constraint() {
        Some("funds_code_key") => Error::field("code", &fund.code, Text::new("funding-code-taken")),
        Some("funds_iban_key") => Error::field("iban", &fund.iban, Text::new("funding-iban-taken")),
        _ => error.into(),
    }
}
