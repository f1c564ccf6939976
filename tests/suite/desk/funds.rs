//! The position of a fund on a day, its chart, and passing on what was repaid.

use energiehuis::domain::access::Role;
use reqwest::StatusCode;

use super::Desk;
use crate::bank::account::{paid, says};
use crate::support::town::euros;

#[tokio::test(flavor = "multi_thread")]
async fn the_position_is_that_of_the_day_that_is_asked() {
    let mut desk = Desk::open().await;
    let person = desk.accountant().await;
    desk.street.family(Some("lotte@borrower.example")).await;
    desk.street.town.test.go_to("2022-03-15");
    let today = person.get("/funds").await;
    assert_eq!(today.all(".tiles dd")[1], "€ 9.000,00", "lent out");
    let before = person.get("/funds?on=2022-02-06").await;
    assert_eq!(before.all(".tiles dd")[1], "€ 0,00", "nothing was lent the day before");
    before.says("6 februari 2022");
    assert_eq!(person.get("/funds?on=07/02/2022").await.all(".tiles dd"), today.all(".tiles dd"));
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_is_none_or_still_to_come_is_said_at_the_field() {
    let desk = Desk::open().await;
    let person = desk.accountant().await;
    let wrong = person.get("/funds?on=gisteren").await;
    assert_eq!(wrong.all("#on-wrong"), ["“gisteren” is geen datum. Schrijf ze zoals 16/10/2026."]);
    let later = person.get("/funds?on=2022-02-08").await;
    assert!(later.all("#on-wrong")[0].starts_with("Deze datum ligt na vandaag. Kies 07/02/2022"));
    assert_eq!(later.attribute("#on", "aria-invalid").as_deref(), Some("true"));
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chart_says_the_same_as_its_table_in_words() {
    let mut desk = Desk::open().await;
    let person = desk.accountant().await;
    let first = person.get("/funds?on=2022-01-15").await;
    first.says("De grafiek begint zodra het fonds twee maanden bestaat.");
    desk.street.family(Some("lotte@borrower.example")).await;
    desk.street.town.test.go_to("2022-06-15");
    let page = person.get("/funds").await;
    assert_eq!(page.attribute("figure svg[role]", "role").as_deref(), Some("img"));
    let table = page.all("figure + details tbody tr");
    assert_eq!(table.len(), 6, "January, when the grant was open, to June: {table:?}");
    let described = &page.all("figure .for-wide desc")[0];
    for amount in table[0].split("€ ").skip(1) {
        assert!(described.contains(amount.trim()), "{amount} is not in: {described}");
    }
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_repaid_is_ordered_back_to_the_funder_once() {
    let mut desk = Desk::open().await;
    let person = desk.accountant().await;
    let mut purse = desk.street.town.emergency_fund().await;
    let family = desk.street.emergency_buyers(Some("lotte@borrower.example")).await;
    let entries = vec![paid(euros(20_000), purse.source.ogm), paid(euros(150), family.ogm)];
    desk.street.town.import(purse.account.file("2022-02-07", entries)).await;
    let page = person.get("/funds").await;
    assert_eq!(page.all("form[action$=pass-on] button"), ["Geef opdracht om € 150,00 door te storten"]);
    let path = page.attribute("form[action$=pass-on]", "action").unwrap();
    let ordered = person.post(&path, &[]).await;
    ordered.says("1 betaalopdracht gemaakt, € 150,00.");
    ordered.says("Terug naar geldgever");
    person.post(&path, &[]).await.says("Er is nu niets door te storten.");
    assert_eq!(desk.street.town.count("payment_orders").await, 2, "one for the contractor, one for the funder");
    let orders = person.get("/payment-orders").await;
    assert_eq!(orders.all("tfoot td")[0], "2", "both wait for the bank");
    let sum = euros(20_150);
    orders.says(&format!("2 opdrachten, samen € {}", sum.to_dutch()));
    assert_eq!(
        person.get("/payment-orders?state=paid").await.all(".empty strong"),
        ["Geen opdrachten voor deze keuze"]
    );
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_period_is_closed_on_the_page_by_who_may_and_the_page_says_so() {
    let mut desk = Desk::open().await;
    desk.street.town.test.go_to("2022-03-02");
    let february = desk.street.purse.account.file("2022-03-01", vec![says(euros(1), "?")]);
    desk.street.town.import(february).await;
    let person = desk.accountant().await;
    let page = person.get("/funds").await;
    page.says("Er is nog geen periode afgesloten.");
    let path = page.attribute("form[action$=close]", "action").unwrap();
    person.post(&path, &[("through", "gisteren")]).await.says("“gisteren” is geen datum.");
    person.post(&path, &[("through", "2022-03-02")]).await.says("Kies een dag vóór vandaag, 02/03/2022.");
    person.post(&path, &[("through", "2022-03-01")]).await.says("Het laatste uittreksel van EL is van 01/03/2022.");
    let officer = desk.person(Role::LoanOfficer, None).await;
    assert!(officer.get("/funds").await.all("form[action$=close]").is_empty());
    assert_eq!(officer.post(&path, &[("through", "2022-02-28")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(desk.street.town.count("fund_closings").await, 0);
    let closed = person.post(&path, &[("through", "28/02/2022")]).await;
    closed.says("EL is afgesloten tot en met 28/02/2022. Boeken kan vanaf 01/03/2022.");
    officer.get("/funds").await.says("Afgesloten tot en met 28/02/2022.");
    let manager = desk.person(Role::Manager, None).await;
    assert_eq!(manager.get("/funds").await.all("form[action$=close]").len(), 1);
    manager.post(&path, &[("through", "2022-02-28")]).await.says("EL is al afgesloten tot en met 28/02/2022.");
    desk.close().await;
}
