//! The page of the jobs.

use energiehuis::domain::access::Role;
use reqwest::StatusCode;

use super::Desk;

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_run_by_hand_for_a_date_and_says_in_words_what_it_did() {
    let mut desk = Desk::open().await;
    let person = desk.accountant().await;
    desk.street.family(Some("lotte@borrower.example")).await;
    desk.street.town.test.go_to("2022-05-12");
    let page = person.post("/jobs/arrears_day/run", &[("for_date", "12/05/2022")]).await;
    page.says("1 lening bekeken: 1 herinnering, 1 signaal voor de dossierbeheerder");
    assert_eq!(page.all("#arrears_day tbody tr").len(), 1);
    assert_eq!(page.all("#arrears_day tbody .chip"), ["Klaar"]);
    page.says("Elke dag om 02:30");
    page.says("13/05/2022 02:30");
    let again = person.post("/jobs/arrears_day/run", &[("for_date", "2022-05-12")]).await;
    again.says("1 lening bekeken: er was niets te doen.");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_that_is_none_or_still_to_come_runs_nothing() {
    let desk = Desk::open().await;
    let person = desk.accountant().await;
    person.post("/jobs/arrears_day/run", &[("for_date", "straks")]).await.says("“straks” is geen datum.");
    person.post("/jobs/arrears_day/run", &[("for_date", "2022-02-08")]).await.says("na vandaag, 07/02/2022");
    assert_eq!(desk.street.town.count("job_runs").await, 0);
    let unknown = person.post("/jobs/nothing/run", &[("for_date", "2022-02-07")]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_only_look_sees_no_button_and_cannot_run() {
    let desk = Desk::open().await;
    let person = desk.person(Role::Manager, None).await;
    let page = person.get("/jobs").await;
    assert_eq!(page.all("main section.card").len(), 3);
    assert!(page.all("main form").is_empty());
    let tried = person.post("/jobs/arrears_day/run", &[("for_date", "2022-02-07")]).await;
    assert_eq!(tried.status, StatusCode::FORBIDDEN);
    assert_eq!(desk.street.town.count("job_runs").await, 0);
    desk.close().await;
}
