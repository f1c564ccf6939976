//! `energiehuis report`: figures for those who gave the money.

use std::path::{Path, PathBuf};

use super::house::{self, Globals};
use super::{Failure, print_json, print_text};
use crate::domain::veka::Period;
use crate::services::reports::veka::{self, VekaReport};
use crate::services::{Actor, Error};

/// Which report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Kind {
    /// Figures per product, call and municipality for VEKA
    Veka,
}

/// How a report comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum As {
    /// One JSON document
    Json,
    /// A workbook, into the file of --out
    Xlsx,
}

/// Figures for those who gave the money
#[derive(Debug, clap::Subcommand)]
pub(super) enum Report {
    /// Make a report and keep it as sent; the same figures again are the same version
    #[command(after_help = "Examples:\n  energiehuis report run --kind veka --period 2026\n  \
                            energiehuis report run --kind veka --period 2026-Q3 --format xlsx --out veka.xlsx")]
    Run {
        /// Which report
        #[arg(long, value_enum)]
        kind: Kind,
        /// A year like 2026 or a quarter like 2026-Q3
        #[arg(long, allow_hyphen_values = true)]
        period: String,
        /// How it comes out
        #[arg(long, value_enum, default_value_t = As::Json)]
        format: As,
        /// File to write; standard output when left out (JSON only)
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

impl Report {
    /// Does what was asked.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        let Self::Run { kind: Kind::Veka, period, format, out } = self;
        let period: Period = period.parse().map_err(Failure::input)?;
        if format == As::Xlsx && out.is_none() {
            return Err(Failure::Input(
                "--out is missing; a workbook needs a file, like --out veka-2026.xlsx".to_owned(),
            ));
        }
        let report = house::with_house(globals, async |open| {
            veka::run(&open.house, &Actor::system(), period).await.map_err(|error| not_begun(error, period))
        })?;
        show(&report, format, out.as_deref())
    }
}

fn not_begun(error: Error, period: Period) -> Failure {
    match error {
        Error::Invalid(_) => Failure::Input(format!("period “{period}” begins on {}, after today", period.from())),
        other => Failure::unavailable(other),
    }
}

fn show(report: &VekaReport, format: As, out: Option<&Path>) -> Result<(), Failure> {
    let Some(path) = out else { return print_json(report) };
    let content = match format {
        As::Xlsx => report.sheet.clone(),
        As::Json => serde_json::to_vec(report).map_err(Failure::unavailable)?,
    };
    std::fs::write(path, content).map_err(|error| Failure::Unavailable(format!("{}: {error}", path.display())))?;
    let ties = report.figures.ties.iter().map(|tie| format!("{} differs by {}", tie.what, tie.difference));
    let ties = ties.collect::<Vec<_>>().join(", ");
    print_text(&format!("{}, version {}: {}; {ties}", report.period, report.version, path.display()));
    Ok(())
}
