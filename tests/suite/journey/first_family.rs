//! The first family: from the question to the first repayment, and the reminder of the second.
//!
//! Lotte asks 12,000 for a roof and windows. In the end the windows cost 500 less: 11,500 in 60 instalments is
//! 191.67 a month, and 191.47 the last. Every figure of the fund below was worked out by hand.

use energiehuis::domain::identity::Ogm;
use energiehuis::domain::money::Money;
use energiehuis::services::Error;
use energiehuis::services::invoices::approve::approve;
use energiehuis::services::outbox;
use mailparse::{MailHeaderMap, parse_mail};
use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::doors::{Doors, Figures, figures, money, ogm};
use crate::bank::account::{executed, paid};
use crate::letters::first_reminder::{pdf_text, solid};
use crate::letters::post::leaves;
use crate::support::town::{Family, Purse, energy_loan, euros};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_family_borrows_for_its_roof_pays_once_and_is_reminded_once() {
    let doors = Doors::open("2022-01-03").await;
    let mut purse = the_province_pays_its_grant(&doors).await;
    let application_id = a_family_asks_at_the_desk(&doors).await;
    two_people_decide_and_neither_is_the_maker(&doors, &application_id).await;
    let family = the_family_signs(&doors, application_id).await;
    the_roofer_is_paid_by_the_bank_on_the_word_of_two(&doors, &mut purse, &family).await;
    the_windows_cost_less_and_the_rest_is_free_again(&doors, &mut purse, &family).await;
    the_first_instalment_comes_in_by_its_reference(&doors, &mut purse, &family).await;
    the_second_stays_away_and_a_colleague_is_told_first(&doors).await;
    the_tenth_day_brings_one_free_reminder(&doors, &family).await;
    doors.books_agree(6).await;
    doors.close().await;
}

async fn the_province_pays_its_grant(doors: &Doors) -> Purse {
    let purse = doors.town.energy_fund(100_000).await;
    assert_eq!(doors.position(None).await, figures([100_000, 0, 0, 0, 100_000]));
    purse
}

/// A roof of 8,500 and windows of 3,500.
fn what_lotte_asks() -> Value {
    let mut form = energy_loan(1, 12_000, Some("lotte@borrower.example"));
    let mut windows = form["works"][0].clone();
    form["works"][0]["quotes"][0]["amount"] = json!(8500);
    windows["kind"] = json!("glazing");
    windows["description"] = json!("Ramen met beter glas");
    windows["quotes"][0]["amount"] = json!("3.500,00");
    form["works"].as_array_mut().unwrap().push(windows);
    form
}

async fn a_family_asks_at_the_desk(doors: &Doors) -> String {
    doors.go_to("2022-01-10");
    let reply = doors.post("desk", "applications", &what_lotte_asks()).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{reply:#?}");
    assert_eq!(reply.body["number"], "A-2022-00001");
    let verdict = &reply.body["verdict"];
    assert_eq!((&verdict["outcome"], &verdict["judged_on"]), (&json!("eligible"), &json!("2022-01-10")));
    let findings = verdict["findings"].as_array().unwrap();
    for finding in findings {
        let explained = ["text", "source"].map(|part| finding[part].as_str().unwrap().is_empty());
        assert_eq!((&finding["result"], explained), (&json!("met"), [false, false]), "{finding:#}");
    }
    let priority = findings.iter().find(|finding| finding["rule"] == "priority_group").unwrap();
    let sentence = priority["text"].as_str().unwrap();
    // 20,764 and 3,844 for the child that depends on her.
    assert!(sentence.contains("24.608,00 bruto in 2021"), "{sentence}");
    assert_eq!(doors.position(None).await, figures([100_000, 0, 0, 0, 100_000]), "asking promises nothing");
    reply.body["application_id"].as_str().unwrap().to_owned()
}

async fn two_people_decide_and_neither_is_the_maker(doors: &Doors, application_id: &str) {
    doors.go_to("2022-01-20");
    let votes = format!("applications/{application_id}/votes");
    let yes = json!({ "vote": "approve" });
    for (who, status) in
        [("desk", StatusCode::FORBIDDEN), ("first", StatusCode::OK), ("first", StatusCode::UNPROCESSABLE_ENTITY)]
    {
        let reply = doors.post(who, &votes, &yes).await;
        assert_eq!(reply.status, status, "{who}: {reply:#?}");
    }
    let too_soon = doors.post("officer", &format!("applications/{application_id}/sign"), &json!({})).await;
    assert_eq!(too_soon.status, StatusCode::UNPROCESSABLE_ENTITY, "one vote is no approval: {too_soon:#?}");
    assert_eq!(doors.position(None).await, figures([100_000, 0, 0, 0, 100_000]), "nor a promise");
    let reply = doors.post("second", &votes, &yes).await;
    assert_eq!((reply.status, reply.body), (StatusCode::OK, json!({ "state": "approved", "approvals": 2 })));
    assert_eq!(doors.position(None).await, figures([100_000, 12_000, 0, 0, 88_000]));
}

async fn the_family_signs(doors: &Doors, application_id: String) -> Family {
    doors.go_to("2022-02-01");
    let reply = doors.post("officer", &format!("applications/{application_id}/sign"), &json!({})).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{reply:#?}");
    assert_eq!((&reply.body["number"], &reply.body["signed_on"]), (&json!("L-2022-00001"), &json!("2022-02-01")));
    // Ten digits and their remainder by 97: 1000000001 - 97 × 10309278 = 35.
    assert_eq!(reply.body["ogm"], "+++100/0000/00135+++");
    let loan = doors.run(&["loan", "show", "L-2022-00001"]).await;
    let instalments = loan["state"]["instalments"].as_array().unwrap();
    assert_eq!((instalments.len(), &loan["state"]["planned"]), (60, &json!(true)));
    let first = &instalments[0]["instalment"];
    assert_eq!(
        (&first["due_on"], &first["payable_on"], &first["interest"]),
        (&json!("2022-05-01"), &json!("2022-05-02"), &json!("0.00"))
    );
    assert_eq!(sum_of(&loan, "total"), euros(12_000));
    assert_eq!(doors.position(None).await, figures([100_000, 12_000, 0, 0, 88_000]), "signing moves no money");
    let uuid = |text: &Value| text.as_str().unwrap().parse::<Uuid>().unwrap();
    Family {
        application_id: application_id.parse().unwrap(),
        loan_id: uuid(&reply.body["loan_id"]),
        number: "L-2022-00001".to_owned(),
        ogm: ogm(&reply.body),
    }
}

fn sum_of(loan: &Value, part: &str) -> Money {
    let instalments = loan["state"]["instalments"].as_array().unwrap();
    instalments.iter().map(|line| money(line["instalment"][part].as_str().unwrap())).sum()
}

async fn the_roofer_is_paid_by_the_bank_on_the_word_of_two(doors: &Doors, purse: &mut Purse, family: &Family) {
    doors.go_to("2022-02-15");
    let invoice_id = doors.town.invoice(family, ("2022/017", euros(8500))).await;
    let own = approve(doors.town.house(), &doors.town.officer, invoice_id).await;
    assert!(matches!(own, Err(Error::Forbidden)), "who registers does not approve: {own:?}");
    let approved = approve(doors.town.house(), &doors.town.committee[0], invoice_id).await.unwrap();
    assert_eq!((approved.order.amount, approved.order.creditor_name.as_str()), (euros(8500), "Dakwerken Voorbeeld"));
    assert_eq!(doors.position(None).await, figures([100_000, 3500, 8500, 0, 88_000]), "owed to the roofer");
    doors.go_to("2022-02-17");
    let file = purse.account.file("2022-02-17", vec![executed(euros(8500), &approved.order.end_to_end_id)]);
    doors.import(&file).await;
    assert_eq!(doors.position(None).await, figures([91_500, 3500, 8500, 0, 88_000]), "paid");
}

async fn the_windows_cost_less_and_the_rest_is_free_again(doors: &Doors, purse: &mut Purse, family: &Family) {
    doors.go_to("2022-03-01");
    let approved = doors.town.draw(family, ("2022/031", euros(3000))).await;
    doors.go_to("2022-03-03");
    let file = purse.account.file("2022-03-03", vec![executed(euros(3000), &approved.order.end_to_end_id)]);
    doors.import(&file).await;
    assert_eq!(doors.position(None).await, figures([88_500, 500, 11_500, 0, 88_000]));
    doors.go_to("2022-03-14");
    assert_eq!(doors.town.finish_works(family).await, euros(500));
    assert_eq!(doors.position(None).await, figures([88_500, 0, 11_500, 0, 88_500]));
    let loan = doors.run(&["loan", "show", &family.number]).await;
    let instalments = loan["state"]["instalments"].as_array().unwrap();
    let totals = [0, 58, 59].map(|at: usize| instalments[at]["instalment"]["total"].as_str().unwrap());
    assert_eq!((totals, instalments.len()), (["191.67", "191.67", "191.47"], 60));
    assert_eq!(sum_of(&loan, "total"), euros(11_500));
}

async fn the_first_instalment_comes_in_by_its_reference(doors: &Doors, purse: &mut Purse, family: &Family) {
    doors.go_to("2022-05-01");
    assert_eq!(doors.job("instalments_due").await, json!({ "loans": 1, "claims": 1, "amount": "191.67" }));
    assert_eq!(doors.job("instalments_due").await, json!({ "loans": 1, "claims": 0, "amount": "0.00" }));
    doors.go_to("2022-05-02");
    let file = purse.account.file("2022-05-02", vec![paid(money("191.67"), family.ogm)]);
    // One cent more in the amount: the balances no longer follow from each other.
    let mut cent = file.clone();
    let at = cent.bytes.windows(15).position(|digits| digits == b"000000000191670").unwrap();
    cent.bytes[at + 13] = b'8';
    let before = doors.position(None).await;
    let (status, said) = doors.offer(&cent).await;
    assert_eq!((status, &said["state"]), (2, &json!("refused")), "{said:#}");
    assert_eq!(doors.position(None).await, before, "nothing of it is booked");
    doors.books_agree(5).await;
    doors.import(&file).await;
    let after = Figures {
        cash: money("88691.67"),
        outstanding: money("11308.33"),
        free_to_lend: money("88691.67"),
        ..figures([0; 5])
    };
    assert_eq!(doors.position(None).await, after, "what comes back may be lent again");
    let (status, said) = doors.offer(&file).await;
    assert_eq!((status, &said["state"]), (0, &json!("known")), "the same file again: {said:#}");
    assert_eq!(doors.position(None).await, after);
    doors.books_agree(6).await;
}

async fn the_second_stays_away_and_a_colleague_is_told_first(doors: &Doors) {
    doors.go_to("2022-06-01");
    assert_eq!(doors.job("instalments_due").await["claims"], 1);
    let nothing = json!({ "loans": 1, "signals": 0, "reminders": 0, "letters_to_print": 0 });
    doors.go_to("2022-06-07");
    assert_eq!(doors.job("arrears_day").await, nothing);
    doors.go_to("2022-06-08");
    assert_eq!(doors.job("arrears_day").await["signals"], 1);
    doors.go_to("2022-06-10");
    assert_eq!(doors.job("arrears_day").await, nothing);
    assert_eq!(doors.job("outbox_send").await["sent"], 0);
}

async fn the_tenth_day_brings_one_free_reminder(doors: &Doors, family: &Family) {
    doors.go_to("2022-06-11");
    assert_eq!(doors.job("arrears_day").await["reminders"], 1);
    assert_eq!(doors.job("arrears_day").await["reminders"], 0);
    assert_eq!(doors.job("outbox_send").await, json!({ "sent": 1, "later": 0, "failed": 0 }));
    assert_eq!(doors.job("outbox_send").await, json!({ "sent": 0, "later": 0, "failed": 0 }));
    let mails = doors.sink.taken();
    let [message] = mails.as_slice() else { panic!("{} mails", mails.len()) };
    assert_eq!(message.from, "leningen@energiehuis.example");
    assert_eq!(message.to, ["lotte@borrower.example"]);
    let mail = parse_mail(&message.raw).unwrap();
    assert_eq!(mail.headers.get_first_value("Subject").unwrap(), "Gratis herinnering voor uw lening L-2022-00001");
    let answers_go_to = mail.headers.get_first_value("Reply-To").unwrap();
    assert!(answers_go_to.contains("vragen@energiehuis.example"), "{answers_go_to}");
    let parts = leaves(&mail);
    let attached = parts[2].get_body_raw().unwrap();
    // Mailed on Saturday 11 June: the fourteenth day after it is Saturday 25 June, and money moves on Monday.
    let words =
        ["€ 191,67", "Aflossing 2 van 60", "1 juni 2022", "27 juni 2022", "0566.988.259", &reference(family.ogm)];
    for (what, text) in [("the mail", parts[0].get_body().unwrap()), ("the letter", pdf_text(&attached))] {
        let text = solid(&text);
        for word in words {
            assert!(text.contains(&solid(word)), "“{word}” is missing in {what}: {text}");
        }
    }
    let sent = outbox::latest(doors.town.house(), &doors.town.officer, Some(family.loan_id), 10).await.unwrap();
    assert_eq!((sent.len(), sent[0].state.as_str(), sent[0].attempts), (1, "sent", 1));
    let kept = outbox::document(doors.town.house(), &doors.town.officer, sent[0].document_id.unwrap()).await.unwrap();
    assert_eq!(kept.content, attached, "the letter is kept as it was sent");
}

fn reference(ogm: Ogm) -> String {
    ogm.to_string()
}
