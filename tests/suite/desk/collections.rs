//! Direct debit on the pages: a mandate on the loan, the file that two people let leave, and what came back.

use energiehuis::domain::access::Role;
use energiehuis::domain::identity::{CreditorId, EnterpriseNumber};
use energiehuis::formats::coda::ReturnKind;
use energiehuis::services::collections::{CreditorForm, set_creditor};

use super::Desk;
use crate::bank::account::{came_back, collected};
use crate::support::town::euros;

async fn creditor(desk: &Desk) {
    let identifier = CreditorId::of(EnterpriseNumber::parse("0566.988.259").unwrap()).canonical();
    let (fund, name) = ("EL".to_owned(), "Energiehuis W13".to_owned());
    let form = CreditorForm { fund, identifier, name, valid_from: None };
    set_creditor(desk.street.town.house(), &desk.street.town.accountant, form).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loan_officer_registers_a_mandate_and_what_is_wrong_comes_back_as_it_was_typed() {
    let mut desk = Desk::open().await;
    creditor(&desk).await;
    let family = desk.street.family(None).await;
    let officer = desk.person(Role::LoanOfficer, None).await;
    let (page, form) = (format!("/loans/{}", family.loan_id), format!("/loans/{}/mandates", family.loan_id));
    officer.get(&page).await.says("Er is geen mandaat. De ontlener betaalt zelf.");
    let wrong =
        officer.post(&form, &[("mandate.iban", "BE68 5390 0754 7035"), ("mandate.signed_on", "2022-02-07")]).await;
    assert_eq!(wrong.status.as_u16(), 422);
    wrong.says("Dit is geen IBAN.");
    assert_eq!(wrong.attribute("#mandate-iban", "value").as_deref(), Some("BE68 5390 0754 7035"));
    assert_eq!(wrong.attribute("#mandate-signed-on", "value").as_deref(), Some("2022-02-07"));
    let right =
        [("mandate.iban", "BE68 5390 0754 7034"), ("mandate.signed_on", "2022-02-07"), ("mandate.kind", "recurrent")];
    let done = officer.post(&form, &right).await;
    assert_eq!(done.status.as_u16(), 200, "{}", done.html);
    done.says("Het mandaat is geregistreerd.");
    done.says("ML202200001");
    assert!(done.all("#mandate form").len() >= 2, "it can be changed and stopped");
    let looks = desk.person(Role::CommitteeMember, None).await.get(&page).await;
    looks.says("ML202200001");
    assert!(looks.all("#mandate form").is_empty(), "who may only look has no form");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_made_by_one_released_by_another_and_its_return_waits_for_a_person() {
    let mut desk = Desk::open().await;
    creditor(&desk).await;
    let family = desk.street.family(None).await;
    let accountant = desk.accountant().await;
    let manager = desk.person(Role::Manager, None).await;
    accountant.get("/collections").await.says("Er is niets aangekondigd");
    let form = format!("/loans/{}/mandates", family.loan_id);
    let signed = [("mandate.iban", "BE68 5390 0754 7034"), ("mandate.signed_on", "2022-02-07")];
    accountant.post(&form, &signed).await;
    desk.street.town.test.go_to("2022-04-11");
    desk.street.run("collections_prepare").await;
    accountant.get("/collections").await.says("1 inning aangekondigd, € 150,00");
    desk.street.town.test.go_to("2022-04-27");
    let made = accountant.post("/collections/runs", &[("fund", "EL")]).await;
    made.says("Het bestand is gemaakt. Een tweede persoon moet het vrijgeven.");
    assert!(made.all("main form").is_empty(), "who made it does not release it");
    let waits = "1bestand met inningen wacht op een tweede persoon".to_owned();
    assert!(manager.get("/").await.all("a.tile").contains(&waits));
    assert!(!accountant.get("/").await.all("a.tile").contains(&waits), "never who made it");
    let href = accountant.get("/collections").await.attribute("a.mono", "href").unwrap();
    let shown = manager.get(&href).await;
    shown.says("Wacht op een tweede persoon");
    manager.post(&format!("{href}/release"), &[]).await.says("Het bestand mag vertrekken.");
    let file = accountant.post(&format!("{href}/export"), &[]).await;
    assert!(file.html.contains("pain.008.001.08"), "{}", file.html);
    accountant.get(&href).await.says("Bij de bank");

    let line = collected(euros(150), &end_to_end(&file.html));
    desk.street.town.test.go_to("2022-05-02");
    let credited = desk.street.purse.account.file("2022-05-02", vec![line]);
    desk.street.town.import(credited).await;
    accountant
        .get(&format!("/loans/{}", family.loan_id))
        .await
        .says("Voorlopig: de betaler kan het geld terugvragen tot 27/06/2022.");
    desk.street.town.test.go_to("2022-06-10");
    let back = came_back(euros(150), &end_to_end(&file.html), (5, 5), (ReturnKind::Refund, "MD06"));
    let returned = desk.street.purse.account.file("2022-06-10", vec![back]);
    desk.street.town.import(returned).await;
    let list = manager.get("/collections").await;
    list.says("Teruggevraagd MD06");
    list.says("Neem contact op met de ontlener.");
    let answer = list.attribute("form[action^='/collections/returns/']", "action").unwrap();
    manager.post(&answer, &[("note", "")]).await.says("Schrijf wat u gedaan hebt.");
    let waits = "1inning kwam terug en wacht op iemand".to_owned();
    assert!(manager.get("/").await.all("a.tile").contains(&waits));
    manager.post(&answer, &[("note", "gebeld, betaalt zelf")]).await.says("Er wacht niets dat terugkwam");
    assert!(!manager.get("/").await.all("a.tile").contains(&waits), "somebody has answered it");
    accountant.get(&format!("/loans/{}", family.loan_id)).await.says("Teruggevraagd op 10/06/2022, reden MD06");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_bank_said_of_a_collection_is_taken_back_on_its_page() {
    let mut desk = Desk::open().await;
    creditor(&desk).await;
    let family = desk.street.family(None).await;
    let accountant = desk.accountant().await;
    let manager = desk.person(Role::Manager, None).await;
    let signed = [("mandate.iban", "BE68 5390 0754 7034"), ("mandate.signed_on", "2022-02-07")];
    accountant.post(&format!("/loans/{}/mandates", family.loan_id), &signed).await;
    desk.street.town.test.go_to("2022-04-11");
    desk.street.run("collections_prepare").await;
    desk.street.town.test.go_to("2022-04-27");
    accountant.post("/collections/runs", &[("fund", "EL")]).await;
    let href = accountant.get("/collections").await.attribute("a.mono", "href").unwrap();
    manager.post(&format!("{href}/release"), &[]).await;
    let file = accountant.post(&format!("{href}/export"), &[]).await;
    let named = end_to_end(&file.html);

    // A reject before the money came: its line waits, and on its page the collection gets its life back.
    desk.street.town.test.go_to("2022-05-02");
    let reject = came_back(euros(150), &named, (5, 3), (ReturnKind::Reject, "AM04"));
    desk.street.town.import(desk.street.purse.account.file("2022-05-02", vec![reject])).await;
    let path = accountant.get("/bank").await.attribute("#waiting td a.button", "href").unwrap();
    let waits = accountant.get(&path).await;
    waits.says("De inning is beëindigd");
    let undo = waits.attribute("form[action$='/undo']", "action").unwrap();
    let line = path.rsplit('/').next().unwrap();
    let silent = accountant.post(&undo, &[("reason", " "), ("line", line)]).await;
    assert_eq!(silent.status.as_u16(), 422);
    silent.says("Schrijf wat er fout was.");
    let done = accountant.post(&undo, &[("reason", "Te vroeg gezegd"), ("line", line)]).await;
    done.says("Het is ongedaan gemaakt. De lijn wacht weer. De tweede poging vervalt.");
    assert!(!accountant.get(&path).await.html.contains("De inning is beëindigd"));
    accountant.get(&href).await.says("Bij de bank");
    desk.close().await;
}

/// Our identification in a file.
fn end_to_end(xml: &str) -> String {
    let rest = xml.split("<EndToEndId>").nth(1).unwrap();
    rest.split('<').next().unwrap().to_owned()
}
