//! Submitting: every problem at once, nothing half written, one answer per key, one's own municipality.

use energiehuis::domain::application::{ApplicationForm, Loose};
use energiehuis::domain::eligibility::Outcome;
use energiehuis::i18n::{Lang, tell};
use energiehuis::services::applications::{CameBy, Submission, submit, withdraw};
use energiehuis::services::{Error, Once};
use serde_json::json;

use super::family::{Town, family, form, insz, refusal};

#[tokio::test]
async fn a_family_that_meets_every_rule_is_eligible_and_its_figures_stay_with_the_file() {
    let town = Town::with_room(100_000).await;
    let submitted = town.apply(1, 50_000).await;
    assert_eq!(submitted.verdict.outcome, Outcome::Eligible, "{:#?}", submitted.verdict);
    assert_eq!(submitted.number, "A-2022-00001");
    assert_eq!(submitted.verdict.figure("amount_ceiling").unwrap().to_string(), "50000.00");
    assert_eq!(submitted.verdict.figure("term_years").unwrap().whole(), 20);
    for finding in &submitted.verdict.findings {
        for lang in Lang::ALL {
            let sentence = tell(lang, &finding.text);
            assert!(sentence.ends_with('.') && !sentence.contains("eligibility-"), "{sentence}");
        }
    }
    assert_eq!(town.count("audit_rows WHERE action = 'application.submitted'").await, 1);
    town.test.finish().await;
}

#[tokio::test]
async fn the_rules_of_the_day_of_application_judge_not_those_of_today() {
    let town = Town::with_room(100_000).await;
    for (applied_on, euros, outcome) in [
        ("2022-08-31", 30_000, Outcome::Eligible),
        ("2022-08-31", 30_001, Outcome::NotEligible),
        ("2022-09-01", 50_000, Outcome::Eligible),
        ("2022-09-01", 50_001, Outcome::NotEligible),
    ] {
        let mut sent = family(2, euros);
        sent["applied_on"] = json!(applied_on);
        let submitted = town.submit(&town.desk, form(&sent)).await.unwrap();
        assert_eq!(submitted.verdict.outcome, outcome, "{applied_on} {euros}");
    }
    town.test.finish().await;
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once_and_nothing_is_written() {
    let town = Town::with_room(100_000).await;
    let mut sent = family(3, 50_000);
    sent["amount"] = json!("12.345");
    sent["applied_on"] = json!("2022-10-18");
    sent["people"][0]["insz"] = json!("93051822360");
    sent["people"][0]["born_on"] = json!("2010-05-18");
    sent["dwelling"]["municipality"] = json!("Gent");
    sent["dwelling"]["epc_label"] = json!("H");
    sent["works"][0]["quotes"][0]["contractor"]["iban"] = json!("BE68 5390 0754 7035");
    sent["works"][0]["quotes"][0]["contractor"]["enterprise_number"] = json!("0566.988.258");
    sent["works"][0]["improves_energy"] = json!(null);
    sent["incomes"][0]["earner"] = json!("co_applicant");
    sent["answers"]["sole_owner"] = json!("perhaps");
    let Err(Error::Invalid(problems)) = town.submit(&town.desk, form(&sent)).await else { panic!("it was accepted") };
    let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "applied_on",
            "amount",
            "people[0].insz",
            "people[0].born_on",
            "dwelling.municipality",
            "dwelling.epc_label",
            "works[0].improves_energy",
            "works[0].quotes[0].contractor.enterprise_number",
            "works[0].quotes[0].contractor.iban",
            "incomes[0].earner",
            "answers.sole_owner",
        ]
    );
    for problem in &problems {
        assert_ne!(tell(Lang::En, &problem.text), problem.text.key);
        assert_ne!(tell(Lang::Nl, &problem.text), problem.text.key);
        assert!(!problem.value.contains("930518"), "a national number was repeated");
    }
    assert_eq!(town.count("persons").await + town.count("dwellings").await + town.count("applications").await, 0);
    town.test.finish().await;
}

#[tokio::test]
async fn an_empty_form_is_told_what_it_needs() {
    let town = Town::with_room(100_000).await;
    let Err(Error::Invalid(problems)) = town.submit(&town.desk, ApplicationForm::default()).await else {
        panic!("it was accepted")
    };
    let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    for field in ["product", "amount", "people", "dwelling.street", "dwelling.postcode", "works"] {
        assert!(fields.contains(&field), "{field} in {fields:?}");
    }
    town.test.finish().await;
}

#[tokio::test]
async fn a_desk_enters_and_withdraws_for_its_own_municipality_only() {
    let town = Town::with_room(100_000).await;
    let Err(Error::Invalid(problems)) = town.submit(&town.other_desk, form(&family(4, 10_000))).await else {
        panic!("it was accepted")
    };
    assert_eq!(problems[0].field, "dwelling.municipality");
    let submitted = town.apply(4, 10_000).await;
    let answer = withdraw(&town.test.house, &town.other_desk, submitted.application_id).await;
    assert!(matches!(answer, Err(Error::NotFound { .. })), "{answer:?}");
    let answer = town.submit(&town.accountant, form(&family(5, 10_000))).await;
    assert!(matches!(answer, Err(Error::Forbidden)), "{answer:?}");
    town.test.finish().await;
}

#[tokio::test]
async fn the_same_key_answers_the_same_and_another_body_is_a_conflict() {
    let town = Town::with_room(100_000).await;
    let send = async |euros: i64, hash: u8, key: &str| {
        let request = Some(Once { key: key.to_owned(), body_sha256: [hash; 32] });
        let form = form(&family(6, euros));
        submit(&town.test.house, &town.desk, Submission { form, came_by: CameBy::Api, request }).await
    };
    let first = send(10_000, 1, "a").await.unwrap();
    let second = send(10_000, 1, "a").await.unwrap();
    assert!(first.is_new && !second.is_new);
    assert_eq!((&first.number, &first.verdict), (&second.number, &second.verdict));
    let said = refusal(send(11_000, 2, "a").await);
    assert!(said.contains("A-2022-00001"), "{said}");
    assert!(send(11_000, 2, "b").await.unwrap().is_new);
    assert!(matches!(send(11_000, 2, "not a key").await, Err(Error::Invalid(_))));
    assert_eq!(town.count("applications").await, 2);
    town.test.finish().await;
}

#[tokio::test]
async fn the_same_key_at_the_same_moment_makes_one_application() {
    let town = Town::with_room(100_000).await;
    let send = async || {
        let request = Some(Once { key: "together".to_owned(), body_sha256: [7; 32] });
        let form = form(&family(7, 10_000));
        submit(&town.test.house, &town.desk, Submission { form, came_by: CameBy::Api, request }).await
    };
    let (one, other) = tokio::join!(send(), send());
    let (one, other) = (one.unwrap(), other.unwrap());
    assert_eq!(one.application_id, other.application_id);
    assert!(one.is_new != other.is_new);
    assert_eq!(town.count("applications").await, 1);
    town.test.finish().await;
}

#[tokio::test]
async fn a_known_contractor_is_not_turned_to_another_account_nor_a_person_to_another_birth_date() {
    let town = Town::with_room(100_000).await;
    town.apply(8, 10_000).await;
    let mut sent = family(9, 10_000);
    sent["works"][0]["quotes"][0]["contractor"]["iban"] = json!("BE71 0961 2345 6769");
    let Err(Error::Invalid(problems)) = town.submit(&town.desk, form(&sent)).await else { panic!("it was accepted") };
    assert_eq!(problems[0].field, "works[0].quotes[0].contractor.iban");
    let mut sent = family(10, 10_000);
    sent["people"][0]["insz"] = json!(insz(8));
    sent["people"][0]["born_on"] = json!("1993-05-19");
    let Err(Error::Invalid(problems)) = town.submit(&town.desk, form(&sent)).await else { panic!("it was accepted") };
    assert_eq!(problems[0].field, "people[0].born_on");
    assert_eq!(town.count("applications").await, 1);
    town.test.finish().await;
}

#[tokio::test]
async fn a_form_shows_nothing_when_it_is_printed() {
    let printed = format!("{:?}", form(&family(11, 10_000)));
    assert!(!printed.contains("Voorbeeld") && !printed.contains("930518"), "{printed}");
    assert_eq!(format!("{:?}", Loose::default()), "-");
}
