//! The figures that the house promises about bank files, measured: `cargo bench --bench figures`.
//!
//! Every promise is a ratio of two things measured in this one run on this one machine, so that a slow machine makes no
//! promise break. Name some (`cargo bench --bench figures -- coda import`) to measure those alone. Exit status 1 when
//! a promise is not kept.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a measurement that cannot go on should stop there")]
#![expect(clippy::print_stdout, reason = "figures are printed")]

mod coda;
mod import;
mod pain;
mod report;
mod town;

use std::process::ExitCode;

use report::Report;

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    if let [child, way, file] = words.as_slice()
        && child == "child"
    {
        coda::child(way, file);
        return ExitCode::SUCCESS;
    }
    let wanted = |name: &str| words.is_empty() || words.iter().any(|word| word == name);
    let mut report = Report::default();
    if wanted("coda") {
        coda::measure(&mut report);
    }
    if wanted("import") {
        import::measure(&mut report);
    }
    if wanted("pain") {
        pain::measure(&mut report);
    }
    report.end()
}
