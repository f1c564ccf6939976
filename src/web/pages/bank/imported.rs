//! What came of the last upload, file by file. It waits in the session, so that the page can be loaded again.

use std::collections::HashSet;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tower_sessions::Session;
use uuid::Uuid;

use crate::domain::access::Permission;
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::services::bank::{FileReport, FileState};
use crate::web::error::Fault;
use crate::web::frame::{Frame, Me};
use crate::web::{AppState, tone};

const KEY: &str = "bank-imported";

/// The most problems of one file on the page; a file with more is not a bank file.
const MOST_PROBLEMS: usize = 60;

/// What came of one file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Outcome {
    name: String,
    state: String,
    bank_file_id: Option<Uuid>,
    known_since: Option<DateTime<Utc>>,
    statements: Vec<Statement>,
    lines: usize,
    booked: Vec<Booked>,
    suspense: usize,
    explained: Vec<Text>,
    problems: Vec<Text>,
    left_out: usize,
    warnings: Vec<Text>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Statement {
    fund: String,
    sequence: u16,
    on: NaiveDate,
    old_balance: Money,
    new_balance: Money,
    known: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Booked {
    why: Text,
    lines: usize,
    amount: Money,
}

impl From<FileReport> for Outcome {
    fn from(report: FileReport) -> Self {
        let state = match report.state {
            FileState::Imported => "imported",
            FileState::Known => "known",
            FileState::Refused => "refused",
            FileState::Held => "held",
            FileState::Discarded => "discarded",
        };
        let statements = report.statements.into_iter().map(|one| Statement {
            fund: one.fund,
            sequence: one.sequence,
            on: one.on,
            old_balance: one.old_balance,
            new_balance: one.new_balance,
            known: one.known,
        });
        let booked = report.booked.into_iter().map(|sum| Booked {
            why: sum.reason.text(),
            lines: sum.lines,
            amount: sum.amount,
        });
        let explained = report.explained.into_iter().map(|total| {
            let text = Text::new("banking-explained").with("on", total.booked_on).with("amount", total.amount);
            text.with("details", total.details)
        });
        Self {
            name: report.name,
            state: state.to_owned(),
            bank_file_id: report.bank_file_id,
            known_since: report.known_since,
            statements: statements.collect(),
            lines: report.lines,
            booked: booked.collect(),
            suspense: report.suspense.len(),
            explained: explained.collect(),
            left_out: report.problems.len().saturating_sub(MOST_PROBLEMS),
            problems: report.problems.into_iter().take(MOST_PROBLEMS).collect(),
            warnings: report.warnings.into_iter().take(MOST_PROBLEMS).collect(),
        }
    }
}

impl Outcome {
    /// What became of files that came together. A total that waited, and whose details came in with it, waits no more.
    pub(super) fn all(mut reports: Vec<FileReport>) -> Vec<Self> {
        let explained: HashSet<Uuid> =
            reports.iter().flat_map(|report| &report.explained).map(|total| total.bank_line_id).collect();
        for report in &mut reports {
            report.suspense.retain(|line| !explained.contains(&line.bank_line_id));
        }
        reports.into_iter().map(Self::from).collect()
    }

    /// Problems at a place in the file, for the table; the others are sentences.
    fn placed(&self) -> Vec<&Text> {
        self.problems.iter().filter(|problem| is_placed(problem)).collect()
    }

    /// How many lines were read, and how many of them wait.
    fn counted(&self, f: &Frame) -> String {
        f.tn("banking-booked", [("lines", self.lines.to_string()), ("suspense", self.suspense.to_string())])
    }

    fn others(&self) -> Vec<&Text> {
        self.problems.iter().filter(|problem| !is_placed(problem)).collect()
    }
}

/// A finding of the reader, which has a name for each of its parts.
fn is_placed(problem: &Text) -> bool {
    const PLACED: [&str; 4] = ["bank-problem-record", "bank-problem-element", "bank-problem-line", "bank-problem-file"];
    PLACED.contains(&problem.key.as_str())
}

/// One part of a finding in the language of the page; nothing where it has no such part.
fn part(f: &Frame, problem: &Text, name: &str) -> String {
    problem.parts.iter().find(|(key, _)| key == name).map_or_else(String::new, |(_, part)| f.tell(part))
}

/// The record of a CODA file, or the element of an XML file, that a finding is about.
fn record(f: &Frame, problem: &Text) -> String {
    let record = part(f, problem, "record");
    if record.is_empty() { part(f, problem, "element") } else { record }
}

/// The line of a finding, or that it is about the whole file.
fn line(f: &Frame, problem: &Text) -> String {
    let line = problem.values.iter().find(|(key, _)| key == "line");
    line.map_or_else(|| f.t("banking-problem-whole"), |(_, line)| line.clone())
}

/// Keeps what came of an upload for the next page.
pub(super) async fn keep(session: &Session, outcomes: Vec<Outcome>) -> Result<(), Fault> {
    session.insert(KEY, outcomes).await.map_err(|error| Fault::defect(&error.to_string()))
}

#[derive(Template)]
#[template(path = "pages/bank/imported.html")]
struct Page {
    f: Frame,
    files: Vec<Outcome>,
    suspense: usize,
}

/// What came of the last upload; the bank, where nothing was uploaded.
pub(super) async fn show(State(_): State<AppState>, me: Me) -> Result<Response, Fault> {
    me.actor.require(Permission::ManageBank)?;
    let kept = me.session.get::<Vec<Outcome>>(KEY).await;
    let Some(files) = kept.map_err(|error| Fault::defect(&error.to_string()))? else {
        return Ok(Redirect::to("/bank").into_response());
    };
    let suspense = files.iter().map(|file| file.suspense).sum();
    Ok(super::super::show(&Page { f: me.frame, files, suspense })?.into_response())
}
