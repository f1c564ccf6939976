//! Files of applications: all or nothing, every problem by line and column, once.

use energiehuis::formats::application_csv::example;
use energiehuis::i18n::{Lang, tell};
use energiehuis::services::Error;
use energiehuis::services::applications::import_csv;

use super::family::{Town, refusal};

#[tokio::test]
async fn the_example_imports_and_its_family_is_eligible_and_a_second_time_is_a_conflict() {
    let town = Town::with_room(100_000).await;
    let file = example();
    let tried = import_csv(&town.test.house, &town.officer, file.as_bytes(), true).await.unwrap();
    assert_eq!((tried.applications.len(), tried.problems.len()), (1, 0), "{tried:?}");
    assert_eq!(tried.applications[0].number, None);
    assert_eq!(town.count("applications").await + town.count("persons").await, 0);
    let done = import_csv(&town.test.house, &town.officer, file.as_bytes(), false).await.unwrap();
    assert_eq!(done.applications[0].outcome.code(), "eligible");
    assert_eq!(town.count("application_quotes").await, 2);
    let said = refusal(import_csv(&town.test.house, &town.officer, file.as_bytes(), false).await);
    assert!(said.contains("imported before"), "{said}");
    assert_eq!(town.count("applications").await, 1);
    town.test.finish().await;
}

#[tokio::test]
async fn one_bad_row_keeps_all_rows_out_and_every_problem_has_its_line_and_column() {
    let town = Town::with_room(100_000).await;
    let example = example();
    let (heading, good) = example.trim_end().split_once('\n').unwrap();
    let bad = good
        .replace("50000.00", "fifty thousand")
        .replace("93051822361", "93051822362")
        .replace("2022-12-31", "2022-31-12")
        .replace("BE68 5390 0754 7034", "BE00 0000 0000 0000");
    let file = format!("{heading}\n{good}\n{bad}\n");
    let report = import_csv(&town.test.house, &town.officer, file.as_bytes(), false).await.unwrap();
    assert!(report.applications.is_empty());
    let places: Vec<String> =
        report.problems.iter().map(|problem| format!("{} {}", problem.line, problem.column)).collect();
    assert_eq!(
        places,
        [
            "3 amount",
            "3 applicant_insz",
            "3 work1_contractor_iban",
            "3 work1_quote_valid_until",
            "3 work2_contractor_iban",
            "3 work2_quote_valid_until",
        ]
    );
    let amount = &report.problems[0];
    assert_eq!(amount.value, "fifty thousand");
    assert!(tell(Lang::En, &amount.text).contains("1234.50"));
    assert_eq!(report.problems[1].value, "", "a national number is never repeated");
    assert_eq!(town.count("applications").await + town.count("persons").await, 0);
    town.test.finish().await;
}

#[tokio::test]
async fn a_file_that_is_no_table_is_told_why() {
    let town = Town::with_room(100_000).await;
    let answer = import_csv(&town.test.house, &town.officer, b"name;amount\nAn;1\n", false).await;
    let Err(Error::Invalid(problems)) = answer else { panic!("{answer:?}") };
    let said = tell(Lang::En, &problems[0].text);
    assert!(said.contains("line 1, column 1") && said.contains("name"), "{said}");
    town.test.finish().await;
}

#[tokio::test]
async fn the_program_imports_a_file_and_says_with_its_exit_status_what_became_of_it() {
    let town = Town::with_room(100_000).await;
    let program = town.test.program();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("applications.csv");
    let printed = program.run(&["application", "import", "--example"]);
    assert_eq!(printed.status, 0, "{printed:?}");
    std::fs::write(&file, &printed.out).unwrap();
    let path = file.to_str().unwrap();
    let answer = program.json(&["application", "import", path, "--format", "json"]);
    assert_eq!((&answer["ok"], &answer["applications"][0]["line"]), (&true.into(), &2.into()), "{answer}");
    std::fs::write(&file, printed.out.replace("emergency_buyer", "emergency_byer")).unwrap();
    let refused = program.run(&["application", "import", path]);
    assert_eq!(refused.status, 2, "{refused:?}");
    assert!(refused.out.contains("product") && refused.out.contains("emergency_byer"), "{refused:?}");
    assert!(refused.err.contains("nothing was written"), "{refused:?}");
    assert_eq!(town.count("applications").await, 1);
    town.test.finish().await;
}
