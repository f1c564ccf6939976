-- Payment runs: orders that leave together in one file for the bank. Made by one person, released by two different
-- ones, exported once. Every step is a row that only grows; what state a run is in follows from them.

CREATE SEQUENCE payment_run_numbers;

CREATE TABLE payment_runs (
    payment_run_id  uuid PRIMARY KEY,
    number          text NOT NULL CONSTRAINT payment_runs_number_key UNIQUE,           -- P-2026-00012
    message_id      text NOT NULL CONSTRAINT payment_runs_message_id_key UNIQUE        -- MsgId in the file, unique for ever
                    CONSTRAINT payment_runs_message_id_check CHECK (length(message_id) <= 30),
    execute_on      date NOT NULL,             -- a banking day
    made_by         uuid NOT NULL REFERENCES users,
    made_at         timestamptz NOT NULL
);
CREATE TRIGGER payment_runs_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_runs
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What a run asks the bank to pay from one account: one PmtInf in the file, one debit on the statement.
CREATE TABLE payment_run_batches (
    payment_run_id  uuid NOT NULL REFERENCES payment_runs,
    fund_id         uuid NOT NULL REFERENCES funds,
    batch_id        text NOT NULL CONSTRAINT payment_run_batches_batch_id_key UNIQUE,  -- PmtInfId
    amount          numeric(14,2) NOT NULL CONSTRAINT payment_run_batches_amount_check CHECK (amount > 0),
    PRIMARY KEY (payment_run_id, fund_id)
);
CREATE TRIGGER payment_run_batches_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_run_batches
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The orders of a run as they were when it was made; what is exported is this.
CREATE TABLE payment_run_orders (
    payment_run_id    uuid NOT NULL,
    payment_order_id  uuid NOT NULL REFERENCES payment_orders,
    fund_id           uuid NOT NULL,
    position          integer NOT NULL,        -- place in the run, from 1
    kind              text NOT NULL,
    creditor_name     text NOT NULL,
    creditor_iban     text NOT NULL,
    amount            numeric(14,2) NOT NULL CONSTRAINT payment_run_orders_amount_check CHECK (amount > 0),
    remittance        text NOT NULL,
    end_to_end_id     text NOT NULL,
    contractor_id     uuid REFERENCES contractors,
    approved_by       uuid REFERENCES users,   -- who approved the invoice
    PRIMARY KEY (payment_run_id, payment_order_id),
    CONSTRAINT payment_run_orders_position_key UNIQUE (payment_run_id, position),
    CONSTRAINT payment_run_orders_batch_fkey FOREIGN KEY (payment_run_id, fund_id) REFERENCES payment_run_batches (payment_run_id, fund_id)
);
CREATE INDEX payment_run_orders_order_idx ON payment_run_orders (payment_order_id);
CREATE TRIGGER payment_run_orders_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_run_orders
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The run that an order is in: one column, so never two. Empty again when the run is cancelled, or when a person says
-- that the bank did not execute the order.
ALTER TABLE payment_orders ADD COLUMN payment_run_id uuid;
ALTER TABLE payment_orders ADD CONSTRAINT payment_orders_run_fkey
    FOREIGN KEY (payment_run_id, payment_order_id) REFERENCES payment_run_orders (payment_run_id, payment_order_id);
CREATE INDEX payment_orders_run_idx ON payment_orders (payment_run_id) WHERE payment_run_id IS NOT NULL;

CREATE TABLE payment_run_releases (
    payment_run_id  uuid NOT NULL REFERENCES payment_runs,
    released_by     uuid NOT NULL REFERENCES users,
    position        smallint NOT NULL CONSTRAINT payment_run_releases_position_check CHECK (position IN (1, 2)),
    released_at     timestamptz NOT NULL,
    PRIMARY KEY (payment_run_id, released_by),          -- the same person does not release twice
    CONSTRAINT payment_run_releases_position_key UNIQUE (payment_run_id, position)
);
CREATE TRIGGER payment_run_releases_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_run_releases
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A releaser says of the account of a contractor that it was verified, and how.
CREATE TABLE payment_run_confirmations (
    payment_run_id  uuid NOT NULL,
    contractor_id   uuid NOT NULL REFERENCES contractors,
    confirmed_by    uuid NOT NULL,
    note            text NOT NULL CONSTRAINT payment_run_confirmations_note_check CHECK (note <> ''),
    flags           text[] NOT NULL,           -- what was shown when it was confirmed
    confirmed_at    timestamptz NOT NULL,
    PRIMARY KEY (payment_run_id, contractor_id, confirmed_by),
    CONSTRAINT payment_run_confirmations_releaser_fkey FOREIGN KEY (payment_run_id, confirmed_by)
        REFERENCES payment_run_releases (payment_run_id, released_by)
);
CREATE TRIGGER payment_run_confirmations_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_run_confirmations
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE payment_run_exports (
    payment_run_id  uuid PRIMARY KEY REFERENCES payment_runs,
    file_name       text NOT NULL,
    content         bytea NOT NULL,            -- the file, to the byte; every later download is this
    sha256          bytea NOT NULL CONSTRAINT payment_run_exports_sha256_check CHECK (sha256 = sha256(content)),
    exported_at     timestamptz NOT NULL,
    exported_by     uuid NOT NULL REFERENCES users
);
CREATE TRIGGER payment_run_exports_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_run_exports
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE payment_run_cancellations (
    payment_run_id  uuid PRIMARY KEY REFERENCES payment_runs,
    reason          text NOT NULL CONSTRAINT payment_run_cancellations_reason_check CHECK (reason <> ''),
    cancelled_at    timestamptz NOT NULL,
    cancelled_by    uuid NOT NULL REFERENCES users
);
CREATE TRIGGER payment_run_cancellations_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_run_cancellations
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The one debit with which the bank executed all orders of a batch.
CREATE TABLE payment_run_executions (
    payment_run_id  uuid NOT NULL,
    fund_id         uuid NOT NULL,
    bank_line_id    uuid NOT NULL CONSTRAINT payment_run_executions_line_key UNIQUE
                    -- the line is written after what it did
                    REFERENCES bank_lines DEFERRABLE INITIALLY DEFERRED,
    executed_on     date NOT NULL,
    PRIMARY KEY (payment_run_id, fund_id),
    CONSTRAINT payment_run_executions_batch_fkey FOREIGN KEY (payment_run_id, fund_id)
        REFERENCES payment_run_batches (payment_run_id, fund_id)
);
CREATE TRIGGER payment_run_executions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_run_executions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
