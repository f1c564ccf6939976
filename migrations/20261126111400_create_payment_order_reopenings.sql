-- A person says that the bank did not execute an order of an exported run: it waits again, under a new end-to-end
-- identification, so that a late execution of the old one cannot be taken for it.
CREATE TABLE payment_order_reopenings (
    payment_order_id  uuid NOT NULL REFERENCES payment_orders,
    end_to_end_id     text NOT NULL CONSTRAINT payment_order_reopenings_end_to_end_id_key UNIQUE,  -- the one before
    payment_run_id    uuid NOT NULL REFERENCES payment_runs,   -- the run it was in
    creditor_iban     text NOT NULL,                           -- the account it was sent to
    reason            text NOT NULL CONSTRAINT payment_order_reopenings_reason_check CHECK (reason <> ''),
    reopened_at       timestamptz NOT NULL,
    reopened_by       uuid NOT NULL REFERENCES users,
    PRIMARY KEY (payment_order_id, end_to_end_id)
);
CREATE TRIGGER payment_order_reopenings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_order_reopenings
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
