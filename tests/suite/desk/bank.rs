//! Bank files through the form, and what waits for somebody.

use energiehuis::services::bank::BankFile;
use reqwest::StatusCode;

use super::Desk;
use crate::bank::account::{paid, says};
use crate::formats::camt_files::{Entry, Message, RECEIVED, Transaction, entry, received};
use crate::support::town::euros;

/// A file of today in which a stranger pays 75.
fn stranger(desk: &mut Desk) -> BankFile {
    let today = desk.street.town.test.clock.today().to_string();
    desk.street.purse.account.file(&today, vec![says(euros(75), "voor het dak")])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_file_is_booked_and_the_same_file_is_known_the_second_time() {
    let mut desk = Desk::open().await;
    let person = desk.accountant().await;
    let family = desk.street.family(Some("lotte@borrower.example")).await;
    desk.street.town.test.go_to("2022-05-02");
    let file = desk.street.purse.account.file("2022-05-02", vec![paid(euros(150), family.ogm)]);

    let first = person.upload(&[&file]).await;
    assert_eq!(first.all("section.card .chip"), ["Ingelezen"]);
    first.says("€ 150,00");
    assert_eq!(desk.street.town.state(&family).await.repaid, euros(150));

    let second = person.upload(&[&file]).await;
    assert_eq!(second.all("section.card .chip"), ["Al gekend"]);
    second.says("Het kwam binnen op 02/05/2022 09:00.");
    assert_eq!(desk.street.town.state(&family).await.repaid, euros(150), "booked once");

    let again = person.get("/bank/imported").await;
    assert_eq!(again.all("section.card .chip"), ["Al gekend"], "the page can be loaded again");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_file_is_refused_with_every_error_at_its_line_and_the_good_one_beside_it_is_booked() {
    let mut desk = Desk::open().await;
    let person = desk.accountant().await;
    let good = stranger(&mut desk);
    let mut broken = good.clone();
    broken.name = "broken.cod".to_owned();
    let amount = broken.bytes.windows(15).position(|digits| digits == b"000000000075000").unwrap();
    broken.bytes[amount + 14] = b'1';
    let lines = desk.street.town.count("bank_lines").await;

    let page = person.upload(&[&broken, &good]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.all("section.card h2 .chip"), ["Geweigerd", "Ingelezen"]);
    assert_eq!(page.all("section.card:first-of-type thead th"), ["Regel", "Record", "Veld", "Er staat", "Verwacht"]);
    let rows = page.all("section.card:first-of-type tbody tr");
    let amount = rows.iter().find(|row| row.contains("75,001")).expect("the value that stands there is said");
    assert!(amount.ends_with("2.1bedrag75,001een bedrag in hele centen"), "{rows:?}");
    assert!(rows.iter().all(|row| row.starts_with(|c: char| c.is_ascii_digit())), "each has its line: {rows:?}");
    assert_eq!(desk.street.town.count("bank_lines").await, lines + 1, "nothing of the broken file is booked");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_file_is_said_in_the_language_of_the_page() {
    let mut desk = Desk::open().await;
    let person = desk.accountant().await;
    let mut broken = stranger(&mut desk);
    let amount = broken.bytes.windows(15).position(|digits| digits == b"000000000075000").unwrap();
    broken.bytes[amount..amount + 15].copy_from_slice(b"000000000076000");
    person.upload(&[&broken]).await;
    // The page keeps what was found as sentences without a language, so it can be read in another one.
    let dutch = person.get("/bank/imported").await;
    dutch.says("totaal credit");
    dutch.says(", de som van de creditbewegingen");
    let dutch = dutch.all("section.card tbody").join(" ");
    for word in ["found", "expected", "balance", "credit total", "movements", "the "] {
        assert!(!dutch.contains(word), "“{word}” in: {dutch}");
    }
    person.post("/language", &[("language", "en"), ("back", "/")]).await;
    let english = person.get("/bank/imported").await;
    english.says("credit total");
    english.says(", the sum of its credit movements");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_much_at_once_and_nothing_at_all_are_said_in_words() {
    let desk = Desk::open().await;
    let person = desk.accountant().await;
    let large = BankFile { name: "large.cod".to_owned(), bytes: vec![b' '; 11 * 1024 * 1024] };
    person.upload(&[&large]).await.says("Dit is meer dan 10 MB.");
    // A browser sends a field without a file as one without a name.
    let none = BankFile { name: String::new(), bytes: Vec::new() };
    person.upload(&[&none]).await.says("U hebt nog geen bestand gekozen.");
    let nothing = BankFile { name: "leeg.cod".to_owned(), bytes: Vec::new() };
    assert_eq!(person.upload(&[&nothing]).await.all("h2 .chip"), ["Geweigerd"]);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_waits_is_settled_by_the_number_or_the_communication_of_the_loan() {
    let mut desk = Desk::open().await;
    let person = desk.accountant().await;
    let family = desk.street.family(Some("lotte@borrower.example")).await;
    desk.street.town.test.go_to("2022-05-02");
    let file = desk.street.purse.account.file("2022-05-02", vec![says(euros(75), "a"), says(euros(76), "b")]);
    person.upload(&[&file]).await.says("2 lijnen wachten op u");

    for named in [family.number.to_lowercase(), family.ogm.to_string()] {
        let path = person.get("/bank").await.attribute("#waiting td a.button", "href").unwrap();
        let wrong = person.post(&path, &[("loan", "L-1999-00001"), ("reason", "")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong.says("Er is geen lening “L-1999-00001”.");
        assert_eq!(wrong.attribute("#loan", "value").as_deref(), Some("L-1999-00001"), "what was typed is kept");
        let no_reason = person.post(&path, &[("loan", &named), ("reason", " ")]).await;
        no_reason.says("Schrijf waarom u zo beslist.");
        let done = person.post(&path, &[("loan", &named), ("reason", "Telefonisch bevestigd")]).await;
        assert_eq!(done.status, StatusCode::OK);
        done.says("Toegewezen aan");
        let gone = person.get(&path).await;
        assert!(gone.all("form.card h2").contains(&"Ongedaan maken".to_owned()), "it waits no more");
    }
    assert_eq!(desk.street.town.state(&family).await.repaid, euros(151));
    person.get("/bank").await.says("Er wacht niets");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bank_and_the_ledger_stand_side_by_side_with_the_chain_of_statements() {
    let mut desk = Desk::open().await;
    let person = desk.accountant().await;
    let file = stranger(&mut desk);
    person.upload(&[&file]).await;
    let page = person.get("/bank").await;
    let fund = &page.all("section.card tbody tr")[0];
    assert!(fund.matches("€ 100.075,00").count() == 2 && fund.contains("€ 0,00 € 75,00"), "{fund}");
    assert_eq!(page.all("#agree .chip"), ["Gelijk"]);
    let statements = person.get("/bank/statements").await;
    assert_eq!(statements.all("tbody .chip:not(.warn)"), ["Sluit aan", "Eerste"]);
    let path = statements.attribute("tbody td a", "href").unwrap();
    let lines = person.get(&path).await;
    lines.says("“voor het dak”");
    assert_eq!(lines.all("tbody td .chip"), ["Wacht op iemand"]);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn details_that_come_with_their_total_stand_under_it_and_only_what_nobody_can_place_waits() {
    let mut desk = Desk::open().await;
    let person = desk.accountant().await;
    let family = desk.street.family(None).await;
    desk.street.town.test.go_to("2022-05-02");
    let account = &desk.street.purse.account;
    assert_eq!(account.balance, euros(100_000));
    let total = Entry { batch: Some("RUN-1".to_owned()), ..entry(euros(177), RECEIVED, Vec::new()) };
    let statement = Message {
        version: 8,
        iban: account.iban.canonical(),
        sequence: account.sequence + 1,
        on: "2022-05-02".parse().unwrap(),
        old_balance: account.balance,
        entries: vec![total.clone(), entry(euros(5), RECEIVED, vec![received(euros(5))])],
    };
    let ours = Transaction { ogm: Some(family.ogm), ..received(euros(150)) };
    let details = Entry { transactions: vec![ours, received(euros(27))], ..total };
    let feed = Message { entries: vec![details], ..statement.clone() };
    let xml = |name: &str, text: String| BankFile { name: name.to_owned(), bytes: text.into_bytes() };

    let files = [xml("statement.xml", statement.statement()), xml("details.xml", feed.notification())];
    let page = person.upload(&[&files[0], &files[1]]).await;
    assert_eq!(page.all("section.card h2 .chip"), ["Ingelezen", "Ingelezen"]);
    page.says("2 lijnen wachten op u");
    let cards = page.all("section.card");
    assert!(cards[0].contains("2 lijnen gelezen, waarvan 1 op iemand wacht"), "{cards:?}");
    assert!(cards[1].contains("Totaal van € 177,00 van 02/05/2022: 2 details"), "{cards:?}");
    person.get("/bank").await.says("2 lijnen wachten op iemand");

    let path = page.attribute("section.card p a", "href").unwrap();
    let file = person.get(&path).await;
    assert_eq!(file.all("tbody tr td.num"), ["€ 100.000,00", "€ 177,00", "€ 150,00", "€ 27,00", "€ 5,00"]);
    let became = file.all("tbody td[data-label='Wat ermee gebeurde']");
    assert!(became[0].starts_with("Totaal, met zijn details"), "{became:?}");
    assert!(became[1].starts_with("Detail van een totaal in dit uittreksel.Geboekt"), "{became:?}");
    assert!(became[2].starts_with("Detail van een totaal in dit uittreksel.Wacht op iemand"), "{became:?}");
    assert!(became[3].starts_with("Wacht op iemand"), "{became:?}");
    let total = person.get(&file.attribute("tbody td small a", "href").unwrap()).await;
    total.says("Maak ongedaan wat er van een detail geworden is.");
    assert!(total.all("main form").is_empty(), "no button that would be refused");
    desk.close().await;
}
