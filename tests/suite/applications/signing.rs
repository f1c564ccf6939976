//! Contracts: number, reference, frozen terms, shares, and the day they were signed.

use energiehuis::domain::loan::{GainShare, Repayment};
use energiehuis::domain::money::Money;
use energiehuis::domain::product::Product;
use energiehuis::i18n::{Lang, tell};
use energiehuis::services::Error;
use energiehuis::services::contracts::{Contract, Signed, Valuation, sign};
use energiehuis::storage::loans;
use serde_json::json;
use uuid::Uuid;

use super::family::{Town, family, form, refusal};

async fn signed(town: &Town, application_id: Uuid, day: Option<&str>) -> Result<Signed, Error> {
    let signed_on = day.map(|text| text.parse().unwrap());
    sign(&town.test.house, &town.officer, Contract { signed_on, ..Contract::of(application_id) }).await
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
    let said = problem(signed(&town, submitted.application_id, None).await);
    assert_eq!(said.0, "valuation.value");
    assert!(said.1.contains("25\u{a0}% of a gain in value"), "{said:?}");
    let contract = Contract { valuation: Some(valuation()), ..Contract::of(submitted.application_id) };
    let contract = sign(&town.test.house, &town.officer, contract).await.unwrap();
    let loan = loans::get(&mut town.test.house.read().await.unwrap(), contract.loan_id).await.unwrap().unwrap();
    let gain = GainShare {
        share: "25".parse().unwrap(),
        value_before: Money::from_euros(145_000),
        valued_by: "surveyor Peeters, 3 October 2022".to_owned(),
        at_most: Some(Money::from_euros(30_000)),
    };
    assert_eq!(loan.terms.repayment, Repayment::OnExit { gain: Some(gain) });
    town.test.finish().await;
}

fn valuation() -> Valuation {
    Valuation { value: Money::from_euros(145_000), valued_by: "surveyor Peeters, 3 October 2022".to_owned() }
}

/// The field of the one problem, and its sentence.
fn problem<T: std::fmt::Debug>(answer: Result<T, Error>) -> (String, String) {
    let Err(Error::Invalid(problems)) = answer else { panic!("it was not refused: {answer:?}") };
    assert_eq!(problems.len(), 1, "{problems:?}");
    (problems[0].field.clone(), tell(Lang::En, &problems[0].text))
}

#[tokio::test]
async fn a_contract_without_a_share_of_the_gain_takes_no_valuation() {
    let town = Town::with_room(100_000).await;
    let id = town.apply(6, 20_000).await.application_id;
    approved(&town, id).await;
    let contract = Contract { valuation: Some(valuation()), ..Contract::of(id) };
    let said = problem(sign(&town.test.house, &town.officer, contract).await);
    assert_eq!(
        said,
        ("valuation.value".to_owned(), "This contract shares no gain in value. Leave the valuation out.".to_owned())
    );
    let contract = Contract { first_due_after_months: Some(4), ..Contract::of(id) };
    let said = problem(sign(&town.test.house, &town.officer, contract).await);
    assert_eq!(said.0, "first_due_after_months");
    assert!(said.1.contains("cannot be put off"), "{said:?}");
    assert_eq!(town.count("loans").await, 0);
    town.test.finish().await;
}

#[tokio::test]
async fn the_first_instalment_of_an_energy_loan_is_put_off_for_as_many_months_as_its_rules_allow() {
    let town = Town::on("2022-08-31", Product::EnergyLoan, 100_000).await;
    let mut sent = family(7, 15_000);
    sent["product"] = json!("energy_loan");
    sent["instalments"] = json!(12);
    let id = town.submit(&town.desk, form(&sent)).await.unwrap().application_id;
    approved(&town, id).await;
    let asked = |months: u32| Contract { first_due_after_months: Some(months), ..Contract::of(id) };
    let said = problem(sign(&town.test.house, &town.officer, asked(13)).await);
    assert_eq!(said.1, "The first instalment falls due at most 12 months after the signature.");
    let contract = sign(&town.test.house, &town.officer, asked(12)).await.unwrap();
    let loan = loans::get(&mut town.test.house.read().await.unwrap(), contract.loan_id).await.unwrap().unwrap();
    let Repayment::Instalments { count, first_due_on, .. } = loan.terms.repayment else { panic!("{loan:?}") };
    assert_eq!((count, first_due_on.to_string().as_str()), (12, "2023-08-01"));
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
