-- Collections by direct debit: each attempt at a claim, the notice before it, the file it left with, and what came back.

CREATE TABLE collection_runs (
    run_id        uuid PRIMARY KEY,
    fund_id       uuid NOT NULL REFERENCES funds,
    message_id    text NOT NULL CONSTRAINT collection_runs_message_id_key UNIQUE
                  CONSTRAINT collection_runs_message_id_check CHECK (message_id ~ '^[A-Z0-9]{1,30}$'),
    state         text NOT NULL CONSTRAINT collection_runs_state_check CHECK (state IN ('made', 'released', 'exported', 'lapsed')),
    lines         integer NOT NULL CONSTRAINT collection_runs_lines_check CHECK (lines > 0),
    total         numeric(14,2) NOT NULL CONSTRAINT collection_runs_total_check CHECK (total > 0),
    first_on      date NOT NULL,               -- the first collection date in it
    send_by       date NOT NULL,               -- the last day on which the bank still takes it
    content       bytea NOT NULL,              -- the pain.008 file; what is released is what is sent
    sha256        bytea NOT NULL,
    made_by       uuid NOT NULL REFERENCES users,
    made_at       timestamptz NOT NULL,
    released_by   uuid REFERENCES users,
    released_at   timestamptz,
    exported_by   uuid REFERENCES users,
    exported_at   timestamptz,                 -- the first time; later exports are the same bytes
    lapsed_at     timestamptz,                 -- nobody sent it in time
    CONSTRAINT collection_runs_released_check CHECK ((released_at IS NOT NULL) = (released_by IS NOT NULL)
        AND (state NOT IN ('released', 'exported') OR released_at IS NOT NULL) AND (state <> 'made' OR released_at IS NULL)),
    CONSTRAINT collection_runs_exported_check CHECK ((state = 'exported') = (exported_at IS NOT NULL)
        AND (exported_at IS NOT NULL) = (exported_by IS NOT NULL)),
    CONSTRAINT collection_runs_lapsed_check CHECK ((state = 'lapsed') = (lapsed_at IS NOT NULL)),
    CONSTRAINT collection_runs_maker_check CHECK (released_by IS NULL OR released_by <> made_by)
);
CREATE INDEX collection_runs_fund_idx ON collection_runs (fund_id, made_at);

CREATE TABLE collections (
    collection_id    uuid PRIMARY KEY,
    loan_id          uuid NOT NULL,
    fund_id          uuid NOT NULL,
    mandate_id       uuid NOT NULL REFERENCES mandates,
    due_on           date NOT NULL,            -- of the claim
    attempt          smallint NOT NULL CONSTRAINT collections_attempt_check CHECK (attempt > 0),
    retry            boolean NOT NULL DEFAULT false,  -- the one automatic second try of a claim
    amount           numeric(14,2) NOT NULL CONSTRAINT collections_amount_check CHECK (amount > 0),
    collect_on       date NOT NULL,
    sequence_type    text NOT NULL CONSTRAINT collections_sequence_type_check CHECK (sequence_type IN ('RCUR', 'OOFF')),
    end_to_end_id    text NOT NULL CONSTRAINT collections_end_to_end_id_key UNIQUE
                     CONSTRAINT collections_end_to_end_id_check CHECK (length(end_to_end_id) <= 35),
    revision         smallint NOT NULL DEFAULT 1,  -- grows when amount, day, mandate or creditor change: each has its notice
    state            text NOT NULL CONSTRAINT collections_state_check CHECK (state IN ('made', 'exported', 'credited', 'returned', 'dropped')),
    blocked_because  text,                     -- why the last run left it out
    run_id           uuid REFERENCES collection_runs,
    batch            text,                     -- payment information of the file: one per day and sequence type
    exported_on      date,
    credited_on      date,
    payment_id       uuid,                     -- the payment on the loan that it became
    returned_on      date,
    dropped_on       date,
    dropped_because  text,
    created_at       timestamptz NOT NULL,
    CONSTRAINT collections_claim_key UNIQUE (loan_id, due_on, attempt),
    CONSTRAINT collections_loan_fkey FOREIGN KEY (fund_id, loan_id) REFERENCES loans (fund_id, loan_id),
    CONSTRAINT collections_run_check CHECK ((run_id IS NOT NULL) = (batch IS NOT NULL)),
    CONSTRAINT collections_exported_check CHECK ((state IN ('exported', 'credited', 'returned')) = (exported_on IS NOT NULL)
        AND (exported_on IS NULL OR run_id IS NOT NULL)),
    CONSTRAINT collections_credited_check CHECK ((state <> 'credited' OR credited_on IS NOT NULL)
        AND (credited_on IS NULL OR state IN ('credited', 'returned')) AND (credited_on IS NOT NULL) = (payment_id IS NOT NULL)),
    CONSTRAINT collections_returned_check CHECK ((state = 'returned') = (returned_on IS NOT NULL)),
    CONSTRAINT collections_dropped_check CHECK ((state = 'dropped') = (dropped_on IS NOT NULL)
        AND (dropped_on IS NOT NULL) = (dropped_because IS NOT NULL) AND (state <> 'dropped' OR run_id IS NULL))
);
-- A claim is on its way once: whatever jobs and people do at the same time.
CREATE UNIQUE INDEX collections_open_key ON collections (loan_id, due_on) WHERE state IN ('made', 'exported', 'credited');
-- At most one automatic second try for each instalment.
CREATE UNIQUE INDEX collections_retry_key ON collections (loan_id, due_on) WHERE retry;
CREATE INDEX collections_mandate_idx ON collections (mandate_id);
CREATE INDEX collections_run_idx ON collections (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX collections_made_idx ON collections (fund_id, collect_on) WHERE state = 'made';

-- The borrower was told beforehand: how much, when, under which mandate and by whom (14 days, unless agreed otherwise).
CREATE TABLE collection_notices (
    collection_id      uuid NOT NULL REFERENCES collections,
    revision           smallint NOT NULL,
    amount             numeric(14,2) NOT NULL,
    collect_on         date NOT NULL,
    mandate_reference  text NOT NULL,
    creditor           text NOT NULL,
    document_id        uuid NOT NULL REFERENCES documents,
    notified_on        date NOT NULL,
    created_at         timestamptz NOT NULL,
    PRIMARY KEY (collection_id, revision)
);
CREATE TRIGGER collection_notices_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON collection_notices
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Which collection told the debtor's bank of an amendment. One that the bank rejected has told nobody.
CREATE TABLE collection_amendments (
    collection_id  uuid NOT NULL REFERENCES collections,
    amendment_id   uuid NOT NULL REFERENCES mandate_amendments,
    PRIMARY KEY (collection_id, amendment_id)
);
CREATE INDEX collection_amendments_amendment_idx ON collection_amendments (amendment_id);
CREATE TRIGGER collection_amendments_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON collection_amendments
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What came back, and what its reason asks of the house.
CREATE TABLE collection_returns (
    return_id      uuid PRIMARY KEY,
    collection_id  uuid NOT NULL CONSTRAINT collection_returns_collection_key UNIQUE REFERENCES collections,
    bank_line_id   uuid NOT NULL CONSTRAINT collection_returns_line_key UNIQUE
                   REFERENCES bank_lines DEFERRABLE INITIALLY DEFERRED,  -- lines are written after what they did
    kind           text NOT NULL CONSTRAINT collection_returns_kind_check CHECK (kind IN
                   ('reject', 'return', 'refund', 'reversal', 'cancellation')),
    reason         text,                       -- ISO code; none where the bank gave none
    was_credited   boolean NOT NULL,           -- false: rejected before any money came
    fact_id        uuid REFERENCES loan_facts, -- the reversal of the payment
    action         text NOT NULL CONSTRAINT collection_returns_action_check CHECK (action IN
                   ('retry', 'ask_account', 'stop_mandate', 'contact', 'technical', 'estate', 'complete_data', 'allow_list', 'check_duplicate')),
    retry_id       uuid REFERENCES collections,  -- the second try, where the reason asks for one
    returned_on    date NOT NULL,
    created_at     timestamptz NOT NULL,
    CONSTRAINT collection_returns_fact_check CHECK (was_credited = (fact_id IS NOT NULL))
);
CREATE TRIGGER collection_returns_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON collection_returns
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A person has done what a return asked: a later record.
CREATE TABLE collection_return_answers (
    return_id    uuid PRIMARY KEY REFERENCES collection_returns,
    note         text NOT NULL CONSTRAINT collection_return_answers_note_check CHECK (note <> ''),
    answered_by  uuid NOT NULL REFERENCES users,
    answered_at  timestamptz NOT NULL
);
CREATE TRIGGER collection_return_answers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON collection_return_answers
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What programs were answered: the same key with the same request is answered again and done once.
CREATE TABLE collection_answers (
    idempotency_key  text PRIMARY KEY,
    body_sha256      bytea NOT NULL,
    answer           text NOT NULL,
    answered_at      timestamptz NOT NULL
);
CREATE TRIGGER collection_answers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON collection_answers
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
