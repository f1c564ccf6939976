//! The free first reminder as the family gets it: whom it names, what it asks, and how it travels.

use energiehuis::services::outbox;
use mailparse::{MailHeaderMap, parse_mail};
use serde_json::json;
use uuid::Uuid;

use super::street::Street;
use crate::letters::first_reminder::{pdf_text, solid};
use crate::letters::post::leaves;
use crate::support::town::Family;

/// The text of the only letter in the house, without spaces.
async fn letter(street: &Street) -> String {
    let ids: Vec<Uuid> =
        sqlx::query_scalar("SELECT document_id FROM documents").fetch_all(&street.town.test.pool).await.unwrap();
    let [id] = ids.as_slice() else { panic!("there are {} letters", ids.len()) };
    let document = outbox::document(street.town.house(), &street.town.officer, *id).await.unwrap();
    solid(&pdf_text(&document.content))
}

fn assert_says(letter: &str, words: &[&str]) {
    for word in words {
        assert!(letter.contains(&solid(word)), "“{word}” is missing in: {letter}");
    }
}

fn ogm(family: &Family) -> String {
    family.ogm.to_string()
}

#[tokio::test]
async fn the_mail_carries_the_letter_as_it_is_kept() {
    let mut street = Street::new().await;
    let family = street.family(Some("lotte@borrower.example")).await;
    street.night("2022-05-12").await;
    street.run("outbox_send").await;
    let mails = street.sink.taken();
    assert_eq!(mails.len(), 1);
    assert_eq!(
        (mails[0].from.as_str(), &mails[0].to),
        ("leningen@energiehuis.example", &vec!["lotte@borrower.example".to_owned()])
    );
    let mail = parse_mail(&mails[0].raw).unwrap();
    let subject = mail.headers.get_first_value("Subject").unwrap();
    assert_eq!(subject, format!("Gratis herinnering voor uw lening {}", family.number));
    let kept: (Vec<u8>, Vec<u8>) =
        sqlx::query_as("SELECT content, sha256(content) FROM documents WHERE sha256 = sha256(content)")
            .fetch_one(&street.town.test.pool)
            .await
            .unwrap();
    let parts = leaves(&mail);
    assert_eq!(parts[2].get_body_raw().unwrap(), kept.0);
    let words = ["€ 150,00", "27 mei 2022", &ogm(&family), "0566.988.259"];
    let text = solid(&parts[0].get_body().unwrap());
    let html = solid(&parts[1].get_body().unwrap().replace("&#160;", " ").replace("&nbsp;", " "));
    assert_says(&text, &words);
    assert_says(&html, &words);
    assert_says(&letter(&street).await, &words);
    street.finish().await;
}

#[tokio::test]
async fn a_part_that_was_paid_is_not_asked_again() {
    let mut street = Street::new().await;
    let family = street.family(Some("lotte@borrower.example")).await;
    street.town.test.go_to("2022-05-05");
    street.pays(&family, 40).await;
    street.night("2022-05-12").await;
    let letter = letter(&street).await;
    assert_says(&letter, &["€ 110,00", "Aflossing 1 van 60", "1 mei 2022", &ogm(&family)]);
    assert!(!letter.contains("150,00"), "{letter}");
    street.finish().await;
}

#[tokio::test]
async fn two_late_instalments_are_one_letter_that_lists_both() {
    let mut street = Street::new().await;
    street.family(Some("lotte@borrower.example")).await;
    let report = street.night("2022-06-13").await;
    assert_eq!(report, json!({ "loans": 1, "signals": 2, "reminders": 1, "letters_to_print": 0 }));
    let letter = letter(&street).await;
    assert_says(&letter, &["€ 300,00", "Aflossing 1 van 60", "1 mei 2022", "Aflossing 2 van 60", "1 juni 2022"]);
    assert_eq!(street.town.count("outbox_messages").await, 1);
    assert_eq!(street.town.count("arrears_steps WHERE step = 'first_reminder' AND document_id IS NOT NULL").await, 2);
    street.finish().await;
}

#[tokio::test]
async fn a_borrower_without_a_mail_address_gets_a_letter_to_print_and_more_time() {
    let mut street = Street::new().await;
    street.family(None).await;
    let report = street.night("2022-05-12").await;
    assert_eq!(report, json!({ "loans": 1, "signals": 1, "reminders": 0, "letters_to_print": 1 }));
    assert_eq!(street.town.count("outbox_messages").await, 0);
    // Posted on Thursday 12 May; the third working day after it is Tuesday 17 May, the fourteenth day 30 May.
    assert_says(&letter(&street).await, &["30 mei 2022", "Lotte Voorbeeld-1", "Zwevegemsestraat 1", "8500 Kortrijk"]);
    assert_eq!(street.night("2022-05-13").await["letters_to_print"], 0);
    street.finish().await;
}

#[tokio::test]
async fn the_creditor_of_an_emergency_buyer_is_the_social_service_and_of_an_energy_loan_the_house() {
    for bullet in [true, false] {
        let mut street = Street::new().await;
        street.town.emergency_fund().await;
        street.town.know_social_service("0207494678").await;
        let email = Some("lotte@borrower.example");
        let family = if bullet { street.emergency_buyers(email).await } else { street.family(email).await };
        street.night(if bullet { "2042-02-17" } else { "2022-05-12" }).await;
        let letter = letter(&street).await;
        assert_says(&letter, &[&ogm(&family), "OCMW Kortrijk", "056 27 70 00"]);
        let by_ocmw = solid("beheert de lening in opdracht van OCMW Kortrijk");
        assert_eq!(letter.contains(&by_ocmw), bullet, "{letter}");
        assert_eq!(letter.contains(&solid("ondernemingsnummer 0207.494.678")), bullet, "{letter}");
        assert_eq!(letter.contains(&solid("ondernemingsnummer 0566.988.259")), !bullet, "{letter}");
        if bullet {
            assert_says(&letter, &["€ 20.000,00", "Noodkooplening"]);
        }
        street.finish().await;
    }
}
