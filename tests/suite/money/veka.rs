//! The figure sheet: what is in the workbook is in the JSON is in the ledger.

use calamine::{Data, Reader, Xlsx, open_workbook};
use energiehuis::domain::money::Money;
use energiehuis::domain::veka::Period;
use energiehuis::services::ledger::close::{ClosePeriod, close};
use energiehuis::services::reports::veka::run;
use rust_decimal::Decimal;
use serde_json::Value;

use super::position::lived;
use super::story::{day, euros};

fn period() -> Period {
    "2022".parse().unwrap()
}

/// An amount in a cell: a number, never a text.
fn amount(cell: &Data) -> Money {
    let Data::Float(number) = cell else { panic!("{cell:?} is not a number") };
    Money::round_half_up(Decimal::from_f64_retain(*number).unwrap())
}

#[tokio::test]
async fn the_workbook_the_json_and_the_ledger_say_the_same() {
    let story = lived().await;
    let file = tempfile::tempdir().unwrap();
    let path = file.path().join("veka.xlsx");
    let program = story.test.program();
    let answer = program.run(&["report", "run", "--kind", "veka", "--period", "2022"]);
    let json: Value = serde_json::from_str(&answer.out).unwrap_or_else(|_| panic!("{}", answer.err));
    let name = path.to_str().unwrap();
    let answer =
        program.run(&["report", "run", "--kind", "veka", "--period", "2022", "--format", "xlsx", "--out", name]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert!(answer.out.contains("outstanding differs by 0.00"), "{}", answer.out);
    let mut book: Xlsx<_> = open_workbook(&path).unwrap();
    assert_eq!(book.sheet_names(), ["Titel", "Cijfers", "Werken", "Geldgevers", "Aansluiting"]);
    let title = book.worksheet_range("Titel").unwrap();
    assert!(title.rows().any(|row| row[1] == Data::String(json["sha256"].as_str().unwrap().to_owned())));
    let lines = book.worksheet_range("Cijfers").unwrap();
    let [headings, line] = &lines.rows().collect::<Vec<_>>()[..] else { panic!("one line") };
    let fields = [
        ("Vastgelegd", "committed", 50_000),
        ("Opgenomen", "drawn", 30_000),
        ("Nog op te nemen", "undrawn", 0),
        ("Ontvangen kapitaal", "principal_received", 1_000),
        ("Openstaand", "outstanding", 29_000),
        ("Vergoeding", "fees", 322),
    ];
    for (heading, field, by_hand) in fields {
        let column = headings.iter().position(|cell| *cell == Data::String(heading.to_owned())).unwrap();
        assert_eq!(amount(&line[column]), euros(by_hand), "{heading}");
        assert_eq!(json["figures"]["lines"][0][field], euros(by_hand).to_string(), "{field}");
    }
    for tie in book.worksheet_range("Aansluiting").unwrap().rows().skip(1) {
        assert_eq!(amount(&tie[1]), amount(&tie[2]));
        assert_eq!(amount(&tie[3]), Money::ZERO);
    }
    let funders = book.worksheet_range("Geldgevers").unwrap();
    let veka: Vec<Money> = funders.rows().nth(1).unwrap()[3..].iter().map(amount).collect();
    assert_eq!(veka, [1_800_000, 60_000, 1_000, 1_000, 0].map(euros));
    story.test.finish().await;
}

#[tokio::test]
async fn the_same_figures_are_one_version_and_others_the_next_that_names_what_changed() {
    let story = lived().await;
    let house = &story.test.house;
    let first = run(house, &story.accountant, period()).await.unwrap();
    story.test.go_to("2022-12-01");
    let again = run(house, &story.accountant, period()).await.unwrap();
    assert_eq!((first.version, &again), (1, &first), "a later day with the same figures changes nothing");
    let loan_id = sqlx::query_scalar("SELECT loan_id FROM loans").fetch_one(&story.test.pool).await.unwrap();
    let fund = energiehuis::storage::funds::by_code(&mut house.read().await.unwrap(), "NKF").await.unwrap().unwrap();
    story.import(&fund, vec![story.payment(loan_id, ("line:9", euros(500)))]).await;
    let second = run(house, &story.accountant, period()).await.unwrap();
    assert_eq!(second.version, 2);
    let outstanding =
        second.changed.iter().find(|change| change.figure == "emergency_buyer 2022-09-01 34022 outstanding");
    let outstanding = outstanding.unwrap_or_else(|| panic!("{:?}", second.changed));
    assert_eq!((outstanding.was.as_str(), outstanding.is.as_str()), ("29000.00", "28500.00"));
    assert!(!second.changed.iter().any(|change| change.figure.ends_with("drawn")));
    assert_eq!(story.count("reports").await, 2);
    story.test.finish().await;
}

#[tokio::test]
async fn a_payment_of_a_closed_year_counts_in_that_year_and_the_sheet_still_agrees_with_the_ledger() {
    let story = lived().await;
    let house = &story.test.house;
    let fund = energiehuis::storage::funds::by_code(&mut house.read().await.unwrap(), "NKF").await.unwrap().unwrap();
    let loan_id = sqlx::query_scalar("SELECT loan_id FROM loans").fetch_one(&story.test.pool).await.unwrap();
    story.test.go_to("2023-01-10");
    story.statement(fund.fund_id).await;
    let through = day("2022-12-31");
    close(house, &story.accountant, ClosePeriod { fund_id: fund.fund_id, through }).await.unwrap();
    let mut late = story.payment(loan_id, ("line:9", euros(500)));
    late.fact.effective_on = day("2022-12-03");
    story.import(&fund, vec![late]).await;
    assert_eq!(story.count("journal_entries WHERE belongs_on = '2022-12-03'").await, 1);
    for (period, received) in [("2022", 1_500), ("2023", 0)] {
        let figures = run(house, &story.accountant, period.parse().unwrap()).await.unwrap().figures;
        let of_families: Money = figures.lines.iter().map(|line| line.principal_received).sum();
        assert_eq!(of_families, euros(received), "{period}");
        assert!(figures.ties.iter().all(|tie| tie.difference.is_zero()), "{period}: {:?}", figures.ties);
    }
    story.test.finish().await;
}

#[tokio::test]
async fn a_period_that_is_none_or_has_not_begun_is_told_so() {
    let story = super::story::Story::on("2022-10-17").await;
    let program = story.test.program();
    for (period, sentence) in [
        ("22", "period “22” is not one; write a year like 2026 or a quarter like 2026-Q3"),
        ("9000", "period “9000” begins on 9000-01-01, after today"),
    ] {
        let answer = program.run(&["report", "run", "--kind", "veka", "--period", period]);
        assert_eq!(answer.status, 2);
        assert!(answer.err.contains(sentence), "{}", answer.err);
    }
    story.test.finish().await;
}
