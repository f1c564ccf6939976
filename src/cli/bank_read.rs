//! `energiehuis bank read FILE`: what a bank file says, and whether it is right.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::{Failure, Format, print_json, print_table, print_text};
use crate::domain::identity::{Iban, Ogm};
use crate::domain::money::Money;
use crate::formats::bank::{
    self, Balances, DebitOutcome, DebitScheme, DebitSequence, DirectDebit, Kind, Line, Problem, Reading, ReturnKind,
    Severity, Statement, StatementReading,
};
use crate::i18n::{self, Lang};

/// Reads a file of the bank and prints it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  energiehuis bank read 2026-10-16.cod
      shows every statement as a table, problems below it
  energiehuis bank read 2026-10-16.cod --format json | jq -r '.statements[].lines[].structured'
      the structured communication of every movement, or null

Exit status: 0 the file is right · 1 it can be read but has problems · 2 it cannot be read.
Nothing is written: to book a file, use `energiehuis bank import`.")]
pub(super) struct BankRead {
    /// The file, as the bank delivered it
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Table for people, JSON for programs
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

impl BankRead {
    /// Reads the file, prints it, and fails when it has problems.
    pub(super) fn run(self) -> Result<(), Failure> {
        let bytes = std::fs::read(&self.file).map_err(|error| {
            Failure::Input(format!("FILE {}: {error}; give a bank file that can be opened", self.file.display()))
        })?;
        let reading = bank::inspect(&bytes);
        match self.format {
            Format::Json => print_json(&Answer::of(&reading))?,
            Format::Table => print_reading(&reading),
        }
        verdict(&reading)
    }
}

/// The exit status: every problem counts that a person should see.
fn verdict(reading: &Reading) -> Result<(), Failure> {
    let problems: Vec<&Problem> =
        serious(&reading.problems).chain(reading.statements.iter().flat_map(|part| serious(&part.problems))).collect();
    let readable = reading.statements.iter().any(|part| part.statement.is_some());
    match (problems.as_slice(), readable) {
        ([], _) => Ok(()),
        ([only], true) => Err(Failure::NotOk(said(only))),
        (all, true) => Err(Failure::NotOk(format!("the file has {} problems", all.len()))),
        ([first, ..], false) => {
            let worst = problems.iter().find(|problem| problem.severity == Severity::Refused).unwrap_or(first);
            Err(Failure::Input(format!("the file cannot be read: {}", said(worst))))
        }
    }
}

/// A problem as one line.
fn said(problem: &Problem) -> String {
    problem.in_english(|text| i18n::tell(Lang::En, text))
}

fn serious(problems: &[Problem]) -> impl Iterator<Item = &Problem> {
    problems.iter().filter(|problem| problem.severity > Severity::Harmless)
}

/// The JSON document; its shape is fixed, other people's scripts read it.
#[derive(Serialize)]
struct Answer<'a> {
    statements: Vec<StatementRow<'a>>,
    /// Problems that belong to no statement that could be read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<String>,
}

#[derive(Serialize)]
struct StatementRow<'a> {
    account: String,
    currency: &'a str,
    sequence: String,
    date: String,
    /// None where there are no balances, in a second feed, or where they cannot be read.
    old_balance: Option<Money>,
    new_balance: Option<Money>,
    /// Only there in a second feed with details of totals, which must never be booked as money.
    #[serde(skip_serializing_if = "Option::is_none")]
    separate_application: Option<&'a str>,
    lines: Vec<LineRow<'a>>,
    /// Only there where the bank has announced something that it has not booked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pending: Vec<LineRow<'a>>,
    problems: Vec<String>,
}

#[derive(Serialize)]
struct LineRow<'a> {
    sequence: String,
    detail: String,
    booked_on: String,
    value_on: Option<String>,
    amount: Money,
    kind: Kind,
    counterparty: CounterpartyRow<'a>,
    structured: Option<String>,
    free: &'a str,
    bank_reference: &'a str,
    direct_debit: Option<DebitRow<'a>>,
    batch_of: Option<String>,
}

#[derive(Serialize)]
struct CounterpartyRow<'a> {
    iban: Option<String>,
    bic: Option<&'a str>,
    name: Option<&'a str>,
}

#[derive(Serialize)]
struct DebitRow<'a> {
    settled_on: Option<String>,
    sequence: DebitSequence,
    scheme: DebitScheme,
    outcome: Option<DebitOutcome>,
    creditor: &'a str,
    mandate: &'a str,
    communication: &'a str,
    returned: Option<ReturnKind>,
    reason: Option<&'a str>,
}

impl<'a> Answer<'a> {
    fn of(reading: &'a Reading) -> Self {
        let lost = reading.statements.iter().filter(|part| part.statement.is_none());
        Self {
            statements: reading
                .statements
                .iter()
                .filter_map(|part| Some(StatementRow::of(part.statement.as_ref()?, part)))
                .collect(),
            problems: serious(&reading.problems)
                .chain(lost.flat_map(|part| serious(&part.problems)))
                .map(said)
                .collect(),
        }
    }
}

impl<'a> StatementRow<'a> {
    fn of(statement: &'a Statement, part: &StatementReading) -> Self {
        Self {
            account: statement.account_number(),
            currency: &statement.account.currency,
            sequence: format!("{:03}", statement.sequence),
            date: statement.on.to_string(),
            old_balance: statement.balances.map(|balances| balances.old),
            new_balance: statement.balances.map(|balances| balances.new),
            separate_application: statement.details_feed.as_deref(),
            lines: statement.lines.iter().map(|line| LineRow::of(line, &statement.lines)).collect(),
            pending: statement.pending.iter().map(|line| LineRow::of(line, &statement.pending)).collect(),
            problems: serious(&part.problems).map(said).collect(),
        }
    }
}

impl<'a> LineRow<'a> {
    fn of(line: &'a Line, all: &'a [Line]) -> Self {
        Self {
            sequence: format!("{:04}", line.position.sequence),
            detail: format!("{:04}", line.position.detail),
            booked_on: line.booked_on.to_string(),
            value_on: line.value_on.map(|day| day.to_string()),
            amount: line.amount,
            kind: line.kind,
            counterparty: CounterpartyRow {
                iban: line.counterparty.iban.as_ref().map(Iban::canonical),
                bic: line.counterparty.bic.as_deref(),
                name: line.counterparty.name.as_deref(),
            },
            structured: line.ogm().as_ref().map(Ogm::to_string),
            free: &line.free,
            bank_reference: &line.bank_reference,
            direct_debit: line.direct_debit.as_ref().map(|debit| DebitRow::of(debit, line)),
            batch_of: line.total(all).map(|total| total.position.to_string()),
        }
    }
}

impl<'a> DebitRow<'a> {
    fn of(debit: &'a DirectDebit, line: &'a Line) -> Self {
        let returned = line.returned.as_ref();
        Self {
            settled_on: debit.settled_on.map(|day| day.to_string()),
            sequence: debit.sequence,
            scheme: debit.scheme,
            outcome: debit.outcome,
            creditor: &debit.creditor,
            mandate: &debit.mandate,
            communication: &debit.communication,
            returned: returned.and_then(|returned| returned.kind),
            reason: returned.and_then(|returned| returned.reason.as_deref()),
        }
    }
}

fn print_reading(reading: &Reading) {
    for part in &reading.statements {
        if let Some(statement) = &part.statement {
            print_statement(statement);
        }
        print_problems(&part.problems);
    }
    print_problems(&reading.problems);
}

fn print_statement(statement: &Statement) {
    let kind = if statement.details_feed.is_some() { "second feed, never to be booked" } else { "statement" };
    let account = statement.account.iban.as_ref().map_or_else(|| statement.account_number(), ToString::to_string);
    let balances = statement.balances.map_or_else(String::new, |Balances { old, new, .. }| format!(" · {old} → {new}"));
    print_text(&format!(
        "{account} {} · {kind} {:03} of {}{balances}",
        statement.account.currency, statement.sequence, statement.on,
    ));
    let headings = ["line", "booked", "value", "amount", "kind", "counterparty", "communication"];
    print_table(&headings, statement.lines.iter().map(cells));
    if !statement.pending.is_empty() {
        print_text("announced and not booked:");
        print_table(&headings, statement.pending.iter().map(cells));
    }
    for message in &statement.messages {
        print_text(&format!("message: {message}"));
    }
}

/// A line of the table. A detail is indented: its amount is inside the total above it.
fn cells(line: &Line) -> Vec<String> {
    let indent = if line.moves_balance() { "" } else { "  " };
    let ogm = line.ogm().as_ref().map(Ogm::to_string);
    vec![
        format!("{indent}{}", line.position),
        line.booked_on.to_string(),
        line.value_on.map_or_else(|| "unknown".to_owned(), |day| day.to_string()),
        format!("{indent}{:>12}", line.amount),
        line.kind.to_string(),
        line.counterparty.name.clone().unwrap_or_default(),
        ogm.or_else(|| line.details.clone()).unwrap_or_else(|| line.free.clone()),
    ]
}

fn print_problems(problems: &[Problem]) {
    for problem in problems {
        let weight = match problem.severity {
            Severity::Harmless => "note",
            Severity::Doubtful => "look at",
            Severity::Refused => "problem",
        };
        print_text(&format!("{weight}: {}", said(problem)));
    }
}
