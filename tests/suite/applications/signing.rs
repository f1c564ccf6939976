//! Contracts: number, reference, frozen terms, shares, and the day they were signed.

use energiehuis::domain::loan::Repayment;
use energiehuis::domain::product::Product;
use energiehuis::services::Error;
use energiehuis::services::contracts::{Contract, Signed, sign};
use energiehuis::storage::loans;
use serde_json::json;
use uuid::Uuid;

use super::family::{Town, family, form, refusal};

async fn signed(town: &Town, application_id: Uuid, day: Option<&str>) -> Result<Signed, Error> {
    let signed_on = day.map(|text| text.parse().unwrap());
    sign(&town.test.house, &town.officer, Contract { application_id, signed_on }).await
}

async fn approved(town: &Town, application_id: Uuid) {
    for member in [&town.one, &town.two] {
        town.approve(member, application_id).await.unwrap();
    }
}

#[tokio::test]
async fn an_emergency_buyer_signs_a_bullet_of_twenty_years() {
    let town = Town::with_room(100_000).await;
    let id = town.apply(1, 50_000).await.application_id;
    assert!(refusal(signed(&town, id, None).await).contains("submitted"));
    approved(&town, id).await;
    town.test.go_to("2022-11-03");
    let contract = signed(&town, id, None).await.unwrap();
    assert_eq!(contract.number, "L-2022-00001");
    assert_eq!(contract.ogm.base(), 1_000_000_001);
    let loan = loans::get(&mut town.test.house.read().await.unwrap(), contract.loan_id).await.unwrap().unwrap();
    assert_eq!(
        loan.terms.repayment,
        Repayment::Bullet { matures_on: "2042-11-03".parse().unwrap(), spread_months_max: 300 }
    );
    assert_eq!(loan.terms.principal.to_string(), "50000.00");
    assert_eq!(town.state(id).await, "signed");
    assert_eq!(town.count("loan_facts WHERE kind = 'signed'").await, 1);
    assert_eq!(town.count("loan_shares").await, 1);
    // Signing moves no money and gives nothing back.
    assert_eq!(town.committed().await, "50000.00");
    assert_eq!(town.count("journal_entries").await, 0);
    assert!(refusal(signed(&town, id, None).await).contains("signed"));
    town.test.finish().await;
}

#[tokio::test]
async fn an_energy_loan_has_sixty_equal_parts_from_the_first_of_the_third_month() {
    let town = Town::on("2022-08-31", Product::EnergyLoan, 100_000).await;
    let mut sent = family(2, 15_000);
    sent["product"] = json!("energy_loan");
    sent["instalments"] = json!(60);
    let submitted = town.submit(&town.desk, form(&sent)).await.unwrap();
    assert_eq!(submitted.verdict.outcome.code(), "eligible", "{:#?}", submitted.verdict);
    town.test.go_to("2022-09-20");
    approved(&town, submitted.application_id).await;
    // Today the product has ended; the contract keeps what was pinned when the family applied.
    let contract = signed(&town, submitted.application_id, None).await.unwrap();
    let loan = loans::get(&mut town.test.house.read().await.unwrap(), contract.loan_id).await.unwrap().unwrap();
    let Repayment::Instalments { count, due_day, first_due_on, annual_rate, .. } = loan.terms.repayment else {
        panic!("{:?}", loan.terms.repayment)
    };
    assert_eq!((count, due_day, first_due_on.to_string().as_str()), (60, 1, "2022-12-01"));
    assert!(annual_rate.is_zero());
    town.test.finish().await;
}

#[tokio::test]
async fn an_energy_loan_of_the_day_after_the_last_is_refused_by_the_rules() {
    let town = Town::on("2022-09-01", Product::EnergyLoan, 100_000).await;
    let mut sent = family(3, 15_000);
    sent["product"] = json!("energy_loan");
    sent["instalments"] = json!(60);
    let submitted = town.submit(&town.desk, form(&sent)).await.unwrap();
    assert_eq!(submitted.verdict.outcome.code(), "not_eligible");
    assert_eq!(submitted.verdict.findings.len(), 1);
    town.test.finish().await;
}

#[tokio::test]
async fn a_rolling_loan_is_due_when_the_house_is_left() {
    let town = Town::on("2022-10-17", Product::RollingFund, 100_000).await;
    let mut sent = family(4, 30_000);
    sent["product"] = json!("rolling_fund");
    let submitted = town.submit(&town.desk, form(&sent)).await.unwrap();
    approved(&town, submitted.application_id).await;
    let contract = signed(&town, submitted.application_id, None).await.unwrap();
    let loan = loans::get(&mut town.test.house.read().await.unwrap(), contract.loan_id).await.unwrap().unwrap();
    assert_eq!(loan.terms.repayment, Repayment::OnExit { gain: None });
    town.test.finish().await;
}

#[tokio::test]
async fn a_contract_is_signed_between_the_decision_and_today() {
    let town = Town::with_room(100_000).await;
    let id = town.apply(5, 50_000).await.application_id;
    approved(&town, id).await;
    town.test.go_to("2022-10-20");
    for day in ["2022-10-16", "2022-10-21"] {
        let answer = signed(&town, id, Some(day)).await;
        let Err(Error::Invalid(problems)) = answer else { panic!("{day}: {answer:?}") };
        assert_eq!(problems[0].field, "signed_on");
    }
    assert_eq!(town.count("loans").await, 0);
    assert_eq!(signed(&town, id, Some("2022-10-17")).await.unwrap().signed_on.to_string(), "2022-10-17");
    town.test.finish().await;
}
