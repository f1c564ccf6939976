//! What the door for programs refuses, and that nothing is left of it.

use reqwest::StatusCode;
use serde_json::json;

use super::doors::Doors;
use crate::support::town::energy_loan;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_wrong_field_is_named_with_its_value_and_what_would_be_right_and_nothing_is_written() {
    let doors = Doors::open("2022-01-10").await;
    doors.town.energy_fund(100_000).await;
    let mut form = energy_loan(1, 12_000, Some("lotte@borrower"));
    form["amount"] = json!("twaalfduizend");
    form["instalments"] = json!(0);
    form["people"][0]["insz"] = json!("85071200100");
    form["dwelling"]["municipality"] = json!("Brugge");
    form["works"][0]["quotes"][0]["contractor"]["iban"] = json!("BE92731123456724");
    form["works"][0]["quotes"][0]["contractor"]["enterprise_number"] = json!("0403.170.702");
    form["incomes"][0]["year"] = json!(2031);
    let reply = doors.post("desk", "applications", &form).await;
    assert_eq!((reply.status, reply.kind.as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "application/problem+json"));
    let named: Vec<(&str, &str)> = reply.body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["field"].as_str().unwrap(), error["value"].as_str().unwrap()))
        .collect();
    assert_eq!(
        named,
        [
            ("amount", "twaalfduizend"),
            ("instalments", "0"),
            // A national number is not repeated.
            ("people[0].insz", ""),
            ("people[0].email", "lotte@borrower"),
            ("dwelling.municipality", "Brugge"),
            ("works[0].quotes[0].contractor.enterprise_number", "0403.170.702"),
            ("works[0].quotes[0].contractor.iban", "BE92731123456724"),
            ("incomes[0].year", "2031"),
        ]
    );
    let right = |field: &str| {
        let errors = reply.body["errors"].as_array().unwrap();
        let error = errors.iter().find(|error| error["field"] == field).unwrap();
        error["problem"].as_str().unwrap().to_owned()
    };
    assert!(right("dwelling.municipality").contains("Kortrijk"), "{}", right("dwelling.municipality"));
    assert!(right("instalments").contains('1') && right("instalments").contains("600"), "{}", right("instalments"));
    let unexplained = reply.body["errors"].as_array().unwrap().iter().any(|error| error["problem"] == "");
    assert!(!unexplained, "{reply:#?}");
    for table in ["applications", "persons", "dwellings", "contractors", "audit_rows WHERE action LIKE 'application%'"]
    {
        assert_eq!(doors.town.count(table).await, 0, "{table}");
    }
    let mended = doors.post("desk", "applications", &energy_loan(1, 12_000, None)).await;
    assert_eq!(mended.status, StatusCode::CREATED, "{mended:#?}");
    doors.close().await;
}
