//! The pages of payment runs: what waits, a run, its accounts, its steps and its file.

use energiehuis::domain::access::Role;
use energiehuis::domain::identity::EnterpriseNumber;
use energiehuis::services::bank::{DecisionRequest, decide};
use energiehuis::services::payments::{AccountChange, Payer, change_account};
use reqwest::StatusCode;
use serde_json::json;

use super::{Desk, Shown};
use crate::bank::account::{executed, says, sent_back};
use crate::support::town::{ROOFER, euros};

/// In whose name files for the bank are written.
pub(super) fn payer() -> Payer {
    let enterprise_number = EnterpriseNumber::parse("0566.988.259").unwrap();
    Payer { name: "Welzijnsvereniging W13".to_owned(), enterprise_number }
}

/// What waits for somebody, each with its figure.
fn tiles(home: &Shown) -> Vec<String> {
    home.all("a.tile")
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_send_a_run_from_its_page() {
    let mut desk = Desk::open().await;
    let (accountant, manager) = (desk.accountant().await, desk.person(Role::Manager, None).await);
    let empty = accountant.get("/payments").await;
    empty.says("Er wacht niets om te betalen.");
    empty.says("Er zijn nog geen betaalrondes");
    desk.street.family(None).await;
    desk.street.family(None).await;
    let waiting = accountant.get("/payments").await;
    assert_eq!(waiting.all("#waiting-title + .cols tfoot td"), ["2", "€ 18.000,00"]);
    assert_eq!(waiting.attribute("#execute-on", "value").as_deref(), Some("2022-02-08"), "the next banking day");

    let sunday = accountant.post("/payments", &[("execute_on", "2022-02-13")]).await;
    assert_eq!(sunday.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(sunday.attribute("#execute-on", "aria-invalid").as_deref(), Some("true"));
    sunday.says("De bank betaalt niet op deze dag. De volgende dag waarop ze dat wel doet, is 14/02/2022.");

    let made = accountant.post("/payments", &[("execute_on", "2022-02-09"), ("fund", "")]).await;
    made.says("Ronde P-2022-00001 is gemaakt, met 2 opdrachten.");
    assert!(made.all(".chip").contains(&"Wacht op twee vrijgaven".to_owned()));
    assert_eq!(made.all(".tiles dd"), ["€ 18.000,00", "2", "09/02/2022"]);
    made.says("Provincie West-Vlaanderen");
    let path = "/payments/P-2022-00001";
    for person in [&accountant, &manager] {
        assert!(tiles(&person.get("/").await).contains(&"1betaalronde wacht op uw vrijgave".to_owned()));
    }
    let half = accountant.post(&format!("{path}/release"), &[]).await;
    half.says("U hebt deze ronde vrijgegeven. Iemand anders geeft ze ook vrij.");
    let none = "0betaalrondes wachten op uw vrijgave".to_owned();
    assert!(tiles(&accountant.get("/").await).contains(&none), "who has released it is not asked again");
    assert!(!tiles(&manager.get("/").await).contains(&none));
    assert!(!half.html.contains(&format!("{path}/release")), "no second button for the same person");
    let twice = accountant.post(&format!("{path}/release"), &[]).await;
    twice.says("U hebt deze ronde al vrijgegeven.");
    assert_eq!(accountant.get(&format!("{path}/file")).await.status, StatusCode::NOT_FOUND);
    manager.post(&format!("{path}/release"), &[]).await.says("Uw vrijgave is genoteerd.");
    assert!(tiles(&manager.get("/").await).contains(&none));
    let sent = manager.post(&format!("{path}/export"), &[]).await;
    sent.says("Het bestand is gemaakt.");
    let file = accountant.ask(&format!("{path}/file")).await;
    let name = file.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert!(name.starts_with("attachment; filename=\"P-2022-00001-") && name.ends_with(".xml\""), "{name}");
    assert!(file.text().await.unwrap().contains("pain.001.001.09"));
    let listed = accountant.get("/payments").await;
    listed.says("Bestand gemaakt");
    let late = accountant.post(&format!("{path}/cancel"), &[("reason", "te laat")]).await;
    late.says("Deze ronde kan niet geannuleerd worden: Bestand gemaakt.");
    let officer = desk.person(Role::LoanOfficer, None).await;
    let looks = officer.get(path).await;
    assert_eq!(looks.status, StatusCode::OK);
    assert!(looks.all("main form").is_empty(), "who only looks has no buttons");
    assert_eq!(officer.get(&format!("{path}/file")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(officer.post("/payments", &[("execute_on", "2022-02-09")]).await.status, StatusCode::FORBIDDEN);

    // What the bank has paid in part has left; what it has paid in full is executed.
    let paid: Vec<_> = looks.all("td small.id").iter().map(|id| executed(euros(9_000), id)).collect();
    for (on, order) in ["2022-02-09", "2022-02-10"].into_iter().zip(paid) {
        assert!(officer.get(path).await.all(".head .chip").contains(&"Bestand gemaakt".to_owned()), "before {on}");
        desk.street.town.test.go_to(on);
        let file = desk.street.purse.account.file(on, vec![order]);
        desk.street.town.import(file).await;
    }
    assert_eq!(officer.get(path).await.all(".head .chip"), ["Uitgevoerd"]);
    assert_eq!(officer.get("/payments").await.all("tbody .chip"), ["Uitgevoerd"]);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_account_is_shown_with_what_it_was_and_needs_a_note() {
    let mut desk = Desk::open().await;
    desk.street.family(None).await;
    let change = AccountChange {
        enterprise_number: ROOFER.to_owned(),
        iban: "BE68 5390 0754 7034".to_owned(),
        reason: "brief van 1 februari".to_owned(),
    };
    change_account(desk.street.town.house(), &desk.street.town.accountant, &change).await.unwrap();
    let (accountant, manager) = (desk.accountant().await, desk.person(Role::Manager, None).await);
    let made = accountant.post("/payments", &[("execute_on", "2022-02-09")]).await;
    made.says("Veranderd op 07/02/2022; vroeger was het BE92 7311 2345 6723. Genoteerd met: “brief van 1 februari”.");
    made.says("Niemand heeft dit al bevestigd.");
    let field = made.attribute("textarea", "name").unwrap();
    let path = "/payments/P-2022-00001/release";
    let missing = manager.post(path, &[]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    missing.says("Zeg hoe deze rekening nagekeken is.");
    let noted = manager.post(path, &[(&field, "gebeld op 056 12 34 56")]).await;
    noted.says("“gebeld op 056 12 34 56” Somebody, manager");
    assert!(!noted.words().contains("Niemand heeft dit al bevestigd."));
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_cancelled_and_an_order_reopened_from_the_page() {
    let mut desk = Desk::open().await;
    desk.street.family(None).await;
    let (accountant, manager) = (desk.accountant().await, desk.person(Role::Manager, None).await);
    accountant.post("/payments", &[("execute_on", "2022-02-09")]).await;
    let cancelled = accountant.post("/payments/P-2022-00001/cancel", &[("reason", "verkeerde dag")]).await;
    cancelled.says("De ronde is geannuleerd; haar opdrachten wachten weer.");
    cancelled.says("“verkeerde dag”");
    let path = "/payments/P-2022-00002";
    accountant.post("/payments", &[("execute_on", "2022-02-09")]).await;
    for person in [&accountant, &manager] {
        person.post(&format!("{path}/release"), &[]).await;
    }
    let sent = accountant.post(&format!("{path}/export"), &[]).await;
    let action = sent.attribute("details form", "action").unwrap();
    let reopened = accountant.post(&action, &[("reason", "geweigerd door de bank")]).await;
    reopened.says("De opdracht wacht weer, met een nieuw kenmerk.");
    reopened.says("Niet meer in deze ronde");
    accountant.get("/payments").await.says("Ronde maken");
    assert_eq!(accountant.get("/payments/P-1999-00001").await.status, StatusCode::NOT_FOUND);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_back_is_seen_everywhere_and_its_order_is_let_go_from_the_page() {
    let mut desk = Desk::open().await;
    desk.street.family(None).await;
    let (accountant, manager) = (desk.accountant().await, desk.person(Role::Manager, None).await);
    accountant.post("/payments", &[("execute_on", "2022-02-09")]).await;
    let path = "/payments/P-2022-00001";
    for person in [&accountant, &manager] {
        person.post(&format!("{path}/release"), &[]).await;
    }
    accountant.post(&format!("{path}/export"), &[]).await;
    let (id, amount): (String, i64) = sqlx::query_as("SELECT end_to_end_id, amount::bigint FROM payment_orders")
        .fetch_one(&desk.street.town.test.pool)
        .await
        .unwrap();
    let amount = energiehuis::domain::money::Money::from_euros(amount);
    desk.street.town.test.go_to("2022-02-10");
    let lines = vec![executed(amount, &id), sent_back(amount, &id, "AC04")];
    let file = desk.street.purse.account.file("2022-02-10", lines);
    accountant.upload(&[&file]).await.says("Een betaling van ons kwam terug. De opdracht wacht weer.");

    let run = accountant.get(path).await;
    run.says("Kwam terug op 10/02/2022 (AC04). “REKENING AFGESLOTEN”");
    let orders = accountant.get("/payment-orders").await;
    orders.says("Kwam terug op 10/02/2022 (AC04).");
    let line = orders.attribute("td small a[href^='/bank/lines/']", "href").unwrap();
    let seen = accountant.get(&line).await;
    seen.says("AC04");
    seen.says("Dakwerken Voorbeeld");

    let waiting = accountant.get("/payments").await;
    waiting.says("Het geld kwam terug op 10/02/2022, en de bank zegt dat de rekening fout is (AC04).");
    let action = waiting.attribute("details form", "action").unwrap();
    accountant.post(&action, &[("note", " ")]).await.says("Zeg hoe deze rekening nagekeken is.");
    let cleared = accountant.post(&action, &[("note", "gebeld op 056 12 34 56")]).await;
    cleared.says("De opdracht gaat mee in de volgende ronde.");
    let made = accountant.post("/payments", &[("execute_on", "2022-02-11")]).await;
    made.says("Een overschrijving naar deze rekening kwam terug op 10/02/2022 (AC04).");
    accountant.post("/payments/P-2022-00002/cancel", &[("reason", "toch niet")]).await;

    let undo = seen.attribute("form.card", "action").unwrap();
    let id = line.rsplit('/').next().unwrap();
    let undone = accountant.post(&undo, &[("reason", "vergissing van de bank"), ("line", id)]).await;
    undone.says("De lijn wacht weer.");
    accountant.get(path).await.says("Betaald door de bank");
    let form = accountant.get(&line).await;
    form.says("Terugkeer van de opdracht aan Dakwerken Voorbeeld");
    let to = form.attribute("#to option[selected]", "value").unwrap();
    assert!(to.starts_with("returned_order:"), "{to}");
    let placed = accountant.post(&line, &[("to", &to), ("reason", "toch waar")]).await;
    placed.says("De lijn is toegewezen.");
    accountant.get(path).await.says("Niet meer in deze ronde");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_send_a_refund_that_came_back_to_another_account() {
    let mut desk = Desk::open().await;
    let (accountant, manager) = (desk.accountant().await, desk.person(Role::Manager, None).await);
    desk.street.town.test.go_to("2022-02-08");
    let file = desk.street.purse.account.file("2022-02-08", vec![says(euros(75), "voor het dak")]);
    let line = desk.street.town.import(file).await.suspense[0].bank_line_id;
    let path = format!("/bank/lines/{line}");
    accountant.post(&path, &[("to", "refund"), ("reason", "Niet van ons")]).await;
    let form = serde_json::from_value(json!({ "reason": "Niet van ons", "parts": [{ "kind": "refund" }] })).unwrap();
    let request = DecisionRequest { bank_line_id: line, form, once: None };
    decide(desk.street.town.house(), &desk.street.town.accountant, request).await.unwrap();
    let found = sqlx::query_scalar("SELECT end_to_end_id FROM payment_orders WHERE kind = 'sender'");
    let sent: String = found.fetch_one(&desk.street.town.test.pool).await.unwrap();
    desk.street.town.test.go_to("2022-02-10");
    let lines = vec![executed(euros(75), &sent), sent_back(euros(75), &sent, "AC04")];
    let file = desk.street.purse.account.file("2022-02-10", lines);
    desk.street.town.import(file).await;

    let waiting = accountant.get("/payments").await;
    waiting.says("Twee mensen noteren er een andere rekening voor, of u bevestigt deze.");
    let action = waiting.attribute("details form[action$='/redirect']", "action").unwrap();
    let wrong = accountant.post(&action, &[("iban", "BE43068999999502"), ("reason", "gebeld")]).await;
    wrong.says("Dit rekeningnummer klopt niet: de controlecijfers zijn fout.");
    let asked = accountant.post(&action, &[("iban", "BE43068999999501"), ("reason", "gebeld")]).await;
    asked.says("Uw vraag is genoteerd.");
    asked.says("vroeg rekening BE43 0689 9999 9501");
    let done = manager.post(&action, &[("iban", "BE43 0689 9999 9501"), ("reason", "ook gebeld")]).await;
    done.says("De opdracht gaat naar de nieuwe rekening.");
    let made = accountant.post("/payments", &[("execute_on", "2022-02-11")]).await;
    made.says("BE43 0689 9999 9501");
    made.says("Veranderd op 10/02/2022; vroeger was het BE68 5390 0754 7034.");
    let note = made.attribute("form textarea", "name").unwrap();
    assert!(note.starts_with("confirmations["), "{note}");
    desk.close().await;
}
