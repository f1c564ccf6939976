//! How long, where, and by what name.

use chrono::NaiveDateTime;

use super::source::Source;

/// Lines after which a file deserves a thought.
pub(super) const SOFT: usize = 300;
/// Lines after which a file is split.
const HARD: usize = 600;

/// What may be seen at the top level. `target` is Cargo's and not part of the repository.
const TOP: &[&str] =
    &["Cargo.lock", "Cargo.toml", "README.md", "jobs", "migrations", "src", "target", "templates", "tests"];

/// What a migration may do.
const VERBS: &[&str] = &[
    "add",
    "allow",
    "backfill",
    "change",
    "constrain",
    "create",
    "drop",
    "fill",
    "index",
    "insert",
    "move",
    "refuse",
    "rename",
    "set",
    "split",
];

/// A file that is too long.
pub(super) fn too_long(source: &Source) -> Option<String> {
    let lines = source.lines().count();
    (lines > HARD).then(|| format!("{} has {lines} lines, more than {HARD}", source.path))
}

/// Visible names at the top level that do not belong there.
pub(super) fn strangers_at_the_top(names: &[String]) -> Vec<String> {
    let visible = names.iter().filter(|name| !name.starts_with('.'));
    visible.filter(|name| !TOP.contains(&name.as_str())).map(|name| format!("{name} does not belong here")).collect()
}

/// Job definitions without a runner of the same name, and runners without a definition.
pub(super) fn lonely_jobs(definitions: &[String], runners: &[String]) -> Vec<String> {
    let stem = |name: &String, ending: &str| name.strip_suffix(ending).unwrap_or(name).to_owned();
    let jobs: Vec<_> = definitions.iter().map(|name| stem(name, ".toml")).collect();
    let runners: Vec<_> = runners.iter().filter(|name| *name != "mod.rs").map(|name| stem(name, ".rs")).collect();
    let missing = jobs.iter().filter(|name| !runners.contains(name));
    let idle = runners.iter().filter(|name| !jobs.contains(name));
    missing
        .map(|name| format!("jobs/{name}.toml has no src/jobs/runners/{name}.rs"))
        .chain(idle.map(|name| format!("src/jobs/runners/{name}.rs has no jobs/{name}.toml")))
        .collect()
}

/// Migrations that are not `YYYYMMDDHHMMSS_verb_object.sql`, and moments that come twice.
pub(super) fn misnamed_migrations(names: &[String]) -> Vec<String> {
    let wrong = names.iter().filter(|name| !well_named(name)).map(|name| {
        format!("migrations/{name} is not YYYYMMDDHHMMSS_verb_object.sql with a verb of {}", VERBS.join(", "))
    });
    let moment = |name: &String| name.split('_').next().unwrap_or_default().to_owned();
    let twice = names.windows(2).filter(|pair| moment(&pair[0]) == moment(&pair[1]));
    wrong.chain(twice.map(|pair| format!("{} and {} have the same moment", pair[0], pair[1]))).collect()
}

fn well_named(name: &str) -> bool {
    let Some((moment, rest)) = name.strip_suffix(".sql").and_then(|name| name.split_once('_')) else { return false };
    let Some((verb, object)) = rest.split_once('_') else { return false };
    moment.len() == 14
        && NaiveDateTime::parse_from_str(moment, "%Y%m%d%H%M%S").is_ok()
        && VERBS.contains(&verb)
        && !object.is_empty()
        && object.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

mod tests {
    use super::*;

    fn texts(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_file_that_is_too_long_is_found() {
        assert!(too_long(&Source::new("src/a.rs", &"x\n".repeat(601))).is_some());
        assert!(too_long(&Source::new("src/a.rs", &"x\n".repeat(600))).is_none());
    }

    #[test]
    fn a_stranger_at_the_top_is_found() {
        assert_eq!(strangers_at_the_top(&texts(&[".ci", "Makefile", "src"])), ["Makefile does not belong here"]);
    }

    #[test]
    fn a_job_without_a_runner_and_a_runner_without_a_job_are_found() {
        let found = lonely_jobs(&texts(&["a.toml", "b.toml"]), &texts(&["b.rs", "c.rs", "mod.rs"]));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(lonely_jobs(&texts(&["a.toml"]), &texts(&["a", "mod.rs"])).is_empty(), "a runner may be a folder");
    }

    #[test]
    fn a_migration_with_a_bad_name_is_found() {
        for bad in [
            "20261123_create_funds.sql",
            "20261123250000_create_funds.sql",
            "20261123100000_funds.sql",
            "20261123100000_frobnicate_funds.sql",
            "20261123100000_create_Funds.sql",
            "20261123100000_create_.sql",
            "20261123100000-create-funds.sql",
            "20261123100000_create_funds.txt",
        ] {
            assert_eq!(misnamed_migrations(&texts(&[bad])).len(), 1, "{bad}");
        }
        assert!(misnamed_migrations(&texts(&["20261123100000_create_fund_tables.sql"])).is_empty());
        let twice = texts(&["20261123100000_create_funds.sql", "20261123100000_create_loans.sql"]);
        assert_eq!(misnamed_migrations(&twice).len(), 1);
    }
}
