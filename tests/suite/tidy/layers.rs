//! Who may know whom, and who may know the world outside.

use super::source::Source;

/// Each room and the rooms it may know, besides itself.
const ROOMS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("formats", &["domain"]),
    ("storage", &["domain", "config"]),
    ("letters", &["domain"]),
    ("services", &["domain", "formats", "storage", "letters", "i18n", "clock", "config"]),
    ("i18n", &["domain", "clock"]),
    ("web", &["domain", "services", "i18n", "clock", "config"]),
    ("jobs", &["domain", "services", "i18n", "clock", "config"]),
    ("cli", &["domain", "formats", "services", "i18n", "clock", "config", "telemetry"]),
    ("clock", &[]),
    ("config", &[]),
    ("telemetry", &["config"]),
];

/// Commands that open the house or one of its other doors: starting a door is not calling it.
const OPENERS: &[(&str, &[&str])] = &[
    ("src/cli/house.rs", &["storage"]),
    ("src/cli/migrate.rs", &["storage"]),
    ("src/cli/doctor.rs", &["storage"]),
    ("src/cli/serve.rs", &["web", "jobs"]),
    ("src/cli/worker.rs", &["jobs"]),
    ("src/cli/job.rs", &["jobs"]),
    ("src/cli/demo/nights.rs", &["jobs"]),
];

/// What pure rooms may not name.
const WORLD: &[&str] = &[
    "sqlx",
    "axum",
    "tokio",
    "lettre",
    "reqwest",
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::io::stdin",
    "Utc::now",
    "Local::now",
    "SystemTime",
    "Instant::now",
    "rand::rng",
    "println!",
];

/// What writes SQL.
const SQL: &[&str] = &["query!", "query_as!", "query_scalar!", "query_file!", "sqlx::query", "QueryBuilder", "raw_sql"];

fn room(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("src/")?;
    let name = rest.split_once('/').map_or_else(|| rest.trim_end_matches(".rs"), |(folder, _)| folder);
    (!matches!(name, "lib" | "main" | "build")).then_some(name)
}

/// References to rooms that this file may not know.
pub(super) fn strangers(source: &Source) -> Vec<String> {
    let Some(room) = room(&source.path) else { return Vec::new() };
    let Some((_, friends)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        return vec![format!("{}: {room} is no room of the house", source.path)];
    };
    let opened = OPENERS.iter().find(|(path, _)| *path == source.path).map_or(&[][..], |(_, doors)| doors);
    let mut findings: Vec<_> = known(&source.code_text())
        .into_iter()
        .filter(|name| ROOMS.iter().any(|(room, _)| room == name))
        .filter(|name| name != room && !friends.contains(&name.as_str()) && !opened.contains(&name.as_str()))
        .map(|name| format!("{}: {room} may not know {name}", source.path))
        .collect();
    findings.dedup();
    findings
}

/// The first names after each `crate::`, also in a group.
fn known(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for rest in text.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            None => names.push(word(rest)),
            Some(group) => {
                let mut depth = 0_usize;
                let mut first = true;
                for (index, letter) in group.char_indices() {
                    match letter {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => first = true,
                        letter if first && letter.is_alphanumeric() => {
                            names.push(word(&group[index..]));
                            first = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    names.sort();
    names
}

fn word(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

/// Names of the world in the pure rooms.
pub(super) fn impurities(source: &Source) -> Vec<String> {
    if !matches!(room(&source.path), Some("domain" | "formats")) {
        return Vec::new();
    }
    hits(source, WORLD, "a pure room does not know")
}

/// SQL outside storage. Tests may look into their own database.
pub(super) fn stray_sql(source: &Source) -> Vec<String> {
    if matches!(room(&source.path), None | Some("storage")) {
        return Vec::new();
    }
    hits(source, SQL, "SQL lives in storage, not here:")
}

fn hits(source: &Source, words: &[&str], problem: &str) -> Vec<String> {
    let lines = source.code().flat_map(|(number, line)| words.iter().map(move |word| (number, line, *word)));
    lines
        .filter(|(_, line, word)| names(line, word))
        .map(|(number, _, word)| source.at(number, &format!("{problem} {word}")))
        .collect()
}

/// Whether a line has a word, not as the tail or the beginning of a longer one.
fn names(line: &str, word: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(word).any(|(index, _)| {
        let before = line[..index].chars().next_back();
        let after = line[index + word.len()..].chars().next();
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

mod tests {
    use super::*;

    fn found(rule: impl Fn(&Source) -> Vec<String>, path: &str, text: &str) -> Vec<String> {
        rule(&Source::new(path, text))
    }

    #[test]
    fn a_room_that_knows_too_much_is_found() {
        let strangers = |path, text| found(strangers, path, text);
        assert_eq!(strangers("src/domain/a.rs", "use crate::storage::Error;").len(), 1);
        assert_eq!(strangers("src/storage/a.rs", "use crate::{domain::money, services::{House, web}};").len(), 1);
        assert_eq!(strangers("src/web/a.rs", "fn f() { crate::jobs::run() }").len(), 1);
        assert_eq!(strangers("src/web/a.rs", "use crate::storage::funds;").len(), 1);
        assert_eq!(strangers("src/cli/fund.rs", "use crate::web::router;").len(), 1);
        assert_eq!(strangers("src/clock.rs", "use crate::config::Settings;").len(), 1);
        assert_eq!(strangers("src/helpers/a.rs", "").len(), 1, "a room nobody has heard of");
    }

    #[test]
    fn a_room_that_knows_its_friends_is_left_alone() {
        let strangers = |path, text| found(strangers, path, text);
        assert!(
            strangers("src/services/a.rs", "use crate::{clock::Clock, storage};\nuse crate::domain::x;").is_empty()
        );
        assert!(strangers("src/cli/serve.rs", "use crate::{jobs, web};").is_empty());
        assert!(strangers("src/domain/a.rs", "// use crate::storage;\nuse crate::domain::money;").is_empty());
        assert!(strangers("src/lib.rs", "pub mod web;").is_empty());
    }

    #[test]
    fn the_world_in_a_pure_room_is_found() {
        assert_eq!(found(impurities, "src/domain/a.rs", "use sqlx::PgPool;\nlet now = Utc::now();").len(), 2);
        assert_eq!(found(impurities, "src/formats/a.rs", "let text = std::fs::read(path);").len(), 1);
        assert!(found(impurities, "src/domain/a.rs", "/// knows no sqlx\n// tokio\nlet taxonomy = 1;").is_empty());
        assert!(found(impurities, "src/storage/a.rs", "use sqlx::PgPool;").is_empty());
    }

    #[test]
    fn sql_outside_storage_is_found() {
        assert_eq!(found(stray_sql, "src/services/a.rs", "sqlx::query!(\"SELECT 1\")").len(), 2);
        assert_eq!(found(stray_sql, "src/web/pages/a.rs", "query_as(…); sqlx::query_as(…)").len(), 0);
        assert_eq!(found(stray_sql, "src/web/pages/a.rs", "sqlx::query(…)").len(), 1);
        assert!(found(stray_sql, "src/storage/a.rs", "sqlx::query!(…)").is_empty());
        assert!(found(stray_sql, "tests/suite/a.rs", "sqlx::query(…)").is_empty());
    }
}
