//! A verdict names its sources in the language of whoever reads it.

use energiehuis::domain::access::Role;
use energiehuis::domain::rules::ParameterRow;
use energiehuis::storage::parameters;

use super::{Desk, Person, Shown};
use crate::support::town::{Town, emergency_loan, energy_loan};

async fn rows(town: &Town) -> Vec<ParameterRow> {
    parameters::book(&mut town.house().read().await.unwrap()).await.unwrap().rows().to_vec()
}

/// The sources on the page, each with the day behind it taken off.
fn sources(page: &Shown) -> Vec<String> {
    page.all("ul.rules small").iter().map(|text| text.rsplit_once(" · ").unwrap().0.to_owned()).collect()
}

async fn speak(person: &Person, language: &str) {
    person.post("/language", &[("language", language), ("back", "/")]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dutch_reader_sees_dutch_sources_only_and_an_english_reader_english_ones() {
    let desk = Desk::open().await;
    let town = &desk.street.town;
    town.emergency_fund().await;
    let person = desk.person(Role::LoanOfficer, None).await;
    let rows = rows(town).await;
    let mut shown = 0;
    for form in [energy_loan(41, 9000, None), emergency_loan(42, 20_000, None)] {
        let path = format!("/applications/{}", town.apply(form).await.application_id);
        speak(&person, "nl").await;
        for source in sources(&person.get(&path).await) {
            assert!(rows.iter().any(|row| row.source_nl == source), "{source}");
            assert!(rows.iter().all(|row| row.source != source), "{source}");
            shown += 1;
        }
        speak(&person, "en").await;
        for source in sources(&person.get(&path).await) {
            assert!(rows.iter().any(|row| row.source == source), "{source}");
            assert!(rows.iter().all(|row| row.source_nl != source), "{source}");
        }
    }
    assert!(shown >= 15, "only {shown} sources were shown");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verdict_of_before_the_sources_were_in_dutch_still_names_them() {
    let desk = Desk::open().await;
    let town = &desk.street.town;
    let person = desk.person(Role::LoanOfficer, None).await;
    let id = town.apply(energy_loan(41, 9000, None)).await.application_id;
    town.execute(
        "UPDATE applications SET verdict = jsonb_set(verdict, '{findings}',
             (SELECT jsonb_agg(finding - 'source_nl') FROM jsonb_array_elements(verdict -> 'findings') AS finding))",
    )
    .await;
    let page = person.get(&format!("/applications/{id}")).await;
    page.says("Energielening: at most 10 years, monthly");
    desk.close().await;
}
