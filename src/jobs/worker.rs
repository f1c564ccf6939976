//! The heartbeat: plans what has come due, runs what waits.

use std::sync::Arc;
use std::time::Duration;

use chrono::{Duration as Span, NaiveDate};
use tokio::sync::Mutex;
use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};

use super::definition::{self, Definition, InvalidDefinition};
use super::runners::{Answer, Order, Tools};
use crate::services::job_runs::{self, JobRun};
use crate::services::{Actor, Error, House};

/// How far back a house that was switched off looks for a due time it has missed. Every job works "up to a
/// date", so the latest missed due time does the work of all earlier ones.
const LOOK_BACK: Span = Span::days(31);

/// Plans a run for every job whose due time has come; returns how many were new.
pub async fn plan_due(house: &House, jobs: &[Definition]) -> Result<usize, Error> {
    let now = house.clock.now();
    let mut planned = 0;
    for job in jobs {
        let Some(due_at) = job.last_due(now) else { continue };
        if due_at < now - LOOK_BACK {
            continue;
        }
        let for_date = due_at.with_timezone(&job.zone).date_naive();
        if job_runs::plan(house, job.name, due_at, for_date).await? {
            planned += 1;
        }
    }
    Ok(planned)
}

/// Runs everything that waits, oldest first per job; returns the runs as they ended.
pub async fn run_waiting(tools: &Tools, jobs: &[Definition]) -> Result<Vec<JobRun>, Error> {
    let mut ended = Vec::new();
    for job in jobs {
        while let Some(run) = job_runs::take(&tools.house, job.name, lease(job)).await? {
            let again = run.attempts < limit(job.max_attempts);
            let failed = !perform(tools, job, &run, job.max_attempts).await?;
            ended.extend(job_runs::find(&tools.house, run.job_run_id).await?);
            if failed && again {
                // The next heartbeat tries again; whatever is wrong now is likely still wrong in a millisecond.
                break;
            }
        }
    }
    Ok(ended)
}

/// Runs a job for a date because a person asks, here and now, whatever else waits. One attempt: who asked sees
/// what went wrong and decides.
pub async fn run_by_hand(tools: &Tools, actor: &Actor, job: &Definition, for_date: NaiveDate) -> Result<JobRun, Error> {
    let run = job_runs::begin(&tools.house, actor, (job.name, for_date), lease(job)).await?;
    perform(tools, job, &run, 1).await?;
    let ended = job_runs::find(&tools.house, run.job_run_id).await?;
    ended.ok_or_else(|| Error::not_found("job run", run.job_run_id))
}

fn lease(job: &Definition) -> Span {
    Span::minutes(i64::from(job.lease_minutes))
}

fn limit(max_attempts: u16) -> i16 {
    i16::try_from(max_attempts).unwrap_or(i16::MAX)
}

/// One attempt; true when it ended well.
async fn perform(tools: &Tools, job: &Definition, run: &JobRun, max_attempts: u16) -> Result<bool, Error> {
    let order = Order { for_date: run.for_date, batch: job.batch };
    tracing::info!(job = job.name, run = %run.job_run_id, for_date = %run.for_date, attempt = run.attempts, "job begins");
    let result = if run.attempts > limit(max_attempts) {
        Err("its workers stopped before they had finished, as often as it may be tried".to_owned())
    } else {
        job.runner.run(tools, &order).await.map_err(|error| {
            tracing::error!(job = job.name, run = %run.job_run_id, error = &error as &dyn std::error::Error, "job failed");
            error.to_string()
        })
    };
    let (well, ended) = match result {
        Ok(Answer { report, problem: Some(problem) }) => {
            tracing::error!(job = job.name, run = %run.job_run_id, problem, "what the job found is not right");
            (false, job_runs::finish_wrong(&tools.house, run, (report, problem)).await?)
        }
        Ok(Answer { report, problem: None }) => {
            (true, job_runs::finish(&tools.house, run, Ok(report), max_attempts).await?)
        }
        Err(error) => (false, job_runs::finish(&tools.house, run, Err(error), max_attempts).await?),
    };
    if !ended {
        tracing::warn!(job = job.name, run = %run.job_run_id, "the lease had passed and another worker took over");
    }
    Ok(well)
}

/// One heartbeat: plan, then run.
pub async fn beat(tools: &Tools, jobs: &[Definition]) -> Result<Vec<JobRun>, Error> {
    plan_due(&tools.house, jobs).await?;
    run_waiting(tools, jobs).await
}

/// Why the heart does not beat.
#[derive(Debug, thiserror::Error)]
pub enum HeartbeatError {
    /// A file in `jobs/` is wrong.
    #[error(transparent)]
    Definition(#[from] InvalidDefinition),
    /// The scheduler could not start.
    #[error("the scheduler could not start")]
    Scheduler(#[from] JobSchedulerError),
}

/// A running heartbeat.
pub struct Heartbeat {
    scheduler: JobScheduler,
    busy: Arc<Mutex<()>>,
}

impl Heartbeat {
    /// Beats every `every` from now on, never twice at once.
    pub async fn start(tools: Tools, every: Duration) -> Result<Self, HeartbeatError> {
        let jobs: Arc<[Definition]> = definition::all()?.into();
        let busy = Arc::new(Mutex::new(()));
        let scheduler = JobScheduler::new().await?;
        let guard = Arc::clone(&busy);
        let pulse = Job::new_repeated_async(every, move |_, _| {
            let (tools, jobs, guard) = (tools.clone(), Arc::clone(&jobs), Arc::clone(&guard));
            Box::pin(async move {
                // A beat that is still at work is not overtaken: the scheduler itself has no such guard.
                let Ok(_held) = guard.try_lock() else { return };
                if let Err(error) = beat(&tools, &jobs).await {
                    tracing::error!(error = &error as &dyn std::error::Error, "the heartbeat failed");
                }
            })
        })?;
        scheduler.add(pulse).await?;
        scheduler.start().await?;
        Ok(Self { scheduler, busy })
    }

    /// Stops beating, after the work in hand is done.
    pub async fn stop(mut self) -> Result<(), HeartbeatError> {
        self.scheduler.shutdown().await?;
        let _done = self.busy.lock().await;
        Ok(())
    }
}
