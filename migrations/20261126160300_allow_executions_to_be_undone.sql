-- That a debit executed a run can be taken back, and the run can be executed by another debit, or by the same one when a
-- person says so. The record only grows: one execution of each batch stands.
ALTER TABLE payment_run_executions
    ADD COLUMN payment_run_execution_id uuid NOT NULL DEFAULT gen_random_uuid(),
    ADD COLUMN bank_decision_id uuid REFERENCES bank_decisions DEFERRABLE INITIALLY DEFERRED;  -- none where the import booked it
ALTER TABLE payment_run_executions ALTER COLUMN payment_run_execution_id DROP DEFAULT;
ALTER TABLE payment_run_executions DROP CONSTRAINT payment_run_executions_pkey;
ALTER TABLE payment_run_executions DROP CONSTRAINT payment_run_executions_line_key;
ALTER TABLE payment_run_executions ADD PRIMARY KEY (payment_run_execution_id);
CREATE INDEX payment_run_executions_batch_idx ON payment_run_executions (payment_run_id, fund_id);
CREATE INDEX payment_run_executions_line_idx ON payment_run_executions (bank_line_id);

CREATE TABLE payment_run_execution_undoings (
    payment_run_execution_id  uuid PRIMARY KEY REFERENCES payment_run_executions,
    reason                    text NOT NULL CONSTRAINT payment_run_execution_undoings_reason_check CHECK (reason <> ''),
    undone_at                 timestamptz NOT NULL,
    undone_by                 uuid NOT NULL REFERENCES users
);
CREATE TRIGGER payment_run_execution_undoings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_run_execution_undoings
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The executions that nobody took back.
CREATE VIEW standing_payment_run_executions AS
SELECT e.* FROM payment_run_executions e
WHERE NOT EXISTS (SELECT 1 FROM payment_run_execution_undoings u WHERE u.payment_run_execution_id = e.payment_run_execution_id);

-- The lock makes whoever executes the same batch at the same moment wait and see.
CREATE FUNCTION refuse_second_payment_run_execution() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM payment_run_batches
    WHERE payment_run_id = NEW.payment_run_id AND fund_id = NEW.fund_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT 1 FROM standing_payment_run_executions
               WHERE payment_run_id = NEW.payment_run_id AND fund_id = NEW.fund_id) THEN
        RAISE EXCEPTION 'payment run % is executed from fund % already', NEW.payment_run_id, NEW.fund_id
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'payment_run_executions_standing_key';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payment_run_executions_standing BEFORE INSERT ON payment_run_executions
    FOR EACH ROW EXECUTE FUNCTION refuse_second_payment_run_execution();
