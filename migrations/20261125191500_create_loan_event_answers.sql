-- What was answered to a program that may send the same event of a loan twice: the same bytes again. An answer holds
-- figures and what was decided, and nothing about who a person is.
CREATE TABLE loan_event_answers (
    idempotency_key  text CONSTRAINT loan_event_answers_pkey PRIMARY KEY,  -- the caller, a colon, and the key of the caller
    body_sha256      bytea NOT NULL,        -- of the loan and what was sent
    loan_id          uuid NOT NULL REFERENCES loans,
    answer           text NOT NULL,         -- JSON, to the byte
    answered_at      timestamptz NOT NULL
);
CREATE TRIGGER loan_event_answers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON loan_event_answers
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
