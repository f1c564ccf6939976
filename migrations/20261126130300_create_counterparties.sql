-- Who pays for which loan, learned from decisions. It is suggested and never trusted: an account alone books nothing.
CREATE TABLE counterparties (
    counterparty_id   uuid PRIMARY KEY,
    iban              text NOT NULL,
    kind              text NOT NULL CONSTRAINT counterparties_kind_check CHECK (kind IN
                      ('borrower', 'budget_manager', 'debt_mediator', 'contractor', 'agency')),
    loan_id           uuid NOT NULL REFERENCES loans,
    bank_line_id      uuid NOT NULL REFERENCES bank_lines,       -- the line it was learned from
    bank_decision_id  uuid NOT NULL REFERENCES bank_decisions,   -- undone: it was not learned
    learned_at        timestamptz NOT NULL,
    learned_by        uuid NOT NULL REFERENCES users
);
CREATE INDEX counterparties_iban_idx ON counterparties (iban);
CREATE TRIGGER counterparties_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON counterparties
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A person says that an account has nothing to do with a loan any more: what was known of the two until then is no
-- longer suggested.
CREATE TABLE counterparty_forgettings (
    iban          text NOT NULL,
    loan_id       uuid NOT NULL REFERENCES loans,
    reason        text NOT NULL CONSTRAINT counterparty_forgettings_reason_check CHECK (reason <> ''),
    forgotten_at  timestamptz NOT NULL,
    forgotten_by  uuid NOT NULL REFERENCES users,
    PRIMARY KEY (iban, loan_id, forgotten_at)
);
CREATE TRIGGER counterparty_forgettings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON counterparty_forgettings
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Accounts from which renovation grants are known to be paid. What comes from one and names exactly one loan is
-- booked on it as the grant.
CREATE TABLE granting_agencies (
    granting_agency_id  uuid PRIMARY KEY,
    iban                text NOT NULL,
    name                text NOT NULL CONSTRAINT granting_agencies_name_check CHECK (name <> ''),
    added_at            timestamptz NOT NULL,
    added_by            uuid NOT NULL REFERENCES users,
    removed_at          timestamptz,
    removed_by          uuid REFERENCES users,
    CONSTRAINT granting_agencies_removed_check CHECK ((removed_at IS NULL) = (removed_by IS NULL))
);
CREATE UNIQUE INDEX granting_agencies_iban_key ON granting_agencies (iban) WHERE removed_at IS NULL;
