//! Jobs: what happens by the clock, what came of it, and running one now.

use std::time::Duration;

use askama::Template;
use axum::Form as Posted;
use axum::extract::{Path, State};
use axum::response::Redirect;
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::Shown;
use crate::domain::access::Permission;
use crate::domain::text::Text;
use crate::services::job_runs::{self, JobRun, RunState};
use crate::services::ledger::check::Difference;
use crate::web::error::Fault;
use crate::web::frame::{Frame, Me};
use crate::web::{AppState, flash, tone, typed};

/// Runs of one job on the page.
const SHOWN: u16 = 6;

/// How long the page waits for a run that was asked for, before it says to come back later.
const PATIENCE: Duration = Duration::from_secs(8);

/// A job with its latest runs.
struct Line {
    name: &'static str,
    description: String,
    when: String,
    next: Option<DateTime<Utc>>,
    runs: Vec<JobRun>,
}

#[derive(Template)]
#[template(path = "pages/jobs.html")]
struct Page {
    f: Frame,
    jobs: Vec<Line>,
    may_run: bool,
}

/// The jobs and their latest runs.
pub(super) async fn show(State(app): State<AppState>, me: Me) -> Shown {
    // Reading the runs asks too, and a house without jobs reads none.
    me.actor.require(Permission::SeeJobs)?;
    let now = app.house().clock.now();
    let f = me.frame;
    let mut jobs = Vec::new();
    for job in &app.about().jobs {
        jobs.push(Line {
            name: job.name,
            description: f.pick(&job.description_nl, &job.description_en).to_owned(),
            when: when(&f, &job.cron),
            next: (job.next_due)(now),
            runs: job_runs::latest_of(app.house(), &me.actor, job.name, SHOWN).await?,
        });
    }
    super::show(&Page { jobs, may_run: f.may(Permission::RunJobs), f })
}

/// What a person asks for.
#[derive(Debug, Deserialize)]
pub(super) struct Order {
    #[serde(default)]
    for_date: String,
}

/// Runs a job now for a date, and says what it did. A run that takes long goes on by itself.
pub(super) async fn run(
    State(app): State<AppState>,
    me: Me,
    Path(name): Path<String>,
    Posted(order): Posted<Order>,
) -> Result<Redirect, Fault> {
    let job = app.job(&name).ok_or_else(Fault::no_page)?;
    let to = format!("/jobs#{}", job.name);
    let Some(for_date) = typed::day(&order.for_date) else {
        let wrong = Text::new("jobs-date-wrong").with("value", &order.for_date);
        flash::leave(&me.session, false, wrong).await?;
        return Ok(Redirect::to(&to));
    };
    // On a task of its own: whoever closes the page does not stop the work.
    let work = tokio::spawn((job.run_by_hand)(me.actor, for_date));
    let Ok(ended) = tokio::time::timeout(PATIENCE, work).await else {
        flash::leave(&me.session, true, Text::new("jobs-asked")).await?;
        return Ok(Redirect::to(&to));
    };
    let ended = ended.map_err(|error| Fault::defect(&error.to_string()))?;
    if let Ok(JobRun { state: RunState::Failed | RunState::Waiting, .. }) = ended {
        flash::leave(&me.session, false, Text::new("jobs-failed")).await?;
        return Ok(Redirect::to(&to));
    }
    let done = ended.as_ref().ok().and_then(report).unwrap_or_else(|| Text::new("jobs-done"));
    flash::after(&me.session, ended, done, &to).await
}

/// What a run did, as a sentence: its figures are the values of the sentence `jobs-report-<job>`.
fn report(run: &JobRun) -> Option<Text> {
    let figures = run.report.as_ref()?.as_object()?.iter().filter(|(_, value)| !value.is_array());
    // Every figure but the number of loans looked at says that something was done.
    let nothing = figures.clone().all(|(name, value)| name == "loans" || value.as_i64() == Some(0) || value == "0.00");
    let nothing = if nothing { "-nothing" } else { "" };
    let text = Text::new(&format!("jobs-report-{}{nothing}", run.job.replace('_', "-")));
    Some(figures.fold(text, |text, (name, value)| match value {
        serde_json::Value::String(value) => text.with(name, value),
        other => text.with(name, other),
    }))
}

/// What a check found that does not agree, place by place.
fn places(run: &JobRun) -> Vec<Difference> {
    let places = run.report.as_ref().and_then(|report| report.get("places"));
    places.and_then(|places| Vec::deserialize(places).ok()).unwrap_or_default()
}

/// How long a run took, where that is worth telling.
fn seconds(run: &JobRun) -> Option<i64> {
    Some((run.finished_at? - run.started_at?).num_seconds()).filter(|seconds| *seconds > 0)
}

/// The cron expressions of this house in words; another one as it is written.
fn when(f: &Frame, cron: &str) -> String {
    let fields: Vec<&str> = cron.split_whitespace().collect();
    let whole = |text: &str| text.parse::<u32>().ok();
    match fields.as_slice() {
        [minute, hour, "*", "*", "*"] => {
            if let (Some(minute), Some(hour)) = (whole(minute), whole(hour)) {
                return f.t1("jobs-when-daily", "time", format!("{hour:02}:{minute:02}"));
            }
            let step = minute.strip_prefix("*/").and_then(whole);
            let hours = hour.split_once('-').and_then(|(from, to)| Some((whole(from)?, whole(to)?)));
            if let (Some(step), Some((from, to))) = (step, hours) {
                let (from, until) = (format!("{from:02}:00"), format!("{:02}:00", to + 1));
                return f.tn("jobs-when-often", [("minutes", step.to_string()), ("from", from), ("until", until)]);
            }
            cron.to_owned()
        }
        _ => cron.to_owned(),
    }
}
