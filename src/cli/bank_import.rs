//! `energiehuis bank import FILE…`: books bank files.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::house::{self, Globals};
use super::{Failure, Format, print_json, print_table, print_text};
use crate::domain::matching::Reason;
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::i18n::{self, Lang};
use crate::services::bank::{
    self, BankFile, BookedSum, ExplainedTotal, FileReport, FileState, OnGap, StatementReport, SuspenseLine,
};
use crate::services::{Actor, Error};

/// Books files of the bank: CODA and CAMT.053.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  energiehuis bank import 2026-10-16.cod
      checks the file, finds the loan, funder or order of each line, and books it
  energiehuis bank import post/*.cod
      many files at once; they are booked in the order of their statements
  energiehuis bank import 2026-10-16.cod --format json | jq '.files[].suspense[]'
      the lines that wait for a person, each with its reason

  energiehuis bank import 2026-10-19.cod --hold
      keeps a file of which the one before is missing, and books it as soon as that one comes

A file is booked in whole or not at all. The same file, or the same statement in another file, is booked once.
Exit status: 0 every file is imported or was known · 1 a file is held · 2 a file was refused: nothing of it was written, the other
files are imported.")]
pub(super) struct BankImport {
    /// The files, as the bank delivered them
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Hold a file that does not follow on the last statement of its account, instead of refusing it
    #[arg(long)]
    hold: bool,
    /// Table for people, JSON for programs
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

/// The JSON document; its shape is fixed, other people's scripts read it.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    files: Vec<FileRow<'a>>,
}

#[derive(Debug, Serialize)]
struct FileRow<'a> {
    name: &'a str,
    state: FileState,
    known_since: Option<String>,
    statements: &'a [StatementReport],
    lines: usize,
    booked: &'a [BookedSum],
    suspense: Vec<SuspenseRow<'a>>,
    explained: &'a [ExplainedTotal],
    problems: Vec<ProblemRow<'a>>,
    warnings: Vec<ProblemRow<'a>>,
}

#[derive(Debug, Serialize)]
struct SuspenseRow<'a> {
    #[serde(flatten)]
    line: &'a SuspenseLine,
    sentence: String,
}

#[derive(Debug, Serialize)]
struct ProblemRow<'a> {
    code: &'a str,
    sentence: String,
}

impl BankImport {
    /// Imports the files and says what became of each.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        let files = self.files.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let on_gap = if self.hold { OnGap::Hold } else { OnGap::Refuse };
        let report = house::with_house(globals, async |open| {
            bank::import_with(&open.house, &Actor::system(), files, on_gap).await.map_err(failure)
        })?;
        match self.format {
            Format::Json => print_json(&Answer { files: report.files.iter().map(FileRow::of).collect() })?,
            Format::Table => report.files.iter().for_each(print_file),
        }
        let refused = report.count(FileState::Refused);
        let held = report.count(FileState::Held);
        if refused == 0 && held == 0 {
            return Ok(());
        }
        if refused == 0 {
            return Err(Failure::NotOk(format!(
                "{held} of {} files held until what is missing comes",
                report.files.len()
            )));
        }
        let others = report.files.len() - refused;
        Err(Failure::Input(format!(
            "{refused} of {} files refused, nothing of {} written; {others} imported or known before",
            report.files.len(),
            if refused == 1 { "it was" } else { "them was" },
        )))
    }
}

fn read(path: &PathBuf) -> Result<BankFile, Failure> {
    let bytes = std::fs::read(path).map_err(|error| {
        Failure::Input(format!("FILE {}: {error}; give a bank file that can be opened", path.display()))
    })?;
    // The name is kept with the file; the folder says something about this machine only.
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    Ok(BankFile { name, bytes })
}

pub(super) fn failure(error: Error) -> Failure {
    match error {
        Error::Refused(text) | Error::Conflict(text) => Failure::NotOk(say(&text)),
        other => Failure::unavailable(other),
    }
}

pub(super) fn say(text: &Text) -> String {
    i18n::tell(Lang::En, text)
}

fn sentence(reason: Reason) -> String {
    say(&reason.text())
}

impl<'a> FileRow<'a> {
    fn of(file: &'a FileReport) -> Self {
        let suspense = |line: &'a SuspenseLine| SuspenseRow { line, sentence: sentence(line.reason) };
        let problem = |text: &'a Text| ProblemRow { code: &text.key, sentence: say(text) };
        Self {
            name: &file.name,
            state: file.state,
            known_since: file.known_since.map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
            statements: &file.statements,
            lines: file.lines,
            booked: &file.booked,
            suspense: file.suspense.iter().map(suspense).collect(),
            explained: &file.explained,
            problems: file.problems.iter().map(problem).collect(),
            warnings: file.warnings.iter().map(problem).collect(),
        }
    }
}

pub(super) fn print_file(file: &FileReport) {
    print_text(&format!("{}: {}", file.name, headline(file)));
    for text in file.problems.iter().chain(&file.warnings) {
        print_text(&format!("  {}", say(text)));
    }
    for statement in &file.statements {
        print_text(&format!(
            "  {} statement {:03} of {}: {} → {}{}",
            statement.fund,
            statement.sequence,
            statement.on,
            statement.old_balance,
            statement.new_balance,
            if statement.known { " (known before)" } else { "" },
        ));
    }
    if !file.booked.is_empty() {
        let rows = file
            .booked
            .iter()
            .map(|sum| vec![sum.lines.to_string(), format!("{:>14}", sum.amount), sentence(sum.reason)]);
        print_table(&["booked", "amount", "why"], rows);
    }
    for total in &file.explained {
        let ExplainedTotal { statement, sequence, booked_on, amount, details, .. } = total;
        print_text(&format!(
            "  explains the total {statement:03} {sequence} of {booked_on} ({amount}) with {details} details"
        ));
    }
    if !file.suspense.is_empty() {
        let rows = file.suspense.iter().map(|line| {
            let place = format!("{:03} {}/{}", line.statement, line.sequence, line.detail);
            vec![place, line.booked_on.to_string(), format!("{:>14}", line.amount), sentence(line.reason)]
        });
        print_table(&["waiting", "booked on", "amount", "why"], rows);
    }
}

fn headline(file: &FileReport) -> String {
    match (file.state, file.known_since) {
        (FileState::Refused, _) => format!("refused, nothing written ({} problems)", file.problems.len()),
        (FileState::Held, Some(since)) => format!("held since {}, nothing booked", i18n::moment(Lang::En, since)),
        (FileState::Held, None) => "held until what is missing comes, nothing booked".to_owned(),
        (FileState::Discarded, _) => "thrown away, nothing booked".to_owned(),
        (FileState::Known, Some(since)) => format!("known since {}, nothing booked", i18n::moment(Lang::En, since)),
        (FileState::Known, None) => "known, nothing booked".to_owned(),
        (FileState::Imported, _) => {
            let waiting: Money = file.suspense.iter().map(|line| line.amount).sum();
            let lines = file.lines;
            match file.suspense.len() {
                0 => format!("imported, {lines} lines, none waits"),
                count => format!("imported, {lines} lines, {count} wait for a person ({waiting})"),
            }
        }
    }
}
