//! Every generation of every product, by the figures of the migrations, on its first and on its last day; and contracts
//! that keep the figures of their application.

use energiehuis::domain::loan::Repayment;
use energiehuis::domain::product::Product;
use energiehuis::domain::rules::Figure;
use energiehuis::domain::schedule::Method;
use energiehuis::services::contracts::{Contract, sign};
use energiehuis::storage::{loans, parameters};
use serde_json::{Value, json};
use uuid::Uuid;

use super::family::{Town, family, form};
use crate::support::TestHouse;

/// The first day, the last day (none: it goes on), and figures of the generation; a figure of “-” is not there.
type Generation = (&'static str, Option<&'static str>, &'static [(&'static str, &'static str)]);

const BUYERS: [Generation; 4] = [
    (
        "2020-01-01",
        Some("2020-12-31"),
        &[("amount_ceiling", "25000.00"), ("spread_years_max", "0"), ("term_years", "20")],
    ),
    ("2021-01-01", Some("2021-12-31"), &[("amount_ceiling", "30000.00"), ("spread_years_max", "0")]),
    ("2022-01-01", Some("2022-08-31"), &[("amount_ceiling", "30000.00"), ("spread_years_max", "25")]),
    ("2022-09-01", None, &[("amount_ceiling", "50000.00"), ("spread_years_max", "25"), ("term_years", "20")]),
];

const ROLLING: [Generation; 1] = [(
    "2019-01-01",
    None,
    &[("amount_ceiling", "30000.00"), ("gain_share_percent", "25"), ("gain_share_ceiling_percent", "100")],
)];

const ENERGY: [Generation; 5] = [
    (
        "2017-10-01",
        Some("2017-12-31"),
        &[
            ("amount_ceiling", "15000.00"),
            ("instalments_min", "12"),
            ("interest_percent", "0"),
            ("instalments_max", "120"),
            ("interest_percent_general", "2"),
            ("instalments_max_general", "96"),
            ("interest_percent_organisation", "1"),
            ("instalments_max_organisation", "120"),
            ("priority_group_required", "0"),
            ("joint_taxable_ceiling", "30060.00"),
        ],
    ),
    (
        "2018-01-01",
        Some("2018-12-31"),
        &[
            ("interest_percent_general", "2"),
            ("gross_income_ceiling", "18363.39"),
            ("joint_taxable_ceiling", "30640.00"),
        ],
    ),
    (
        "2019-01-01",
        Some("2019-12-31"),
        &[
            ("interest_percent", "0"),
            ("interest_percent_general", "-"),
            ("instalments_max_general", "-"),
            ("interest_percent_organisation", "1"),
            ("priority_group_required", "1"),
        ],
    ),
    (
        "2020-01-01",
        Some("2022-08-31"),
        &[("interest_percent", "0"), ("interest_percent_organisation", "-"), ("first_due_after_months_max", "12")],
    ),
    ("2022-09-01", None, &[("open", "-"), ("interest_percent", "-"), ("instalments_min", "-")]),
];

const RENOVATION: [Generation; 6] = [
    (
        "2022-09-01",
        Some("2023-01-31"),
        &[
            ("amount_minimum", "1250.00"),
            ("amount_ceiling", "60000.00"),
            ("instalments_max", "300"),
            ("interest_percent", "0"),
            ("draws_max", "6"),
            ("draw_months_max", "36"),
            ("one_loan_per_dwelling", "1"),
        ],
    ),
    ("2023-02-01", Some("2024-02-23"), &[("interest_percent", "2.25"), ("draws_max", "6")]),
    ("2024-02-24", Some("2024-12-31"), &[("interest_percent", "2.75"), ("draws_max", "6")]),
    ("2025-01-01", Some("2025-12-31"), &[("interest_percent", "2.75"), ("draws_max", "6")]),
    ("2026-01-01", Some("2032-07-31"), &[("interest_percent", "2.75"), ("draws_max", "3"), ("draw_months_max", "36")]),
    ("2032-08-01", None, &[("open", "-")]),
];

#[tokio::test]
async fn every_generation_has_its_figures_on_its_first_and_on_its_last_day() {
    let house = TestHouse::new().await;
    let book = parameters::book(&mut house.house.read().await.unwrap()).await.unwrap();
    let products: [(Product, &[Generation]); 4] = [
        (Product::EmergencyBuyer, &BUYERS),
        (Product::RollingFund, &ROLLING),
        (Product::EnergyLoan, &ENERGY),
        (Product::RenovationLoan, &RENOVATION),
    ];
    for (product, generations) in products {
        let first: chrono::NaiveDate = generations[0].0.parse().unwrap();
        assert!(book.at(product, first.pred_opt().unwrap()).get("open").is_none(), "{product} was open too early");
        for (first, last, figures) in generations {
            for day in [first, last.as_ref().unwrap_or(&"2060-12-31")] {
                let rules = book.at(product, day.parse().unwrap());
                for (key, right) in *figures {
                    let found = rules.get(key).map_or("-".to_owned(), Figure::to_string);
                    assert_eq!(found, *right, "{product} {key} on {day}");
                }
            }
        }
    }
    house.finish().await;
}

/// A family that asks for a loan in instalments on a day, with the incomes that its rules want.
fn asks(product: Product, day: &str, number: usize) -> Value {
    let mut sent = family(number, 12_000);
    sent["product"] = json!(product.code());
    sent["applied_on"] = json!(day);
    sent["instalments"] = json!(96);
    sent["dwelling"]["bought_on"] = json!("");
    sent["works"][0]["quotes"][0]["quoted_on"] = json!(day);
    sent["works"][0]["quotes"][0]["valid_until"] = json!("2033-01-01");
    let year: i32 = day[..4].parse().unwrap();
    sent["incomes"] = json!([
        { "kind": "joint_taxable", "year": year - 2, "amount": "24350.00" },
        { "kind": "joint_taxable", "year": year - 3, "amount": "24350.00" },
    ]);
    sent
}

/// The contract of a request, decided and signed today.
async fn contract(town: &Town, sent: &Value) -> Uuid {
    let submitted = town.submit(&town.desk, form(sent)).await.unwrap();
    assert_eq!(submitted.verdict.outcome.code(), "eligible", "{:#?}", submitted.verdict);
    for member in [&town.one, &town.two] {
        town.approve(member, submitted.application_id).await.unwrap();
    }
    let signed = sign(&town.test.house, &town.officer, Contract::of(submitted.application_id)).await.unwrap();
    signed.loan_id
}

/// Method, rate and number of instalments of a contract.
async fn repayment(town: &Town, loan_id: Uuid) -> (Method, String, u32) {
    let loan = loans::get(&mut town.test.house.read().await.unwrap(), loan_id).await.unwrap().unwrap();
    let Repayment::Instalments { method, annual_rate, count, .. } = loan.terms.repayment else { panic!("{loan:?}") };
    (method, annual_rate.to_string(), count)
}

type Change<'a> = &'a dyn Fn(&mut Value);

#[tokio::test]
async fn a_contract_has_the_rate_of_its_group_on_the_day_of_application() {
    let town = Town::on("2019-03-01", Product::EnergyLoan, 500_000).await;
    let outside = |sent: &mut Value| sent["incomes"] = json!([]);
    let organisation = |sent: &mut Value| sent["answers"]["organisation"] = json!("yes");
    let as_it_is = |_: &mut Value| {};
    let table: [(&str, Change<'_>, &str); 6] = [
        ("2017-10-01", &as_it_is, "0"),
        ("2017-10-01", &outside, "2"),
        ("2017-10-01", &organisation, "1"),
        ("2018-12-31", &outside, "2"),
        ("2019-01-01", &as_it_is, "0"),
        ("2019-01-01", &organisation, "1"),
    ];
    for (number, (day, change, rate)) in table.into_iter().enumerate() {
        let mut sent = asks(Product::EnergyLoan, day, number + 1);
        change(&mut sent);
        let loan_id = contract(&town, &sent).await;
        assert_eq!(repayment(&town, loan_id).await, (Method::Linear, rate.to_owned(), 96), "{day}");
    }
    // From 2019 on, who is not in the priority group has no loan.
    let mut sent = asks(Product::EnergyLoan, "2019-01-01", 7);
    sent["incomes"] = json!([
        { "kind": "joint_taxable", "year": 2016, "amount": "90000.00" }, { "kind": "gross", "year": 2018, "amount": "90000.00" },
    ]);
    let submitted = town.submit(&town.desk, form(&sent)).await.unwrap();
    assert_eq!(submitted.verdict.outcome.code(), "not_eligible");
    town.test.finish().await;
}

#[tokio::test]
async fn a_mijn_verbouwlening_is_an_annuity_at_the_rate_of_its_day_for_life() {
    let town = Town::on("2026-02-02", Product::RenovationLoan, 500_000).await;
    let table = [
        ("2022-09-01", "0"),
        ("2023-01-31", "0"),
        ("2023-02-01", "2.25"),
        ("2024-02-23", "2.25"),
        ("2024-02-24", "2.75"),
        ("2026-02-02", "2.75"),
    ];
    for (number, (day, rate)) in table.into_iter().enumerate() {
        let loan_id = contract(&town, &asks(Product::RenovationLoan, day, number + 1)).await;
        assert_eq!(repayment(&town, loan_id).await, (Method::Annuity, rate.to_owned(), 96), "{day}");
    }
    town.test.finish().await;
}

#[tokio::test]
async fn rules_that_change_later_change_no_contract_and_no_application() {
    let town = Town::on("2024-02-23", Product::RenovationLoan, 500_000).await;
    let before = contract(&town, &asks(Product::RenovationLoan, "2024-02-23", 1)).await;
    let waiting = town.submit(&town.desk, form(&asks(Product::RenovationLoan, "2024-02-23", 2))).await.unwrap();
    sqlx::query(
        "INSERT INTO rule_parameters (product, key, valid_from, value, unit, source, source_nl, confirmed)
         VALUES ('renovation_loan', 'interest_percent', '2024-02-23', 9, 'percent', 'a change', 'een wijziging', true),
                ('renovation_loan', 'draws_max', '2024-02-23', 1, 'count', 'a change', 'een wijziging', true)",
    )
    .execute(&town.test.pool)
    .await
    .unwrap();
    town.test.go_to("2024-03-15");
    for member in [&town.one, &town.two] {
        town.approve(member, waiting.application_id).await.unwrap();
    }
    let contract = Contract::of(waiting.application_id);
    let after = sign(&town.test.house, &town.officer, contract).await.unwrap().loan_id;
    for loan_id in [before, after] {
        assert_eq!(repayment(&town, loan_id).await, (Method::Annuity, "2.25".to_owned(), 96));
    }
    town.test.finish().await;
}
