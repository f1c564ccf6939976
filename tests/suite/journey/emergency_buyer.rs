//! A family that bought a bad house in need: one sum of 50,000, due after twenty years, and back to VEKA.

use energiehuis::jobs::Tools;
use energiehuis::jobs::definition::named;
use energiehuis::jobs::run_by_hand;
use energiehuis::services::Actor;
use energiehuis::services::funds::pass_on::pass_on;
use energiehuis::services::post::Post;
use mailparse::parse_mail;
use reqwest::StatusCode;
use serde_json::json;

use super::doors::{Doors, figures, ogm};
use crate::bank::account::{executed, paid};
use crate::letters::first_reminder::{pdf_text, solid};
use crate::letters::post::leaves;
use crate::support::town::{Family, Purse, emergency_loan, euros, sender};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_family_that_bought_in_need_owes_nothing_for_twenty_years_and_then_everything() {
    let doors = Doors::open("2022-09-05").await;
    let mut purse = veka_pays_the_first_of_its_credit_line(&doors).await;
    let family = the_family_is_heard_and_signs(&doors).await;
    the_contractor_is_paid_and_the_family_never_sees_the_cash(&doors, &mut purse, &family).await;
    nothing_falls_due_for_twenty_years(&doors).await;
    on_the_day_the_whole_sum_is_claimed(&doors).await;
    the_reminder_names_the_social_service_as_lender(&doors, &family).await;
    the_family_repays_and_veka_gets_its_money_back(&doors, &mut purse, &family).await;
    doors.books_agree(5).await;
    doors.close().await;
}

async fn veka_pays_the_first_of_its_credit_line(doors: &Doors) -> Purse {
    let mut purse = doors.town.emergency_fund().await;
    doors.town.know_social_service("0207494678").await;
    assert_eq!(doors.position(None).await, figures([0, 0, 0, 0, 1_800_000]));
    let file = purse.account.file("2022-09-05", vec![paid(euros(60_000), purse.source.ogm)]);
    doors.import(&file).await;
    assert_eq!(doors.position(None).await, figures([60_000, 0, 0, 0, 1_800_000]), "drawn, and still to lend");
    purse
}

async fn the_family_is_heard_and_signs(doors: &Doors) -> Family {
    doors.go_to("2022-10-03");
    let form = emergency_loan(1, 50_000, Some("lotte@borrower.example"));
    let reply = doors.post("desk", "applications", &form).await;
    assert_eq!(
        (reply.status, &reply.body["verdict"]["outcome"]),
        (StatusCode::CREATED, &json!("eligible")),
        "{reply:#?}"
    );
    let application_id = reply.body["application_id"].as_str().unwrap().to_owned();
    for who in ["first", "second"] {
        let vote = json!({ "vote": "approve", "reason": "Het dak moet eraf." });
        let reply = doors.post(who, &format!("applications/{application_id}/votes"), &vote).await;
        assert_eq!(reply.status, StatusCode::OK, "{reply:#?}");
    }
    assert_eq!(doors.position(None).await, figures([60_000, 50_000, 0, 0, 1_750_000]));
    doors.go_to("2022-11-07");
    let reply = doors.post("officer", &format!("applications/{application_id}/sign"), &json!({})).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{reply:#?}");
    let number = reply.body["number"].as_str().unwrap().to_owned();
    let loan = doors.run(&["loan", "show", &number]).await;
    let instalments = loan["state"]["instalments"].as_array().unwrap();
    assert_eq!(instalments.len(), 1);
    assert_eq!(
        (&instalments[0]["instalment"]["due_on"], &instalments[0]["instalment"]["total"]),
        (&json!("2042-11-07"), &json!("50000.00"))
    );
    Family {
        application_id: application_id.parse().unwrap(),
        loan_id: reply.body["loan_id"].as_str().unwrap().parse().unwrap(),
        number,
        ogm: ogm(&reply.body),
    }
}

async fn the_contractor_is_paid_and_the_family_never_sees_the_cash(doors: &Doors, purse: &mut Purse, family: &Family) {
    doors.go_to("2022-12-01");
    let approved = doors.town.draw(family, ("2022/090", euros(50_000))).await;
    assert_eq!(approved.order.creditor_iban.as_str(), "BE92731123456723");
    assert_eq!(doors.position(None).await, figures([60_000, 0, 50_000, 0, 1_750_000]));
    doors.go_to("2022-12-02");
    let file = purse.account.file("2022-12-02", vec![executed(euros(50_000), &approved.order.end_to_end_id)]);
    doors.import(&file).await;
    assert_eq!(doors.town.finish_works(family).await, euros(0));
    assert_eq!(doors.position(None).await, figures([10_000, 0, 50_000, 0, 1_750_000]));
}

async fn nothing_falls_due_for_twenty_years(doors: &Doors) {
    let house = doors.town.house().clone();
    let post = Post::smtp(&doors.sink.url()).unwrap();
    let tools = Tools { house, post, sender: sender(), bank_folder: None };
    for year in 2023..=2042 {
        doors.go_to(&format!("{year}-11-06"));
        for name in ["instalments_due", "arrears_day"] {
            let today = doors.town.test.clock.today();
            let run = run_by_hand(&tools, &Actor::system(), &named(name).unwrap().unwrap(), today).await.unwrap();
            let report = run.report.unwrap();
            let counts =
                ["claims", "signals", "reminders", "letters_to_print"].map(|what| report[what].as_u64().unwrap_or(0));
            assert_eq!(counts, [0; 4], "{name} in {year}: {report}");
        }
    }
}

async fn on_the_day_the_whole_sum_is_claimed(doors: &Doors) {
    doors.go_to("2042-11-07");
    assert_eq!(doors.job("instalments_due").await, json!({ "loans": 1, "claims": 1, "amount": "50000.00" }));
    assert_eq!(doors.job("arrears_day").await["signals"], 0, "due today is not late");
}

async fn the_reminder_names_the_social_service_as_lender(doors: &Doors, family: &Family) {
    doors.go_to("2042-11-17");
    let report = doors.job("arrears_day").await;
    assert_eq!(report, json!({ "loans": 1, "signals": 1, "reminders": 1, "letters_to_print": 0 }));
    assert_eq!(doors.job("outbox_send").await["sent"], 1);
    let mails = doors.sink.taken();
    assert_eq!(mails.len(), 1);
    let mail = parse_mail(&mails[0].raw).unwrap();
    let letter = solid(&pdf_text(&leaves(&mail)[2].get_body_raw().unwrap()));
    let reference = family.ogm.to_string();
    for word in [
        "€ 50.000,00",
        "7 november 2042",
        "ondernemingsnummer 0207.494.678",
        "in opdracht van OCMW Kortrijk",
        &reference,
    ] {
        assert!(letter.contains(&solid(word)), "“{word}” is missing in: {letter}");
    }
}

async fn the_family_repays_and_veka_gets_its_money_back(doors: &Doors, purse: &mut Purse, family: &Family) {
    doors.go_to("2042-11-24");
    let file = purse.account.file("2042-11-24", vec![paid(euros(50_000), family.ogm)]);
    doors.import(&file).await;
    assert_eq!(doors.position(None).await, figures([60_000, 0, 0, 50_000, 1_750_000]), "it is not ours to lend again");
    let orders = pass_on(doors.town.house(), &doors.town.accountant, purse.fund.fund_id).await.unwrap();
    let [order] = orders.as_slice() else { panic!("{orders:?}") };
    doors.go_to("2042-11-28");
    let file = purse.account.file("2042-11-28", vec![executed(order.amount, &order.end_to_end_id)]);
    doors.import(&file).await;
    assert_eq!(doors.position(None).await, figures([10_000, 0, 0, 0, 1_750_000]));
    let then = doors.position(Some("2022-12-31")).await;
    assert_eq!(then, figures([10_000, 0, 50_000, 0, 1_750_000]), "and the end of 2022 is what it was");
}
