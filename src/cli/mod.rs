//! The command line: one of the three doors. Parses, calls a service or a pure function, prints.
//!
//! Exit status: 0 done · 1 done and the answer is "not right" (or the house could not be reached) ·
//! 2 the input was wrong and nothing was written.

mod application;
mod bank;
mod bank_balance;
mod bank_held;
mod bank_import;
mod bank_known;
mod bank_queue;
mod bank_read;
mod collection;
mod database;
mod demo;
mod doctor;
mod fund;
mod fund_open;
mod house;
mod job;
mod ledger;
mod loan;
mod loan_event;
mod mandate;
mod migrate;
mod output;
mod payment;
mod payment_redirect;
mod payment_run;
mod report;
mod rules;
mod schedule;
mod serve;
mod settings;
mod social_service;
mod user;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::domain::text::FieldProblem;
use crate::i18n::{self, Lang};
use crate::services::Error;

pub use house::{Globals, Open, open, runtime, with_house};
pub use output::{Format, print_json, print_table, print_text};
pub use schedule::Schedule;

/// Why a command did not end well.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The input was wrong; nothing was written. Exit status 2.
    #[error("{0}")]
    Input(String),
    /// The command ran and its answer is no: a ledger with differences, a statement with problems. Exit status 1.
    #[error("{0}")]
    NotOk(String),
    /// Something the user did not cause: no database, no disk. Exit status 1.
    #[error("{0}")]
    Unavailable(String),
}

impl From<Error> for Failure {
    /// What a use case says, in the words of the command line.
    fn from(error: Error) -> Self {
        match error {
            Error::Invalid(problems) => {
                let sentence = |problem: &FieldProblem| {
                    let option = problem.field.replace('_', "-");
                    format!("--{option} is “{}”: {}", problem.value, i18n::tell(Lang::En, &problem.text))
                };
                Self::Input(problems.iter().map(sentence).collect::<Vec<_>>().join("; "))
            }
            Error::Refused(text) | Error::Conflict(text) => Self::Input(i18n::tell(Lang::En, &text)),
            Error::NotFound { .. } | Error::Forbidden => Self::input(error),
            Error::Storage(_) | Error::Internal(_) => Self::unavailable(error),
        }
    }
}

impl Failure {
    /// A failure for any error that is the input's fault.
    pub fn input(error: impl std::fmt::Display) -> Self {
        Self::Input(error.to_string())
    }

    /// A failure for any error that is not the input's fault.
    pub fn unavailable(error: impl std::fmt::Display) -> Self {
        Self::Unavailable(error.to_string())
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Input(_) => ExitCode::from(2),
            Self::NotOk(_) | Self::Unavailable(_) => ExitCode::FAILURE,
        }
    }
}

/// The back office of an Energiehuis.
#[derive(Debug, Parser)]
#[command(name = "energiehuis", version, about, max_term_width = 110)]
struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Applications of families: list, import
    #[command(subcommand)]
    Application(application::Application),
    /// The bank: read and import files, place what waits
    #[command(subcommand)]
    Bank(bank::Bank),
    /// Loans: balances, schedules and what happened
    #[command(subcommand)]
    Loan(loan::Loan),
    /// What borrowers allow the house to collect: add, list, amend, stop
    #[command(subcommand)]
    Mandate(mandate::Mandate),
    /// Collecting by direct debit: announce, make a file, release, export
    #[command(subcommand)]
    Collection(collection::Collection),
    /// The funds that the house lends from
    #[command(subcommand)]
    Fund(fund::Fund),
    /// Payment runs: make, release, export; accounts of contractors
    #[command(subcommand)]
    Payment(payment::Payment),
    /// Whom a family can call: the OCMW of a municipality
    SocialService(social_service::Arguments),
    /// The ledger of the funds
    #[command(subcommand)]
    Ledger(ledger::Ledger),
    /// Figures for those who gave the money
    #[command(subcommand)]
    Report(report::Report),
    /// Calculate a repayment schedule; needs no house
    Schedule(Schedule),
    /// The dated figures that judge applications
    #[command(subcommand)]
    Rules(rules::Rules),
    /// Work that happens by the clock: list, run
    #[command(subcommand)]
    Job(job::Job),
    /// Check whether this machine can run the house
    Doctor(doctor::Arguments),
    Demo(demo::Demo),
    /// List the settings: value, where it came from, what it is for
    Settings(settings::Arguments),
    /// Bring the database up to date
    Migrate(migrate::Arguments),
    /// Open the pages, and run the jobs by the clock
    Serve(serve::Arguments),
    /// People who sign in, and tokens for programs
    #[command(subcommand)]
    User(user::User),
    /// Run a program such as psql on the database of the house
    Database(database::Arguments),
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::complain(&failure);
            failure.exit_code()
        }
    }
}

fn run(cli: Cli) -> Result<(), Failure> {
    let globals = &cli.globals;
    match cli.command {
        Command::Schedule(schedule) => schedule.run(),
        Command::Bank(bank) => bank.run(globals),
        Command::Mandate(mandate) => mandate.run(globals),
        Command::Collection(collection) => collection.run(globals),
        Command::Fund(fund) => fund.run(globals),
        Command::Application(application) => application.run(globals),
        Command::Rules(rules) => rules.run(globals),
        Command::Job(job) => job.run(globals),
        Command::SocialService(arguments) => social_service::run(globals, arguments),
        Command::Ledger(ledger) => ledger.run(globals),
        Command::Loan(loan) => loan.run(globals),
        Command::Demo(demo) => demo.run(globals),
        Command::Settings(arguments) => settings::run(globals, &arguments),
        Command::Migrate(arguments) => migrate::run(globals, &arguments),
        Command::Database(arguments) => database::run(globals, &arguments),
        Command::Doctor(arguments) => doctor::run(globals, &arguments),
        Command::Serve(arguments) => serve::run(globals, &arguments),
        Command::User(user) => user.run(globals),
        Command::Payment(payment) => payment.run(globals),
        Command::Report(report) => report.run(globals),
    }
}
