//! The figures of the migrations: complete, sourced, read by somebody.

use energiehuis::domain::product::Product;
use energiehuis::services::rules::check;
use energiehuis::storage::parameters;

use crate::support::TestHouse;

#[tokio::test]
async fn nothing_is_wrong_with_the_figures_of_this_house() {
    let house = TestHouse::new().await;
    let book = parameters::book(&mut house.house.read().await.unwrap()).await.unwrap();
    let problems = energiehuis::domain::rules::check(&book);
    assert!(problems.is_empty(), "{problems:#?}");
    house.finish().await;
}

#[tokio::test]
async fn every_figure_says_in_dutch_and_in_english_where_it_was_read() {
    let house = TestHouse::new().await;
    let book = parameters::book(&mut house.house.read().await.unwrap()).await.unwrap();
    for row in book.rows() {
        let (english, dutch) = (row.source.trim(), row.source_nl.trim());
        assert!(!english.is_empty() && !dutch.is_empty(), "{row:?}");
        assert_ne!(english, dutch, "one of the two is not translated: {row:?}");
        let one_to_one =
            book.rows().iter().all(|other| (other.source == row.source) == (other.source_nl == row.source_nl));
        assert!(one_to_one, "two sources have one translation, or one has two: {row:?}");
    }
    let silent = "INSERT INTO rule_parameters (product, key, valid_from, value, unit, source, confirmed)
                  VALUES ('any', 'fee_per_loan', '2031-01-01', 1, 'euro', 'English only', true)";
    let refused = sqlx::query(silent).execute(&house.pool).await.unwrap_err();
    assert!(refused.to_string().contains("source_nl"), "{refused}");
    house.finish().await;
}

#[tokio::test]
async fn a_figure_changes_on_its_day_and_a_product_ends_on_its_day() {
    let house = TestHouse::new().await;
    let book = parameters::book(&mut house.house.read().await.unwrap()).await.unwrap();
    let ceiling = |product: Product, day: &str| {
        book.at(product, day.parse().unwrap()).get("amount_ceiling").map(ToString::to_string)
    };
    for (day, figure) in [
        ("2019-12-31", None),
        ("2020-12-31", Some("25000.00")),
        ("2021-01-01", Some("30000.00")),
        ("2022-08-31", Some("30000.00")),
        ("2022-09-01", Some("50000.00")),
        ("2045-01-01", Some("50000.00")),
    ] {
        assert_eq!(ceiling(Product::EmergencyBuyer, day).as_deref(), figure, "{day}");
    }
    assert_eq!(ceiling(Product::EnergyLoan, "2022-08-31").as_deref(), Some("15000.00"));
    assert_eq!(ceiling(Product::EnergyLoan, "2022-09-01"), None);
    let spread =
        |day: &str| book.at(Product::EmergencyBuyer, day.parse().unwrap()).get("spread_years_max").unwrap().whole();
    assert_eq!((spread("2021-12-31"), spread("2022-01-01")), (0, 25));
    house.finish().await;
}

#[tokio::test]
async fn the_program_lists_the_rules_and_fails_when_one_is_wrong() {
    let house = TestHouse::new().await;
    let answer = house.program().json(&["rules", "check", "--on", "2022-08-31", "--format", "json"]);
    assert_eq!((&answer["ok"], &answer["on"]), (&true.into(), &"2022-08-31".into()));
    let find = |product: &str, key: &str| {
        let rows = answer["parameters"].as_array().unwrap();
        rows.iter().find(|row| row["product"] == product && row["key"] == key).unwrap().clone()
    };
    let ceiling = find("emergency_buyer", "amount_ceiling");
    assert_eq!((&ceiling["value"], &ceiling["valid_from"]), (&"30000".into(), &"2021-01-01".into()));
    assert_eq!(find("energy_loan", "instalments_max")["confirmed"], true);
    sqlx::query(
        "INSERT INTO rule_parameters (product, key, valid_from, value, unit, source, source_nl, confirmed)
         VALUES ('emergency_buyer', 'amount_ceiling', '2024-01-01', NULL, 'euro', 'a slip', 'een vergissing', true),
                ('emergency_buyer', 'amount_celling', '2024-01-01', 1, 'euro', 'a slip', 'een vergissing', true)",
    )
    .execute(&house.pool)
    .await
    .unwrap();
    let wrong = house.program().run(&["rules", "check"]);
    assert_eq!(wrong.status, 1, "{wrong:?}");
    assert!(wrong.out.contains("no rule reads this figure"), "{wrong:?}");
    assert!(wrong.out.contains("there is no figure while the product is open"), "{wrong:?}");
    let listed = check(&house.house, &energiehuis::services::Actor::system(), house.clock.today()).await.unwrap();
    assert_eq!(listed.problems.len(), 2);
    house.finish().await;
}
