-- What programs were answered, so that the same request is done once and answered the same. Four tables had become one
-- thing four times.
CREATE TABLE answers (
    asked            text NOT NULL
                     CONSTRAINT answers_asked_check CHECK (asked IN ('bank_decision', 'collection', 'loan_event', 'payment_run')),
    idempotency_key  text NOT NULL,         -- the caller, a colon, and the key of the caller
    body_sha256      bytea NOT NULL CONSTRAINT answers_body_check CHECK (length(body_sha256) = 32),  -- of what was sent, and about what
    subject_id       uuid,                  -- what came of it, where that can be found by its identifier
    answer           text NOT NULL,         -- JSON, to the byte
    answered_at      timestamptz NOT NULL,
    CONSTRAINT answers_pkey PRIMARY KEY (asked, idempotency_key)
);
INSERT INTO answers (asked, idempotency_key, body_sha256, subject_id, answer, answered_at)
    SELECT 'loan_event', idempotency_key, body_sha256, loan_id, answer, answered_at FROM loan_event_answers
    UNION ALL
    SELECT 'payment_run', idempotency_key, body_sha256, payment_run_id, answer, answered_at FROM payment_run_answers
    UNION ALL
    SELECT 'collection', idempotency_key, body_sha256, NULL, answer, answered_at FROM collection_answers
    UNION ALL
    SELECT 'bank_decision', idempotency_key, body_sha256, bank_decision_id, answer, answered_at FROM bank_decision_answers;
DROP TABLE loan_event_answers, payment_run_answers, collection_answers, bank_decision_answers;
CREATE TRIGGER answers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON answers
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
