//! Runs of jobs: planned once per due time, taken by one worker, ended with a report.
//!
//! Claim, commit, run, finish: no run holds a transaction open while it works, and a worker that dies leaves
//! a lease that ends by itself.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Actor, Deed, Error, House};
use crate::domain::access::Permission;
use crate::domain::text::Text;
use crate::storage;
pub use crate::storage::job_runs::{Ending, JobRun, RunState};

/// Plans a run for a due time; false when there is one already.
pub async fn plan(house: &House, job: &str, due_at: DateTime<Utc>, for_date: NaiveDate) -> Result<bool, Error> {
    let run = storage::job_runs::NewRun {
        job_run_id: house.ids.next(),
        job,
        due_at,
        for_date,
        asked_by: Actor::SYSTEM_USER,
        created_at: house.clock.now(),
    };
    let mut db = house.read().await?;
    Ok(storage::job_runs::insert(&mut db, &run).await?)
}

/// Plans a run that a person asks for, for a date of their choice up to today; the worker takes it next.
pub async fn ask(house: &House, actor: &Actor, job: &str, for_date: NaiveDate) -> Result<Uuid, Error> {
    let mut tx = house.begin().await?;
    let job_run_id = insert_asked(&mut tx, (house, actor), job, for_date).await?;
    house.commit(tx).await?;
    Ok(job_run_id)
}

/// Plans a run that a person asks for and takes it at once, so that no worker can: whoever asks runs it.
pub async fn begin(
    house: &House,
    actor: &Actor,
    (job, for_date): (&str, NaiveDate),
    lease: Duration,
) -> Result<JobRun, Error> {
    let mut tx = house.begin().await?;
    let job_run_id = insert_asked(&mut tx, (house, actor), job, for_date).await?;
    let now = house.clock.now();
    let taken = storage::job_runs::take_run(&mut tx, job_run_id, now, now + lease).await?;
    let run = taken.ok_or_else(|| Error::internal(format!("run {job_run_id} was not there to take")))?;
    house.commit(tx).await?;
    Ok(run)
}

async fn insert_asked(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    job: &str,
    for_date: NaiveDate,
) -> Result<Uuid, Error> {
    actor.require(Permission::RunJobs)?;
    let today = house.clock.today();
    if for_date > today {
        // What falls due after today is not owed yet: nothing may be claimed or reminded ahead of its day.
        return Err(Error::field("date", for_date, Text::new("jobs-date-in-future").with("today", today)));
    }
    let now = house.clock.now();
    let job_run_id = house.ids.next();
    // Due times of a schedule are whole seconds; a run by hand never takes the place of one. Two people who ask
    // in the same microsecond, or a clock that stands still, still get a run each. Never after now: such a run
    // would have to wait.
    let mut due_at = now - Duration::microseconds(1);
    loop {
        let run =
            storage::job_runs::NewRun { job_run_id, job, due_at, for_date, asked_by: actor.user_id, created_at: now };
        if storage::job_runs::insert(tx, &run).await? {
            break;
        }
        due_at -= Duration::microseconds(1);
    }
    let detail = serde_json::json!({ "job": job, "for_date": for_date });
    let deed = Deed { action: "job.asked", subject_kind: "job_run", subject_id: job_run_id, detail };
    house.audit(tx, actor, deed).await?;
    Ok(job_run_id)
}

/// Takes the oldest run of a job that waits or was left behind.
pub async fn take(house: &House, job: &str, lease: Duration) -> Result<Option<JobRun>, Error> {
    let now = house.clock.now();
    let mut db = house.read().await?;
    Ok(storage::job_runs::take(&mut db, job, now, now + lease).await?)
}

/// One run by its identifier.
pub async fn find(house: &House, job_run_id: Uuid) -> Result<Option<JobRun>, Error> {
    let mut db = house.read().await?;
    Ok(storage::job_runs::find(&mut db, job_run_id).await?)
}

/// Ends an attempt: with its report, to be tried again, or for good after `max_attempts`.
pub async fn finish(
    house: &House,
    run: &JobRun,
    result: Result<Value, String>,
    max_attempts: u16,
) -> Result<bool, Error> {
    let ending = match result {
        Ok(report) => Ending::Done(report),
        Err(error) if run.attempts < i16::try_from(max_attempts).unwrap_or(i16::MAX) => Ending::Again(error),
        Err(error) => Ending::Failed(error),
    };
    let mut db = house.read().await?;
    Ok(storage::job_runs::finish(&mut db, run, house.clock.now(), ending).await?)
}

/// Ends an attempt that did its work and found that something is not right: for good, with its report.
pub async fn finish_wrong(house: &House, run: &JobRun, (report, problem): (Value, String)) -> Result<bool, Error> {
    let mut db = house.read().await?;
    let ending = Ending::Wrong { report, problem };
    Ok(storage::job_runs::finish(&mut db, run, house.clock.now(), ending).await?)
}

/// The latest runs, newest first.
pub async fn latest(house: &House, actor: &Actor, limit: u16) -> Result<Vec<JobRun>, Error> {
    actor.require(Permission::SeeJobs)?;
    let mut db = house.read().await?;
    Ok(storage::job_runs::latest(&mut db, i64::from(limit)).await?)
}

/// The latest runs of one job, newest first.
pub async fn latest_of(house: &House, actor: &Actor, job: &str, limit: u16) -> Result<Vec<JobRun>, Error> {
    actor.require(Permission::SeeJobs)?;
    let mut db = house.read().await?;
    Ok(storage::job_runs::latest_of(&mut db, job, i64::from(limit)).await?)
}
