//! Runs of jobs: one row per job and due time, taken with a lease, finished with a report.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Error;

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunState {
    /// Due, nobody has taken it.
    Waiting,
    /// Taken; its lease runs.
    Running,
    /// Ended well.
    Done,
    /// Tried as often as the definition allows.
    Failed,
}

impl RunState {
    /// The code in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

/// One run of a job.
#[derive(Debug, Clone, PartialEq)]
pub struct JobRun {
    /// Its identifier.
    pub job_run_id: Uuid,
    /// The job's name.
    pub job: String,
    /// When it was due.
    pub due_at: DateTime<Utc>,
    /// The business date it works for.
    pub for_date: NaiveDate,
    /// Where it stands.
    pub state: RunState,
    /// How often it was tried.
    pub attempts: i16,
    /// When it was last taken.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// What it did or found.
    pub report: Option<serde_json::Value>,
    /// Why its last attempt did not end well.
    pub error: Option<String>,
}

/// A run that is due.
#[derive(Debug)]
pub struct NewRun<'a> {
    /// Its identifier.
    pub job_run_id: Uuid,
    /// The job's name.
    pub job: &'a str,
    /// When it is due.
    pub due_at: DateTime<Utc>,
    /// The business date it works for.
    pub for_date: NaiveDate,
    /// Who asked: the house itself, or a person.
    pub asked_by: Uuid,
    /// Now.
    pub created_at: DateTime<Utc>,
}

struct RunRow {
    job_run_id: Uuid,
    job: String,
    due_at: DateTime<Utc>,
    for_date: NaiveDate,
    state: String,
    attempts: i16,
    started_at: Option<DateTime<Utc>>,
    finished_at: Option<DateTime<Utc>>,
    report: Option<serde_json::Value>,
    error: Option<String>,
}

impl TryFrom<RunRow> for JobRun {
    type Error = Error;

    fn try_from(row: RunRow) -> Result<Self, Error> {
        let state = match row.state.as_str() {
            "waiting" => RunState::Waiting,
            "running" => RunState::Running,
            "done" => RunState::Done,
            "failed" => RunState::Failed,
            other => return Err(Error::corrupt("job_runs", format!("state {other}"))),
        };
        Ok(Self {
            job_run_id: row.job_run_id,
            job: row.job,
            due_at: row.due_at,
            for_date: row.for_date,
            state,
            attempts: row.attempts,
            started_at: row.started_at,
            finished_at: row.finished_at,
            report: row.report,
            error: row.error,
        })
    }
}

/// Adds a run; false when the job already has one for that due time.
pub async fn insert(db: &mut PgConnection, run: &NewRun<'_>) -> Result<bool, Error> {
    let done = sqlx::query!(
        "INSERT INTO job_runs (job_run_id, job, due_at, for_date, state, asked_by, created_at)
         VALUES ($1, $2, $3, $4, 'waiting', $5, $6)
         ON CONFLICT ON CONSTRAINT job_runs_due_key DO NOTHING",
        run.job_run_id,
        run.job,
        run.due_at,
        run.for_date,
        run.asked_by,
        run.created_at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes the oldest run that waits, or whose holder let its lease pass, until `lease_until`.
pub async fn take(
    db: &mut PgConnection,
    job: &str,
    now: DateTime<Utc>,
    lease_until: DateTime<Utc>,
) -> Result<Option<JobRun>, Error> {
    let row = sqlx::query_as!(
        RunRow,
        "UPDATE job_runs SET state = 'running', attempts = attempts + 1, started_at = $2, lease_until = $3
         WHERE job_run_id = (
             SELECT job_run_id FROM job_runs
             WHERE job = $1 AND due_at <= $2 AND (state = 'waiting' OR (state = 'running' AND lease_until < $2))
             ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING job_run_id, job, due_at, for_date, state, attempts, started_at, finished_at, report, error",
        job,
        now,
        lease_until,
    )
    .fetch_optional(db)
    .await?;
    row.map(JobRun::try_from).transpose()
}

/// Takes one run that waits, until `lease_until`; none when it does not wait.
pub async fn take_run(
    db: &mut PgConnection,
    job_run_id: Uuid,
    now: DateTime<Utc>,
    lease_until: DateTime<Utc>,
) -> Result<Option<JobRun>, Error> {
    let row = sqlx::query_as!(
        RunRow,
        "UPDATE job_runs SET state = 'running', attempts = attempts + 1, started_at = $2, lease_until = $3
         WHERE job_run_id = $1 AND state = 'waiting'
         RETURNING job_run_id, job, due_at, for_date, state, attempts, started_at, finished_at, report, error",
        job_run_id,
        now,
        lease_until,
    )
    .fetch_optional(db)
    .await?;
    row.map(JobRun::try_from).transpose()
}

/// How an attempt ended.
#[derive(Debug)]
pub enum Ending {
    /// Well, with a report.
    Done(serde_json::Value),
    /// Not, and it will be tried again.
    Again(String),
    /// Not, for good.
    Failed(String),
    /// The work was done, and what it found is not right.
    Wrong {
        /// What was found.
        report: serde_json::Value,
        /// What is not right.
        problem: String,
    },
}

/// Ends an attempt. False when the lease had passed and another attempt has begun since: its ending counts,
/// not this one's.
pub async fn finish(db: &mut PgConnection, run: &JobRun, now: DateTime<Utc>, ending: Ending) -> Result<bool, Error> {
    let (state, finished_at, report, error) = match ending {
        Ending::Done(report) => ("done", Some(now), Some(report), None),
        Ending::Again(error) => ("waiting", None, None, Some(error)),
        Ending::Failed(error) => ("failed", Some(now), None, Some(error)),
        Ending::Wrong { report, problem } => ("failed", Some(now), Some(report), Some(problem)),
    };
    let done = sqlx::query!(
        "UPDATE job_runs SET state = $3, finished_at = $4, report = $5, error = $6, lease_until = NULL
         WHERE job_run_id = $1 AND state = 'running' AND attempts = $2",
        run.job_run_id,
        run.attempts,
        state,
        finished_at,
        report,
        error,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// One run.
pub async fn find(db: &mut PgConnection, job_run_id: Uuid) -> Result<Option<JobRun>, Error> {
    let row = sqlx::query_as!(
        RunRow,
        "SELECT job_run_id, job, due_at, for_date, state, attempts, started_at, finished_at, report, error
         FROM job_runs WHERE job_run_id = $1",
        job_run_id,
    )
    .fetch_optional(db)
    .await?;
    row.map(JobRun::try_from).transpose()
}

/// The latest runs, newest first.
pub async fn latest(db: &mut PgConnection, limit: i64) -> Result<Vec<JobRun>, Error> {
    let rows = sqlx::query_as!(
        RunRow,
        "SELECT job_run_id, job, due_at, for_date, state, attempts, started_at, finished_at, report, error
         FROM job_runs ORDER BY due_at DESC, job LIMIT $1",
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(JobRun::try_from).collect()
}

/// The latest runs of one job, newest first.
pub async fn latest_of(db: &mut PgConnection, job: &str, limit: i64) -> Result<Vec<JobRun>, Error> {
    let rows = sqlx::query_as!(
        RunRow,
        "SELECT job_run_id, job, due_at, for_date, state, attempts, started_at, finished_at, report, error
         FROM job_runs WHERE job = $1 ORDER BY due_at DESC LIMIT $2",
        job,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(JobRun::try_from).collect()
}
