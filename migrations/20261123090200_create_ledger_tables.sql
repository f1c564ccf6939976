-- The ledger: double entry per fund. It only grows.

CREATE TABLE accounts (
    account  text PRIMARY KEY,
    number   smallint NOT NULL CONSTRAINT accounts_number_key UNIQUE,
    kind     text NOT NULL CONSTRAINT accounts_kind_check CHECK (kind IN ('asset', 'liability', 'equity', 'income', 'expense'))
);

INSERT INTO accounts (account, number, kind) VALUES
    ('cash_at_bank', 1000, 'asset'),
    ('loans_receivable', 1100, 'asset'),
    ('unexplained_payments', 1200, 'asset'),        -- money that left and nobody knows yet why: not there to lend
    ('contractors_payable', 2000, 'liability'),
    ('owed_to_funder', 2100, 'liability'),          -- credit line drawn
    ('due_to_funder', 2110, 'liability'),           -- repaid principal that must now be passed on
    ('unmatched_receipts', 2200, 'liability'),      -- money on the bank whose owner is not known yet
    ('borrower_overpayments', 2210, 'liability'),
    ('grants', 3000, 'equity'),
    ('own_means', 3010, 'equity'),
    ('fee_income', 4000, 'income'),
    ('bank_charges', 6000, 'expense'),
    ('write_off_loss', 6100, 'expense'),
    ('provision', 1190, 'asset');                   -- expected loss, held against loans receivable

CREATE TABLE journal_entries (
    entry_id           uuid PRIMARY KEY,
    fund_id            uuid NOT NULL REFERENCES funds,
    reason             text NOT NULL,               -- code of domain::ledger::Reason
    idempotency_key    text NOT NULL CONSTRAINT journal_entries_idempotency_key_key UNIQUE,
    effective_on       date NOT NULL,               -- when it happened
    booked_at          timestamptz NOT NULL,        -- when we knew
    booked_by          uuid NOT NULL REFERENCES users,
    reverses_entry_id  uuid CONSTRAINT journal_entries_reverses_key UNIQUE REFERENCES journal_entries,
    -- A posting may only join its entry in the transaction that made the entry.
    booked_in          xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT journal_entries_fund_key UNIQUE (fund_id, entry_id)
);
CREATE INDEX journal_entries_fund_idx ON journal_entries (fund_id, effective_on);

CREATE TABLE postings (
    entry_id          uuid NOT NULL REFERENCES journal_entries,
    line              smallint NOT NULL,
    fund_id           uuid NOT NULL,
    account           text NOT NULL REFERENCES accounts,
    amount            numeric(14,2) NOT NULL CONSTRAINT postings_amount_check CHECK (amount <> 0),  -- debit positive, credit negative
    loan_id           uuid,
    source_id         uuid,
    payment_order_id  uuid,
    PRIMARY KEY (entry_id, line),
    CONSTRAINT postings_fund_fkey FOREIGN KEY (fund_id, entry_id) REFERENCES journal_entries (fund_id, entry_id),
    CONSTRAINT postings_source_fkey FOREIGN KEY (fund_id, source_id) REFERENCES funding_sources (fund_id, source_id),
    CONSTRAINT postings_loan_check CHECK (account NOT IN ('loans_receivable', 'borrower_overpayments') OR loan_id IS NOT NULL),
    CONSTRAINT postings_source_check CHECK (account NOT IN ('owed_to_funder', 'due_to_funder', 'grants', 'own_means') OR source_id IS NOT NULL)
);
CREATE INDEX postings_fund_account_idx ON postings (fund_id, account);
CREATE INDEX postings_loan_idx ON postings (loan_id) WHERE loan_id IS NOT NULL;
CREATE INDEX postings_source_idx ON postings (source_id) WHERE source_id IS NOT NULL;

CREATE TRIGGER journal_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER postings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON postings
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_late_posting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT booked_in FROM journal_entries WHERE entry_id = NEW.entry_id) IS DISTINCT FROM pg_current_xact_id() THEN
        RAISE EXCEPTION 'journal entry % is closed: a posting joins its entry in one transaction', NEW.entry_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'postings_entry_closed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER postings_entry_closed BEFORE INSERT ON postings
    FOR EACH ROW EXECUTE FUNCTION refuse_late_posting();

-- At commit every entry has at least two postings and they sum to zero.
CREATE FUNCTION check_entry_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    lines bigint;
    total numeric;
BEGIN
    SELECT count(*), coalesce(sum(amount), 0) INTO lines, total FROM postings WHERE entry_id = NEW.entry_id;
    IF lines < 2 OR total <> 0 THEN
        RAISE EXCEPTION 'journal entry % has % postings that sum to %, which must be two or more that sum to 0', NEW.entry_id, lines, total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_entries_balance';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER journal_entries_balance AFTER INSERT ON journal_entries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_entry_balance();
