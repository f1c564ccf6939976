-- What was answered to a program that may send the same step of a run twice: the same bytes again.
CREATE TABLE payment_run_answers (
    idempotency_key  text CONSTRAINT payment_run_answers_pkey PRIMARY KEY,  -- the caller, a colon, and the key of the caller
    body_sha256      bytea NOT NULL,        -- of the step, the run and what was sent
    payment_run_id   uuid NOT NULL REFERENCES payment_runs,
    answer           text NOT NULL,         -- JSON, to the byte
    answered_at      timestamptz NOT NULL
);
CREATE TRIGGER payment_run_answers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_run_answers
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
