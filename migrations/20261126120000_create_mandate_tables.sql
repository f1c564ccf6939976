-- SEPA direct debit: under which identifier a fund collects, and which borrowers allow it (EPC016-06, Core).

-- The SEPA creditor identifier and the name under which a fund collects, from a day on. The last row on or before a
-- day holds; a change is told to each debtor's bank with the next collection.
CREATE TABLE creditors (
    fund_id     uuid NOT NULL REFERENCES funds,
    valid_from  date NOT NULL,
    identifier  text NOT NULL CONSTRAINT creditors_identifier_check CHECK (identifier ~ '^BE[0-9]{2}[A-Z0-9]{3}[0-9]{10}$'),
    name        text NOT NULL CONSTRAINT creditors_name_check CHECK (name <> '' AND length(name) <= 70),
    made_by     uuid NOT NULL REFERENCES users,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (fund_id, valid_from)
);
CREATE TRIGGER creditors_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON creditors
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE mandates (
    mandate_id         uuid PRIMARY KEY,
    loan_id            uuid NOT NULL REFERENCES loans,
    reference          text NOT NULL CONSTRAINT mandates_reference_key UNIQUE   -- unique for the creditor, for ever
                       CONSTRAINT mandates_reference_check CHECK (reference ~ '^[A-Z0-9]{1,35}$'),
    scheme             text NOT NULL CONSTRAINT mandates_scheme_check CHECK (scheme = 'CORE'),  -- consumers
    kind               text NOT NULL CONSTRAINT mandates_kind_check CHECK (kind IN ('recurrent', 'one_off')),
    signed_on          date NOT NULL,
    debtor_name        text NOT NULL CONSTRAINT mandates_debtor_name_check CHECK (debtor_name <> '' AND length(debtor_name) <= 70),
    debtor_iban        text NOT NULL,
    debtor_bic         text,
    creditor           text NOT NULL,          -- the creditor identifier it was signed for, or last amended to
    state              text NOT NULL CONSTRAINT mandates_state_check CHECK (state IN ('active', 'stopped', 'expired')),
    last_collected_on  date,                   -- of the last collection that was sent: 36 idle months end a mandate
    stopped_on         date,
    stop_cause         text CONSTRAINT mandates_stop_cause_check CHECK (stop_cause IN ('person', 'returned', 'used')),
    stop_reason        text,                   -- words of a person, or the ISO reason of the bank
    expired_on         date,
    made_by            uuid NOT NULL REFERENCES users,
    created_at         timestamptz NOT NULL,
    CONSTRAINT mandates_stopped_check CHECK ((state = 'stopped') = (stopped_on IS NOT NULL)
        AND (stopped_on IS NOT NULL) = (stop_cause IS NOT NULL) AND (stop_reason IS NULL OR stop_cause IS NOT NULL)),
    CONSTRAINT mandates_expired_check CHECK ((state = 'expired') = (expired_on IS NOT NULL))
);
-- A loan is collected under one mandate at a time.
CREATE UNIQUE INDEX mandates_active_key ON mandates (loan_id) WHERE state = 'active';
CREATE INDEX mandates_loan_idx ON mandates (loan_id);

-- What changed in a mandate. The bank of the debtor hears it once, with the first collection after it.
CREATE TABLE mandate_amendments (
    amendment_id  uuid PRIMARY KEY,
    mandate_id    uuid NOT NULL REFERENCES mandates,
    kind          text NOT NULL CONSTRAINT mandate_amendments_kind_check CHECK (kind IN ('account', 'reference', 'creditor')),
    was           text NOT NULL,
    becomes       text NOT NULL,
    other_bank    boolean NOT NULL DEFAULT false,  -- of an account: at another bank (SMNDA)
    reason        text NOT NULL CONSTRAINT mandate_amendments_reason_check CHECK (reason <> ''),
    amended_on    date NOT NULL,
    made_by       uuid NOT NULL REFERENCES users,
    created_at    timestamptz NOT NULL,
    CONSTRAINT mandate_amendments_change_check CHECK (was <> becomes),
    CONSTRAINT mandate_amendments_bank_check CHECK (kind = 'account' OR NOT other_bank)
);
CREATE INDEX mandate_amendments_mandate_idx ON mandate_amendments (mandate_id, created_at);
CREATE INDEX mandate_amendments_was_idx ON mandate_amendments (was) WHERE kind = 'reference';
CREATE TRIGGER mandate_amendments_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON mandate_amendments
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
