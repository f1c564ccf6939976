//! A house with funds and people, and a family that meets every rule.

use energiehuis::domain::access::Role;
use energiehuis::domain::application::ApplicationForm;
use energiehuis::domain::ledger::FundingKind;
use energiehuis::domain::money::Money;
use energiehuis::domain::product::Product;
use energiehuis::i18n::{Lang, tell};
use energiehuis::services::applications::{Ballot, CameBy, Counted, Submission, Submitted, Vote, submit, vote};
use energiehuis::services::funds::add_source::{NewSource, add_source};
use energiehuis::services::funds::open_fund::{NewFund, open_fund};
use energiehuis::services::{Actor, Error};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::TestHouse;

/// A house on 17 October 2022 with a fund for emergency buyers and the people who work there.
pub(super) struct Town {
    pub(super) test: TestHouse,
    /// Housing desk of Kortrijk.
    pub(super) desk: Actor,
    /// Housing desk of Menen.
    pub(super) other_desk: Actor,
    pub(super) officer: Actor,
    pub(super) one: Actor,
    pub(super) two: Actor,
    pub(super) accountant: Actor,
}

impl Town {
    /// Its credit line has room for this many euros.
    pub(super) async fn with_room(euros: i64) -> Self {
        Self::on("2022-10-17", Product::EmergencyBuyer, euros).await
    }

    pub(super) async fn on(day: &str, product: Product, euros: i64) -> Self {
        let test = TestHouse::on(day).await;
        let mut people = Vec::new();
        for (name, role, nis_code) in [
            ("desk", Role::HousingDesk, Some("34022")),
            ("other-desk", Role::HousingDesk, Some("34027")),
            ("officer", Role::LoanOfficer, None),
            ("one", Role::CommitteeMember, None),
            ("two", Role::CommitteeMember, None),
            ("accountant", Role::Accountant, None),
        ] {
            people.push(person(&test, name, (role, nis_code)).await);
        }
        let [desk, other_desk, officer, one, two, accountant] = <[Actor; 6]>::try_from(people).unwrap();
        let town = Self { test, desk, other_desk, officer, one, two, accountant };
        town.fund(product, euros).await;
        town
    }

    async fn fund(&self, product: Product, euros: i64) {
        let house = &self.test.house;
        let new = NewFund {
            code: "FONDS".to_owned(),
            name: "Fonds".to_owned(),
            product,
            iban: "BE71 0961 2345 6769".to_owned(),
            bic: None,
        };
        let fund = open_fund(house, &self.accountant, new).await.unwrap();
        let new = NewSource {
            fund_id: fund.fund_id,
            kind: FundingKind::CreditLine,
            funder: "VEKA".to_owned(),
            nis_code: (product == Product::EmergencyBuyer).then(|| "34022".to_owned()),
            ceiling: Money::from_euros(euros),
            pass_on_within_days: Some(30),
            available_from: "2019-01-01".parse().unwrap(),
            ends_on: None,
            funder_iban: Some("BE68 5390 0754 7034".to_owned()),
        };
        add_source(house, &self.accountant, new).await.unwrap();
    }

    /// A family that asks for an amount for the dwelling at this number of the street.
    pub(super) async fn apply(&self, number: usize, euros: i64) -> Submitted {
        let form = form(&family(number, euros));
        self.submit(&self.desk, form).await.unwrap()
    }

    pub(super) async fn submit(&self, actor: &Actor, form: ApplicationForm) -> Result<Submitted, Error> {
        submit(&self.test.house, actor, Submission { form, came_by: CameBy::Page, request: None }).await
    }

    pub(super) async fn approve(&self, actor: &Actor, application_id: Uuid) -> Result<Counted, Error> {
        vote(&self.test.house, actor, Ballot { application_id, vote: Vote::Approve, reason: String::new() }).await
    }

    pub(super) async fn count(&self, table: &str) -> i64 {
        let statement = format!("SELECT count(*) FROM {table}");
        sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).fetch_one(&self.test.pool).await.unwrap()
    }

    pub(super) async fn state(&self, application_id: Uuid) -> String {
        sqlx::query_scalar("SELECT state FROM applications WHERE application_id = $1")
            .bind(application_id)
            .fetch_one(&self.test.pool)
            .await
            .unwrap()
    }

    pub(super) async fn committed(&self) -> String {
        sqlx::query_scalar("SELECT coalesce(sum(amount), 0)::numeric(14,2)::text FROM commitment_movements")
            .fetch_one(&self.test.pool)
            .await
            .unwrap()
    }
}

async fn person(test: &TestHouse, name: &str, (role, nis_code): (Role, Option<&str>)) -> Actor {
    let user_id = test.house.ids.next();
    sqlx::query("INSERT INTO users (user_id, email, name, role, nis_code, created_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(user_id)
        .bind(format!("{name}@example.org"))
        .bind(name)
        .bind(role.code())
        .bind(nis_code)
        .bind(test.clock.now())
        .execute(&test.pool)
        .await
        .unwrap();
    Actor { user_id, role, nis_code: nis_code.map(str::to_owned) }
}

/// What a family of Kortrijk sends that meets every rule of 17 October 2022.
pub(super) fn family(number: usize, euros: i64) -> Value {
    json!({
        "product": "emergency_buyer",
        "amount": format!("{euros}.00"),
        "people": [{
            "given_name": "An", "family_name": "Voorbeeld", "insz": insz(number), "born_on": "1993-05-18",
            "email": "an.voorbeeld@example.org", "language": "nl"
        }],
        "dwelling": {
            "street": "Voorbeeldstraat", "number": number.to_string(), "postcode": "8500", "locality": "Kortrijk",
            "municipality": "Kortrijk", "built_in": 1931, "bought_on": "2021-05-03", "epc_label": "F"
        },
        "works": [{
            "kind": "roof", "description": "Dak", "improves_energy": true, "structural": true,
            "quotes": [{
                "contractor": {
                    "name": "Dakwerken Voorbeeld", "enterprise_number": "0566.988.259", "iban": "BE68 5390 0754 7034"
                },
                "amount": format!("{euros}.00"), "quoted_on": "2022-06-01", "valid_until": "2022-12-31"
            }]
        }],
        "incomes": [{ "kind": "joint_taxable", "year": 2019, "amount": "24350.00" }],
        "answers": {
            "sole_owner": "yes", "main_residence": "ja", "other_real_estate": false, "structural_defects": true,
            "dependants": 0, "solvency_inquiry": "market_loan_would_fail"
        }
    })
}

/// A valid national number of somebody born on 18 May 1993.
pub(super) fn insz(number: usize) -> String {
    let first_nine = 930_518_000 + number;
    format!("{first_nine}{:02}", 97 - first_nine % 97)
}

pub(super) fn form(sent: &Value) -> ApplicationForm {
    serde_json::from_value(sent.clone()).unwrap()
}

/// The sentence of a refusal, in English.
pub(super) fn refusal<T: std::fmt::Debug>(answer: Result<T, Error>) -> String {
    match answer {
        Err(Error::Refused(text) | Error::Conflict(text)) => tell(Lang::En, &text),
        other => panic!("it was not refused: {other:?}"),
    }
}
