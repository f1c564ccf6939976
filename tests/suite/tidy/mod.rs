//! The house style that a compiler does not check, read from the source text: who may know whom, how long a file
//! may be, what stands at the top level, names. Each rule has a test that it fires on a bad example.

mod files;
mod layers;
mod source;
mod words;

use source::Source;

/// Everything that is Rust in this repository.
fn everything() -> Vec<Source> {
    ["src", "tests"].iter().flat_map(|folder| source::read(folder)).collect()
}

/// Fails with every finding at once.
#[track_caller]
fn none(findings: &[String]) {
    assert!(findings.is_empty(), "{} findings:\n  {}", findings.len(), findings.join("\n  "));
}

#[test]
fn rooms_know_only_whom_they_may_know() {
    none(&everything().iter().flat_map(layers::strangers).collect::<Vec<_>>());
}

#[test]
fn domain_and_formats_are_pure() {
    none(&everything().iter().flat_map(layers::impurities).collect::<Vec<_>>());
}

#[test]
fn sql_lives_in_storage() {
    none(&everything().iter().flat_map(layers::stray_sql).collect::<Vec<_>>());
}

#[test]
fn no_file_is_too_long_to_read() {
    let everything = everything();
    assert!(everything.len() > 50, "the source was found");
    none(&everything.iter().filter_map(files::too_long).collect::<Vec<_>>());
    for source in everything.iter().filter(|source| source.lines().count() > files::SOFT) {
        eprintln!("{} has {} lines: think of splitting it", source.path, source.lines().count());
    }
}

#[test]
fn the_top_level_shows_nothing_new() {
    none(&files::strangers_at_the_top(&source::names("")));
}

#[test]
fn every_job_has_its_runner_and_every_runner_its_job() {
    none(&files::lonely_jobs(&source::names("jobs"), &source::names("src/jobs/runners")));
}

#[test]
fn migrations_are_named_by_moment_verb_and_object() {
    let names = source::names("migrations");
    assert!(names.len() > 10, "the migrations were found");
    none(&files::misnamed_migrations(&names));
}

#[test]
fn nothing_is_left_for_later_and_no_lint_is_silenced() {
    none(&everything().iter().flat_map(words::forbidden).collect::<Vec<_>>());
}
