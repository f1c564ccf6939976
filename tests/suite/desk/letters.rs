//! The outbox, and a letter as it was sent.

use energiehuis::domain::access::Role;
use reqwest::StatusCode;

use super::Desk;
use crate::support::town::KORTRIJK;

/// Waregem: not the municipality of these families.
const WAREGEM: &str = "34040";

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_listed_and_opens_in_the_browser() {
    let mut desk = Desk::open().await;
    let person = desk.accountant().await;
    person.get("/letters").await.says("Er zijn nog geen brieven");
    let family = desk.street.family(Some("lotte@borrower.example")).await;
    desk.street.night("2022-05-12").await;
    let page = person.get("/letters").await;
    assert_eq!(page.all("tbody .chip"), ["Klaar om te versturen"]);
    page.says(&family.number);
    desk.street.run("outbox_send").await;
    let sent = person.get("/letters?state=sent").await;
    assert_eq!(sent.all("tbody .chip"), ["Verstuurd"]);
    person.get("/letters?state=failed").await.says("Geen brieven met deze status");

    let path = sent.attribute("tbody td a[type]", "href").unwrap();
    let letter = person.ask(&path).await;
    let header = |name: &str| letter.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/pdf");
    assert_eq!(header("cache-control"), "private, max-age=3600");
    let disposition = header("content-disposition");
    assert!(disposition.starts_with("inline; filename=\"") && disposition.contains(".pdf"), "{disposition}");
    assert!(letter.bytes().await.unwrap().starts_with(b"%PDF-"));
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_of_another_municipality_does_not_exist() {
    let mut desk = Desk::open().await;
    desk.street.family(Some("lotte@borrower.example")).await;
    desk.street.night("2022-05-12").await;
    let path = desk.accountant().await.get("/letters").await.attribute("tbody td a[type]", "href").unwrap();
    let own = desk.person(Role::HousingDesk, Some(KORTRIJK)).await;
    assert_eq!(own.ask(&path).await.status(), StatusCode::OK);
    let other = desk.person(Role::HousingDesk, Some(WAREGEM)).await;
    let unseen = other.get(&path).await;
    assert_eq!(unseen.status, StatusCode::NOT_FOUND);
    let nothing = other.get("/documents/0189c0de-0000-7000-8000-000000000000").await;
    assert_eq!(unseen.words(), nothing.words(), "it cannot be told from one that is not there");
    assert_eq!(other.get("/documents/letter").await.status, StatusCode::NOT_FOUND);
    desk.close().await;
}
