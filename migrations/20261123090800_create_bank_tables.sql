-- Bank files as received, and what became of each of their lines.

CREATE TABLE bank_files (
    bank_file_id  uuid PRIMARY KEY,
    sha256        bytea NOT NULL CONSTRAINT bank_files_sha256_key UNIQUE,
    name          text NOT NULL,
    content       bytea NOT NULL,              -- as received, to the byte
    encoding      text NOT NULL,
    received_at   timestamptz NOT NULL,
    received_by   uuid NOT NULL REFERENCES users
);
CREATE TRIGGER bank_files_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_files
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE bank_statements (
    bank_statement_id  uuid PRIMARY KEY,
    bank_file_id       uuid NOT NULL REFERENCES bank_files,
    fund_id            uuid NOT NULL REFERENCES funds,
    position           smallint NOT NULL,      -- within its file, from 1
    sequence           smallint NOT NULL,      -- CODA number of the year
    old_balance        numeric(14,2) NOT NULL,
    old_balance_on     date,
    new_balance        numeric(14,2) NOT NULL,
    new_balance_on     date NOT NULL,
    sha256             bytea NOT NULL CONSTRAINT bank_statements_sha256_key UNIQUE,  -- of the statement's lines, without the duplicate flag
    booked_at          timestamptz NOT NULL,
    CONSTRAINT bank_statements_position_key UNIQUE (bank_file_id, position),
    CONSTRAINT bank_statements_fund_key UNIQUE (fund_id, new_balance_on, sequence)
);
CREATE TRIGGER bank_statements_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_statements
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE bank_lines (
    bank_line_id       uuid PRIMARY KEY,
    bank_statement_id  uuid NOT NULL REFERENCES bank_statements,
    fund_id            uuid NOT NULL REFERENCES funds,
    ordinal            integer NOT NULL,       -- within the statement, from 1
    sequence           char(4) NOT NULL,
    detail             char(4) NOT NULL,
    batch_of           char(4),                -- set on a detail: the sequence of its total
    amount             numeric(14,2) NOT NULL, -- from the account's view: credit positive
    booked_on          date NOT NULL,
    value_on           date,
    kind               text NOT NULL,          -- transaction code: type, family, transaction, category
    bank_reference     text NOT NULL,
    counterparty_iban  text,
    counterparty_bic   text,
    counterparty_name  text,
    structured         char(12),
    free               text,
    end_to_end_id      text,
    outcome            text NOT NULL CONSTRAINT bank_lines_outcome_check CHECK (outcome IN ('booked', 'suspense', 'detailed')),
    reason             text NOT NULL,          -- code that says why this outcome
    loan_id            uuid REFERENCES loans,
    payment_order_id   uuid REFERENCES payment_orders,
    source_id          uuid REFERENCES funding_sources,
    entry_id           uuid REFERENCES journal_entries,
    CONSTRAINT bank_lines_ordinal_key UNIQUE (bank_statement_id, ordinal),
    CONSTRAINT bank_lines_entry_check CHECK ((outcome = 'detailed') = (entry_id IS NULL))  -- a total whose details are booked has no entry of its own
);
CREATE INDEX bank_lines_outcome_idx ON bank_lines (outcome) WHERE outcome = 'suspense';
CREATE INDEX bank_lines_loan_idx ON bank_lines (loan_id) WHERE loan_id IS NOT NULL;
CREATE TRIGGER bank_lines_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_lines
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A line in suspense is settled by a person: a later record, never a change of the line.
CREATE TABLE bank_line_settlements (
    bank_line_id  uuid PRIMARY KEY REFERENCES bank_lines,
    loan_id       uuid NOT NULL REFERENCES loans,
    entry_id      uuid NOT NULL REFERENCES journal_entries,
    reason        text NOT NULL,
    settled_at    timestamptz NOT NULL,
    settled_by    uuid NOT NULL REFERENCES users
);
CREATE TRIGGER bank_line_settlements_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_line_settlements
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
