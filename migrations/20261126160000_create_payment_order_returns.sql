-- A transfer of ours that the bank of its beneficiary sent back. Its order waits again, outside any run and under a new
-- end-to-end identification; what the bank says of it stands on the line. A record that only grows: taking it back is a
-- later record, and then the order counts as paid again.
CREATE TABLE payment_order_returns (
    payment_order_return_id  uuid PRIMARY KEY,
    payment_order_id    uuid NOT NULL REFERENCES payment_orders,
    bank_line_id        uuid NOT NULL
                        -- the line is written after what it did
                        REFERENCES bank_lines DEFERRABLE INITIALLY DEFERRED,
    bank_decision_id    uuid REFERENCES bank_decisions DEFERRABLE INITIALLY DEFERRED,  -- none where the import booked it
    paid_entry_id       uuid NOT NULL REFERENCES journal_entries,  -- the payment that came back
    entry_id            uuid NOT NULL REFERENCES journal_entries,  -- turns that payment round
    paid_on             date NOT NULL,
    returned_on         date NOT NULL,
    end_to_end_id       text NOT NULL,             -- under which it was paid
    next_end_to_end_id  text NOT NULL CONSTRAINT payment_order_returns_next_key UNIQUE,  -- under which it waits
    payment_run_id      uuid REFERENCES payment_runs,  -- the run in which it was paid, if it was in one
    creditor_iban       text NOT NULL,             -- the account to which it was sent
    returned_at         timestamptz NOT NULL,
    returned_by         uuid NOT NULL REFERENCES users
);
CREATE INDEX payment_order_returns_order_idx ON payment_order_returns (payment_order_id);
CREATE INDEX payment_order_returns_end_to_end_id_idx ON payment_order_returns (end_to_end_id);
CREATE INDEX payment_order_returns_line_idx ON payment_order_returns (bank_line_id);
CREATE INDEX payment_order_returns_paid_entry_idx ON payment_order_returns (paid_entry_id);
CREATE INDEX payment_order_returns_iban_idx ON payment_order_returns (creditor_iban);
CREATE TRIGGER payment_order_returns_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_order_returns
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE payment_order_return_undoings (
    payment_order_return_id  uuid PRIMARY KEY REFERENCES payment_order_returns,
    reason                   text NOT NULL CONSTRAINT payment_order_return_undoings_reason_check CHECK (reason <> ''),
    undone_at                timestamptz NOT NULL,
    undone_by                uuid NOT NULL REFERENCES users
);
CREATE TRIGGER payment_order_return_undoings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_order_return_undoings
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A person looked at the account from which a transfer came back, and says that the order can be sent there again.
CREATE TABLE payment_order_return_confirmations (
    payment_order_return_id  uuid PRIMARY KEY REFERENCES payment_order_returns,
    note                     text NOT NULL CONSTRAINT payment_order_return_confirmations_note_check CHECK (note <> ''),
    confirmed_at             timestamptz NOT NULL,
    confirmed_by             uuid NOT NULL REFERENCES users
);
CREATE TRIGGER payment_order_return_confirmations_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_order_return_confirmations
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The returns that nobody took back.
CREATE VIEW standing_payment_order_returns AS
SELECT r.* FROM payment_order_returns r
WHERE NOT EXISTS (SELECT 1 FROM payment_order_return_undoings u WHERE u.payment_order_return_id = r.payment_order_return_id);

-- A payment comes back once, whoever says so at the same moment: the lock makes the second wait and see.
CREATE FUNCTION refuse_second_payment_order_return() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM payment_orders WHERE payment_order_id = NEW.payment_order_id FOR UPDATE;
    IF EXISTS (SELECT 1 FROM standing_payment_order_returns WHERE paid_entry_id = NEW.paid_entry_id) THEN
        RAISE EXCEPTION 'payment % of order % came back before', NEW.paid_entry_id, NEW.payment_order_id
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'payment_order_returns_standing_key';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payment_order_returns_standing BEFORE INSERT ON payment_order_returns
    FOR EACH ROW EXECUTE FUNCTION refuse_second_payment_order_return();
