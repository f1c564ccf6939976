//! The page of the jobs.

use energiehuis::domain::access::Role;
use energiehuis::i18n::{Lang, say};
use energiehuis::services::ledger::check::DifferenceKind;
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
    assert_eq!(page.all("main section.card").len(), 6);
    assert!(page.all("main form").is_empty());
    let tried = person.post("/jobs/arrears_day/run", &[("for_date", "2022-02-07")]).await;
    assert_eq!(tried.status, StatusCode::FORBIDDEN);
    assert_eq!(desk.street.town.count("job_runs").await, 0);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_that_finds_a_difference_names_its_loan_on_the_page() {
    let mut desk = Desk::open().await;
    let person = desk.accountant().await;
    person
        .post("/jobs/ledger_check/run", &[("for_date", "2022-02-07")])
        .await
        .says("1 boeking nagekeken: alles klopt.");
    let family = desk.street.family(None).await;
    desk.street.town.test.go_to("2022-02-08");
    // A posting that was never booked, as if somebody had found a way past the database.
    desk.street
        .town
        .execute(
            "SET session_replication_role = replica;
             INSERT INTO postings (entry_id, line, fund_id, account, amount, loan_id)
             SELECT entry_id, 9, fund_id, 'loans_receivable', 12.34, loan_id FROM postings
             WHERE account = 'loans_receivable' LIMIT 1;
             SET session_replication_role = origin",
        )
        .await;
    let page = person.post("/jobs/ledger_check/run", &[("for_date", "2022-02-07")]).await;
    page.says("De taak is niet goed afgelopen.");
    page.says("2 boekingen nagekeken: 3 verschillen.");
    page.says(&format!(
        "{} · EL · nog te betalen door het gezin: moet € 9.000,00 zijn en is € 9.012,34",
        family.number
    ));
    page.says("EL · debet en credit van een boeking: moet € 0,00 zijn en is € 12,34");
    assert_eq!(page.all("#ledger_check tbody .chip"), ["Mislukt", "Klaar"]);
    desk.street.forget_failures().await;
    desk.close().await;
}

#[test]
fn every_kind_of_difference_has_its_words() {
    for kind in DifferenceKind::ALL {
        let key = format!("difference-{}", kind.code());
        let (dutch, english) = (say(Lang::Nl, &key), say(Lang::En, &key));
        assert!(dutch != key && english != key && dutch != english, "{key}");
        let told = serde_json::to_value(kind).unwrap();
        assert_eq!(told, kind.code(), "one word in JSON and in tables");
    }
}
