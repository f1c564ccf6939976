//! Somebody the house knows already: who may change what is known of them.

use energiehuis::services::{Actor, Error};
use serde_json::{Value, json};

use super::family::{Town, family, form, insz};

/// What is known of the family with this national number and of the dwelling it applied for first, as stored.
async fn known(town: &Town, number: usize) -> (String, String) {
    let person = "SELECT to_jsonb(p)::text FROM persons p WHERE insz = $1";
    let dwelling = "SELECT to_jsonb(d)::text FROM dwellings d JOIN applications a USING (dwelling_id)
                    JOIN application_people ap USING (application_id) JOIN persons p USING (person_id)
                    WHERE p.insz = $1 ORDER BY a.submitted_at, a.number LIMIT 1";
    let person: String = sqlx::query_scalar(person).bind(insz(number)).fetch_one(&town.test.pool).await.unwrap();
    let dwelling: String = sqlx::query_scalar(dwelling).bind(insz(number)).fetch_one(&town.test.pool).await.unwrap();
    (person, dwelling)
}

/// The same national number and birth date, with everything else of it otherwise, and a dwelling in Menen.
fn otherwise(number: usize) -> Value {
    let mut sent = family(number, 20_000);
    sent["people"][0]["given_name"] = json!("Iemand");
    sent["people"][0]["family_name"] = json!("Anders");
    sent["people"][0]["email"] = json!("iemand.anders@example.org");
    sent["people"][0]["phone"] = json!("056 12 34 56");
    sent["people"][0]["language"] = json!("en");
    sent["dwelling"] = json!({
        "street": "Andere straat", "number": "99", "postcode": "8930", "locality": "Menen", "municipality": "Menen",
        "built_in": 1999, "bought_on": "2020-01-02", "epc_label": "A"
    });
    sent
}

async fn enter(town: &Town, actor: &Actor, sent: &Value) -> Result<(), Error> {
    town.submit(actor, form(sent)).await.map(|_| ())
}

#[tokio::test]
async fn an_application_in_another_municipality_does_not_replace_the_name_or_the_address_of_a_family() {
    let town = Town::with_room(100_000).await;
    town.apply(1, 20_000).await;
    let before = known(&town, 1).await;
    assert!(before.0.contains("Voorbeeld") && before.1.contains("Voorbeeldstraat"), "{before:?}");
    enter(&town, &town.other_desk, &otherwise(1)).await.unwrap();
    assert_eq!(known(&town, 1).await, before, "entered by the desk of Menen");
    enter(&town, &town.officer, &otherwise(1)).await.unwrap();
    assert_eq!(known(&town, 1).await, before, "entered for Menen by somebody of the whole house");
    // It is one person with two dwellings; nothing of the first was overwritten, nothing was lost.
    assert_eq!((town.count("persons").await, town.count("dwellings").await), (1, 2));
    assert_eq!(town.count("applications WHERE nis_code = '34027'").await, 2);
    town.test.finish().await;
}

#[tokio::test]
async fn a_desk_cannot_take_an_address_of_another_municipality_as_its_own() {
    let town = Town::with_room(100_000).await;
    let mut first = family(1, 20_000);
    first["dwelling"]["epc_label"] = json!("");
    enter(&town, &town.desk, &first).await.unwrap();
    let before = known(&town, 1).await;
    let mut sent = otherwise(1);
    sent["dwelling"] = first["dwelling"].clone();
    sent["dwelling"]["municipality"] = json!("Menen");
    sent["dwelling"]["epc_label"] = json!("A");
    let Err(Error::Invalid(problems)) = enter(&town, &town.other_desk, &sent).await else { panic!("it was accepted") };
    assert_eq!(problems[0].text.key, "application-problem-known-elsewhere");
    assert_eq!(known(&town, 1).await, before);
    assert_eq!(town.count("applications").await, 1);
    town.test.finish().await;
}

#[tokio::test]
async fn its_own_municipality_corrects_a_name_until_the_committee_has_said_yes() {
    let town = Town::with_room(100_000).await;
    let id = town.apply(1, 20_000).await.application_id;
    let mut sent = family(1, 20_000);
    sent["people"][0]["family_name"] = json!("Voorbeeld-Janssens");
    enter(&town, &town.desk, &sent).await.unwrap();
    let corrected = known(&town, 1).await;
    assert!(corrected.0.contains("Voorbeeld-Janssens"), "{corrected:?}");
    town.approve(&town.one, id).await.unwrap();
    town.approve(&town.two, id).await.unwrap();
    sent["people"][0]["family_name"] = json!("Niemand");
    enter(&town, &town.desk, &sent).await.unwrap();
    assert_eq!(known(&town, 1).await, corrected);
    town.test.finish().await;
}
