//! The page of a loan to which everything happened.

use energiehuis::domain::access::Role;
use energiehuis::services::loans::events::{Request, record};
use energiehuis::services::loans::show::show;
use serde_json::{Value, json};

use super::Desk;
use crate::support::town::Family;

async fn happens(desk: &Desk, family: &Family, event: Value) {
    let form = serde_json::from_value(event).unwrap();
    let request = Request { loan: family.number.clone(), form, once: None };
    record(desk.street.town.house(), &energiehuis::services::Actor::system(), request).await.unwrap();
}

async fn last_fact(desk: &Desk, family: &Family) -> String {
    let view = show(desk.street.town.house(), &desk.street.town.officer, &family.number, None).await.unwrap();
    let last = view.facts.iter().max_by_key(|fact| (fact.booked_at, fact.fact_id)).unwrap();
    last.fact_id.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_tells_the_whole_life_of_a_loan() {
    let mut desk = Desk::open().await;
    let family = desk.street.family(None).await;
    let person = desk.person(Role::LoanOfficer, None).await;
    let path = format!("/loans/{}", family.loan_id);
    desk.street.town.test.go_to("2022-05-16");
    happens(&desk, &family, json!({ "kind": "holiday_granted", "instalments": 2, "effective_on": "2022-05-10" })).await;
    let holiday = last_fact(&desk, &family).await;
    let heir = json!({
        "given_name": "Jan", "family_name": "Erfgenaam", "insz": "93.05.18-223.61", "born_on": "1993-05-18",
    });
    happens(&desk, &family, json!({ "kind": "debtor_changed", "cause": "heir", "person": heir })).await;
    happens(&desk, &family, json!({ "kind": "debt_settlement_admitted" })).await;
    let page = person.get(&path).await;
    page.says("Uitstel van aflossingen");
    page.says("Genoteerd op 16/05/2022 09:00 door");
    page.says("Verschuldigd doorJan Erfgenaam");
    page.says("Toelaatbaar sinds 16/05/2022: niemand mag om betaling gevraagd worden");
    let correction = json!({
        "kind": "corrected", "fact_id": holiday, "reason": "andere dag", "replacement": { "effective_on": "2022-05-12" },
    });
    happens(&desk, &family, correction).await;
    let page = person.get(&path).await;
    page.says("Correctie: Uitstel van aflossingen");
    page.says("andere dag · Nu van 12/05/2022");
    desk.street.town.test.go_to("2022-07-05");
    let ruling = json!({
        "kind": "debt_settlement_ruled", "remitted": "4000",
        "lines": [{ "due_on": "2022-09-01", "amount": "5000" }],
    });
    happens(&desk, &family, ruling).await;
    happens(&desk, &family, json!({ "kind": "written_off", "evidence": "dossier 1" })).await;
    happens(&desk, &family, json!({ "kind": "discharge_requested", "reference": "V-1" })).await;
    let page = person.get(&path).await;
    for words in [
        "Uitspraak op 05/07/2022",
        "Kwijting van de schuld aan de geldgeverGevraagd",
        "Kwijtgescholden€ 4.000,00",
        "Afgeschreven€ 5.000,00",
        "kwijtgescholden",
        "Opgegeven",
        "Afschrijving",
    ] {
        page.says(words);
    }
    let undo = json!({ "kind": "corrected", "fact_id": holiday, "reason": "nooit gevraagd", "replacement": null });
    happens(&desk, &family, undo).await;
    person.get(&path).await.says("Ongedaan gemaakt op 05/07/2022 door");
    desk.close().await;
}
