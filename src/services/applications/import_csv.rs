//! Imports a file of applications: all of it, or nothing.

use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use super::enter::{CameBy, Origin, enter};
use crate::domain::access::Permission;
use crate::domain::application::{Setting, parse};
use crate::domain::eligibility::Outcome;
use crate::domain::text::{FieldProblem, Text};
use crate::formats::application_csv::{self, CsvRow};
use crate::services::{Actor, Error, House};
use crate::storage::applications::{self, Application};

/// What became of a file.
#[derive(Debug, Clone, Serialize)]
pub struct ImportReport {
    /// True when nothing was kept on purpose.
    pub dry_run: bool,
    /// Applications that were entered, or that would have been.
    pub applications: Vec<Imported>,
    /// Everything that is wrong; when there is anything, nothing was written.
    pub problems: Vec<ImportProblem>,
}

/// An application of a file.
#[derive(Debug, Clone, Serialize)]
pub struct Imported {
    /// The line it starts on.
    pub line: u64,
    /// Its number; none on a dry run.
    pub number: Option<String>,
    /// What the rules say.
    pub outcome: Outcome,
}

/// Something that is wrong in a file.
#[derive(Debug, Clone, Serialize)]
pub struct ImportProblem {
    /// The line it starts on.
    pub line: u64,
    /// The column; empty where it is about the whole line.
    pub column: String,
    /// The value as it stands; empty where it is missing or must not be repeated.
    pub value: String,
    /// What would be right.
    pub text: Text,
}

/// Imports a file of applications. Every row is checked and every problem told by line and column; with one
/// problem nothing is written. The same file a second time is a conflict. A dry run writes nothing in any case.
///
/// A file that is not a table of applications is one problem of the field `file` that holds every sentence.
pub async fn import_csv(house: &House, actor: &Actor, file: &[u8], dry_run: bool) -> Result<ImportReport, Error> {
    actor.require(Permission::MakeApplications)?;
    let rows = application_csv::read(file).map_err(|problems| unreadable(&problems))?;
    let hash = hex::encode(Sha256::digest(file));
    let mut report = ImportReport { dry_run, applications: Vec::new(), problems: Vec::new() };
    let mut tx = house.begin().await?;
    let municipalities = applications::municipalities(&mut tx).await?;
    let setting = Setting { today: house.clock.today(), municipalities: &municipalities };
    for row in &rows {
        let key = format!("csv:{hash}:{}", row.line);
        match one(&mut tx, (house, actor), (row, &setting), key).await {
            Ok(application) => report.applications.push(Imported {
                line: row.line,
                number: (!dry_run).then_some(application.number),
                outcome: application.verdict.outcome,
            }),
            Err(Error::Invalid(problems)) => report.problems.extend(problems.into_iter().map(|each| told(row, each))),
            Err(Error::Refused(text)) => {
                let column = "product".to_owned();
                report.problems.push(ImportProblem { line: row.line, column, value: String::new(), text });
            }
            Err(other) => return Err(other),
        }
    }
    if dry_run || !report.problems.is_empty() {
        if !report.problems.is_empty() {
            report.applications.clear();
        }
        // Dropped, not committed: nothing of it stays.
        drop(tx);
        return Ok(report);
    }
    house.commit(tx).await?;
    Ok(report)
}

async fn one(
    tx: &mut PgConnection,
    doer: (&House, &Actor),
    (row, setting): (&CsvRow, &Setting<'_>),
    key: String,
) -> Result<Application, Error> {
    if let Some(before) = applications::by_key(tx, &key).await? {
        return Err(Error::Conflict(Text::new("application-conflict-file").with("number", before.number)));
    }
    let new = parse(&row.form, setting).map_err(Error::Invalid)?;
    let origin = Origin { came_by: CameBy::Csv, idempotency_key: Some(key), body_sha256: None };
    enter(tx, doer, &new, origin).await
}

fn told(row: &CsvRow, problem: FieldProblem) -> ImportProblem {
    ImportProblem { line: row.line, column: row.column(&problem.field), value: problem.value, text: problem.text }
}

fn unreadable(problems: &[application_csv::InvalidCsv]) -> Error {
    let sentences = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    Error::field("file", "", Text::new("application-problem-file").with("problems", sentences))
}
