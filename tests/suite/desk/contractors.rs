//! The pages of contractors: which account is paid, what changed, and what waits; the same for programs.

use energiehuis::domain::access::Role;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

use super::Desk;

const BEFORE: &str = "BE92 7311 2345 6723";
const AFTER: &str = "BE68 5390 0754 7034";

#[tokio::test(flavor = "multi_thread")]
async fn a_contractor_is_found_its_account_changed_and_every_change_shown() {
    let mut desk = Desk::open().await;
    let person = desk.accountant().await;
    person.get("/contractors").await.says("Er zijn nog geen aannemers");
    let family = desk.street.family(None).await;
    let list = person.get("/contractors").await;
    list.says("1 aannemer");
    assert_eq!(list.all("tbody td"), [BEFORE, "–", "1", "€ 9.000,00"]);
    for (text, found) in [("dakWERK", 1), ("BE92 7311", 1), ("be92-7311", 1), ("%", 0), ("BE68", 0), ("a", 1)] {
        let page = person.post("/contractors", &[("text", text)]).await;
        assert_eq!(page.all("tbody tr").len(), found, "{text}");
        assert_eq!(page.attribute("#text", "value").as_deref(), Some(text), "what was typed is kept");
    }
    let path = list.attribute("tbody th a", "href").unwrap();
    let page = person.get(&path).await;
    page.says(&family.number);
    page.says("kwam mee met een offerte");
    assert_eq!(page.all(".note.bad"), [""; 0], "nothing to look at");

    let change = format!("{path}/account");
    let wrong = person.post(&change, &[("iban", "BE00"), ("reason", "gebeld")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.attribute("#iban", "aria-invalid").as_deref(), Some("true"));
    assert_eq!(wrong.all("#reason"), ["gebeld"], "what was typed is kept");
    let silent = person.post(&change, &[("iban", AFTER)]).await;
    assert_eq!(silent.attribute("#reason", "aria-invalid").as_deref(), Some("true"));
    let same = person.post(&change, &[("iban", BEFORE), ("reason", "gebeld")]).await;
    same.says("wordt al op deze rekening betaald");
    let done = person.post(&change, &[("iban", AFTER), ("reason", "gebeld naar 056 12 34 56")]).await;
    done.says("De rekening is genoteerd, en 1 opdracht die wacht, gaat daarheen.");
    done.says(&format!("Veranderd op 07/02/2022; vroeger was het {BEFORE}."));
    let accounts = done.all("section.card:first-of-type tbody tr");
    assert!(accounts[0].starts_with(&format!("{AFTER} Nu")) && accounts[0].contains("“gebeld naar 056 12 34 56”"));
    assert!(accounts[1].starts_with(BEFORE) && accounts[1].contains("kwam mee met een offerte"), "{accounts:?}");
    person.get("/contractors").await.says("Veranderd op 07/02/2022");
    // The account of before is still found.
    assert_eq!(person.post("/contractors", &[("text", BEFORE)]).await.all("tbody tr").len(), 1);

    person.post("/payments", &[("execute_on", "2022-02-09")]).await.says("Ronde P-2022-00001 is gemaakt");
    let in_run = person.get(&path).await;
    in_run.says("Deze aannemer zit in ronde P-2022-00001, die nog niet vertrokken is.");
    assert!(in_run.all("main form").is_empty(), "no form that would be refused");
    let refused = person.post(&change, &[("iban", BEFORE), ("reason", "toch niet")]).await;
    refused.says("zit in ronde P-2022-00001");
    let link = person.get("/payments/P-2022-00001").await.attribute("section.card h3 a", "href").unwrap();
    assert_eq!(link, path, "the run leads to the contractor");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_looks_changes_nothing_and_programs_do_the_same() {
    let mut desk = Desk::open().await;
    desk.street.family(None).await;
    let officer = desk.person(Role::LoanOfficer, None).await;
    let path = officer.get("/contractors").await.attribute("tbody th a", "href").unwrap();
    assert!(officer.get(&path).await.all("main form").is_empty());
    let sent = [("iban", AFTER), ("reason", "gebeld")];
    assert_eq!(officer.post(&format!("{path}/account"), &sent).await.status, StatusCode::FORBIDDEN);
    let of_town = desk.person(Role::LoanOfficer, Some(crate::support::town::KORTRIJK)).await;
    assert_eq!(of_town.get("/contractors").await.status, StatusCode::FORBIDDEN, "a contractor works in every town");
    let nobody = "/contractors/00000000-0000-0000-0000-000000000007";
    assert_eq!(officer.get(nobody).await.status, StatusCode::NOT_FOUND);
    assert_eq!(officer.get("/contractors/7").await.status, StatusCode::NOT_FOUND);

    let token = desk.street.town.token("accountant").await;
    let client = Client::new();
    let url = |path: &str| format!("{}/api/v1{path}", desk.address);
    let read = async |path: &str| {
        client.get(url(path)).bearer_auth(&token).send().await.unwrap().json::<Value>().await.unwrap()
    };
    let send = async |path: &str, body: Value| {
        let answer = client.post(url(path)).bearer_auth(&token).json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
    };
    let listed = read("/contractors").await;
    let line = &listed["contractors"][0];
    assert_eq!((&line["waiting"], &line["waiting_sum"], &line["flags"]), (&json!(1), &json!("9000.00"), &json!([])));
    let (_, found) = send("/contractors/search", json!({ "text": "BE68" })).await;
    assert_eq!(found["contractors"], json!([]));
    let (status, wrong) = send(&format!("{path}/account"), json!({ "iban": "BE00", "reason": "x" })).await;
    assert_eq!((status, wrong["errors"].as_array().unwrap().len()), (422, 1), "{wrong}");
    let (status, changed) = send(&format!("{path}/account"), json!({ "iban": AFTER, "reason": "called" })).await;
    assert_eq!((status, &changed["directed"]), (200, &json!(1)), "{changed}");
    let view = read(&path).await;
    assert_eq!((&view["flags"][0]["flag"], &view["orders"][0]["iban"]), (&json!("changed"), &view["iban"]));
    assert_eq!(view["accounts"].as_array().unwrap().len(), 2);
    let program = desk.street.town.test.program();
    let said = program.run(&["payment", "contractors", "--search", "dak"]).out;
    assert!(said.contains("changed on 2022-02-07"), "{said}");
    desk.close().await;
}
