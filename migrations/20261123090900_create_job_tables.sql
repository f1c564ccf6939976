-- One row per job and due time: a second scheduler cannot run it again.
CREATE TABLE job_runs (
    job_run_id   uuid PRIMARY KEY,
    job          text NOT NULL,                -- name of jobs/<name>.toml
    due_at       timestamptz NOT NULL,
    for_date     date NOT NULL,                -- the business date the job works for
    state        text NOT NULL CONSTRAINT job_runs_state_check CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    attempts     smallint NOT NULL DEFAULT 0,
    lease_until  timestamptz,                  -- a run whose lease has ended may be taken over
    started_at   timestamptz,
    finished_at  timestamptz,
    report       jsonb,
    error        text,
    asked_by     uuid NOT NULL REFERENCES users,
    created_at   timestamptz NOT NULL,
    CONSTRAINT job_runs_due_key UNIQUE (job, due_at),
    CONSTRAINT job_runs_state_dates_check CHECK (
        (state = 'running') = (lease_until IS NOT NULL)
        AND (state IN ('done', 'failed')) = (finished_at IS NOT NULL)
        AND (state = 'failed') = (error IS NOT NULL AND finished_at IS NOT NULL))
);
CREATE INDEX job_runs_open_idx ON job_runs (due_at) WHERE state IN ('waiting', 'running');
