//! `energiehuis job`: which jobs there are, when they are due, and running one by hand.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::house::{self, Globals, Open};
use super::{Failure, Format, fund, print_json, print_table, print_text};
use crate::domain::text::FieldProblem;
use crate::i18n::{self, Lang};
use crate::jobs::{self, Tools, definition};
use crate::services::arrears::Sender;
use crate::services::job_runs::RunState;
use crate::services::post::Post;
use crate::services::{Actor, Error};

/// Work that the house does by the clock
#[derive(Debug, clap::Subcommand)]
pub(super) enum Job {
    /// List the jobs and when each is due next
    #[command(after_help = "Example:\n  energiehuis job list --format json")]
    List {
        /// How to show them
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
    /// Run a job now, for today or for another date
    #[command(after_help = "Examples:\n  energiehuis job run arrears_day\n  \
                            energiehuis job run instalments_due --date 2026-02-01 --format json")]
    Run {
        /// Name of the job, as `job list` shows it
        name: String,
        /// Business date to work for, as 2026-02-01, not after today; today when left out
        #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
        date: Option<String>,
        /// How to show what it did
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
}

/// A job as scripts read it; the shape is fixed.
#[derive(Debug, Serialize)]
struct Listed<'a> {
    name: &'static str,
    cron: &'a str,
    next_due: String,
}

impl Job {
    /// Does what was asked.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        match self {
            Self::List { format } => house::with_house(globals, async |open| list(open, format)),
            Self::Run { name, date, format } => {
                let job = definition::named(&name).map_err(Failure::unavailable)?.ok_or_else(|| unknown(&name))?;
                let date = date.map(|text| fund::date("--date", &text)).transpose()?;
                house::with_house(globals, async |open| run(open, &job, date, format).await)
            }
        }
    }
}

fn unknown(name: &str) -> Failure {
    let names = definition::all().map(|jobs| jobs.iter().map(|job| job.name).collect::<Vec<_>>().join(", "));
    Failure::Input(format!("name is “{name}”, which is not a job; use one of {}", names.unwrap_or_default()))
}

fn list(open: &Open, format: Format) -> Result<(), Failure> {
    let now = open.house.clock.now();
    let jobs = definition::all().map_err(Failure::unavailable)?;
    let next = |job: &jobs::Definition| {
        job.next_due(now).map(|due| due.with_timezone(&job.zone).to_rfc3339()).unwrap_or_default()
    };
    match format {
        Format::Json => print_json(
            &jobs.iter().map(|job| Listed { name: job.name, cron: &job.cron, next_due: next(job) }).collect::<Vec<_>>(),
        ),
        Format::Table => {
            let rows = jobs
                .iter()
                .map(|job| vec![job.name.to_owned(), job.cron.clone(), next(job), job.description_en.clone()]);
            print_table(&["Job", "Cron (Europe/Brussels)", "Next due", "What it does"], rows);
            Ok(())
        }
    }
}

async fn run(open: &Open, job: &jobs::Definition, date: Option<NaiveDate>, format: Format) -> Result<(), Failure> {
    let tools = tools(open)?;
    let for_date = date.unwrap_or_else(|| open.house.clock.today());
    let run = jobs::run_by_hand(&tools, &Actor::system(), job, for_date).await.map_err(failure)?;
    match format {
        Format::Json => print_json(&json!({
            "job": run.job,
            "for_date": run.for_date,
            "done": run.state == RunState::Done,
            "report": run.report,
            "error": run.error,
        }))?,
        Format::Table => {
            print_text(&format!("{} for {}", run.job, run.for_date));
            if let Some(Value::Object(report)) = &run.report {
                let (lists, figures): (Vec<_>, Vec<_>) = report.iter().partition(|(_, value)| value.is_array());
                let figures = figures.into_iter().map(|(name, value)| vec![words(name), plain(value)]);
                print_table(&["What", "How much"], figures);
                for (_, list) in lists {
                    print_list(list);
                }
            }
        }
    }
    match run.error {
        Some(error) => Err(Failure::NotOk(format!("the job did not end well: {error}"))),
        None if run.state == RunState::Done => Ok(()),
        None => Err(Failure::NotOk("the job took longer than its lease, and a worker has taken it over".to_owned())),
    }
}

/// A list in a report, as a table of its own.
fn print_list(list: &Value) {
    let items: Vec<&Map<String, Value>> = list.as_array().into_iter().flatten().filter_map(Value::as_object).collect();
    let Some(first) = items.first() else { return };
    let headings: Vec<String> = first.keys().map(|name| words(name)).collect();
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    print_table(&headings, items.iter().map(|item| item.values().map(plain).collect()));
}

/// `letters_to_print` as people write it.
fn words(name: &str) -> String {
    name.replace('_', " ")
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn failure(error: Error) -> Failure {
    match error {
        Error::Invalid(problems) => {
            let sentence = |problem: &FieldProblem| {
                format!("--{} is {}: {}", problem.field, problem.value, i18n::tell(Lang::En, &problem.text))
            };
            Failure::Input(problems.iter().map(sentence).collect::<Vec<_>>().join("; "))
        }
        Error::Refused(text) | Error::Conflict(text) => Failure::NotOk(i18n::tell(Lang::En, &text)),
        other => Failure::unavailable(other),
    }
}

/// What jobs work with, as the settings say.
pub(super) fn tools(open: &Open) -> Result<Tools, Failure> {
    let mail = &open.settings.mail;
    let post = match &mail.smtp_url {
        Some(url) => Post::smtp(url.expose()).map_err(Failure::input)?,
        None => Post::folder(mail.outbox.clone()),
    };
    let bank_folder = open.settings.bank_folder.clone();
    Ok(Tools { house: open.house.clone(), post, sender: Sender::of(&open.settings), bank_folder })
}
