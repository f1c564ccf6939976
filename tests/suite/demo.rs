//! The made-up house: the same from the same seed, found again, never mixed up with a real one.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use sqlx::AssertSqlSafe;

use crate::support::database::TestDatabase;
use crate::support::program::{Answer, Program};

const SMALL: [&str; 8] = ["demo", "--once", "--seed", "7", "--families", "12", "--years", "2"];
const TINY: [&str; 6] = ["demo", "--once", "--families", "8", "--years", "1"];

fn program(database: &TestDatabase) -> Program {
    Program::new().env("DATABASE_URL", &database.url())
}

fn told(program: &Program, arguments: &[&str]) -> Answer {
    let answer = program.run(arguments);
    assert_eq!(answer.status, 0, "{answer:?}");
    answer
}

/// Every file in a folder and the folders in it, by its name.
fn files(folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            found.insert(name, std::fs::read(&path).unwrap());
        }
    }
}

fn all_files(program: &Program) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    files(&program.data().join("coda"), &mut found);
    files(&program.data().join("outbox"), &mut found);
    found
}

fn is_money(value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    text.split_once('.').is_some_and(|(euros, cents)| {
        cents.len() == 2 && euros.trim_start_matches('-').bytes().all(|digit| digit.is_ascii_digit())
    })
}

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_seed_makes_the_same_house_and_a_second_start_finds_it() {
    let (one, two) = (TestDatabase::create_empty().await, TestDatabase::create_empty().await);
    let (first, second) = (program(&one), program(&two));
    let story = told(&first, &SMALL);
    assert_eq!(story.out, told(&second, &SMALL).out);
    assert!(story.out.contains("everything agrees"), "{}", story.out);
    assert!(story.out.contains("12 families asked"), "{}", story.out);
    let laid_down = all_files(&first);
    assert_eq!(laid_down, all_files(&second));
    let of_kind = |ending: &str| laid_down.keys().filter(|name| name.ends_with(ending)).count();
    assert!(of_kind(".cod") > 30 && of_kind(".eml") > 0, "{:?}", laid_down.keys());

    let again = told(&first, &["demo", "--once"]);
    assert!(again.out.starts_with("The demo house of seed 7 was found again"), "{}", again.out);
    let today = |out: &str| out.split_once("The house on ").unwrap().1.to_owned();
    assert_eq!(today(&again.out), today(&story.out));
    assert_eq!(laid_down, all_files(&first));
    let other = first.run(&["demo", "--once", "--seed", "8"]);
    assert_eq!(other.status, 2);
    assert!(other.err.contains("--seed is 8, but the database holds the demo house of seed 7"), "{}", other.err);

    scripts_can_ask(&first);
    one.drop().await;
    two.drop().await;
}

/// The shapes that other people's scripts rely on, on the house's own date.
fn scripts_can_ask(program: &Program) {
    let check = program.json(&["ledger", "check", "--format", "json"]);
    assert_eq!(keys(&check), ["differences", "entries", "ok"]);
    assert_eq!((&check["ok"], &check["differences"]), (&Value::Bool(true), &Value::Array(Vec::new())));
    assert!(check["entries"].as_u64().unwrap() > 50);

    let position = program.json(&["fund", "position", "--format", "json"]);
    assert_eq!(keys(&position), ["as_of", "funds"]);
    assert_eq!(position["as_of"], "2022-09-30");
    let funds = position["funds"].as_array().unwrap();
    assert_eq!(funds.len(), 3);
    for fund in funds {
        let expected = ["cash", "code", "committed", "due_to_funder", "free_to_lend", "name", "outstanding"];
        assert_eq!(keys(fund), expected);
        for figure in ["cash", "committed", "outstanding", "due_to_funder", "free_to_lend"] {
            assert!(is_money(&fund[figure]), "{fund}");
        }
    }
    let before = program.json(&["fund", "position", "--as-of", "2020-09-30", "--format", "json"]);
    assert!(before["funds"].as_array().unwrap().iter().all(|fund| fund["cash"] == "0.00"), "{before}");

    // Money out and money in as they stand in a house that works: each state comes from a service, none from the story.
    let runs = program.json(&["payment", "list", "--format", "json"]);
    let runs = runs.as_array().unwrap();
    assert!(runs.iter().any(|run| run["state"] == "exported" && run["paid"] == run["count"]), "{runs:?}");
    let balance = program.json(&["bank", "balance", "--format", "json"]);
    let agrees = |fund: &Value| fund["differs_since"].is_null() && fund["days_that_differ"] == 0;
    assert!(balance["funds"].as_array().unwrap().iter().all(agrees), "{balance}");
    let known = program.json(&["payment", "contractors", "--format", "json"]);
    let flags: Vec<_> =
        known["contractors"].as_array().unwrap().iter().flat_map(|one| one["flags"].as_array().unwrap()).collect();
    assert!(flags.iter().any(|flag| flag["flag"] == "changed"), "{known}");
    let collections = program.json(&["collection", "list", "--format", "json"]);
    assert!(collections["runs"].as_array().unwrap().iter().any(|run| run["state"] == "exported"), "{collections}");

    let jobs = program.json(&["job", "list", "--format", "json"]);
    for job in jobs.as_array().unwrap() {
        assert_eq!(keys(job), ["cron", "name", "next_due"]);
        assert!(job["next_due"].as_str().unwrap().starts_with("2022-"), "{job}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_making_that_was_cut_off_is_made_again_and_a_real_house_is_left_alone() {
    let database = TestDatabase::create_empty().await;
    let program = program(&database);
    assert_eq!(program.run(&["migrate"]).status, 0);
    let pool = database.pool().await;
    let run = async |sql: &str| sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&pool).await.unwrap();

    // Half a house: the mark, and somebody who was hired before the power went.
    let someone = "INSERT INTO users (user_id, email, name, role, created_at)
                   VALUES (gen_random_uuid(), 'half@huis.invalid', 'Half', 'manager', now())";
    run(someone).await;
    run("INSERT INTO demo_houses (seed, families, years, began_at) VALUES (3, 8, 1, now())").await;
    let made = told(&program, &TINY);
    assert!(made.err.contains("The making of the house of seed 3 was cut off"), "{}", made.err);
    assert!(made.out.contains("everything agrees"), "{}", made.out);
    let half = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM users WHERE email = 'half@huis.invalid'");
    assert_eq!(half.fetch_one(&database.pool().await).await.unwrap(), 0);
    pool.close().await;
    database.drop().await;

    let database = TestDatabase::create().await;
    let pool = database.pool().await;
    sqlx::raw_sql(AssertSqlSafe(someone.to_owned())).execute(&pool).await.unwrap();
    let program = self::program(&database);
    let refused = program.run(&TINY);
    assert_eq!((refused.status, refused.out.as_str()), (2, ""));
    assert!(refused.err.contains("a house that was not made up"), "{}", refused.err);
    pool.close().await;
    database.drop().await;
}
