//! `energiehuis job`: which jobs there are, when they are due, and running one by hand.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::json;

use super::house::{self, Globals, Open};
use super::{Failure, Format, print_json, print_table, print_text};
use crate::jobs::{self, Tools, definition};
use crate::services::arrears::Sender;
use crate::services::post::Post;
use crate::services::{Actor, job_runs};

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
        /// Business date to work for; today when left out
        #[arg(long)]
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
                let date = date.map(|text| business_date(&text)).transpose()?;
                house::with_house(globals, async |open| run(open, &job, date, format).await)
            }
        }
    }
}

fn unknown(name: &str) -> Failure {
    let names = definition::all().map(|jobs| jobs.iter().map(|job| job.name).collect::<Vec<_>>().join(", "));
    Failure::Input(format!("name is “{name}”, which is not a job; use one of {}", names.unwrap_or_default()))
}

fn business_date(text: &str) -> Result<NaiveDate, Failure> {
    text.parse()
        .map_err(|_| Failure::Input(format!("--date is “{text}”, which is not a date; write it like 2026-02-01")))
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
    let asked = job_runs::ask(&open.house, &Actor::system(), job.name, for_date).await.map_err(Failure::unavailable)?;
    jobs::run_waiting(&tools, std::slice::from_ref(job)).await.map_err(Failure::unavailable)?;
    let run = job_runs::find(&open.house, asked).await.map_err(Failure::unavailable)?;
    let Some(run) = run else { return Err(Failure::Unavailable("the run is not in the database".to_owned())) };
    match format {
        Format::Json => print_json(&json!({
            "job": run.job, "for_date": run.for_date, "done": run.error.is_none(), "report": run.report, "error": run.error,
        }))?,
        Format::Table => {
            let report = run.report.map(|report| report.to_string()).unwrap_or_default();
            print_text(&format!("{} for {}: {report}", run.job, run.for_date));
        }
    }
    run.error.map_or(Ok(()), |error| Err(Failure::NotOk(format!("the job did not end well: {error}"))))
}

/// What jobs work with, as the settings say.
pub(super) fn tools(open: &Open) -> Result<Tools, Failure> {
    let mail = &open.settings.mail;
    let post = match &mail.smtp_url {
        Some(url) => Post::smtp(url.expose()).map_err(Failure::input)?,
        None => Post::folder(mail.outbox.clone()),
    };
    Ok(Tools { house: open.house.clone(), post, sender: Sender::of(&open.settings) })
}
