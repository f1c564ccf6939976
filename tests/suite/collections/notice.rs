//! The notice says the same in every language, in the mail and on paper.

use energiehuis::domain::money::Money;
use energiehuis::letters::{CollectionNotice, Helper, Language, Letterhead, Occasion, Place};

use crate::letters::first_reminder::{pdf_text, solid};

fn sample(language: Language, occasion: Occasion) -> CollectionNotice {
    CollectionNotice {
        language,
        written_on: "2026-04-13".parse().unwrap(),
        identity: "018f6b1e-0000-7000-8000-000000000013".to_owned(),
        house: Letterhead {
            name: "Energiehuis W13".to_owned(),
            place: Place { street: "Voorbeeldplein 13".to_owned(), town: "8500 Kortrijk".to_owned() },
            phone: "056 00 00 13".to_owned(),
            email: "leningen@energiehuis.example".to_owned(),
            website: "www.energiehuis.example".to_owned(),
        },
        creditor_name: "Energiehuis W13".to_owned(),
        creditor_id: "BE39ZZZ0566988259".to_owned(),
        addressee: ["Sofie Peeters", "Sint-Denijsestraat 143 bus 2", "8500 Kortrijk"].map(str::to_owned).to_vec(),
        greeting: "Sofie Peeters".to_owned(),
        loan_number: "L-2024-00012".to_owned(),
        amount: Money::from_cents(25_000),
        collect_on: "2026-05-04".parse().unwrap(),
        due_on: "2026-05-01".parse().unwrap(),
        mandate: "ML202400012".to_owned(),
        account_end: "7034".to_owned(),
        occasion,
        helper: Helper {
            name: "Sociaal Huis Kortrijk (OCMW)".to_owned(),
            phone: "056 00 00 24".to_owned(),
            email: "sociaalhuis@kortrijk.example".to_owned(),
        },
    }
}

#[test]
fn every_notice_says_what_is_collected_when_and_by_whom_and_what_the_payer_can_do() {
    for (language, words) in [
        (Language::Nl, ["€ 250,00", "4 mei 2026", "1 mei 2026", "acht weken"]),
        (Language::En, ["€250.00", "4 May 2026", "1 May 2026", "eight weeks"]),
    ] {
        for occasion in [Occasion::Instalment, Occasion::Changed, Occasion::Retry] {
            let notice = sample(language, occasion);
            let mail = notice.mail().unwrap();
            let html = mail.html.replace("&#160;", " ").replace("&nbsp;", " ");
            for text in [solid(&mail.text), solid(&html), solid(&pdf_text(&notice.pdf().unwrap()))] {
                let facts =
                    ["ML202400012", "BE39ZZZ0566988259", "7034", "056 00 00 13", "056 00 00 24", "Sofie Peeters"];
                for word in words.iter().chain(&facts) {
                    assert!(text.contains(&solid(word)), "{language:?} {occasion:?}: “{word}” is missing in {text}");
                }
            }
            assert!(!mail.subject.contains("Peeters") && mail.subject.contains("L-2024-00012"), "{}", mail.subject);
        }
    }
}

#[test]
fn a_notice_says_why_it_is_written_and_is_the_same_bytes_again() {
    let text = |occasion| sample(Language::En, occasion).mail().unwrap().text;
    assert!(text(Occasion::Instalment).contains("You need not do anything"));
    assert!(text(Occasion::Changed).contains("Something has changed"));
    assert!(text(Occasion::Retry).contains("We try once more"));
    let notice = sample(Language::Nl, Occasion::Instalment);
    assert_eq!(notice.pdf().unwrap(), notice.pdf().unwrap());
    assert_eq!(notice.file_name(), "vooraankondiging-L-2024-00012.pdf");
}
