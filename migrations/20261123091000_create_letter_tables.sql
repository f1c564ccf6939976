-- Steps of the arrears ladder that were taken, letters as sent, and the outbox.

CREATE TABLE documents (
    document_id  uuid PRIMARY KEY,
    kind         text NOT NULL,                -- first_reminder, ...
    loan_id      uuid REFERENCES loans,
    language     text NOT NULL,
    media_type   text NOT NULL,
    file_name    text NOT NULL,                -- holds no personal data
    content      bytea NOT NULL,
    sha256       bytea NOT NULL,
    created_at   timestamptz NOT NULL
);
CREATE TRIGGER documents_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON documents
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE arrears_steps (
    loan_id            uuid NOT NULL REFERENCES loans,
    instalment_due_on  date NOT NULL,
    step               text NOT NULL,          -- internal_signal, first_reminder, ...
    taken_on           date NOT NULL,
    open_amount        numeric(14,2) NOT NULL,
    days_overdue       integer NOT NULL,
    document_id        uuid REFERENCES documents,
    created_at         timestamptz NOT NULL,
    PRIMARY KEY (loan_id, instalment_due_on, step)
);
CREATE TRIGGER arrears_steps_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON arrears_steps
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- One message, one row, one outcome. (loan, rule, occurrence) is unique: a crash cannot send it again.
CREATE TABLE outbox_messages (
    message_id       uuid PRIMARY KEY,
    loan_id          uuid NOT NULL REFERENCES loans,
    rule             text NOT NULL,
    occurrence       text NOT NULL,
    recipient_name   text NOT NULL,
    recipient_email  text NOT NULL,
    subject          text NOT NULL,
    body_text        text NOT NULL,
    body_html        text NOT NULL,
    document_id      uuid REFERENCES documents,
    state            text NOT NULL CONSTRAINT outbox_messages_state_check CHECK (state IN ('queued', 'sent', 'failed')),
    attempts         smallint NOT NULL DEFAULT 0,
    next_attempt_at  timestamptz NOT NULL,
    created_at       timestamptz NOT NULL,
    sent_at          timestamptz,
    receipt          text,                     -- what the mail server answered
    last_error       text,
    CONSTRAINT outbox_messages_occurrence_key UNIQUE (loan_id, rule, occurrence),
    CONSTRAINT outbox_messages_sent_check CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
    CONSTRAINT outbox_messages_failed_check CHECK (state <> 'failed' OR last_error IS NOT NULL)
);
CREATE INDEX outbox_messages_queued_idx ON outbox_messages (next_attempt_at) WHERE state = 'queued';
