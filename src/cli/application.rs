//! `energiehuis application`: applications in files.

use std::path::PathBuf;

use super::house::{self, Globals, Open};
use super::{Failure, Format, print_json, print_table, print_text};
use crate::formats::application_csv;
use crate::i18n::{Lang, tell};
use crate::services::applications::{ImportReport, import_csv};
use crate::services::{Actor, Error};

/// Applications of families
#[derive(Debug, clap::Subcommand)]
pub(super) enum Application {
    /// Import applications from a CSV file: all of them, or none
    ///
    /// One row is one application. Every row is checked and every problem is told by line and column; with one
    /// problem nothing is written and the exit status is 2. The same file is imported once.
    ///
    /// The file is UTF-8, with ; or , between the columns. Dates are 2022-10-17, amounts 1234.50 or 1.234,50, answers
    /// yes or no. `--example` prints a file with every column and one application of invented people.
    #[command(after_help = "Examples:\n  energiehuis application import --example > applications.csv\n  \
                            energiehuis application import applications.csv --dry-run\n  \
                            energiehuis application import applications.csv --format json")]
    Import {
        /// The file
        #[arg(required_unless_present = "example")]
        file: Option<PathBuf>,
        /// Print a sample file and stop
        #[arg(long, conflicts_with = "dry_run")]
        example: bool,
        /// Check everything, write nothing
        #[arg(long)]
        dry_run: bool,
        /// How to show what became of it
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
}

impl Application {
    /// Does what was asked.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        let Self::Import { file, dry_run, format, .. } = self;
        let Some(file) = file else {
            print_text(application_csv::example().trim_end());
            return Ok(());
        };
        let content = std::fs::read(&file)
            .map_err(|error| Failure::Input(format!("FILE is “{}”, which cannot be read: {error}", file.display())))?;
        let report = house::with_house(globals, async |open| import(open, &content, dry_run).await)?;
        show(&report, format)?;
        match report.problems.len() {
            0 => Ok(()),
            1 => Err(Failure::Input("1 problem; nothing was written".to_owned())),
            many => Err(Failure::Input(format!("{many} problems; nothing was written"))),
        }
    }
}

async fn import(open: &Open, content: &[u8], dry_run: bool) -> Result<ImportReport, Failure> {
    import_csv(&open.house, &Actor::system(), content, dry_run).await.map_err(|error| match error {
        Error::Invalid(problems) => {
            Failure::Input(problems.iter().map(|problem| tell(Lang::En, &problem.text)).collect::<Vec<_>>().join("; "))
        }
        Error::Conflict(text) | Error::Refused(text) => Failure::Input(tell(Lang::En, &text)),
        other => Failure::unavailable(other),
    })
}

fn show(report: &ImportReport, format: Format) -> Result<(), Failure> {
    if format == Format::Json {
        return print_json(&as_json(report));
    }
    if report.problems.is_empty() {
        let rows = report.applications.iter().map(|each| {
            let number = each.number.clone().unwrap_or_else(|| "would be entered".to_owned());
            vec![each.line.to_string(), number, each.outcome.code().replace('_', " ")]
        });
        print_table(&["line", "application", "verdict"], rows);
        return Ok(());
    }
    let rows = report.problems.iter().map(|problem| {
        vec![problem.line.to_string(), problem.column.clone(), problem.value.clone(), tell(Lang::En, &problem.text)]
    });
    print_table(&["line", "column", "value", "what would be right"], rows);
    Ok(())
}

fn as_json(report: &ImportReport) -> serde_json::Value {
    let problems: Vec<serde_json::Value> = report
        .problems
        .iter()
        .map(|problem| {
            serde_json::json!({
                "line": problem.line, "column": problem.column, "value": problem.value,
                "problem": tell(Lang::En, &problem.text),
            })
        })
        .collect();
    serde_json::json!({
        "ok": report.problems.is_empty(), "dry_run": report.dry_run, "applications": report.applications,
        "problems": problems,
    })
}
