//! What came of the last upload, file by file. It waits in the session, so that the page can be loaded again.

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

/// Fields of CODA, as the reader names them, for which we have a word in each language.
const FIELDS: [&str; 19] = [
    "account",
    "amount",
    "application code",
    "communication",
    "credit total",
    "currency",
    "date",
    "debit total",
    "identification",
    "length",
    "new balance",
    "number of records",
    "old balance",
    "order",
    "sequence and detail number",
    "sequence number",
    "text",
    "transaction code",
    "version",
];

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
        Self {
            name: report.name,
            state: state.to_owned(),
            bank_file_id: report.bank_file_id,
            known_since: report.known_since,
            statements: statements.collect(),
            lines: report.lines,
            booked: booked.collect(),
            suspense: report.suspense.len(),
            left_out: report.problems.len().saturating_sub(MOST_PROBLEMS),
            problems: report.problems.into_iter().take(MOST_PROBLEMS).collect(),
            warnings: report.warnings.into_iter().take(MOST_PROBLEMS).collect(),
        }
    }
}

impl Outcome {
    /// Problems at a place in the file, for the table; the others are sentences.
    fn placed(&self) -> Vec<&Text> {
        self.problems.iter().filter(|problem| !part(problem, "expected").is_empty() && is_placed(problem)).collect()
    }

    /// How many lines were read, and how many of them wait.
    fn counted(&self, f: &Frame) -> String {
        f.tn("banking-booked", [("lines", self.lines.to_string()), ("suspense", self.suspense.to_string())])
    }

    fn others(&self) -> Vec<&Text> {
        self.problems.iter().filter(|problem| !is_placed(problem)).collect()
    }
}

/// A finding of the reader, which has its parts in its values.
fn is_placed(problem: &Text) -> bool {
    matches!(problem.key.as_str(), "bank-problem-record" | "bank-problem-line" | "bank-problem-file")
}

/// One value of a finding, as it is in the file.
fn part<'a>(problem: &'a Text, name: &str) -> &'a str {
    let found = problem.values.iter().find(|(key, _)| key == name);
    found.map_or("", |(_, value)| value.trim_end_matches(':'))
}

/// The name of a field of CODA in the language of the page; in that of the reader where we have no word for it.
fn field(f: &Frame, problem: &Text) -> String {
    let name = part(problem, "field");
    if FIELDS.contains(&name) { f.word("banking-coda", name.replace(' ', "-")) } else { name.to_owned() }
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
