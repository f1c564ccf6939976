-- Loans: frozen terms and facts that only grow. Balances are a fold over the facts (domain::loan).

CREATE TABLE loans (
    loan_id         uuid PRIMARY KEY,
    number          text NOT NULL CONSTRAINT loans_number_key UNIQUE,    -- L-2026-00012
    serial          bigint NOT NULL CONSTRAINT loans_serial_key UNIQUE,
    ogm             char(12) NOT NULL CONSTRAINT loans_ogm_key UNIQUE,   -- one reference for life
    application_id  uuid NOT NULL CONSTRAINT loans_application_key UNIQUE REFERENCES applications,
    fund_id         uuid NOT NULL REFERENCES funds,
    borrower_id     uuid NOT NULL REFERENCES persons,
    nis_code        char(5) NOT NULL REFERENCES municipalities,
    dwelling_id     uuid NOT NULL REFERENCES dwellings,
    product         text NOT NULL,
    principal       numeric(14,2) NOT NULL CONSTRAINT loans_principal_check CHECK (principal > 0),
    signed_on       date NOT NULL,
    matures_on      date,                       -- of a bullet
    repayment       jsonb NOT NULL,             -- domain::loan::Repayment, as signed
    made_by         uuid NOT NULL REFERENCES users,
    created_at      timestamptz NOT NULL,
    CONSTRAINT loans_fund_key UNIQUE (fund_id, loan_id),
    CONSTRAINT loans_matures_on_check CHECK (matures_on IS NULL OR matures_on > signed_on)
);
CREATE INDEX loans_fund_idx ON loans (fund_id);
CREATE INDEX loans_nis_code_idx ON loans (nis_code);
CREATE SEQUENCE loan_serials;
CREATE TRIGGER loans_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON loans
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Which sources pay for a loan, in fixed weights (cents committed from each).
CREATE TABLE loan_shares (
    loan_id    uuid NOT NULL REFERENCES loans,
    source_id  uuid NOT NULL REFERENCES funding_sources,
    weight     bigint NOT NULL CONSTRAINT loan_shares_weight_check CHECK (weight > 0),
    PRIMARY KEY (loan_id, source_id)
);
CREATE TRIGGER loan_shares_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON loan_shares
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE loan_facts (
    fact_id          uuid PRIMARY KEY,
    loan_id          uuid NOT NULL REFERENCES loans,
    kind             text NOT NULL,             -- the tag of the event, for queries
    event            jsonb NOT NULL,            -- domain::loan::LoanEvent
    effective_on     date NOT NULL,
    booked_at        timestamptz NOT NULL,
    booked_by        uuid NOT NULL REFERENCES users,
    idempotency_key  text NOT NULL CONSTRAINT loan_facts_idempotency_key_key UNIQUE,
    entry_id         uuid REFERENCES journal_entries,   -- what the fact did to the ledger, if anything
    CONSTRAINT loan_facts_kind_check CHECK (event ->> 'kind' = kind)
);
CREATE INDEX loan_facts_loan_idx ON loan_facts (loan_id, effective_on, booked_at);
CREATE TRIGGER loan_facts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON loan_facts
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE postings ADD CONSTRAINT postings_loan_fkey FOREIGN KEY (fund_id, loan_id) REFERENCES loans (fund_id, loan_id);
