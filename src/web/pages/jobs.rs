//! Jobs: what happens by the clock, what came of it, and running one now.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Redirect;
use chrono::{DateTime, Utc};

use super::Shown;
use crate::domain::access::Permission;
use crate::domain::text::Text;
use crate::i18n::Lang;
use crate::services::job_runs::{self, JobRun, RunState};
use crate::web::error::Fault;
use crate::web::frame::{Frame, Me};
use crate::web::{AppState, flash, tone};

/// A job with the run it had last.
struct Line {
    name: &'static str,
    description: String,
    next: Option<DateTime<Utc>>,
    last: Option<JobRun>,
}

#[derive(Template)]
#[template(path = "pages/jobs.html")]
struct Page {
    f: Frame,
    jobs: Vec<Line>,
    runs: Vec<JobRun>,
    may_run: bool,
}

impl Page {
    fn state(&self, run: &JobRun) -> &'static str {
        match run.state {
            RunState::Waiting => "waiting",
            RunState::Running => "running",
            RunState::Done => "done",
            RunState::Failed => "failed",
        }
    }

    /// The figures of a report that are numbers, as `name: 3`.
    fn figures(&self, run: &JobRun) -> Vec<String> {
        let Some(serde_json::Value::Object(report)) = &run.report else { return Vec::new() };
        report
            .iter()
            .filter_map(|(name, value)| match value {
                serde_json::Value::Number(number) => Some(format!("{}: {number}", self.f.word("report", name))),
                serde_json::Value::String(text) => Some(format!("{}: {text}", self.f.word("report", name))),
                _ => None,
            })
            .collect()
    }
}

/// The jobs and their latest runs.
pub(super) async fn show(State(app): State<AppState>, me: Me) -> Shown {
    let runs = job_runs::latest(app.house(), &me.actor, 60).await?;
    let now = app.house().clock.now();
    let jobs = app.about().jobs.iter().map(|job| Line {
        name: job.name,
        description: match me.frame.lang() {
            Lang::Nl => job.description_nl.clone(),
            Lang::En => job.description_en.clone(),
        },
        next: (job.next_due)(now),
        last: runs.iter().find(|run| run.job == job.name).cloned(),
    });
    let page = Page { jobs: jobs.collect(), may_run: me.frame.may(Permission::RunJobs), f: me.frame, runs };
    super::show(&page)
}

/// Asks for a run now; the worker takes it with its next beat.
pub(super) async fn run(State(app): State<AppState>, me: Me, Path(job): Path<String>) -> Result<Redirect, Fault> {
    let known = app.about().jobs.iter().find(|one| one.name == job).ok_or_else(Fault::no_page)?;
    let outcome = job_runs::ask(app.house(), &me.actor, known.name, app.house().clock.today()).await;
    flash::after(&me.session, outcome, Text::new("job-asked"), "/jobs").await
}
