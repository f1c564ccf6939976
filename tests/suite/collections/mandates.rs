//! A mandate is registered, amended, stopped, and ends by itself.

use energiehuis::domain::application::Loose;
use energiehuis::services::Error;
use energiehuis::services::collections::{AmendForm, MandateForm, StopForm, amend, stop};
use serde_json::json;

use super::till::{CREDITOR, DEBTOR, ELSEWHERE, Till};

fn problems(error: Error) -> Vec<(String, String)> {
    match error {
        Error::Invalid(problems) => problems.into_iter().map(|problem| (problem.field, problem.text.key)).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_mandate_gets_a_reference_of_its_loan_and_the_name_of_who_owes_it() {
    let mut till = Till::new().await;
    let family = till.street.family(None).await;
    let form =
        MandateForm { iban: Loose::from(DEBTOR), signed_on: Loose::from("2022-02-01"), ..MandateForm::default() };
    let answered = till.try_mandate(&family, &form).await.unwrap();
    let mandate_id = answered["mandate_id"].clone();
    assert_eq!(
        answered,
        json!({
            "mandate_id": mandate_id, "loan": family.number, "reference": "ML202200001", "kind": "recurrent",
            "scheme": "CORE", "signed_on": "2022-02-01", "debtor_name": "Lotte Voorbeeld-1",
            "iban": "BE68539007547034", "bic": null, "creditor": CREDITOR, "last_collected_on": null,
            "standing": { "state": "active" },
        })
    );
    let again = till.try_mandate(&family, &form).await;
    assert!(matches!(again, Err(Error::Conflict(text)) if text.key == "mandate-problem-active"));
    assert_eq!(till.count("mandates").await, 1);
    till.finish().await;
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_mandate_is_told_at_once_and_nothing_is_written() {
    let mut till = Till::new().await;
    let family = till.street.family(None).await;
    let form = MandateForm {
        iban: Loose::from("BE68 5390 0754 7035"),
        bic: Loose::from("KRED"),
        signed_on: Loose::from("2022-02-08"),
        kind: Loose::from("monthly"),
        reference: Loose::from("L-1"),
        ..MandateForm::default()
    };
    let told = problems(till.try_mandate(&family, &form).await.unwrap_err());
    let fields: Vec<&str> = told.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["iban", "bic", "signed_on", "kind", "reference"]);
    let own = till.street.purse.account.iban.to_string();
    let of = |iban: &str, signed_on: &str| MandateForm {
        iban: Loose::from(iban),
        signed_on: Loose::from(signed_on),
        ..MandateForm::default()
    };
    let told = problems(till.try_mandate(&family, &of(&own, "2022-02-01")).await.unwrap_err());
    assert_eq!(told, [("iban".to_owned(), "mandate-problem-own-account".to_owned())]);
    let told = problems(till.try_mandate(&family, &of(DEBTOR, "2019-02-07")).await.unwrap_err());
    assert_eq!(told, [("signed_on".to_owned(), "mandate-problem-too-old".to_owned())]);
    assert_eq!(till.count("mandates").await, 0);
    till.finish().await;
}

#[tokio::test]
async fn who_may_not_register_a_mandate_does_not() {
    let mut till = Till::new().await;
    let family = till.family(None).await;
    let mandate_id = till.mandate_of(&family).await.mandate_id;
    let form = StopForm { reason: Loose::from("asked") };
    for actor in [&till.street.town.desk, &till.street.town.committee[0], &till.manager] {
        let refused = stop(till.house(), actor, (mandate_id, &form, None)).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
    }
    stop(till.house(), &till.street.town.accountant, (mandate_id, &form, None)).await.unwrap();
    let stopped = till.mandate_of(&family).await;
    let because = (stopped.stop_cause.as_deref(), stopped.stop_reason.as_deref());
    assert_eq!((stopped.state.as_str(), because), ("stopped", (Some("person"), Some("asked"))));
    let twice = stop(till.house(), &till.street.town.officer, (mandate_id, &form, None)).await;
    assert!(matches!(twice, Err(Error::Refused(text)) if text.key == "mandate-problem-stopped"));
    assert_eq!(till.mandate(&family, "recurrent").await, "ML202200001N2", "a new one has a reference of its own");
    till.finish().await;
}

#[tokio::test]
async fn a_bank_hears_of_a_change_once_with_the_next_collection() {
    let mut till = Till::new().await;
    let family = till.family(None).await;
    let mandate_id = till.mandate_of(&family).await.mandate_id;
    let change = AmendForm {
        iban: Loose::from(ELSEWHERE),
        reference: Loose::from("ANDERS1"),
        reason: Loose::from("another bank"),
        ..AmendForm::default()
    };
    amend(till.house(), &till.street.town.officer, (mandate_id, &change, None)).await.unwrap();
    till.night("2022-04-11").await;
    till.go_to("2022-04-27");
    let first = till.leave(&till.make().await).await;
    let text = String::from_utf8(first).unwrap();
    assert!(text.contains("<AmdmntInd>true</AmdmntInd>"), "{text}");
    assert!(text.contains("<OrgnlMndtId>ML202200001</OrgnlMndtId>") && text.contains("SMNDA"), "{text}");
    assert!(!text.contains("BE68539007547034"), "another bank does not read the account before: {text}");
    till.night("2022-05-12").await;
    till.go_to("2022-05-27");
    let next = String::from_utf8(till.leave(&till.make().await).await).unwrap();
    assert!(next.contains("<AmdmntInd>false</AmdmntInd>") && !next.contains("OrgnlMndtId"), "{next}");
    till.finish().await;
}

#[tokio::test]
async fn another_identifier_of_the_fund_amends_its_mandates_by_itself() {
    let mut till = Till::new().await;
    let family = till.family(None).await;
    till.go_to("2022-03-01");
    till.creditor("0207.494.678").await;
    till.night("2022-04-11").await;
    assert_eq!(till.count("mandate_amendments WHERE kind = 'creditor'").await, 1);
    till.night("2022-04-12").await;
    assert_eq!(till.count("mandate_amendments").await, 1, "once");
    till.go_to("2022-04-27");
    let file = till.leave(&till.make().await).await;
    let text = String::from_utf8(file).unwrap();
    assert!(text.contains("<OrgnlCdtrSchmeId>") && text.contains(CREDITOR), "{text}");
    assert_eq!(till.collections(&family).await.len(), 1);
    till.finish().await;
}

#[tokio::test]
async fn a_mandate_that_is_idle_for_36_months_ends_and_nothing_is_collected() {
    let mut till = Till::new().await;
    let family = till.family(None).await;
    till.go_to("2024-12-16");
    let soon = till.overview().await.expiring;
    assert_eq!(soon.iter().map(|mandate| mandate.expires_on.to_string()).collect::<Vec<_>>(), ["2025-02-07"]);
    let report = till.night("2025-02-10").await;
    assert_eq!((&report["expired"], &report["made"]), (&json!(1), &json!(0)));
    let ended = till.mandate_of(&family).await;
    assert_eq!((ended.state.as_str(), ended.expired_on.unwrap().to_string().as_str()), ("expired", "2025-02-07"));
    till.finish().await;
}

#[tokio::test]
async fn a_mandate_for_one_collection_is_collected_under_once() {
    let mut till = Till::new().await;
    let family = till.street.family(None).await;
    till.mandate(&family, "one_off").await;
    assert_eq!(till.night("2022-04-11").await["made"], 1);
    till.go_to("2022-04-27");
    let file = till.leave(&till.make().await).await;
    assert_eq!(super::till::texts(&file, "SeqTp"), ["OOFF"]);
    let used = till.mandate_of(&family).await;
    assert_eq!((used.state.as_str(), used.stop_cause.as_deref()), ("stopped", Some("used")));
    assert_eq!(till.night("2022-05-12").await["made"], 0);
    till.finish().await;
}
