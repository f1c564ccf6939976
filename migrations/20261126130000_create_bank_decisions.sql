-- What people decide about lines of the bank that wait: a record that only grows. One decision is about one line or
-- more, and says in parts where their money goes. Undoing it is a later record, and then its lines wait again.

CREATE TABLE bank_decisions (
    bank_decision_id  uuid PRIMARY KEY,
    fund_id           uuid NOT NULL REFERENCES funds,
    reason            text NOT NULL CONSTRAINT bank_decisions_reason_check CHECK (reason <> ''),  -- in the words of who decided
    net_entry_id      uuid REFERENCES journal_entries,   -- what cancels out between credits and debits of one decision
    asked_by          uuid REFERENCES users,             -- who asked first, where it takes two
    decided_at        timestamptz NOT NULL,
    decided_by        uuid NOT NULL REFERENCES users,
    CONSTRAINT bank_decisions_second_check CHECK (asked_by IS NULL OR asked_by <> decided_by)
);
CREATE TRIGGER bank_decisions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_decisions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE bank_decision_undoings (
    bank_decision_id  uuid PRIMARY KEY REFERENCES bank_decisions,
    reason            text NOT NULL CONSTRAINT bank_decision_undoings_reason_check CHECK (reason <> ''),
    undone_at         timestamptz NOT NULL,
    undone_by         uuid NOT NULL REFERENCES users
);
CREATE TRIGGER bank_decision_undoings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_decision_undoings
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE bank_decision_lines (
    bank_decision_id  uuid NOT NULL REFERENCES bank_decisions,
    bank_line_id      uuid NOT NULL REFERENCES bank_lines,
    PRIMARY KEY (bank_decision_id, bank_line_id)
);
CREATE INDEX bank_decision_lines_line_idx ON bank_decision_lines (bank_line_id);
CREATE TRIGGER bank_decision_lines_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_decision_lines
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE bank_decision_parts (
    bank_decision_id  uuid NOT NULL REFERENCES bank_decisions,
    place             smallint NOT NULL,        -- from 1
    kind              text NOT NULL CONSTRAINT bank_decision_parts_kind_check CHECK (kind IN
                      ('loan', 'return', 'source', 'charge', 'order', 'not_ours', 'refund')),
    amount            numeric(14,2) NOT NULL CONSTRAINT bank_decision_parts_amount_check CHECK (amount <> 0),  -- credit positive
    loan_id           uuid REFERENCES loans,
    payment_id        uuid,                     -- loan: the payment that it became; return: the payment that went back
    fact_id           uuid REFERENCES loan_facts,
    source_id         uuid REFERENCES funding_sources,
    payment_order_id  uuid REFERENCES payment_orders,
    entry_id          uuid NOT NULL REFERENCES journal_entries,
    PRIMARY KEY (bank_decision_id, place),
    CONSTRAINT bank_decision_parts_loan_check CHECK ((kind IN ('loan', 'return')) =
        (loan_id IS NOT NULL AND payment_id IS NOT NULL AND fact_id IS NOT NULL)),
    CONSTRAINT bank_decision_parts_source_check CHECK ((kind = 'source') = (source_id IS NOT NULL)),
    CONSTRAINT bank_decision_parts_order_check CHECK ((kind IN ('order', 'refund')) = (payment_order_id IS NOT NULL))
);
CREATE INDEX bank_decision_parts_loan_idx ON bank_decision_parts (loan_id) WHERE loan_id IS NOT NULL;
CREATE INDEX bank_decision_parts_payment_idx ON bank_decision_parts (payment_id) WHERE payment_id IS NOT NULL;
CREATE TRIGGER bank_decision_parts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_decision_parts
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A line that the import booked by itself, and that a person took back: it waits as if it never had been placed.
CREATE TABLE bank_line_reopenings (
    bank_line_id  uuid PRIMARY KEY REFERENCES bank_lines,
    reason        text NOT NULL CONSTRAINT bank_line_reopenings_reason_check CHECK (reason <> ''),
    entry_id      uuid NOT NULL REFERENCES journal_entries,   -- moved its money from where it was booked to suspense
    reopened_at   timestamptz NOT NULL,
    reopened_by   uuid NOT NULL REFERENCES users
);
CREATE TRIGGER bank_line_reopenings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_line_reopenings
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Somebody asked for money to go back to its sender. It goes when a second person asks for the same.
CREATE TABLE bank_refund_asks (
    bank_refund_ask_id  uuid PRIMARY KEY,
    bank_line_id        uuid NOT NULL REFERENCES bank_lines,
    round               bigint NOT NULL,        -- how many decisions about the line there had been: undone, both ask anew
    reason              text NOT NULL CONSTRAINT bank_refund_asks_reason_check CHECK (reason <> ''),
    asked_at            timestamptz NOT NULL,
    asked_by            uuid NOT NULL REFERENCES users
);
CREATE INDEX bank_refund_asks_line_idx ON bank_refund_asks (bank_line_id);
CREATE TRIGGER bank_refund_asks_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_refund_asks
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What was answered to programs and pages that may send the same decision twice.
CREATE TABLE bank_decision_answers (
    idempotency_key   text PRIMARY KEY,
    body_sha256       bytea NOT NULL,
    bank_decision_id  uuid,                     -- none where it waits for a second person
    answer            text NOT NULL,
    answered_at       timestamptz NOT NULL
);
CREATE TRIGGER bank_decision_answers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_decision_answers
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A line has one decision that stands, whoever decides at the same moment: the lock makes the second wait and see.
CREATE FUNCTION refuse_second_bank_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM bank_lines WHERE bank_line_id = NEW.bank_line_id FOR UPDATE;
    IF EXISTS (SELECT 1 FROM bank_decision_lines l LEFT JOIN bank_decision_undoings u USING (bank_decision_id)
               WHERE l.bank_line_id = NEW.bank_line_id AND l.bank_decision_id <> NEW.bank_decision_id
                 AND u.bank_decision_id IS NULL) THEN
        RAISE EXCEPTION 'bank line % has a decision that stands', NEW.bank_line_id
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'bank_decision_lines_standing_key';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bank_decision_lines_standing BEFORE INSERT ON bank_decision_lines
    FOR EACH ROW EXECUTE FUNCTION refuse_second_bank_decision();
